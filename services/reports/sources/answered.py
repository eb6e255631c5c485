"""What the six fields' forms count and sum: the registry's predicates as SQL, for people and for things."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

from django.db import connection
from django.db.models import Count, F, QuerySet, UUIDField
from django.db.models.functions import Coalesce

from services.fields import registry
from services.fields.spec import ANSWERED, Answered, FormSpec, Question, Shape
from services.fields.spec import Sum as Summed
from services.records.models import Record
from services.reports.figures.forms import answered_key, figure_key, total_key

from .answers import Sql, number_in, one_where
from .people import ELSEWHERE, Counts, Frame, add, grouped, where_they_live
from .sums import latest_first, summed

THINGS = (Shape.HOUSEHOLD, Shape.ASSET, Shape.ACTIVITY)
ONE: Sql = ("1", [])


def count_forms(frame: Frame, counts: Counts) -> None:
    """Every figure of every form that was filled this month, and how many forms of each field."""
    here = Record.objects.unscoped(reason=ELSEWHERE).filter(
        encounter__period=frame.month, encounter__date__lte=frame.on
    )
    own = here.filter(encounter__posyandu__in=frame.posts)
    for row in grouped(own, "encounter__posyandu_id", "field", n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], f"{row['field']}.semua.isian", row["n"])
    people = where_they_live(here.filter(shape=Shape.PERSON), frame).annotate(post=F("home"))
    _count(people, ("form", "resident_id"), (Shape.PERSON,), counts)
    things = own.filter(shape__in=THINGS).annotate(post=F("encounter__posyandu_id"))
    # A household and a thing count once by their last form of the month, an activity each time.
    _count(things, ("form", Coalesce("household_id", "asset_id", "pk", output_field=UUIDField())), THINGS, counts)


def _count(rows: QuerySet[Record], subject: Sequence, shapes: tuple[Shape, ...], counts: Counts) -> None:
    """All figures of the forms of these shapes in one statement, by the last form about each subject."""
    keys, sums = _measures_of(shapes, connection.vendor)
    columns = rows.annotate(turn=latest_first(subject)).order_by().values("post", "id", "form", "answers", "turn")
    for row in summed(columns, ("post", "form"), sums, where="turn = 1"):
        for name, key in zip(sums, keys.get(row["form"], ()), strict=False):
            add(counts, row["post"], key, row[name])


@lru_cache(maxsize=4)
def _measures_of(shapes: tuple[Shape, ...], vendor: str) -> tuple[dict[str, list[str]], dict[str, Sql]]:
    """The figures of each form in order, and as many sums: the n-th adds up the n-th figure of whichever form it is."""
    measures = {
        spec.key: list(_measures_of_form(spec, vendor)) for shape in shapes for spec in registry.forms_for(shape=shape)
    }
    keys = {form: [key for key, _ in found] for form, found in measures.items()}
    turns = zip_longest(*([(form, sql) for _, sql in found] for form, found in measures.items()))
    return keys, {f"m{number}": _of_each_form(filter(None, turn)) for number, turn in enumerate(turns)}


def _of_each_form(values: Iterable[tuple[str, Sql]]) -> Sql:
    text, parameters = "", []
    for form, (sql, given) in values:
        text += f" WHEN %s THEN {sql}"
        parameters += [form, *given]
    return f"SUM(CASE form{text} ELSE 0 END)", parameters


def _measures_of_form(spec: FormSpec, vendor: str) -> Iterable[tuple[str, Sql]]:
    yield total_key(spec), ONE
    for question in spec.questions:
        yield from _measures(spec, question, vendor)


def _measures(spec: FormSpec, question: Question, vendor: str) -> Iterable[tuple[str, Sql]]:
    if question.sums or any(not isinstance(each.when, Answered) for each in question.counts):
        yield answered_key(spec, question), one_where(ANSWERED, vendor, question.key)
    for each in question.counts:
        yield figure_key(spec, each), one_where(each.when, vendor, question.key)
    for each in question.sums:
        yield figure_key(spec, each), number_in(vendor, question.key, _boxes(each, question))


def _boxes(summed: Summed, question: Question) -> tuple[str, ...]:
    return tuple(part.key for part in question.parts if not summed.part or part.key == summed.part)
