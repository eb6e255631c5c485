"""What the writer of records decides without looking anything up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.fields.spec import FormSpec


@dataclass(frozen=True)
class Clash:
    """One question that two people answered differently meanwhile: both answers are kept until one chooses."""

    question: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """The result of merging one step into a record: all answers, the keys that changed, and the clashes."""

    answers: dict[str, Any]
    changed: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merge_answers(
    stored: Mapping[str, Any], base: Mapping[str, Any], mine: Mapping[str, Any], asked: Iterable[str]
) -> Merged:
    """Put my answers of the questions I was asked into the stored ones.

    `base` is what my form showed when it was opened. A question clashes only where somebody else changed it since,
    to something other than what I say now. An absent key is an unanswered question.
    """
    answers = dict(stored)
    changed: list[str] = []
    clashes: list[Clash] = []
    for key in asked:
        now, was, new = stored.get(key), base.get(key), mine.get(key)
        if new == was or new == now:
            continue
        if now != was:
            clashes.append(Clash(key, new, now))
            continue
        changed.append(key)
        if new is None:
            answers.pop(key, None)
        else:
            answers[key] = new
    return Merged(answers, tuple(changed), tuple(clashes))


# measure of the registry → (column, factor from the unit asked to the unit stored)
_COLUMNS = {
    "weight_kg": ("weight_g", 1000),
    "length_cm": ("length_mm", 10),
    "head_cm": ("head_mm", 10),
    "muac_cm": ("muac_mm", 10),
    "waist_cm": ("waist_mm", 10),
    "glucose_mg_dl": ("glucose_mg_dl", 1),
    "hb_g_dl": ("hb_mg_dl", 1000),
}


def measured_columns(spec: FormSpec, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The typed columns that a form's answers fill; a measure that was not taken is None."""
    columns: dict[str, Any] = {}
    for question in spec.questions:
        if question.measure:
            columns.update(_columns_of(question.measure, answers.get(question.key)))
    return columns


def _columns_of(measure: str, value: Any) -> dict[str, Any]:
    if measure == "blood_pressure":
        both = value or {}
        return {"systolic": both.get("sistol"), "diastolic": both.get("diastol")}
    if measure == "position":
        return {"position": {"telentang": "L", "berdiri": "H"}.get(value, value or "")}
    if measure == "oedema":
        return {"oedema": value == "ya"}
    column, factor = _COLUMNS[measure]
    return {column: None if value is None else int((Decimal(str(value)) * factor).to_integral_value())}
