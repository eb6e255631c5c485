"""Papers of all forms but health cards: blank, with the names of one's own posyandu, or as filled in a month."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields import registry
from services.fields.queries import forms_in_use, must_be_used
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.posyandu.rules import month_from
from services.web.refusals import Refusal
from services.web.rules import month_text, number_text, short_date_text

from ..actions import note_paper
from ..models import Record
from ..queries import filled_in, names_for_paper, participants_of
from ..resources import answer_cells, paper_pdf, participants_pdf

MOST_NAMES = 1000


@requires(Permission.RECORD)
def paper_list(request):
    """Which papers there are: blank, with names, typed back, and as they were filled in a month."""
    posts = list(Posyandu.objects.within(request.scope).order_by("name"))
    post = next((one for one in posts if str(one.pk) == request.GET.get("posyandu")), posts[0] if posts else None)
    used = forms_in_use(post.area_id, clock.today(post.area_id)) if post else frozenset()
    papers = [spec for spec in _papers(request) if spec.key in used]
    fields = [(field, [spec for spec in papers if spec.field == field.key]) for field in registry.FIELDS]
    current = clock.month_of(clock.today(post.area_id if post else ""))
    month = min(month_from(request.GET.get("bulan", "")) or current, current)
    context = {"posts": posts, "post": post, "fields": [(field, specs) for field, specs in fields if specs]}
    place = _place(request)
    context |= {"asked": place, "place": urlencode({name: part for name, part in place.items() if part})}
    context |= {"month": month, "before": clock.previous_month(month)}
    context["after"] = clock.next_month(month) if month < current else None
    return render(request, "records/paper_list.html", context)


@requires(Permission.RECORD)
def paper_download(request, posyandu_id, form_key):
    """One paper as PDF. With names it is remembered who took it."""
    posts = Posyandu.objects.within(request.scope).select_related("area__parent__parent")
    post = get_object_or_404(posts, pk=posyandu_id)
    spec = next((one for one in _papers(request) if one.key == form_key), None)
    if spec is None:
        raise Http404
    must_be_used(spec, post.area_id, clock.today(post.area_id))
    month = month_from(request.GET.get("bulan", ""))
    if month and not spec.sensitive:
        word, paper = f"{month:%Y-%m}", _filled(request, post, spec, month)
    elif request.GET.get("nama") == "1" and spec.shape is not Shape.ACTIVITY and not spec.sensitive:
        word, paper = "bernama", _named(request, post, spec)
    else:
        blank = participants_pdf if spec.names_participants else paper_pdf
        word, paper = "kosong", blank(spec, head=_head(post))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="formulir-{spec.key}-{word}-{post.path}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _place(request) -> dict[str, str]:
    """The RT or dusun that was asked for; empty is all."""
    return {name: request.GET.get(name, "").strip()[:60] for name in ("rw", "rt", "dusun")}


def _named(request, post: Posyandu, spec: FormSpec) -> bytes:
    """With whom or what it is about: all, or one RT or dusun of them. A list is never cut in silence."""
    rows = names_for_paper(spec, post, request.scope, clock.today(post.area_id), **_place(request))
    if len(rows) > MOST_NAMES:
        many = f"{number_text(len(rows))} nama"
        raise Refusal(f"Kertas ini berisi {many}. Pilih satu RT atau dusun dulu, lalu cetak satu per satu.", status=422)
    note_paper(posyandu=post, form=spec.key, names=len(rows), by=request.user)
    return paper_pdf(spec, head=_head(post), rows=rows)


def _filled(request, post: Posyandu, spec: FormSpec, month: date) -> bytes:
    """What was written in a month, a line a record, ready to be signed."""
    found = filled_in(spec, post, request.scope, month)
    note_paper(posyandu=post, form=spec.key, names=len(found), by=request.user)
    rows = [(*one.columns, *answer_cells(spec, one.answers)) for one in found]
    return paper_pdf(spec, head=_head(post, month), rows=rows, with_day=True)


@requires(Permission.RECORD)
def participant_list_download(request, record_id):
    """The paper of an activity with who came by name. It is remembered who took it."""
    rows = Record.objects.within(request.scope).select_related("encounter__posyandu__area__parent__parent")
    record = get_object_or_404(rows, pk=record_id)
    spec, post = registry.form(record.form), record.encounter.posyandu
    if spec.names_participants is None:
        raise Http404
    people = participants_of(record, request.scope)
    note_paper(posyandu=post, form=spec.key, names=len(people), by=request.user)
    head = _head(post, on=record.encounter.date)
    content = participants_pdf(spec, head=head, rows=[one.columns for one in people], answers=record.answers)
    name = f"peserta-{spec.key}-{record.encounter.date}-{post.path}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _papers(request) -> list[FormSpec]:
    """Health cards have papers of their own."""
    fields = request.scope.fields
    own = (spec for spec in registry.forms_for() if registry.can_be_switched(spec))
    return [spec for spec in own if fields is None or spec.field in fields]


def _head(post: Posyandu, month: date | None = None, on: date | None = None) -> tuple[tuple[str, str], ...]:
    """The lines above the table; of a month that is over only its name is written on it, of one day that day."""
    area = post.area
    return (
        ("Posyandu", post.name),
        ("Kelurahan/Desa", area.name),
        ("Kecamatan", area.parent.name),
        ("Kabupaten/Kota", area.parent.parent.title),
        ("Nama petugas", ""),
        ("Bulan", month_text(month)) if month else ("Tanggal", short_date_text(on) if on else ""),
    )
