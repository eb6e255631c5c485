"""What the six fields' forms count and sum: the registry's predicates as SQL, one query for each form in use."""

from typing import Any

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum, Window
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, RowNumber

from services.fields import registry
from services.fields.spec import AtLeast, Answered, Below, FormSpec, Has, OneOf, Predicate, Question, Shape
from services.fields.spec import Sum as Summed
from services.records.models import Record
from services.reports.figures.forms import answered_key, figure_key, total_key

from .people import ELSEWHERE, Counts, Frame, add, living

SUBJECTS = {Shape.PERSON: "resident_id", Shape.HOUSEHOLD: "household_id", Shape.ASSET: "asset_id"}


def condition(predicate: Predicate, path: str, question: str) -> Q:
    """A predicate on one question as a condition on the answers at `path`. An absent answer never holds."""
    at = f"{path}__{question}"
    match predicate:
        case OneOf(values):
            return Q(**{f"{at}__in": list(values)})
        case Has(values):
            found = Q()
            for value in values:
                found |= Q(**{f"{at}__icontains": f'"{value}"'})
            return found
        case AtLeast(limit):
            return Q(**{f"{at}__gte": _json_number(limit)})
        case Below(limit):
            return Q(**{f"{at}__lt": _json_number(limit)})
        case Answered():
            return Q(**{f"{path}__has_key": question})
    raise TypeError(f"no SQL for {predicate!r}")


def _json_number(limit: Any) -> int | float:
    return int(limit) if float(limit).is_integer() else float(limit)


def count_forms(frame: Frame, counts: Counts) -> None:
    """Every figure of every form that was filled this month, and how many forms of each field."""
    here = Record.objects.unscoped(reason=ELSEWHERE).filter(encounter__period=frame.month, encounter__date__lte=frame.on)
    own = here.filter(encounter__posyandu__in=frame.posts)
    for row in own.order_by().values("encounter__posyandu_id", "field").annotate(n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], f"{row['field']}.semua.isian", row["n"])
    living_here = living(frame.scope, frame.on)
    people = here.filter(shape=Shape.PERSON, resident_id__in=living_here.values("resident_id"))
    for spec in _in_use(own) | _in_use(people):
        if spec.shape is Shape.PERSON:
            last = _last(people.filter(form=spec.key), "resident_id")
            rows = living_here.filter(resident__records__in=last.values("pk"))
            _count(spec, rows, "posyandu_id", "resident__records__answers", counts)
        else:
            rows = own.filter(form=spec.key)
            if spec.shape is not Shape.ACTIVITY:
                last = _last(rows, SUBJECTS[spec.shape])
                rows = Record.objects.unscoped(reason=ELSEWHERE).filter(pk__in=last.values("pk"))
            _count(spec, rows, "encounter__posyandu_id", "answers", counts)


def _in_use(rows: QuerySet[Record]) -> set[FormSpec]:
    known = {spec.key: spec for spec in registry.FORMS}
    keys = rows.order_by().values_list("form", flat=True).distinct()
    return {known[key] for key in keys if key in known}


def _last(rows: QuerySet[Record], subject: str) -> QuerySet[Record]:
    """The last record of the month about each subject."""
    order = [F("encounter__date").desc(), F("pk").desc()]
    return rows.annotate(rank=Window(RowNumber(), partition_by=F(subject), order_by=order)).filter(rank=1)


def _count(spec: FormSpec, rows: QuerySet, post: str, path: str, counts: Counts) -> None:
    wanted: dict[str, str] = {}
    measures: dict[str, Any] = {"total": Count("pk")}
    wanted["total"] = total_key(spec)
    for question in spec.questions:
        for key, measure in _measures(spec, question, path):
            name = f"m{len(measures)}"
            measures[name], wanted[name] = measure, key
    for row in rows.order_by().values(post).annotate(**measures):
        for name, key in wanted.items():
            add(counts, row[post], key, row[name])


def _measures(spec: FormSpec, question: Question, path: str) -> list[tuple[str, Any]]:
    if not question.counts and not question.sums:
        return []
    found: list[tuple[str, Any]] = []
    if question.sums or any(not isinstance(each.when, Answered) for each in question.counts):
        found.append((answered_key(spec, question), Count("pk", filter=Q(**{f"{path}__has_key": question.key}))))
    found += [
        (figure_key(spec, each), Count("pk", filter=condition(each.when, path, question.key))) for each in question.counts
    ]
    return found + [(figure_key(spec, each), _total(each, question, path)) for each in question.sums]


def _total(summed: Summed, question: Question, path: str) -> Any:
    """The sum of a number, or of one or all boxes of an answer with boxes."""
    boxes = [part.key for part in question.parts if not summed.part or part.key == summed.part]
    if not boxes:
        return Sum(Cast(KeyTextTransform(question.key, path), FloatField()), default=0)
    inside = KeyTransform(question.key, path)
    parts = [Sum(Cast(KeyTextTransform(box, inside), FloatField()), default=0) for box in boxes]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
