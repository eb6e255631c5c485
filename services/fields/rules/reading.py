"""Answers read back: in words, as measurements, and as findings somebody must act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.fields.rules.checking import Previous
from services.fields.spec import YES, Finding, FormSpec, Kind, Question
from services.web.rules import month_text, number_text, short_date_text

POSITIONS = {"telentang": "L", "berdiri": "H"}
"""How a child was measured, in the letters of the growth standard."""


@dataclass(frozen=True)
class RaisedFinding:
    """A finding of one question, raised by its answer."""

    question: Question
    finding: Finding
    answer: object


def findings(spec: FormSpec, answers: Mapping[str, object]) -> tuple[RaisedFinding, ...]:
    """What these answers say must be acted on, in print order. Thresholds of measurements are `clinical`'s."""
    return tuple(
        RaisedFinding(question, question.finding, answers[question.key])
        for question in spec.questions
        if question.finding and question.key in answers and question.finding.when.holds(answers[question.key])
    )


def measurements(spec: FormSpec, answers: Mapping[str, object]) -> dict[str, Decimal | int | str | bool | date]:
    """The typed values among the answers: weight_kg, length_cm, head_cm, muac_cm, waist_cm, hb_g_dl (Decimal),
    systolic, diastolic, glucose_mg_dl (int), position ("L" or "H"), oedema (bool); earlier_weight_kg and
    earlier_weighed_on (date) out of the Buku KIA."""
    typed: dict[str, Decimal | int | str | bool | date] = {}
    for question in spec.questions:
        if question.measure and question.key in answers:
            typed.update(_typed(question, answers[question.key]))
    return typed


def _typed(question: Question, value: object) -> dict[str, Decimal | int | str | bool | date]:
    if isinstance(value, dict):
        return {"systolic": int(value["sistol"]), "diastolic": int(value["diastol"])}
    if question.measure == "position":
        return {"position": POSITIONS[str(value)]}
    if question.kind is Kind.YES_NO:
        return {question.measure: value == YES}
    if question.kind is Kind.INTEGER:
        return {question.measure: int(str(value))}
    if question.kind is Kind.DATE:
        return {question.measure: date.fromisoformat(str(value))}
    return {question.measure: Decimal(str(value))}


def answer_text(question: Question, value: object, *, with_unit: bool = True) -> str:
    """An answer as people read it: "9,8 kg", "120/80 mmHg", "Tidak ada", "10 Nov 2026"; "–" where there is none."""
    if value in (None, "", [], {}):
        return "–"
    text = _plain_text(question, value)
    return f"{text} {question.unit}" if with_unit and question.unit else text


def _plain_text(question: Question, value: object) -> str:
    if isinstance(value, dict):
        numbers = [number_text(value[part.key]) for part in question.parts]
        if question.kind is Kind.BLOOD_PRESSURE:
            return "/".join(numbers)
        return ", ".join(f"{part.label} {number}" for part, number in zip(question.parts, numbers, strict=True))
    if isinstance(value, list):
        return ", ".join(question.choice_labels.get(item, str(item)) for item in value)
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if question.kind is Kind.DATE:
        return short_date_text(date.fromisoformat(str(value)))
    if question.kind is Kind.TIME:
        return str(value).replace(":", ".")
    return question.choice_labels.get(str(value), str(value))


def previous_text(question: Question, previous: Previous | None, on: date) -> str:
    """The value before, with its month, as it stands small above the box: "bulan lalu 9,8", "Mei 2026: 9,8"."""
    if previous is None or previous.value in (None, "", [], {}):
        return ""
    text = answer_text(question, previous.value, with_unit=False)
    months = (on.year - previous.on.year) * 12 + on.month - previous.on.month
    if months == 1:
        return f"bulan lalu {text}"
    return f"bulan ini {text}" if months == 0 else f"{month_text(previous.on)}: {text}"


def condition_text(spec: FormSpec, question: Question) -> str:
    """When a conditional question is meant: "Isi bila “Jamban sehat” dijawab “Ada”."; "" for others."""
    if question.asked_if is None:
        return ""
    parent = spec.question(question.asked_if.question)
    return f"Isi bila “{parent.label}” {question.asked_if.predicate.sentence(parent.choice_labels)}."
