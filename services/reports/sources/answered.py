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

from .people import ELSEWHERE, Counts, Frame, add, living, where_they_live

SUBJECTS = {Shape.PERSON: "resident_id", Shape.HOUSEHOLD: "household_id", Shape.ASSET: "asset_id"}


def condition(predicate: Predicate, question: str) -> Q:
    """A predicate on one question as a condition on the answers of a record. An absent answer never holds."""
    at = f"answers__{question}"
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
            return Q(answers__has_key=question)
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
            _count(spec, where_they_live(_by_pk(last), frame), "home", counts)
        elif spec.shape is Shape.ACTIVITY:
            _count(spec, own.filter(form=spec.key), "encounter__posyandu_id", counts)
        else:
            last = _last(own.filter(form=spec.key), SUBJECTS[spec.shape])
            _count(spec, _by_pk(last), "encounter__posyandu_id", counts)


def _by_pk(rows: QuerySet[Record]) -> QuerySet[Record]:
    return Record.objects.unscoped(reason=ELSEWHERE).filter(pk__in=rows.values("pk"))


def _in_use(rows: QuerySet[Record]) -> set[FormSpec]:
    known = {spec.key: spec for spec in registry.FORMS}
    keys = rows.order_by().values_list("form", flat=True).distinct()
    return {known[key] for key in keys if key in known}


def _last(rows: QuerySet[Record], subject: str) -> QuerySet[Record]:
    """The last record of the month about each subject."""
    order = [F("encounter__date").desc(), F("pk").desc()]
    return rows.annotate(rank=Window(RowNumber(), partition_by=F(subject), order_by=order)).filter(rank=1)


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
        found.append((answered_key(spec, question), Count("pk", filter=Q(answers__has_key=question.key))))
    found += [
        (figure_key(spec, each), Count("pk", filter=condition(each.when, question.key))) for each in question.counts
    ]
    return found + [(figure_key(spec, each), _total(each, question)) for each in question.sums]


def _total(summed: Summed, question: Question) -> Any:
    """The sum of a number, or of one or all boxes of an answer with boxes."""
    boxes = [part.key for part in question.parts if not summed.part or part.key == summed.part]
    if not boxes:
        return Sum(Cast(KeyTextTransform(question.key, "answers"), FloatField()), default=0)
    inside = KeyTransform(question.key, "answers")
    parts = [Sum(Cast(KeyTextTransform(box, inside), FloatField()), default=0) for box in boxes]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
