"""Who lived at the posts on a day, by the group she is counted in; the base of everything counted by person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, Q, QuerySet

from services.areas.scope import Scope
from services.clinical.limits import DEFAULT_LIMITS, Limits
from services.open_days.models import OpenDay
from services.records.models import Attendance, Encounter
from services.reports.figures.ages import BANDS, OLDER
from services.residents.models import Pregnancy, Residency
from services.residents.queries import after_birth
from services.residents.rules import BALITA_MONTHS, PRESCHOOL_MONTHS, StageRules, born_after

from .rows import current

HELD = (OpenDay.State.RUNNING, OpenDay.State.CLOSED)
ELSEWHERE = "counts of people who live at the posts of the report, wherever they were met"
Counts = dict[UUID, dict[str, int | Decimal]]


@dataclass(frozen=True)
class Frame:
    """What a month's counts stand on: whose posts, which month, the day on which people are banded, and the limits."""

    scope: Scope
    month: date
    on: date
    rules: StageRules
    limits: Limits = DEFAULT_LIMITS
    # Posts counted as one, each with the post under whose id they are; without it each for itself.
    together: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def posts(self) -> frozenset[UUID]:
        return self.scope.posyandu

    @cached_property
    def living(self) -> QuerySet[Residency]:
        return living(self.scope, self.on)

    @cached_property
    def stage(self) -> "Stage":
        """The group of a row's `resident` as an expression."""
        mothers = {"bumil": pregnant(self.on), "nifas_menyusui": _after_birth(self.on, self.rules)}
        return Stage(mothers, AgeGroup(self.on, _bands(self.rules), "lansia"))

    @cached_property
    def band(self) -> "AgeGroup":
        """The age band of a row's `resident` as an expression."""
        return AgeGroup(self.on, BANDS, OLDER)


class AgeGroup(Func):
    """The first of these groups (key, completed months at which it ends) that the row's `resident` is in on a day.

    What a Case of `younger` says, in a tenth of the time to compile; every count by age holds it.
    """

    output_field = CharField()

    def __init__(self, on: date, groups: Iterable[tuple[str, int]], oldest: str, **extra: Any):
        super().__init__(F("resident__birth_date"), **extra)
        self.groups = tuple((key, born_after(on, months)) for key, months in groups)
        self.oldest = oldest

    def as_sql(self, compiler, connection, **context):
        born, _ = compiler.compile(self.source_expressions[0])
        adapt = connection.ops.adapt_datefield_value
        parameters = [each for key, limit in self.groups for each in (adapt(limit), key)]
        return f"CASE {f'WHEN {born} > %s THEN %s ' * len(self.groups)}ELSE %s END", [*parameters, self.oldest]


class Stage(Func):
    """The first of these groups that holds the row's `resident`, else her age group; each is compiled once."""

    output_field = CharField()

    def __init__(self, groups: Mapping[str, QuerySet], age: AgeGroup, **extra: Any):
        super().__init__(F("resident_id"), age, **extra)
        self.groups = {name: rows.query.sql_with_params() for name, rows in groups.items()}

    def as_sql(self, compiler, connection, **context):
        (person, _), (age, ages) = (compiler.compile(each) for each in self.source_expressions)
        parameters = [each for name, (_, given) in self.groups.items() for each in (*given, name)]
        inside = "".join(f"WHEN {person} IN ({rows}) THEN %s " for rows, _ in self.groups.values())
        return f"CASE {inside}ELSE {age} END", [*parameters, *ages]


def living(scope: Scope, on: date) -> QuerySet[Residency]:
    """Residencies of the people who live at the posts on a day; the dead and merged duplicates are not among them."""
    return Residency.objects.within(scope).filter(
        Residency.on_day(on),
        Q(resident__died_on__isnull=True) | Q(resident__died_on__gt=on),
        kind=Residency.Kind.RESIDENT,
        resident__merged_into__isnull=True,
    )


def staged(frame: Frame) -> QuerySet[Residency]:
    """The same with the group each is counted in on that day: a mother before her age (residents.rules.stages)."""
    return frame.living.annotate(stage=frame.stage, band=frame.band)


def reaching(frame: Frame, months: int) -> Q:
    """The row's `resident` completes this many months in the month of the report."""
    day_before = frame.month - timedelta(days=1)
    return Q(
        resident__birth_date__lte=born_after(frame.on, months), resident__birth_date__gt=born_after(day_before, months)
    )


def younger(on: date, months: int) -> Q:
    """The row's `resident` has completed fewer months than this on the day."""
    return Q(resident__birth_date__gt=born_after(on, months))


def _bands(rules: StageRules) -> tuple[tuple[str, int], ...]:
    return (
        ("balita", BALITA_MONTHS),
        ("apras", PRESCHOOL_MONTHS),
        ("usekrem", rules.adult_from_years * 12),
        ("dewasa", rules.elderly_from_years * 12),
    )


def pregnant(on: date) -> QuerySet:
    """Who is bumil on a day, as a subquery of resident ids."""
    open_on_day = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Pregnancy.objects.unscoped(reason=ELSEWHERE).filter(open_on_day, registered_on__lte=on).values("resident_id")


def _after_birth(on: date, rules: StageRules) -> QuerySet:
    return Pregnancy.objects.unscoped(reason=ELSEWHERE).filter(after_birth(on, rules)).values("resident_id")


def where_they_live(rows: QuerySet, frame: Frame) -> QuerySet:
    """Rows about a `resident`, narrowed to people who live at the posts; `home` is the id of hers."""
    born = rows.filter(resident__birth_date__lte=frame.on)  # an inner join: SQLite then finds homes by resident
    return born.filter(lived_here(frame.scope, frame.on)).annotate(home=F("resident__residencies__posyandu_id"))


def grouped(rows: QuerySet, *by: str, **counts: Any) -> Iterable[dict[str, Any]]:
    """One row for each combination of these columns. The caller names `posyandu_id` or what stands for it."""
    found = current()
    return found.each(rows, by, counts) if found else list(rows.order_by().values(*by).annotate(**counts))


def add(counts: Counts, post: UUID, key: str, value: float | None) -> None:
    """Add a count, or a sum with at most two decimals."""
    if not value:
        return
    if (found := current()) is not None:
        found.add(key)
    counts[post][key] += int(value) if float(value).is_integer() else Decimal(f"{value:.2f}")


def empty_counts(frame: Frame) -> Counts:
    """Counts for each post; posts counted as one share theirs."""
    kept: Counts = defaultdict(lambda: defaultdict(int))
    return {post: kept[frame.together.get(post, post)] for post in frame.posts}


def lived_here(scope: Scope, on: Any) -> Q:
    """The row's `resident` lived at the posts on a day (a date, or a column of the row), as `living` says."""
    home, person = "resident__residencies__", "resident__"
    return Q(
        Q(**{f"{home}to_date__isnull": True}) | Q(**{f"{home}to_date__gt": on}),
        Q(**{f"{person}died_on__isnull": True}) | Q(**{f"{person}died_on__gt": on}),
        **{
            f"{home}posyandu__in": scope.posyandu,
            f"{home}kind": Residency.Kind.RESIDENT,
            f"{home}from_date__lte": on,
            f"{person}merged_into__isnull": True,
        },
    )


def came(months: Sequence[date]) -> Q:
    """Attendances of held open days in these months, by people who were no guests there."""
    return Q(
        state=Attendance.State.PRESENT,
        is_guest=False,
        encounter__kind=Encounter.Kind.OPEN_DAY,
        encounter__period__in=months,
        encounter__open_day__state__in=HELD,
    )
