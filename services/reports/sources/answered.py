"""What the six fields' forms count and sum: the registry's predicates as SQL, for people and for things."""

from collections.abc import Iterable, Mapping, Sequence
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
from services.reports.figures.recapped import CARDS

from .answers import Sql, number_in, one_where
from .people import ELSEWHERE, Counts, Frame, add, grouped, where_they_live
from .recapped import add_cards, is_card, sums_of_cards, was_referred
from .sums import LATEST, Grouping, Row, latest_first, only, summed

THINGS = (Shape.HOUSEHOLD, Shape.ASSET, Shape.ACTIVITY)
ONE: Sql = ("1", [])


def count_people_forms(frame: Frame, counts: Counts) -> None:
    """By the last form of each kind about each person, wherever she was met, and what recaps count by her last card."""
    rows = where_they_live(_of_the_month(frame).filter(shape=Shape.PERSON), frame).annotate(
        post=F("home"), stage=frame.stage, band=frame.band, is_card=is_card(), referred=was_referred(frame)
    )
    # Both turns begin with the same columns, so that one order of the rows serves both.
    turns = rows.annotate(
        turn=latest_first(("resident_id", "is_card", "form"), "recorded_on"),
        card_turn=latest_first(("resident_id", "is_card"), "recorded_on"),
    )
    columns = ("post", "stage", "band", "is_card", "referred", "turn", "card_turn", "id", "form", "answers")
    keys, measures = _measures_of((Shape.PERSON,), connection.vendor)
    sums = {name: only(sql, f"turn {LATEST}") for name, sql in measures.items()}
    # One grouping for both, so that the answers are carried through the statement once.
    both = Grouping(("post", "form", "stage", "band"), {**sums, **sums_of_cards(frame)})
    for row in summed(frame, turns.order_by().values(*columns), both):
        _add_forms(counts, row, keys)
        add_cards(counts, row)


def count_forms(frame: Frame, counts: Counts) -> None:
    """How many forms of each field were filled at the posts, and every figure of those about households and things.

    A household and a thing count once by their last form of the month, an activity each time.
    """
    own = _of_the_month(frame).filter(encounter__posyandu__in=frame.posts, encounter__period=frame.month)
    for row in grouped(own, "encounter__posyandu_id", "field", n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], f"{row['field']}.semua.isian", row["n"])
    subject = Coalesce("household_id", "asset_id", "pk", output_field=UUIDField())
    rows = own.filter(shape__in=THINGS).annotate(
        post=F("encounter__posyandu_id"), turn=latest_first(("form", subject), "recorded_on")
    )
    keys, measures = _measures_of(THINGS, connection.vendor)
    latest = Grouping(("post", "form"), measures, f"turn {LATEST}")
    for row in summed(frame, rows.order_by().values("post", "id", "form", "answers", "turn"), latest):
        _add_forms(counts, row, keys)


def _of_the_month(frame: Frame) -> QuerySet[Record]:
    return Record.objects.unscoped(reason=ELSEWHERE).filter(recorded_on__range=(frame.month, frame.on))


def _add_forms(counts: Counts, row: Row, keys: Mapping[str, Sequence[str]]) -> None:
    for number, key in enumerate(keys.get(row["form"], ())):
        add(counts, row["post"], key, row[f"m{number}"])


@lru_cache(maxsize=4)
def _measures_of(shapes: tuple[Shape, ...], vendor: str) -> tuple[dict[str, list[str]], dict[str, Sql]]:
    """The figures of each form in order, and as many sums: the n-th adds up the n-th figure of whichever form it is."""
    forms = [spec for shape in shapes for spec in registry.forms_for(shape=shape)]
    # Every sum asks form by form whose record it is: the cards, which are most of the records, come first.
    measures = {
        spec.key: list(_measures_of_form(spec, vendor))
        for spec in sorted(forms, key=lambda each: CARDS[::-1].index(each.key) if each.key in CARDS else len(CARDS))
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
