"""The columns of a growth file: which are read, and which are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Z_COLUMNS = ("z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa", "z_acfa")
FLAG_COLUMNS = ("flag_wfa", "flag_lhfa", "flag_wflh", "flag_bfa", "flag_hcfa", "flag_acfa", "flag_c9mo")
CATEGORY_COLUMNS = (
    "category_wfa",
    "category_lhfa",
    "category_wflh",
    "category_bfa",
    "category_hcfa",
    "category_muac",
)
ADDED_COLUMNS = (*Z_COLUMNS, *FLAG_COLUMNS, *CATEGORY_COLUMNS, "error")

MEASURE_COLUMNS = frozenset({"weight_kg", "lenhei_cm", "headc_cm", "muac_cm"})


class Texts(NamedTuple):
    """The trimmed text of every known column of one row, in the order of `INPUT_COLUMNS`; empty where not given."""

    sex: str
    age_days: str
    age_months: str
    birth_date: str
    measured_on: str
    weight_kg: str
    lenhei_cm: str
    measure: str
    oedema: str
    headc_cm: str
    muac_cm: str


INPUT_COLUMNS = Texts._fields


class Layout:
    """Where each known column stands in this file's heading. Other columns are carried through untouched."""

    def __init__(self, heading: Sequence[str]) -> None:
        names = [name.strip().lower() for name in heading]
        self.width = len(names)
        self.present = frozenset(names)
        # An absent column reads the empty cell that `texts` puts at the end of every row.
        self.order = [names.index(name) if name in self.present else -1 for name in INPUT_COLUMNS]

    def missing(self) -> list[str]:
        """Columns without which no row can be assessed."""
        missing = [] if "sex" in self.present else ["sex"]
        if not {"birth_date", "measured_on"} <= self.present and self.present.isdisjoint({"age_days", "age_months"}):
            missing.append("age_days, age_months, atau birth_date dan measured_on")
        if self.present.isdisjoint(MEASURE_COLUMNS):
            missing.append("weight_kg, lenhei_cm, headc_cm, atau muac_cm")
        return missing

    def texts(self, cells: Sequence[str]) -> Texts:
        """The known columns of a row, which may be shorter than the heading."""
        padded = [*cells, *[""] * (self.width - len(cells)), ""]
        return Texts(*[padded[at].strip() for at in self.order])


def added_heading(heading: Sequence[str]) -> list[str]:
    """Names of the added columns, numbered where the file already has one of that name."""
    taken = {name.strip().lower() for name in heading}
    return [name if name not in taken else f"{name}_2" for name in ADDED_COLUMNS]
