"""Answers checked as a whole, and the warnings that ask to look again without refusing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.fields.rules.asking import without_hidden
from services.fields.rules.parsing import Refused, parse_answer
from services.fields.spec import Bounds, Change, FormSpec, Kind, Question
from services.web.rules import number_text


@dataclass(frozen=True)
class Previous:
    """The answer given before, and on which day."""

    value: object
    on: date


def validate_answers(
    spec: FormSpec,
    answers: Mapping[str, object],
    *,
    on: date | None = None,
    stored: Mapping[str, object] | None = None,
) -> tuple[dict[str, object], dict[str, str]]:
    """Answers from a program or a sheet as (clean, errors by question key); what has an error is not in clean."""
    clean: dict[str, object] = {}
    errors = {key: f"Formulir “{spec.title}” tidak menanyakan ini." for key in answers if key not in spec.keys}
    for question in spec.questions:
        try:
            value = parse_answer(question, answers.get(question.key), on=on)
        except Refused as refusal:
            errors[question.key] = str(refusal)
        else:
            if value is not None:
                clean[question.key] = value
    return without_hidden(spec, clean, stored), errors


def soft_warning(question: Question, value: object, previous: Previous | None = None, on: date | None = None) -> str:
    """What is unusual about an answer, in one or two sentences; "" where nothing is."""
    if isinstance(value, dict):
        boxes = ((part.label, value.get(part.key), part.soft) for part in question.parts)
        said = [_outside(label, box, soft, question.unit) for label, box, soft in boxes]
    else:
        said = [_outside(question.label, value, question.soft, question.unit)]
        if question.change and previous and on:
            said.append(_changed(question, question.change, value, previous, on))
    return " ".join(sentence for sentence in said if sentence)


def same_as_before(
    questions: Iterable[Question], answers: Mapping[str, object], previous: Mapping[str, Previous]
) -> str:
    """A sentence where every measure (two or more) is exactly what it was last time: perhaps copied, not measured."""
    measured = [
        question.key
        for question in questions
        if question.measure and question.kind in (Kind.DECIMAL, Kind.INTEGER, Kind.BLOOD_PRESSURE)
    ]
    compared = [key for key in measured if key in answers and key in previous]
    if len(compared) < 2 or any(answers[key] != previous[key].value for key in compared):
        return ""
    return "Semua hasil ukur sama persis dengan sebelumnya. Pastikan hari ini benar diukur."


def _outside(label: str, value: object, soft: Bounds | None, unit: str) -> str:
    number = _number(value)
    if soft is None or number is None or Decimal(str(soft[0])) <= number <= Decimal(str(soft[1])):
        return ""
    low, high = number_text(soft[0]), number_text(soft[1])
    return f"{label} {number_text(number)} {unit} tidak biasa (biasanya {low}–{high}). Periksa sekali lagi."


def _changed(question: Question, change: Change, value: object, previous: Previous, on: date) -> str:
    now, then = _number(value), _number(previous.value)
    if now is None or then is None or then <= 0:
        return ""
    months = max(1, (on.year - previous.on.year) * 12 + on.month - previous.on.month)
    difference = now - then
    odd = (
        (change.more_than is not None and abs(difference) > Decimal(str(change.more_than)) * months)
        or (
            change.share is not None
            and then >= change.share_from
            and abs(difference) / then > Decimal(str(change.share)) * months
        )
        or (change.fall is not None and -difference > Decimal(str(change.fall)))
    )
    if not odd:
        return ""
    verb = "naik" if difference > 0 else "turun"
    return (
        f"{question.label} {verb} {number_text(abs(difference))} {question.unit} "
        f"dari sebelumnya ({number_text(then)}). Periksa sekali lagi."
    )


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))
