"""Growth z-scores: WHO 2006 by day below 60 months, WHO 2007 by month up to 19 years.

This is fixed mathematics (WHO Multicentre Growth Reference Study Group 2006; de Onis et al. 2007), not programme
policy. The boundaries are WHO's own: day 731 and decimal month 60.0, not birthdays.
"""

from __future__ import annotations

from math import floor, inf, log
from typing import Literal, NamedTuple

from services.clinical.ages import DAYS_PER_MONTH
from services.clinical.tables import Sex, SexTables, Table, growth_tables

Position = Literal["L", "H"]
"""L = telentang (lying, length), H = berdiri (standing, height)."""

HEIGHT_FROM_DAY = 731
LAST_DAY_2006 = 1826
FIRST_MONTH_2007 = 60.0
POSITION_ADJUSTMENT_CM = 0.7
STANDING_FROM_MONTH = 9.0
"""Nobody stands before this age: the position is then taken as unknown and the row is flagged "c9mo"."""

PLAUSIBLE = {
    "wfa": (-6.0, 5.0),
    "lhfa": (-6.0, 6.0),
    "wflh": (-5.0, 5.0),
    "bfa": (-5.0, 5.0),
    "hcfa": (-5.0, 5.0),
    "acfa": (-5.0, 5.0),
}
"""z-scores outside are kept and shown as "periksa ulang data" but left out of prevalence (WHO Anthro's flags)."""

_PLAUSIBLE = tuple((name, low, high) for name, (low, high) in PLAUSIBLE.items())

STANDARD_2006 = "WHO2006-day"
STANDARD_2007 = "WHO2007-month"

_PER_CM = 100_000
_PER_MM = 10_000
_NO_FLAGS: frozenset[str] = frozenset()


class GrowthResult(NamedTuple):
    """z-scores to two decimals (None = not computable), what to check again, and the standard used.

    `flags` holds the names of implausible indices, "c9mo" (standing before nine months) and "oedema".
    A named tuple because a district's recomputation makes a hundred thousand of them.
    """

    z_wfa: float | None
    z_lhfa: float | None
    z_wflh: float | None
    z_bfa: float | None
    z_hcfa: float | None
    z_acfa: float | None
    flags: frozenset[str]
    standard: str
    length_used_cm: float | None
    bmi: float | None


NOTHING = GrowthResult(None, None, None, None, None, None, _NO_FLAGS, "", None, None)


def assess(
    *,
    sex: Sex,
    age_days: int,
    weight_kg: float | None = None,
    length_cm: float | None = None,
    position: Position | None = None,
    oedema: bool = False,
    head_cm: float | None = None,
    muac_cm: float | None = None,
    age_months: float | None = None,
) -> GrowthResult:
    """Every z-score that the measurements allow.

    `age_months` (decimal) is given only where the age in days is not known; it is then used unrounded for the nine
    month rule and the 5 to 19 year tables. A missing, zero, negative or non-finite measurement is not computed.
    Raises KeyError for a sex other than "L" or "P".
    """
    tables = growth_tables()[sex]
    months = age_days / DAYS_PER_MONTH if age_months is None else age_months
    if age_days < 0 or months < 0:
        return NOTHING
    weight, length = _measured(weight_kg), _measured(length_cm)
    if months < FIRST_MONTH_2007:
        adjusted, implausible = adjusted_length(age_days, months, length, position)
        return _under_five(
            tables, age_days, weight, adjusted, implausible, oedema, _measured(head_cm), _measured(muac_cm)
        )
    return _from_five(tables, months, weight, length, oedema)


def adjusted_length(
    age_days: int, months: float, length: float | None, position: Position | None
) -> tuple[float | None, bool]:
    """The length the tables expect (lying below 731 days, standing from then on), and the nine month warning."""
    if position == "H" and months < STANDING_FROM_MONTH:
        return length, True
    if length is None:
        return None, False
    if age_days < HEIGHT_FROM_DAY:
        return (length + POSITION_ADJUSTMENT_CM if position == "H" else length), False
    return (length - POSITION_ADJUSTMENT_CM if position == "L" else length), False


def z_score(value: float, power: float, median: float, variation: float) -> float:
    """The plain LMS z-score, used for length, height and head circumference."""
    if power == 0.0:
        return log(value / median) / variation
    return float(((value / median) ** power - 1.0) / (power * variation))


def restricted_z_score(value: float, power: float, median: float, variation: float) -> float:
    """The z-score of weight-based indices: beyond 3 SD it grows by the distance between the 2nd and 3rd SD."""
    z = z_score(value, power, median, variation)
    if z > 3.0:
        third = at_sd(3, power, median, variation)
        return 3.0 + (value - third) / (third - at_sd(2, power, median, variation))
    if z < -3.0:
        third = at_sd(-3, power, median, variation)
        return -3.0 + (value - third) / (at_sd(-2, power, median, variation) - third)
    return z


def at_sd(sd: float, power: float, median: float, variation: float) -> float:
    """The measurement at so many standard deviations; draws the lines of a growth chart."""
    if power == 0.0:
        return float(median * 2.718281828459045 ** (variation * sd))
    return float(median * (1.0 + power * variation * sd) ** (1.0 / power))


