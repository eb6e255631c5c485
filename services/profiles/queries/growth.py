"""What the growth charts, their table and the child's card show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from services.areas import clock
from services.areas.scope import Scope
from services.clinical.ages import age_days, completed_months, decimal_months, describe_age
from services.clinical.categories import classify, muac_child, oedema_category
from services.clinical.growth import adjusted_length
from services.clinical.kms import STATUS, KmsRules
from services.clinical.limits import Limits
from services.open_days.models import OpenDay
from services.open_days.rules import coming_day
from services.records.models import Measurement
from services.records.results import INDICES
from services.records.thresholds import limits_on
from services.residents.models import Residency, Resident
from services.residents.queries import current_residency
from services.residents.rules import BALITA_MONTHS, PRESCHOOL_MONTHS
from services.web.rules import number_text

from ..growth_chart import Measured


@dataclass(frozen=True)
class Judged:
    """An index and its class in words ("TB/U", "Pendek"), and whether the card says to refer."""

    about: str
    words: str
    refer: bool = False


@dataclass(frozen=True)
class GrowthRow:
    """One line of the table: what was measured that day, with units, and what it says."""

    on: date
    age: str
    weight: str
    status: str
    status_words: str
    length: str
    head: str
    muac: str
    judged: tuple[Judged, ...]
    id: UUID | None = None
    said: str = ""  # why a health worker set N or T otherwise than computed


@dataclass(frozen=True)
class GrowthPage:
    """A child's growth: points for the charts, and the table with the latest first."""

    home: Residency | None
    place: str
    today: date
    age: str
    age_months: int
    measured: tuple[Measured, ...]
    rows: tuple[GrowthRow, ...]
    kms: KmsRules

    @property
    def is_child(self) -> bool:
        """Whether charts mean something: a child below six, or one who was measured below five."""
        return self.age_months < PRESCHOOL_MONTHS or any(one.months < BALITA_MONTHS for one in self.measured)

    @property
    def last(self) -> GrowthRow | None:
        return self.rows[0] if self.rows else None


def growth_page(resident: Resident, scope: Scope) -> GrowthPage:
    """One child reached in scope. Where she lives now sees all of her history, other places what they measured."""
    home = current_residency(resident, scope)
    rows = resident.measurements if home else Measurement.objects.within(scope).filter(resident=resident)
    kept = [row for row in rows.order_by("measured_on") if row.weight_g or row.length_mm or row.head_mm or row.muac_mm]
    lived = home or Residency.objects.within(scope).filter(resident=resident).select_related("posyandu").first()
    area = lived.posyandu.area_id if lived else ""
    today = clock.today(area)
    return GrowthPage(
        home=home,
        place=lived.posyandu.path if lived else "",
        today=today,
        age=describe_age(resident.birth_date, today),
        age_months=completed_months(resident.birth_date, today),
        measured=tuple(sorted(_all_measured(resident, kept), key=lambda one: one.on)),
        rows=tuple(_row(resident, row, limits_on(area, row.measured_on)) for row in reversed(kept)),
        kms=limits_on(area, today).kms,
    )


@dataclass(frozen=True)
class NextDay:
    """When her posyandu opens next: planned, or by its schedule (then without a promise)."""

    on: date
    starts_at: time | None
    place: str
    is_planned: bool


def next_open_day(home: Residency | None, today: date) -> NextDay | None:
    """The next open day after today of where she lives; None when there is neither a plan nor a schedule."""
    if home is None:
        return None
    coming = home.posyandu.open_days.filter(date__gt=today, state=OpenDay.State.PLANNED)
    day = coming.order_by("date").first()
    if day is not None:
        return NextDay(day.date, day.starts_at, day.place, is_planned=True)
    schedule = home.posyandu.schedules.filter(to_date__isnull=True).first()
    if schedule is None:
        return None
    on = coming_day(schedule.nth, schedule.weekday, today + timedelta(days=1))
    return NextDay(on, schedule.starts_at, schedule.place, is_planned=False)


def _all_measured(resident: Resident, rows: list[Measurement]) -> Iterable[Measured]:
    """What was measured here, and the earlier weights copied from the Buku KIA (they have no N/T of their own)."""
    for row in rows:
        yield _measured(resident, row)
        on = row.earlier_weighed_on
        if row.earlier_weight_g and on and resident.birth_date <= on < row.measured_on:
            days, months = age_days(resident.birth_date, on), completed_months(resident.birth_date, on)
            yield Measured(on, days, months, weight_kg=row.earlier_weight_g / 1000)


def _measured(resident: Resident, row: Measurement) -> Measured:
    days = age_days(resident.birth_date, row.measured_on)
    length, _ = adjusted_length(days, decimal_months(days), _units(row.length_mm, 10), row.position or None)
    return Measured(
        on=row.measured_on,
        age_days=days,
        completed_months=completed_months(resident.birth_date, row.measured_on),
        weight_kg=_units(row.weight_g, 1000),
        length_cm=length,
        head_cm=_units(row.head_mm, 10),
        status=row.weight_status,
        has_oedema=row.oedema,
    )


def _row(resident: Resident, row: Measurement, limits: Limits) -> GrowthRow:
    return GrowthRow(
        on=row.measured_on,
        age=describe_age(resident.birth_date, row.measured_on),
        weight=_text(row.weight_g, 1000, "kg"),
        status=row.weight_status,
        status_words=STATUS.get(row.weight_status, ""),
        length=_text(row.length_mm, 10, "cm"),
        head=_text(row.head_mm, 10, "cm"),
        muac=_text(row.muac_mm, 10, "cm"),
        judged=tuple(_judged(resident, row, limits)),
        id=row.pk if row.status_computed in ("N", "T") else None,
        said=f"ditetapkan tenaga kesehatan: {row.override_note} (hitungan: {row.status_computed})"
        if row.status_override
        else "",
    )


def _judged(resident: Resident, row: Measurement, limits: Limits) -> Iterable[Judged]:
    """The class of each index in words; a value that cannot be is said to be measured again."""
    months = decimal_months(age_days(resident.birth_date, row.measured_on))
    if row.oedema and (swollen := oedema_category(months, limits.categories)):
        yield Judged("Bengkak kedua kaki", swollen.label, refer=True)
    for index, about in INDICES:
        z = getattr(row, f"z_{index}")
        category = classify(index, None if z is None else float(z), months, limits.categories)
        if category is None:
            continue
        if index in row.flags:
            yield Judged(about, f"{category.label}. Periksa ulang ukurannya.")
        else:
            yield Judged(about, category.label, category.refer)
    arm = muac_child(_units(row.muac_mm, 10), completed_months(resident.birth_date, row.measured_on), limits.muac)
    if arm is not None:
        yield Judged("LiLA", arm.label, arm.refer != "tidak")


def _units(value: int | None, per_unit: int) -> float | None:
    return None if value is None else value / per_unit


def _text(value: int | None, per_unit: int, unit: str) -> str:
    return "" if value is None else f"{number_text(value / per_unit)} {unit}"
