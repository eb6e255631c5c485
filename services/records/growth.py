"""Growth results beside measurements, and N/T down the chain: a corrected March also changes April (lessons 16)."""

from datetime import date
from decimal import Decimal

from services.areas.settings import remembered
from services.clinical.ages import age_days, completed_months
from services.clinical.growth import assess
from services.clinical.kms import KmsRules, MonthStatus, Weighing, month_before, weighing_chain
from services.posyandu.actions import propose_correction
from services.posyandu.models import Period
from services.residents.models import Resident
from services.residents.rules import BALITA_MONTHS

from .models import Encounter, Measurement
from .thresholds import limits_on

ASSESSED_UNTIL_MONTHS = 216  # IMT/U while under 18 years (health 1.4)
Z_COLUMNS = ("z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa")
GROWTH_COLUMNS = (*Z_COLUMNS, "flags", "standard")
CHAIN_COLUMNS = ("weight_status", "status_computed", "no_gain_months")
OVERRIDE_COLUMNS = ("status_override", "override_note", "overridden_by", "overridden_at")
NO_STATUS = ("", "", 0)
CHAIN = "weighings of one child follow from each other"


def keep_measurement(*, encounter: Encounter, resident: Resident, columns: dict) -> Measurement:
    """Store what was measured with its z-scores, and the weighing status of it and all later ones.

    Months that were sent already keep their status; a correction is proposed to them. Grown-ups have neither.
    """
    rows = measurements_of(resident)
    mine = own_row(rows, encounter, resident)
    is_new = mine._state.adding
    for column, value in columns.items():
        setattr(mine, column, value)
    others = []
    if completed_months(resident.birth_date, encounter.date) < ASSESSED_UNTIL_MONTHS:
        set_growth(resident, mine)
        others = [row for row in apply_chain(resident, rows) if row is not mine]
    # Only what this step knows is written: another table may be measuring the same person (force_insert when new).
    mine.save(update_fields=None if is_new else [*columns, *GROWTH_COLUMNS, *CHAIN_COLUMNS], force_insert=is_new)
    _save(others, CHAIN_COLUMNS)
    return mine


def measurements_of(resident: Resident) -> list[Measurement]:
    """All measurements of a person with their encounters, oldest first: one query."""
    return list(resident.measurements.select_related("encounter__posyandu").order_by("measured_on", "pk"))


def own_row(rows: list[Measurement], encounter: Encounter, resident: Resident) -> Measurement:
    """The row of this encounter among a person's measurements; a new one (unsaved) is put in its place."""
    mine = next((row for row in rows if row.encounter_id == encounter.pk), None)
    if mine is None:
        mine = Measurement(encounter=encounter, resident=resident, measured_on=encounter.date, period=encounter.period)
        rows.append(mine)
        rows.sort(key=lambda row: row.measured_on)
    return mine


def keep_override(resident: Resident, rows: list[Measurement], mine: Measurement) -> None:
    """Store a health worker's word on one measurement, and what follows from it in the months after."""
    others = [row for row in apply_chain(resident, rows) if row is not mine]
    mine.save(update_fields=[*OVERRIDE_COLUMNS, *CHAIN_COLUMNS])
    _save(others, CHAIN_COLUMNS)


def preview(*, encounter: Encounter, resident: Resident, columns: dict) -> Measurement:
    """What `keep_measurement` would store, without storing anything."""
    rows = measurements_of(resident)
    mine = own_row(rows, encounter, resident)
    for column, value in columns.items():
        setattr(mine, column, value)
    if completed_months(resident.birth_date, encounter.date) < ASSESSED_UNTIL_MONTHS:
        set_growth(resident, mine)
        apply_chain(resident, rows)
    return mine


def recompute_resident(resident: Resident) -> int:
    """Compute all of a person's growth again after her birth date or sex was corrected; how many rows changed.

    Months that were sent keep what was sent. Called inside the transaction of the correction.
    """
    rows = measurements_of(resident)
    before = {row.pk: _growth_of(row) for row in rows}
    for row in rows:
        if completed_months(resident.birth_date, row.measured_on) < ASSESSED_UNTIL_MONTHS:
            set_growth(resident, row)
        else:
            _clear_growth(row)
    apply_chain(resident, rows)
    changed = [row for row in rows if _growth_of(row) != before[row.pk]]
    return _save(changed, (*GROWTH_COLUMNS, *CHAIN_COLUMNS))


