"""Paper: registers to print, and the grid that types one back in its order."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.fields import registry
from services.fields.spec import Shape
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import GridForm
from ..models import OpenDay
from .days import day_url, the_day

BLANK_ROWS = range(18)


@requires(Permission.RECORD)
def paper_list(request, day_id):
    """What can be printed, and where paper is typed back."""
    day = the_day(request, day_id)
    cards = [spec for spec in registry.forms_for(field="kesehatan", shape=Shape.PERSON) if not spec.sensitive]
    return render(request, "open_days/paper_list.html", {"day": day, "cards": cards})


@requires(Permission.RECORD)
def register_download(request, day_id):
    """The four registers of the year with names and ticks, or (`?kosong`) without names."""
    day, is_blank = the_day(request, day_id), "kosong" in request.GET
    registers = queries.register_of(day, request.scope)
    context = {
        "day": day,
        "registers": registers,
        "blank_rows": BLANK_ROWS,
        "is_blank": is_blank,
        "months": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
        "today": clock.today(day.posyandu.area_id),
    }
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    content = render_pdf(render_to_string("open_days/pdf/register.html", context), stylesheet="cards.css")
    if not is_blank:
        names = sum(len(register.rows) for register in registers)
        note(by=request.user, verb=Verb.DOWNLOAD, on=day, place=day.posyandu.path, kertas="register", baris=names)
    name = f"register-{'kosong-' if is_blank else ''}{day.date.year}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@requires(Permission.RECORD)
def grid_edit(request, day_id):
    """A paper register typed back in its order: came, weight, height; 25 rows, saved once."""
    day = the_day(request, day_id)
    number = request.GET.get("page", 1)
    chosen, rows = queries.grid_rows(day, request.scope, number)
    form = GridForm(request.POST if request.method == "POST" else None, rows=rows, on=day.date)
    context = {"day": day, "page": chosen}
    if request.method == "POST":
        return respond(request, form, lambda: _save(request, day, form, chosen), "open_days/grid_edit.html", context)
    return page(request, "open_days/grid_edit.html", {**context, "form": form})


def _save(request, day: OpenDay, form: GridForm, chosen) -> Receipt:
    saved = actions.save_grid(open_day=day, lines=form.lines(), by=request.user)
    location = day_url(day)
    if chosen.has_next():
        location = f"{reverse('open_days:grid_edit', args=[day.pk])}?page={chosen.next_page_number()}"
    return Receipt(location, f"{saved} orang tersimpan")
