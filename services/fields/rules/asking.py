"""Which questions of a form are asked of this person on this day, and which answers count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from services.fields.spec import Cycle, FormSpec, Question, Step, within

Answers = Mapping[str, object]


def due_questions(
    spec: FormSpec,
    *,
    on: date,
    age_months: int | None = None,
    sex: str | None = None,
    last_answered: Mapping[str, date] | None = None,
    answered: Iterable[str] = (),
    before: Answers | None = None,
    hidden: Iterable[str] = (),
) -> tuple[Question, ...]:
    """The questions to ask, in print order: not retired, and fitting the month, the age, the sex and the cycle.

    `age_months` is in completed months; an unknown age or sex leaves a question in. `last_answered` says when a yearly
    or once-only question was answered before (on another day), `before` what; `answered` keys stay on the form in any
    case (a mapping also tells their values). A question that hangs on another is asked only where that one is on the
    form too, or has such an answer now, or (a yearly one) still has it. `hidden` are left out unless answered.
    """
    kept, last, left_out = frozenset(answered), last_answered or {}, frozenset(hidden)
    known = {**still_true(spec, before or {}), **(answered if isinstance(answered, Mapping) else {})}
    asked: dict[str, Question] = {}
    for question in spec.questions:
        due = question.key not in left_out and _is_due(question, on, age_months, sex, last)
        if question.key in kept or (due and _is_opened(question, asked, known)):
            asked[question.key] = question
    return tuple(asked.values())


def still_true(spec: FormSpec, before: Answers) -> dict[str, object]:
    """Earlier answers that hold until they are asked again: those of yearly questions."""
    yearly = {question.key for question in spec.questions if question.cycle is Cycle.YEARLY}
    return {key: value for key, value in before.items() if key in yearly}


def _is_due(question: Question, on: date, age: int | None, sex: str | None, last: Mapping[str, date]) -> bool:
    if question.cycle is Cycle.FIRST_VISIT and last:
        return False
    return _fits(question, on, age, sex) and _cycle_is_due(question, on, last.get(question.key))


def _is_opened(question: Question, asked: Mapping[str, Question], known: Answers) -> bool:
    condition = question.asked_if
    if condition is None or condition.question in asked:
        return True
    return condition.predicate.holds(known.get(condition.question))


def questions_of_step(questions: Iterable[Question], step: Step) -> tuple[Question, ...]:
    """Those of one table of the open day ("Saya di meja …")."""
    return tuple(question for question in questions if question.step is step)


def _fits(question: Question, on: date, age_months: int | None, sex: str | None) -> bool:
    if question.retired_on is not None and on >= question.retired_on:
        return False
    if question.months and on.month not in question.months:
        return False
    if question.sex and sex and question.sex != sex:
        return False
    return question.age_months is None or age_months is None or within(age_months, question.age_months)


def _cycle_is_due(question: Question, on: date, last: date | None) -> bool:
    if last is None or question.cycle is Cycle.EVERY_TIME:
        return True
    if question.cycle is Cycle.ONCE:
        return False
    return (on.year - last.year) * 12 + on.month - last.month >= 12


def without_hidden(
    spec: FormSpec, answers: Mapping[str, object], stored: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The answers without those whose condition does not hold ("isi bila …").

    A condition is looked up in the answers, then in `stored` where that question was not on the form. Conditions only
    look back in print order, so a chain falls together.
    """
    kept: dict[str, object] = dict(answers)
    for question in spec.questions:
        condition = question.asked_if
        if condition is None or question.key not in kept:
            continue
        parent = kept.get(condition.question, (stored or {}).get(condition.question))
        if not condition.predicate.holds(parent):
            del kept[question.key]
    return kept