def _measured(value: float | None) -> float | None:
    return value if value is not None and 0.0 < value < inf else None


def _under_five(
    tables: SexTables,
    day: int,
    weight: float | None,
    length: float | None,
    standing_too_early: bool,
    oedema: bool,
    head: float | None,
    muac: float | None,
) -> GrowthResult:
    bmi = _bmi(weight, length)
    z_lhfa = _plain(tables.lhfa_day, day, length)
    z_hcfa = _plain(tables.hcfa_day, day, head)
    z_acfa = _restricted(tables.acfa_day, day, muac)
    z_wfa = z_wflh = z_bfa = None
    # Water weighs: with oedema no score that a weight goes into means anything. WHO keeps the upper arm's.
    if not oedema:
        z_wfa = _restricted(tables.wfa_day, day, weight)
        z_bfa = _restricted(tables.bfa_day, day, bmi)
        z_wflh = _weight_for_length(tables.wfl_mm if day < HEIGHT_FROM_DAY else tables.wfh_mm, weight, length)
    flags = _flags(z_wfa, z_lhfa, z_wflh, z_bfa, z_hcfa, z_acfa, standing_too_early, oedema)
    return GrowthResult(z_wfa, z_lhfa, z_wflh, z_bfa, z_hcfa, z_acfa, flags, STANDARD_2006, length, bmi)


def _from_five(
    tables: SexTables, months: float, weight: float | None, length: float | None, oedema: bool
) -> GrowthResult:
    bmi = _bmi(weight, length)
    z_lhfa = _by_month(tables.hfa_month, months, length, restricted=False)
    z_wfa = z_bfa = None
    if not oedema:
        z_wfa = _by_month(tables.wfa_month, months, weight, restricted=True)
        z_bfa = _by_month(tables.bfa_month, months, bmi, restricted=True)
    flags = _flags(z_wfa, z_lhfa, None, z_bfa, None, None, False, oedema)
    # The last row of each table only helps to interpolate; past it there is no standard at all.
    standard = STANDARD_2007 if months <= tables.hfa_month.last - 1 else ""
    return GrowthResult(z_wfa, z_lhfa, None, z_bfa, None, None, flags, standard, length, bmi)


def _bmi(weight: float | None, length: float | None) -> float | None:
    if weight is None or length is None or length <= 0.0:
        return None
    metres = length / 100.0
    return weight / (metres * metres) if metres * metres > 0.0 else None


def _plain(table: Table, key: int, value: float | None) -> float | None:
    if value is None or not table.first <= key <= table.last:
        return None
    at = key - table.first
    return _rounded(value, table.power[at], table.median[at], table.variation[at], restricted=False)


def _restricted(table: Table, key: int, value: float | None) -> float | None:
    if value is None or not table.first <= key <= table.last:
        return None
    at = key - table.first
    return _rounded(value, table.power[at], table.median[at], table.variation[at], restricted=True)


def _weight_for_length(table: Table, weight: float | None, length: float | None) -> float | None:
    """Interpolates between the 0.1 cm rows. The key is whole numbers: as floats 66.6 would fall into the row below."""
    if weight is None or length is None or length > 1000.0:
        return None
    row, rest = divmod(round(length * _PER_CM), _PER_MM)
    if row < table.first or row > table.last or (row == table.last and rest):
        return None
    return _interpolated(table, row - table.first, rest / _PER_MM, weight, restricted=True)


def _by_month(table: Table, months: float, value: float | None, *, restricted: bool) -> float | None:
    if value is None or not table.first <= months <= table.last - 1:
        return None
    row = floor(months)
    return _interpolated(table, row - table.first, months - row, value, restricted=restricted)


def _interpolated(table: Table, at: int, part: float, value: float, *, restricted: bool) -> float | None:
    power, median, variation = table.power[at], table.median[at], table.variation[at]
    if part:
        power += (table.power[at + 1] - power) * part
        median += (table.median[at + 1] - median) * part
        variation += (table.variation[at + 1] - variation) * part
    return _rounded(value, power, median, variation, restricted=restricted)


def _rounded(value: float, power: float, median: float, variation: float, *, restricted: bool) -> float | None:
    score = restricted_z_score if restricted else z_score
    try:
        # Adding 0.0 turns a rounded -0.0 into 0.0, which would print as "-0.00".
        return round(score(value, power, median, variation), 2) + 0.0
    except (OverflowError, ZeroDivisionError):
        return None


def _flags(
    wfa: float | None,
    lhfa: float | None,
    wflh: float | None,
    bfa: float | None,
    hcfa: float | None,
    acfa: float | None,
    standing_too_early: bool,
    oedema: bool,
) -> frozenset[str]:
    found = []
    for z, (name, low, high) in zip((wfa, lhfa, wflh, bfa, hcfa, acfa), _PLAUSIBLE, strict=True):
        if z is not None and not low <= z <= high:
            found.append(name)
    if standing_too_early:
        found.append("c9mo")
    if oedema:
        found.append("oedema")
    return frozenset(found) if found else _NO_FLAGS
