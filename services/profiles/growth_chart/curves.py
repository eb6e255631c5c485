"""What the charts draw: the lines of the WHO standard, and the child's points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from services.clinical.ages import DAYS_PER_MONTH
from services.clinical.growth import HEIGHT_FROM_DAY, at_sd
from services.clinical.tables import Sex, Table, growth_tables

STEP_MONTH = 24  # lying below it, standing from then on: the line of the standard steps down by 0.7 cm


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement of a child: kg and cm as the standard expects them (length adjusted), N/T of that weighing."""

    on: date
    age_days: int
    completed_months: int
    weight_kg: float | None = None
    length_cm: float | None = None
    head_cm: float | None = None
    status: str = ""
    has_oedema: bool = False

    @property
    def months(self) -> float:
        """Age in decimal months, the charts' axis."""
        return self.age_days / DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the standard: pieces of (x, y); two pieces where lying ends and standing begins."""

    sd: int
    pieces: tuple[tuple[tuple[float, float], ...], ...]

    @property
    def end(self) -> tuple[float, float]:
        return self.pieces[-1][-1]

    @property
    def lowest(self) -> float:
        return min(y for piece in self.pieces for _, y in piece)

    @property
    def highest(self) -> float:
        return max(y for piece in self.pieces for _, y in piece)


@cache
def curves_by_age(index: str, sex: Sex, sds: tuple[int, ...], start: int, end: int) -> tuple[Curve, ...]:
    """Lines of an index by day ('wfa', 'lhfa', 'hcfa') for completed months `start` to `end`."""
    table: Table = getattr(growth_tables()[sex], f"{index}_day")
    months = range(start, end + 1)
    if index == "lhfa" and start < STEP_MONTH < end:
        groups: Sequence[Sequence[int]] = (range(start, STEP_MONTH + 1), range(STEP_MONTH, end + 1))
    else:
        groups = (months,)
    return tuple(
        Curve(sd, tuple(tuple((month, _at(table, _day(month, group), sd)) for month in group) for group in groups))
        for sd in sds
    )


def _day(month: int, group: Sequence[int]) -> int:
    """The day of age that stands for a month; on both sides of the step the one that belongs to the piece."""
    day = min(int(month * DAYS_PER_MONTH + 0.5), 1826)
    if month != STEP_MONTH:
        return day
    return HEIGHT_FROM_DAY if group[0] == STEP_MONTH else HEIGHT_FROM_DAY - 1


def _at(table: Table, key: int, sd: int) -> float:
    at = min(max(key, table.first), table.last) - table.first
    return at_sd(sd, table.power[at], table.median[at], table.variation[at])


@cache
def curves_by_length(sex: Sex, sds: tuple[int, ...], *, standing: bool) -> tuple[Curve, ...]:
    """Lines of weight for length (lying, 45–110 cm) or height (standing, 65–120 cm), each centimetre."""
    tables = growth_tables()[sex]
    table = tables.wfh_mm if standing else tables.wfl_mm
    keys = range(table.first, table.last + 1, 10)
    return tuple(Curve(sd, (tuple((key / 10, _at(table, key, sd)) for key in keys),)) for sd in sds)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the child, and the calendar month it was measured in (a line joins months that follow each other)."""

    x: float
    y: float
    month: int


def points_by_age(measured: Sequence[Measured], column: str, start: int, end: int) -> list[Point]:
    """The child's values of one column by age, within the window of months."""
    return [
        Point(one.months, value, one.on.year * 12 + one.on.month)
        for one in measured
        if (value := getattr(one, column)) is not None and start <= one.months <= end
        if not (column == "weight_kg" and one.has_oedema)
    ]


def points_by_length(measured: Sequence[Measured], *, standing: bool) -> list[Point]:
    """Weight by length of the measurements that belong to this table: it is chosen by age, not by the length."""
    low, high = (65, 120) if standing else (45, 110)
    return [
        Point(one.length_cm, one.weight_kg, one.on.year * 12 + one.on.month)
        for one in measured
        if one.weight_kg is not None and one.length_cm is not None and not one.has_oedema
        if (one.age_days >= HEIGHT_FROM_DAY) is standing and low <= one.length_cm <= high
    ]
