"""What the six fields' forms count and sum: the registry's predicates as SQL, one query for each shape."""

from typing import Any

from django.db.models import Count, QuerySet

from services.fields import registry
from services.fields.spec import ANSWERED, Answered, FormSpec, Question, Shape
from services.fields.spec import Sum as Summed
from services.records.models import Record
from services.reports.figures.forms import answered_key, figure_key, total_key

from .answers import CountOf, CountWhere, SumOf
from .people import ELSEWHERE, Counts, Frame, add, grouped, last_of_each, where_they_live


def count_forms(frame: Frame, counts: Counts) -> None:
    """Every figure of every form that was filled this month, and how many forms of each field."""
    here = Record.objects.unscoped(reason=ELSEWHERE).filter(
        encounter__period=frame.month, encounter__date__lte=frame.on
    )
    own = here.filter(encounter__posyandu__in=frame.posts)
    for row in grouped(own, "encounter__posyandu_id", "field", n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], f"{row['field']}.semua.isian", row["n"])
    people = here.filter(shape=Shape.PERSON)
    used = _in_use(own) | _in_use(where_they_live(people, frame))
    at_post = "encounter__posyandu_id"
    _count(used, Shape.PERSON, where_they_live(_last(people, "resident_id"), frame), "home", counts)
    for shape, subject in ((Shape.HOUSEHOLD, "household_id"), (Shape.ASSET, "asset_id")):
        _count(used, shape, _last(own.filter(shape=shape), subject), at_post, counts)
    _count(used, Shape.ACTIVITY, own.filter(shape=Shape.ACTIVITY), at_post, counts)


def _in_use(rows: QuerySet[Record]) -> set[str]:
    return set(rows.order_by().values_list("form", flat=True).distinct())


def _last(rows: QuerySet[Record], subject: str) -> QuerySet[Record]:
    """The last record of the month of each form about each subject."""
    return last_of_each(rows, ("form", subject), "encounter__date")


def _count(used: set[str], shape: Shape, rows: QuerySet, post: str, counts: Counts) -> None:
    """All figures of the forms of one shape in one query."""
    found = [each for spec in registry.forms_for(shape=shape) if spec.key in used for each in _measures_of_form(spec)]
    if not found:
        return
    measures = {f"m{number}": measure for number, (_, measure) in enumerate(found)}
    for row in grouped(rows, post, **measures):
        for number, (key, _) in enumerate(found):
            add(counts, row[post], key, row[f"m{number}"])


def _measures_of_form(spec: FormSpec) -> list[tuple[str, Any]]:
    total = (total_key(spec), CountOf(spec.key))
    return [total, *(each for question in spec.questions for each in _measures(spec, question))]


def _measures(spec: FormSpec, question: Question) -> list[tuple[str, Any]]:
    if not question.counts and not question.sums:
        return []
    found: list[tuple[str, Any]] = []
    if question.sums or any(not isinstance(each.when, Answered) for each in question.counts):
        found.append((answered_key(spec, question), CountWhere(spec.key, question.key, ANSWERED)))
    found += [(figure_key(spec, each), CountWhere(spec.key, question.key, each.when)) for each in question.counts]
    return found + [
        (figure_key(spec, each), SumOf(spec.key, question.key, _boxes(each, question))) for each in question.sums
    ]


def _boxes(summed: Summed, question: Question) -> tuple[str, ...]:
    return tuple(part.key for part in question.parts if not summed.part or part.key == summed.part)
