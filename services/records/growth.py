"""Growth results beside measurements, and N/T down the chain: a corrected March also changes April (lessons 16)."""

from collections.abc import Container
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from services.areas.scope import Scope
from services.areas.settings import remembered
from services.clinical.ages import age_days, completed_months
from services.clinical.growth import assess
from services.clinical.kms import KmsRules, MonthStatus, Weighing, month_before, weighing_chain
from services.posyandu.actions import propose_correction, withdraw_correction
from services.posyandu.models import Correction, Period
from services.residents.models import Resident
from services.residents.rules import BALITA_MONTHS

from .models import Encounter, Measurement
from .rules import recomputed_in_words
from .thresholds import limits_on

ASSESSED_UNTIL_MONTHS = 216  # IMT/U while under 18 years (health 1.4)
Z_COLUMNS = ("z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa")
GROWTH_COLUMNS = (*Z_COLUMNS, "flags", "standard")
CHAIN_COLUMNS = ("weight_status", "status_computed", "no_gain_months")
OVERRIDE_COLUMNS = ("status_override", "override_note", "overridden_by", "overridden_at")
NO_STATUS = ("", "", 0)
WHO = "warga:"  # how a proposed correction names whose row it is about
Month = tuple[UUID, date]  # a posyandu's month


def keep_measurement(*, encounter: Encounter, resident: Resident, columns: dict) -> Measurement:
    """Store what was measured with its z-scores, and the weighing status of it and all later ones.

    Months that were sent already keep their status; a correction is proposed to them. Grown-ups have neither.
    """
    rows = measurements_of(resident)
    stored = _stored(rows)
    mine = own_row(rows, encounter, resident)
    is_new = mine._state.adding
    for column, value in columns.items():
        setattr(mine, column, value)
    is_child = completed_months(resident.birth_date, encounter.date) < ASSESSED_UNTIL_MONTHS
    if is_child:
        set_growth(resident, mine)
        apply_chain(resident, rows)
    # Only what this step knows is written: another table may be measuring the same person (force_insert when new).
    mine.save(update_fields=None if is_new else [*columns, *GROWTH_COLUMNS, *CHAIN_COLUMNS], force_insert=is_new)
    if is_child:
        _save(resident, [row for row in rows if row is not mine], stored, CHAIN_COLUMNS)
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
    stored = _stored(rows)
    apply_chain(resident, rows)
    mine.save(update_fields=[*OVERRIDE_COLUMNS, *CHAIN_COLUMNS])
    _save(resident, [row for row in rows if row is not mine], stored, CHAIN_COLUMNS)


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


def recompute_resident(resident: Resident, opened: Container[Month] = ()) -> int:
    """Compute all of a person's growth again after her birth date or sex was corrected; how many rows changed.

    Months that were sent keep what was sent, except those in `opened`, and get a proposal. Called inside the
    transaction of the correction.
    """
    rows = measurements_of(resident)
    stored = _stored(rows)
    for row in rows:
        if completed_months(resident.birth_date, row.measured_on) < ASSESSED_UNTIL_MONTHS:
            set_growth(resident, row)
        else:
            _clear_growth(row)
    apply_chain(resident, rows)
    return _save(resident, rows, stored, (*GROWTH_COLUMNS, *CHAIN_COLUMNS), opened)


def take_in_proposals(*, period: Period) -> int:
    """Write into this sent month what recomputations proposed to it; how many rows changed.

    For whoever opens the month or accepts its corrections, in that transaction.
    """
    waiting = period.corrections.filter(state=Correction.State.PROPOSED, proposed_by=None)
    people = [row.removeprefix(WHO) for row in waiting.values_list("row", flat=True) if row.startswith(WHO)]
    here = Measurement.objects.within(Scope(None, frozenset([period.posyandu_id])))
    rows = here.filter(period=period.month, resident_id__in=people).select_related("resident").order_by("resident_id")
    residents = {row.resident_id: row.resident for row in rows}.values()
    return sum(recompute_resident(resident, {(period.posyandu_id, period.month)}) for resident in residents)


def _stored(rows: list[Measurement]) -> dict[UUID, dict[str, Any]]:
    """The results of each measurement as they are kept, before anything is computed."""
    return {row.pk: _results(row) for row in rows}


def _results(row: Measurement) -> dict[str, Any]:
    return {column: getattr(row, column) for column in (*GROWTH_COLUMNS, *CHAIN_COLUMNS)}


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


def _month(row: Measurement) -> Month:
    return row.encounter.posyandu_id, row.period


def _save(
    resident: Resident,
    rows: list[Measurement],
    stored: dict[UUID, dict[str, Any]],
    columns: tuple[str, ...],
    opened: Container[Month] = (),
) -> int:
    """Write these columns of the rows that changed and whose months are open; how many those are.

    A month that was sent gets one proposal for this person, which says what would change now.
    """
    proposed = _proposed(resident, rows)
    for row in rows:
        if _month(row) in proposed and columns == CHAIN_COLUMNS:  # what waits there may be more than its chain
            set_growth(resident, row)
    changed = [row for row in rows if _results(row) != stored[row.pk]]
    closed = _closed(changed, opened)
    writable = [row for row in changed if _month(row) not in closed]
    if writable:
        resident.measurements.bulk_update(writable, columns)
    told = {_month(row): recomputed_in_words(stored[row.pk], _results(row)) for row in changed}
    for posyandu_id, month in sorted(closed):
        what = told[posyandu_id, month]
        propose_correction(posyandu_id=posyandu_id, month=month, what=what, row=f"{WHO}{resident.pk}")
    for month, correction in proposed.items():
        if month not in told and not correction.period.is_open(timezone.now()):
            withdraw_correction(correction=correction)
    return len(writable)


def _proposed(resident: Resident, rows: list[Measurement]) -> dict[Month, Correction]:
    """What recomputations of this person still propose, by the month they would change: one query."""
    here = Scope(None, frozenset(row.encounter.posyandu_id for row in rows))
    waiting = Correction.objects.within(here).filter(state=Correction.State.PROPOSED, proposed_by=None)
    found = waiting.filter(row=f"{WHO}{resident.pk}").select_related("period__posyandu")
    return {(each.period.posyandu_id, each.period.month): each for each in found}


def _closed(rows: list[Measurement], opened: Container[Month]) -> set[Month]:
    """The months of these rows that were sent. Their rows stay locked, so that none is sent meanwhile."""
    if not rows:
        return set()
    here = Scope(None, frozenset(row.encounter.posyandu_id for row in rows))
    periods = Period.objects.within(here).filter(month__in={row.period for row in rows}).order_by("month", "pk")
    now = timezone.now()
    sent = {(each.posyandu_id, each.month) for each in periods.select_for_update() if not each.is_open(now)}
    return {_month(row) for row in rows if _month(row) in sent and _month(row) not in opened}


def _is_balita(resident: Resident, row: Measurement) -> bool:
    return completed_months(resident.birth_date, row.measured_on) < BALITA_MONTHS


def _units(value: int | None, per_unit: int) -> float | None:
    return None if value is None else value / per_unit
