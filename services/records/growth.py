"""Growth results beside measurements, and N/T down the chain: a corrected March also changes April (lessons 16)."""

from decimal import Decimal

from services.clinical.ages import age_days, completed_months
from services.clinical.growth import assess
from services.clinical.kms import MonthStatus, Weighing, weighing_chain
from services.posyandu.models import Period
from services.residents.models import Resident
from services.residents.rules import BALITA_MONTHS

from .models import Encounter, Measurement

ASSESSED_UNTIL_MONTHS = 216  # IMT/U while under 18 years (health 1.4)
GROWTH_COLUMNS = ("z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa", "flags", "standard")
CHAIN_COLUMNS = ("weight_status", "no_gain_months")
CHAIN = "weighings of one child follow from each other"


def keep_measurement(*, encounter: Encounter, resident: Resident, columns: dict) -> Measurement:
    """Store what was measured with its z-scores, and the weighing status of it and all later ones.

    Months that were sent already keep their status. Grown-ups have neither.
    """
    rows = list(resident.measurements.order_by("measured_on"))
    mine = next((row for row in rows if row.encounter_id == encounter.pk), None)
    if mine is None:
        mine = Measurement(encounter=encounter, resident=resident, measured_on=encounter.date, period=encounter.period)
        rows = sorted([*rows, mine], key=lambda row: row.measured_on)
    for column, value in columns.items():
        setattr(mine, column, value)
    others = []
    if completed_months(resident.birth_date, encounter.date) < ASSESSED_UNTIL_MONTHS:
        set_growth(resident, mine)
        others = [row for row in apply_chain(resident, rows) if row is not mine]
    # Only what this step knows is written: another table may be measuring the same person (force_insert when new).
    mine.save(update_fields=None if mine._state.adding else [*columns, *GROWTH_COLUMNS, *CHAIN_COLUMNS])
    _save_chain(others)
    return mine


def set_growth(resident: Resident, measurement: Measurement) -> None:
    """Compute the z-scores of one measurement (not saved)."""
    result = assess(
        sex=resident.sex,
        age_days=age_days(resident.birth_date, measurement.measured_on),
        weight_kg=_units(measurement.weight_g, 1000),
        length_cm=_units(measurement.length_mm, 10),
        position=measurement.position or None,
        oedema=measurement.oedema,
        head_cm=_units(measurement.head_mm, 10),
        muac_cm=_units(measurement.muac_mm, 10),
    )
    for index in ("z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa"):
        value = getattr(result, index)
        setattr(measurement, index, None if value is None else Decimal(f"{value:.2f}"))
    measurement.flags = sorted(result.flags)
    measurement.standard = result.standard


def apply_chain(resident: Resident, measurements: list[Measurement]) -> list[Measurement]:
    """Set the weighing status of all of a child's measurements (oldest first); returns those that changed."""
    weighed = [row for row in measurements if row.weight_g]
    chain = weighing_chain(
        resident.sex, resident.birth_date, [Weighing(row.measured_on, row.weight_g) for row in weighed]
    )
    by_day = _by_day(chain)
    different = []
    for row in measurements:
        status, months = by_day.get(row.measured_on, ("", 0)) if row.weight_g and _is_balita(resident, row) else ("", 0)
        if (row.weight_status, row.no_gain_months) != (status, months):
            row.weight_status, row.no_gain_months = status, months
            different.append(row)
    return different


def _by_day(chain: list[MonthStatus]) -> dict:
    found, in_a_row = {}, 0
    for entry in chain:
        in_a_row = 0 if entry.status != "T" else (in_a_row + 1 if entry.two_t else 1)
        found[entry.weighing.on] = (entry.status, in_a_row)
    return found


def _save_chain(rows: list[Measurement]) -> None:
    if not rows:
        return
    closed = _closed_months(rows)
    posts = dict(
        Encounter.objects.unscoped(reason=CHAIN).filter(measurements__in=rows).values_list("pk", "posyandu_id")
    )
    still_open = [row for row in rows if (posts[row.encounter_id], row.period) not in closed]
    Measurement.objects.unscoped(reason=CHAIN).bulk_update(still_open, CHAIN_COLUMNS)


def _closed_months(rows: list[Measurement]) -> set:
    periods = Period.objects.unscoped(reason=CHAIN).filter(
        posyandu__encounters__measurements__in=rows, month__in={row.period for row in rows}
    )
    return set(periods.exclude(state__in=Period.OPEN_STATES).values_list("posyandu_id", "month"))


def _is_balita(resident: Resident, row: Measurement) -> bool:
    return completed_months(resident.birth_date, row.measured_on) < BALITA_MONTHS


def _units(value: int | None, per_unit: int) -> float | None:
    return None if value is None else value / per_unit
