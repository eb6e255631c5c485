"""What the six fields' forms count and sum: the registry's predicates as SQL, one query for each form in use."""

from typing import Any

from django.db.models import Count, QuerySet

from services.fields import registry
from services.fields.spec import ANSWERED, Answered, FormSpec, Question, Shape
from services.fields.spec import Sum as Summed
from services.records.models import Record
from services.reports.figures.forms import answered_key, figure_key, total_key

from .answers import CountWhere, SumOf
from .people import ELSEWHERE, Counts, Frame, add, last_of_each, where_they_live

SUBJECTS = {Shape.PERSON: "resident_id", Shape.HOUSEHOLD: "household_id", Shape.ASSET: "asset_id"}


def count_forms(frame: Frame, counts: Counts) -> None:
    """Every figure of every form that was filled this month, and how many forms of each field."""
    here = Record.objects.unscoped(reason=ELSEWHERE).filter(
        encounter__period=frame.month, encounter__date__lte=frame.on
    )
    own = here.filter(encounter__posyandu__in=frame.posts)
    for row in own.order_by().values("encounter__posyandu_id", "field").annotate(n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], f"{row['field']}.semua.isian", row["n"])
    people = here.filter(shape=Shape.PERSON, resident_id__in=frame.residents)
    for spec in _in_use(own) | _in_use(people):
        if spec.shape is Shape.PERSON:
            last = last_of_each(people.filter(form=spec.key), "resident_id", "encounter__date")
            _count(spec, where_they_live(last, frame), "home", counts)
        elif spec.shape is Shape.ACTIVITY:
            _count(spec, own.filter(form=spec.key), "encounter__posyandu_id", counts)
        else:
            last = last_of_each(own.filter(form=spec.key), SUBJECTS[spec.shape], "encounter__date")
            _count(spec, last, "encounter__posyandu_id", counts)


def _in_use(rows: QuerySet[Record]) -> set[FormSpec]:
    known = {spec.key: spec for spec in registry.FORMS}
    keys = rows.order_by().values_list("form", flat=True).distinct()
    return {known[key] for key in keys if key in known}


def _count(spec: FormSpec, rows: QuerySet, post: str, counts: Counts) -> None:
    wanted: dict[str, str] = {}
    measures: dict[str, Any] = {"total": Count("pk")}
    wanted["total"] = total_key(spec)
    for question in spec.questions:
        for key, measure in _measures(spec, question):
            name = f"m{len(measures)}"
            measures[name], wanted[name] = measure, key
    for row in rows.order_by().values(post).annotate(**measures):
        for name, key in wanted.items():
            add(counts, row[post], key, row[name])


def _measures(spec: FormSpec, question: Question) -> list[tuple[str, Any]]:
    if not question.counts and not question.sums:
        return []
    found: list[tuple[str, Any]] = []
    if question.sums or any(not isinstance(each.when, Answered) for each in question.counts):
        found.append((answered_key(spec, question), CountWhere(question.key, ANSWERED)))
    found += [(figure_key(spec, each), CountWhere(question.key, each.when)) for each in question.counts]
    return found + [(figure_key(spec, each), SumOf(question.key, _boxes(each, question))) for each in question.sums]


def _boxes(summed: Summed, question: Question) -> tuple[str, ...]:
    return tuple(part.key for part in question.parts if not summed.part or part.key == summed.part)
