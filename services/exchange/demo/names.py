"""Names of made-up people by the year they were born in, from `fixtures/demo/names.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from .chance import Chance

FILE = Path(__file__).resolve().parents[3] / "fixtures" / "demo" / "names.json"
OLD_UNTIL, ADULT_UNTIL = 1966, 2006


@cache
def cohorts() -> dict:
    """The three cohorts (lansia, dewasa, anak) with their names and weights."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def cohort_of(birth_year: int) -> dict:
    """The names in use when somebody was born."""
    key = "lansia" if birth_year <= OLD_UNTIL else "dewasa" if birth_year <= ADULT_UNTIL else "anak"
    return cohorts()[key]


def name_of(chance: Chance, sex: str, birth_year: int) -> str:
    """A name of one to three words for a person of this sex and age."""
    cohort = cohort_of(birth_year)
    words = chance.choices((1, 2, 3), weights=list(cohort["pola"].values()))[0]
    parts = [*_before(chance, cohort.get(f"awalan_{sex}", {})), chance.choice(cohort[sex])]
    if words > len(parts):
        parts.append(chance.choice(cohort[f"akhir_{sex}"]))
    if words > len(parts):
        parts.insert(1, chance.choice([name for name in cohort[sex] if name not in parts]))
    return " ".join(parts)


def _before(chance: Chance, firsts: dict[str, float]) -> list[str]:
    drawn = chance.random()
    for word, share in firsts.items():
        drawn -= share
        if drawn < 0:
            return [word]
    return []
