"""Paper typed back: a form for 25 households, people or things at once, in the order of the paper."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.scope import Scope
from services.fields import registry
from services.fields.queries import must_be_used
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Clashed, encounter_elsewhere, save_record
from ..forms import GridForm
from ..queries import elsewhere_on, records_on, subjects_in_order
from ..rules import grid_keys, told
from .sheets import form_or_404

ROWS = 25


@dataclass(frozen=True)
class Words:
    """What the rows of a shape are called: above them, in the receipt, and where there are none."""

    head: str
    many: str
    none: str


WORDS = {
    Shape.HOUSEHOLD: Words("Kepala keluarga", "keluarga", "Belum ada keluarga yang tercatat di sini pada tanggal itu."),
    Shape.PERSON: Words("Nama", "orang", "Pada tanggal itu belum ada warga yang ditanya formulir ini."),
    Shape.ASSET: Words("Nama", "sarana", "Belum ada sarana yang tercatat. Catat dulu sarananya, lalu isi di sini."),
}


@requires(Permission.RECORD)
def grid_edit(request, posyandu_id, form_key):
    """A page of the grid. The address says which day's paper, which RT and which page it is."""
    spec = _spec(form_key, request.scope)
    post = get_object_or_404(Posyandu.objects.within(request.scope), pk=posyandu_id)
    today = clock.today(post.area_id)
    day = _day(request.GET.get("tanggal", ""), today)
    must_be_used(spec, post.area_id, day)
    asked = {name: request.GET.get(name, "")[:60] for name in ("rw", "rt", "dusun")}
    rows = Paginator(subjects_in_order(spec, post, request.scope, day, **asked), ROWS).get_page(request.GET.get("page"))
    subjects, keys = list(rows.object_list), grid_keys(spec, day)
    records = records_on(elsewhere_on(post, day), spec, request.scope, subjects)
    stored = {key: record.answers for key, record in records.items()}
    data = request.POST if request.method == "POST" else None
    form = GridForm(data, spec=spec, columns=keys, subjects=subjects, stored=stored, on=day)
    columns, words = [spec.question(key) for key in keys], WORDS[spec.shape]
    context = {"spec": spec, "post": post, "day": day, "today": today, "rows": rows, "asked": asked}
    context |= {"columns": columns, "words": words}
    if request.method == "POST":
        write = partial(_save, request, form, post, spec, day, rows)
        return respond(request, form, write, "records/grid_edit.html", context)
    return page(request, "records/grid_edit.html", {**context, "form": form})


def _spec(form_key: str, scope: Scope) -> FormSpec:
    """A form of the five fields with rows for names. Health cards and sensitive forms are not typed here."""
    shape = next((spec.shape for spec in registry.FORMS if spec.key == form_key), None)
    if shape not in WORDS:
        raise Http404
    spec = form_or_404(form_key, shape, scope)
    if not registry.can_be_switched(spec):
        raise Http404
    return spec


def _save(request, form: GridForm, post, spec, day: date, rows) -> Receipt:
    filled = [row for row in form.rows if row.is_filled]
    encounter = encounter_elsewhere(posyandu=post, day=day, by=request.user) if filled else None
    found = 0
    for row in filled:
        try:
            saved = save_record(
                encounter=encounter,
                form=spec.key,
                subject=row.subject.about,
                answers=row.form.answers(),
                asked=row.form.question_keys,
                base=form.base_of(row),
                by=request.user,
            )
        except Clashed as clashed:
            form.show_clash(row, clashed)
            raise
        found += bool(saved.changed and told(spec, saved.record.answers).findings)
    query = request.GET.dict() | ({"page": rows.next_page_number()} if rows.has_next() else {})
    word = f"{len(filled)} {WORDS[spec.shape].many} tersimpan"
    # The next page is opened all the same: whoever types a stack of paper is not stopped at each finding.
    word = f"{word}, {found} di antaranya perlu ditindaklanjuti" if found else word
    return Receipt(f"{request.path}?{urlencode(query)}", word)


def _day(text: str, today: date) -> date:
    """The day on the paper: today unless another, past day is named."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