def _growth_of(row: Measurement) -> tuple:
    return tuple(getattr(row, column) for column in (*GROWTH_COLUMNS, *CHAIN_COLUMNS))


def _clear_growth(row: Measurement) -> None:
    for column in Z_COLUMNS:
        setattr(row, column, None)
    row.flags, row.standard = [], ""


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
    for index in Z_COLUMNS:
        value = getattr(result, index)
        setattr(measurement, index, None if value is None else Decimal(f"{value:.2f}"))
    measurement.flags = sorted(result.flags)
    measurement.standard = result.standard


def apply_chain(resident: Resident, measurements: list[Measurement]) -> list[Measurement]:
    """Set the weighing status of all of a child's measurements (oldest first); returns those that changed.

    A weight copied from the Buku KIA is in the chain as one taken elsewhere, so N and T work from the first month.
    Where a health worker has set N or T, her word counts, for 2T also; what was computed stays beside it. Each day is
    judged by what its district set for that day.
    """
    said = {row.measured_on: row.status_override for row in measurements if row.status_override}
    with remembered():
        rules = {
            row.measured_on: limits_on(row.encounter.posyandu.area_id, row.measured_on).kms for row in measurements
        }
    chain = weighing_chain(resident.sex, resident.birth_date, _weighings(measurements), rules.__getitem__)
    statuses = _statuses(chain, said, rules)
    different = []
    for row in measurements:
        is_weighed = bool(row.weight_g) and _is_balita(resident, row)
        now = statuses.get(row.measured_on, NO_STATUS) if is_weighed else NO_STATUS
        if tuple(getattr(row, column) for column in CHAIN_COLUMNS) != now:
            for column, value in zip(CHAIN_COLUMNS, now, strict=True):
                setattr(row, column, value)
            different.append(row)
    return different


def _statuses(
    chain: list[MonthStatus], said: dict[date, str], rules: dict[date, KmsRules]
) -> dict[date, tuple[str, str, int]]:
    """By day of weighing: what counts, what was computed, and how many T in a row (a month between breaks the row)."""
    found, in_a_row, before = {}, 0, None
    for entry in chain:
        status = said.get(entry.weighing.on) or entry.status
        strict = rules[entry.weighing.on].two_t_needs_consecutive_months
        follows = before == month_before(entry.month) or not strict
        in_a_row = 0 if status != "T" else in_a_row + 1 if follows else 1
        found[entry.weighing.on] = (status, entry.status, in_a_row)
        before = entry.month
    return found


def _weighings(measurements: list[Measurement]) -> list[Weighing]:
    found = [Weighing(row.measured_on, row.weight_g) for row in measurements if row.weight_g]
    return found + [
        Weighing(row.earlier_weighed_on, row.earlier_weight_g, elsewhere=True)
        for row in measurements
        if row.earlier_weight_g and row.earlier_weighed_on and row.earlier_weighed_on < row.measured_on
    ]


def _save(rows: list[Measurement], columns: tuple[str, ...]) -> int:
    """Write these columns of the rows whose months are still open; how many those are."""
    if not rows:
        return 0
    posts = {row.encounter.posyandu_id for row in rows}
    periods = Period.objects.unscoped(reason=CHAIN).filter(posyandu__in=posts, month__in={row.period for row in rows})
    sent = set(periods.exclude(state__in=Period.OPEN_STATES).values_list("posyandu_id", "month"))
    still_open = [row for row in rows if (row.encounter.posyandu_id, row.period) not in sent]
    Measurement.objects.unscoped(reason=CHAIN).bulk_update(still_open, columns)
    for row in rows:
        if row not in still_open:
            propose_correction(
                posyandu_id=row.encounter.posyandu_id,
                month=row.period,
                what="Hasil timbang seorang anak berubah, karena catatan bulan lainnya diperbaiki.",
                row=f"warga:{row.resident_id}",
            )
    return len(still_open)


def _is_balita(resident: Resident, row: Measurement) -> bool:
    return completed_months(resident.birth_date, row.measured_on) < BALITA_MONTHS


def _units(value: int | None, per_unit: int) -> float | None:
    return None if value is None else value / per_unit
