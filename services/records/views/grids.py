"""Paper typed back: a household form for 25 households at once, in the order of the paper."""

from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.queries import must_be_used
from services.fields.spec import Shape
from services.posyandu.models import Posyandu
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Clashed, encounter_elsewhere, save_record
from ..forms import GridForm
from ..queries import elsewhere_on, households_in_order, records_on
from ..rules import grid_keys
from .sheets import form_or_404

ROWS = 25


@requires(Permission.RECORD)
def grid_edit(request, posyandu_id, form_key):
    """A page of the grid. The address says which day's paper, which RT and which page it is."""
    spec = form_or_404(form_key, Shape.HOUSEHOLD, request.scope)
    post = get_object_or_404(Posyandu.objects.within(request.scope), pk=posyandu_id)
    today = clock.today(post.area_id)
    day = _day(request.GET.get("tanggal", ""), today)
    must_be_used(spec, post.area_id, day)
    asked = {name: request.GET.get(name, "")[:60] for name in ("rw", "rt", "dusun")}
    rows = Paginator(households_in_order(post, request.scope, day, **asked), ROWS).get_page(request.GET.get("page", 1))
    households, keys = list(rows.object_list), grid_keys(spec, day)
    records = records_on(elsewhere_on(post, day), spec, request.scope, households)
    stored = {key: record.answers for key, record in records.items()}
    data = request.POST if request.method == "POST" else None
    form = GridForm(data, spec=spec, keys=keys, households=households, stored=stored, on=day)
    columns = [spec.question(key) for key in keys]
    context = {"spec": spec, "post": post, "day": day, "today": today, "rows": rows, "asked": asked, "columns": columns}
    if request.method == "POST":
        write = partial(_save, request, form, post, spec, day, rows)
        return respond(request, form, write, "records/grid_edit.html", context)
    return page(request, "records/grid_edit.html", {**context, "form": form})


def _save(request, form: GridForm, post, spec, day: date, rows) -> Receipt:
    filled = [row for row in form.rows if row.is_filled]
    encounter = encounter_elsewhere(posyandu=post, day=day, by=request.user) if filled else None
    for row in filled:
        try:
            save_record(
                encounter=encounter,
                form=spec.key,
                subject=row.household,
                answers=row.form.answers(),
                asked=row.form.question_keys,
                base=form.base_of(row),
                by=request.user,
            )
        except Clashed as clashed:
            form.show_clash(row, clashed)
            raise
    query = request.GET.dict() | ({"page": rows.next_page_number()} if rows.has_next() else {})
    return Receipt(f"{request.path}?{urlencode(query)}", f"{len(filled)} keluarga tersimpan")


def _day(text: str, today: date) -> date:
    """The day on the paper: today unless another, past day is named."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
