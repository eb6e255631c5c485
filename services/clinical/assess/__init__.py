"""One row of a growth file in, the assessed row out: what `assess_growth` does to a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.clinical.assess.layout import ADDED_COLUMNS, CATEGORY_COLUMNS, Layout, added_heading
from services.clinical.assess.reading import Reading, read_row
from services.clinical.bounds import DEFAULT_BOUNDS, BoundRules
from services.clinical.categories import (
    DEFAULT_CATEGORIES,
    DEFAULT_MUAC,
    CategoryRules,
    Index,
    MuacRules,
    classify,
    muac_child,
    oedema_category,
)
from services.clinical.growth import NOTHING, STANDARD_2006, GrowthResult, assess

__all__ = ["ADDED_COLUMNS", "Layout", "Rules", "added_heading", "assess_row", "read_row", "rejected"]

INDICES: tuple[Index, ...] = ("wfa", "lhfa", "wflh", "bfa", "hcfa")


@dataclass(frozen=True, slots=True)
class Rules:
    """The programme rules a file is assessed by."""

    categories: CategoryRules = DEFAULT_CATEGORIES
    muac: MuacRules = DEFAULT_MUAC
    bounds: BoundRules = DEFAULT_BOUNDS


DEFAULT_RULES = Rules()


def assess_row(cells: Sequence[str], layout: Layout, rules: Rules = DEFAULT_RULES) -> list[str]:
    """The added cells of one row, as many as `ADDED_COLUMNS`."""
    reading = read_row(cells, layout, rules.bounds)
    if reading.sex is None or reading.days is None:
        return answer(NOTHING, reading, rules)
    values = reading.values
    if reading.oedema_unclear:
        # Swelling would make the weight worthless, so a weight beside an unreadable answer is not judged.
        values = {measure: value for measure, value in values.items() if measure != "weight"}
    result = assess(
        sex=reading.sex,
        age_days=reading.days,
        age_months=reading.exact_months,
        weight_kg=values.get("weight"),
        length_cm=values.get("length"),
        position=reading.position,
        oedema=reading.oedema,
        head_cm=values.get("head"),
        muac_cm=values.get("muac"),
    )
    return answer(result, reading, rules)


def rejected(reason: str) -> list[str]:
    """The added cells of a row that cannot be read at all."""
    return [*([""] * (len(ADDED_COLUMNS) - 1)), reason]


def answer(result: GrowthResult, reading: Reading, rules: Rules = DEFAULT_RULES) -> list[str]:
    """The result as cells: z-scores, flags, Indonesian categories and the reasons."""
    scores = result[:6]
    flags = result.flags
    cells = ["" if z is None else f"{z:.2f}" for z in scores]
    cells += [
        "" if z is None else "1" if name in flags else "0"
        for z, name in zip(scores, ("wfa", "lhfa", "wflh", "bfa", "hcfa", "acfa"), strict=True)
    ]
    cells.append(("1" if "c9mo" in flags else "0") if reading.days is not None else "")
    cells += _labels(result, reading, rules)
    cells.append("; ".join(reading.errors))
    return cells


def _labels(result: GrowthResult, reading: Reading, rules: Rules) -> list[str]:
    if reading.days is None:
        return [""] * len(CATEGORY_COLUMNS)
    labels = [_label(index, z, reading, rules) for index, z in zip(INDICES, result[:5], strict=True)]
    if reading.oedema:
        severe = oedema_category(reading.months, rules.categories)
        at = INDICES.index("wflh" if result.standard == STANDARD_2006 else "bfa")
        labels[at] = severe.label if severe else ""
    muac = None if "muac" in reading.impossible else reading.values.get("muac")
    finding = muac_child(muac, reading.full_months, rules.muac)
    labels.append(finding.label if finding else "")
    return labels


def _label(index: Index, z: float | None, reading: Reading, rules: Rules) -> str:
    """No class is given to a value that cannot be right; its z-score is shown and flagged."""
    if z is None or not reading.impossible.isdisjoint(_NEEDS[index]):
        return ""
    category = classify(index, z, reading.months, rules.categories)
    return category.label if category else ""


_NEEDS: Mapping[Index, frozenset[str]] = {
    "wfa": frozenset({"weight"}),
    "lhfa": frozenset({"length"}),
    "wflh": frozenset({"weight", "length"}),
    "bfa": frozenset({"weight", "length"}),
    "hcfa": frozenset({"head"}),
}
