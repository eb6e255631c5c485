"""The KMS: minimum weight gain (KBM), the status N/T/O/B of a weighing, 2T, and the red and orange lines.

All weights are whole grams, because 5.1 - 4.2 kg is not 0.9 for a computer.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from services.clinical.ages import completed_months
from services.clinical.tables import RULES_FOLDER, Sex

Status = Literal["N", "T", "O", "B"]

STATUS: dict[Status, str] = {
    "N": "Naik",
    "T": "Tidak naik",
    "O": "Tidak ditimbang bulan lalu",
    "B": "Baru pertama ditimbang",
}


def read_minimum_gains(path: Path) -> dict[Sex, dict[int, int]]:
    """Grams by sex and completed month, from a file laid out as `fixtures/rules/minimum_gain.csv`."""
    gains: dict[Sex, dict[int, int]] = {"L": {}, "P": {}}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for month in range(int(row["from_month"]), int(row["to_month"]) + 1):
                gains["L"][month] = int(row["male_g"])
                gains["P"][month] = int(row["female_g"])
    return gains


_DEFAULT_GAINS = read_minimum_gains(RULES_FOLDER / "minimum_gain.csv")


@dataclass(frozen=True)
class KmsRules:
    """What a district may set.

    minimum_gain_g: Buku KIA 2023 p. 54 and the printed KMS [B]; boys 6, 7, 11 and girls 6, 7, 10, 11 to be confirmed.
    red_line_z: BB/U below it is BGM; the KMS in use draws -3 SD, older ones drew it elsewhere [C].
    orange_line_z: BB/U above it is "di atas garis oranye" [C].
    two_t_needs_consecutive_months: a month of O or absence breaks the chain of 2T [C].
    grown_at_36_months_g: a child who reaches 36 months is counted apart from this weight on (form F1, 13 and 14) [B/C].
    without_standard: status where there is no KBM (month 0, above 60 months) although weighed last month.
    """

    minimum_gain_g: dict[Sex, dict[int, int]] = field(default_factory=lambda: _DEFAULT_GAINS)
    red_line_z: float = -3.0
    orange_line_z: float = 1.0
    grown_at_36_months_g: int = 11_500
    two_t_needs_consecutive_months: bool = True
    without_standard: Status = "O"


DEFAULT_KMS = KmsRules()


def minimum_gain_g(sex: Sex, months: int, rules: KmsRules = DEFAULT_KMS) -> int | None:
    """KBM in grams at this age in completed months; None where the KMS names none."""
    return rules.minimum_gain_g[sex].get(months)


def weighing_status(
    sex: Sex,
    months_now: int,
    weight_now_g: int,
    previous_weight_g: int | None,
    weighed_last_month: bool,
    weighed_before: bool,
    rules: KmsRules = DEFAULT_KMS,
) -> Status:
    """N, T, O or B of one weighing, by the KBM of the age at this weighing.

    `previous_weight_g` is last calendar month's last weight, which may come from the Buku KIA or another post:
    it then gives N or T even at the first visit here.
    """
    if weighed_last_month and previous_weight_g is not None:
        minimum = minimum_gain_g(sex, months_now, rules)
        if minimum is None:
            return rules.without_standard
        return "N" if weight_now_g - previous_weight_g >= minimum else "T"
    return "O" if weighed_before else "B"


def is_two_t(this_month: Status | None, last_month: Status | None) -> bool:
    """2T: not gained in two calendar months in a row. `last_month` is None for a month without a weighing."""
    return this_month == "T" and last_month == "T"


def below_red_line(z_wfa: float | None, rules: KmsRules = DEFAULT_KMS) -> bool | None:
    """BGM; None where BB/U could not be computed, which is not "above the line"."""
    return None if z_wfa is None else z_wfa < rules.red_line_z


def above_orange_line(z_wfa: float | None, rules: KmsRules = DEFAULT_KMS) -> bool | None:
    """Above the orange line (risk of overweight); None where BB/U could not be computed."""
    return None if z_wfa is None else z_wfa > rules.orange_line_z


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weight on one day. `elsewhere`: copied from the Buku KIA or another post, so it has no status itself."""

    on: date
    grams: int
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class MonthStatus:
    """The status of the last weighing of one calendar month."""

    month: date
    weighing: Weighing
    status: Status
    gain_g: int | None
    minimum_g: int | None
    two_t: bool


def default_rules_on(day: date) -> KmsRules:
    """The rules of the printed KMS, on any day."""
    return DEFAULT_KMS


def weighing_chain(
    sex: Sex,
    birth: date,
    weighings: Iterable[Weighing],
    rules_on: Callable[[date], KmsRules] = default_rules_on,
) -> list[MonthStatus]:
    """The status of every month weighed here, in order. A correction in March thus reaches April and later.

    The last weighing of a month is compared with the last one of the calendar month before. Each weighing is judged
    by the rules of its own day, so that a rule of today leaves the months before alone.
    """
    any_last: dict[date, Weighing] = {}
    here_last: dict[date, Weighing] = {}
    for weighing in sorted(weighings, key=lambda each: each.on):
        month = weighing.on.replace(day=1)
        any_last[month] = weighing
        if not weighing.elsewhere:
            here_last[month] = weighing
    chain: list[MonthStatus] = []
    for month in sorted(here_last):
        before = any_last.get(month_before(month))
        chain.append(_month_status(sex, birth, here_last[month], before, chain, rules_on(here_last[month].on)))
    return chain


def _month_status(
    sex: Sex,
    birth: date,
    weighing: Weighing,
    before: Weighing | None,
    chain: Sequence[MonthStatus],
    rules: KmsRules,
) -> MonthStatus:
    month, months_now = weighing.on.replace(day=1), completed_months(birth, weighing.on)
    previous_g = before.grams if before else None
    status = weighing_status(sex, months_now, weighing.grams, previous_g, before is not None, bool(chain), rules)
    return MonthStatus(
        month=month,
        weighing=weighing,
        status=status,
        gain_g=None if previous_g is None else weighing.grams - previous_g,
        minimum_g=minimum_gain_g(sex, months_now, rules),
        two_t=is_two_t(status, _earlier_status(month, chain, rules)),
    )


def _earlier_status(month: date, chain: Sequence[MonthStatus], rules: KmsRules) -> Status | None:
    if not chain:
        return None
    if rules.two_t_needs_consecutive_months and chain[-1].month != month_before(month):
        return None
    return chain[-1].status


def month_before(month: date) -> date:
    """The first day of the calendar month before the one `month` is the first day of."""
    return month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)
