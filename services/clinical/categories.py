"""Category of a z-score in the words of Permenkes 2/2020, from dated rule rows; and of the upper arm (LiLA).

Always a screening result: a health worker confirms the status.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from services.clinical.findings import Finding, number
from services.clinical.tables import RULES_FOLDER

Index = Literal["wfa", "lhfa", "wflh", "bfa", "hcfa"]


@dataclass(frozen=True, slots=True)
class Category:
    """One class of an index: the recap's code, the Indonesian label, and whether the card says to refer."""

    code: str
    label: str
    refer: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A class and its upper end; `up_to` None is the open top. `including`: the end itself belongs to the class."""

    up_to: float | None
    including: bool
    category: Category


@dataclass(frozen=True, slots=True)
class Bands:
    """The classes of one index for ages from `from_month` up to but not including `before_month`, lowest first."""

    from_month: float
    before_month: float
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class CategoryRules:
    """Every index's classes by age. Another circular is another set of rows, never another function."""

    indices: dict[str, tuple[Bands, ...]]

    @classmethod
    def read(cls, path: Path) -> CategoryRules:
        """Rules from a file laid out as `fixtures/rules/growth_categories.csv`."""
        with path.open(newline="", encoding="utf-8") as file:
            return cls.from_rows(csv.DictReader(file))

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, str]]) -> CategoryRules:
        found: dict[str, dict[tuple[float, float], list[Band]]] = {}
        for row in rows:
            ages = float(row["from_month"]), float(row["before_month"])
            category = Category(row["code"], row["label"], row["refer"] == "yes")
            band = Band(float(row["up_to"]) if row["up_to"] else None, row["including"] == "yes", category)
            found.setdefault(row["index"], {}).setdefault(ages, []).append(band)
        return cls(
            {
                index: tuple(Bands(start, end, tuple(bands)) for (start, end), bands in by_age.items())
                for index, by_age in found.items()
            }
        )

    def limits(self, index: str, from_month: float) -> tuple[float, ...]:
        """The ends of the classes of an index for the ages that begin with this month, lowest first."""
        found = next(bands for bands in self.indices[index] if bands.from_month == from_month)
        return tuple(band.up_to for band in found.bands if band.up_to is not None)

    def with_limits(self, index: str, from_month: float, limits: Sequence[float]) -> CategoryRules:
        """The same classes with other ends, as many as there were, lowest first. Raises ValueError otherwise."""
        changed = tuple(
            replace(ages, bands=_ending(ages.bands, limits)) if ages.from_month == from_month else ages
            for ages in self.indices[index]
        )
        return CategoryRules({**self.indices, index: changed})


def _ending(bands: tuple[Band, ...], limits: Sequence[float]) -> tuple[Band, ...]:
    ends = [*limits, None] if bands[-1].up_to is None else [*limits]
    return tuple(replace(band, up_to=end) for band, end in zip(bands, ends, strict=True))


DEFAULT_CATEGORIES = CategoryRules.read(RULES_FOLDER / "growth_categories.csv")
"""Permenkes 2/2020 [B]; head circumference from Buku KIA [B]. IMT/U ends at 18 years, adult IMT follows [C]."""


def classify(
    index: Index, z: float | None, age_months: float, rules: CategoryRules = DEFAULT_CATEGORIES
) -> Category | None:
    """The class of a z-score, or None where it was not measured or the regulation has no class for this age.

    `z` is the stored two-decimal value. Pass decimal months (days / 30.4375) where they are known: on the fifth
    birthday the standard of the under-fives may still apply.
    """
    if z is None:
        return None
    for bands in rules.indices[index]:
        if bands.from_month <= age_months < bands.before_month:
            for band in bands.bands:
                if band.up_to is None or z < band.up_to or (band.including and z == band.up_to):
                    return band.category
    return None


def oedema_category(age_months: float, rules: CategoryRules = DEFAULT_CATEGORIES) -> Category | None:
    """Swelling of both feet counts as the lowest class (gizi buruk) whatever the weight, and is referred at once."""
    index: Index = "wflh" if classify("wflh", 0.0, age_months, rules) else "bfa"
    return classify(index, float("-inf"), age_months, rules)


@dataclass(frozen=True, slots=True)
class MuacRules:
    """Upper arm of children, cm. 6 to 59 months: Buku KIA, Permenkes 29/2019, WHO 2009 [B]. Below six months [C]."""

    young_months: int = 6
    last_month: int = 59
    young_risk_below: float = 11.0
    severe_below: float = 11.5
    moderate_below: float = 12.5


DEFAULT_MUAC = MuacRules()


def muac_child(cm: float | None, age_months: int, rules: MuacRules = DEFAULT_MUAC) -> Finding | None:
    """Upper arm of an under-five by completed months; None is "belum diukur", or too old for the rule.

    Yellow is confirmed by a health worker and treated as a referral until then [C].
    """
    if cm is None or not 0 <= age_months <= rules.last_month:
        return None
    if age_months < rules.young_months:
        if cm < rules.young_risk_below:
            reason = f"LiLA {number(cm)} cm, kurang dari {number(rules.young_risk_below)} cm"
            return Finding("merah", "Berisiko hambatan pertumbuhan", "rujuk", reason)
        return Finding("hijau", "Pertumbuhan baik", "tidak", f"LiLA {number(cm)} cm")
    if cm < rules.severe_below:
        reason = f"LiLA {number(cm)} cm, kurang dari {number(rules.severe_below)} cm"
        return Finding("merah", "Gizi buruk", "rujuk", reason)
    if cm < rules.moderate_below:
        reason = f"LiLA {number(cm)} cm, kurang dari {number(rules.moderate_below)} cm"
        return Finding("kuning", "Gizi kurang", "konfirmasi", reason)
    return Finding("hijau", "Gizi baik", "tidak", f"LiLA {number(cm)} cm")
