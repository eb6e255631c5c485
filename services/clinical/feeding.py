"""What the KMS and the card say of feeding and of the twice-yearly rounds: ASI E0–E6, vitamin A, deworming."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EXCLUSIVE_UNTIL_MONTH = 6
"""E0 to E5 are ticked month by month; E6 says that all six were passed (Buku KIA [B])."""


@dataclass(frozen=True, slots=True)
class RoundRules:
    """Months of the vitamin A and deworming rounds, and ages in completed months: health.md 3 [B]."""

    months: frozenset[int] = frozenset({2, 8})
    blue_from: int = 6
    red_from: int = 12
    red_until: int = 59
    worm_from: int = 12
    worm_full_from: int = 24


DEFAULT_ROUNDS = RoundRules()


def vitamin_a_capsule(age_months: int, rules: RoundRules = DEFAULT_ROUNDS) -> str:
    """Which capsule, in words; "" where none is given. Age on the day of the round decides."""
    if rules.blue_from <= age_months < rules.red_from:
        return "Kapsul biru (6–11 bulan)"
    if rules.red_from <= age_months <= rules.red_until:
        return "Kapsul merah (12–59 bulan)"
    return ""


def deworming_dose(age_months: int, rules: RoundRules = DEFAULT_ROUNDS) -> str:
    """The tablet, in words; "" where none is given."""
    if age_months < rules.worm_from:
        return ""
    return "Albendazol ½ tablet (200 mg)" if age_months < rules.worm_full_from else "Albendazol 1 tablet (400 mg)"


def exclusive_marks(answers: Mapping[int, bool]) -> str:
    """The ticks of the KMS from answers by completed month: "E0 ✓ · E1 ✓ · E2 tidak". Failing once ends it."""
    marks = []
    for month in range(EXCLUSIVE_UNTIL_MONTH + 1):
        if month not in answers:
            marks.append(f"E{month} –")
            continue
        marks.append(f"E{month} ✓" if answers[month] else f"E{month} tidak")
        if not answers[month]:
            break
    while marks and marks[-1].endswith("–"):
        marks.pop()
    return " · ".join(marks)


CHECKLISTS = (
    (3, "29 hari–3 bulan"),
    (6, "3–6 bulan"),
    (9, "6–9 bulan"),
    (12, "9–12 bulan"),
    (18, "12–18 bulan"),
    (24, "18–24 bulan"),
    (36, "2–3 tahun"),
    (48, "3–4 tahun"),
    (60, "4–5 tahun"),
    (72, "5–6 tahun"),
)
"""The checklists of the Buku KIA by the completed month at which each ends [K]."""


def checklist(age_months: int) -> str:
    """Which checklist of the Buku KIA is asked at this age, in words; "" from six years."""
    return next((words for until, words in CHECKLISTS if age_months < until), "")


def stopped_at(answers: Mapping[int, bool]) -> int | None:
    """The completed month at which exclusive breastfeeding had ended; None while it lasts or is not known."""
    return min((month for month, exclusive in answers.items() if not exclusive), default=None)
