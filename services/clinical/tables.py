"""WHO's L, M and S values, read once from `fixtures/growth/` when first needed and kept as compact arrays."""

from __future__ import annotations

import csv
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Sex = Literal["L", "P"]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
GROWTH_FOLDER = FIXTURES / "growth"
RULES_FOLDER = FIXTURES / "rules"


@dataclass(frozen=True, slots=True)
class Table:
    """L, M and S of one index and sex for every whole key from `first` on (days, months or millimetres)."""

    first: int
    last: int
    power: array[float]
    median: array[float]
    variation: array[float]


@dataclass(frozen=True, slots=True)
class SexTables:
    """The ten tables of one sex: by day below five years, by millimetre for weight, by month from five years."""

    wfa_day: Table
    lhfa_day: Table
    bfa_day: Table
    hcfa_day: Table
    acfa_day: Table
    wfl_mm: Table
    wfh_mm: Table
    wfa_month: Table
    hfa_month: Table
    bfa_month: Table


_FILES = {
    "wfa_day": "wfa_by_day",
    "lhfa_day": "lhfa_by_day",
    "bfa_day": "bfa_by_day",
    "hcfa_day": "hcfa_by_day",
    "acfa_day": "acfa_by_day",
    "wfl_mm": "wfl_by_mm",
    "wfh_mm": "wfh_by_mm",
    "wfa_month": "wfa_by_month",
    "hfa_month": "hfa_by_month",
    "bfa_month": "bfa_by_month",
}


@cache
def growth_tables() -> dict[str, SexTables]:
    """Both sexes' tables by "L" and "P"; about 0.6 MB, loaded at the first call."""
    files = {name: read_table(GROWTH_FOLDER / f"{file}.csv") for name, file in _FILES.items()}
    return {sex: SexTables(**{name: tables[sex] for name, tables in files.items()}) for sex in ("L", "P")}


@cache
def tables_version() -> str:
    """Which tables computed a stored z-score; kept beside each result."""
    return (GROWTH_FOLDER / "VERSION").read_text(encoding="ascii").strip()


def read_table(path: Path) -> dict[str, Table]:
    """One file by sex. Keys must follow each other without a gap, or a look-up would land on a neighbour."""
    tables: dict[str, Table] = {}
    with path.open(newline="", encoding="ascii") as file:
        rows = csv.reader(file)
        next(rows)
        by_sex: dict[str, list[list[str]]] = {"L": [], "P": []}
        for row in rows:
            by_sex[row[0]].append(row)
    for sex, lines in by_sex.items():
        keys = [int(line[1]) for line in lines]
        if keys != list(range(keys[0], keys[0] + len(keys))):
            raise ValueError(f"{path.name}: kunci tidak berurutan")
        power, median, variation = (array("d", [float(line[column]) for line in lines]) for column in (2, 3, 4))
        tables[sex] = Table(keys[0], keys[-1], power, median, variation)
    return tables
