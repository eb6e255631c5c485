"""Which questions are asked, as `services.fields` decides it, thought through once for all who are in the same case.

A city is asked a million forms; most people of one day differ in nothing that matters for what is due.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from services.fields import registry
from services.fields.rules import due_questions
from services.fields.spec import Cycle, FormSpec

CASES = 20_000
SOMETHING_ELSE = "something else"


def due_keys(spec: FormSpec, on: date, age_months: int, sex: str, asked: Mapping[str, date]) -> tuple[str, ...]:
    """The keys of the questions that are due, in print order; `asked` tells when others were answered last."""
    turns = ages_that_matter(spec.key)
    age = turns[bisect_right(turns, age_months) - 1]
    before = tuple(asked.get(key) for key in remembered_keys(spec))
    return _due(spec.key, on, age, sex, before, bool(asked))


def remembered_keys(spec: FormSpec) -> tuple[str, ...]:
    """Questions that are not asked every time."""
    return _remembered(spec.key)


@cache
def _remembered(form: str) -> tuple[str, ...]:
    return tuple(each.key for each in registry.form(form).questions if each.cycle is not Cycle.EVERY_TIME)


@cache
def ages_that_matter(form: str) -> list[int]:
    """Ages in months from which on another question is due, or one no longer."""
    bounds = [each.age_months for each in registry.form(form).questions if each.age_months]
    return sorted({0} | {low for low, _ in bounds if low} | {high + 1 for _, high in bounds if high is not None})


@lru_cache(maxsize=CASES)
def _due(form: str, on: date, age: int, sex: str, before: tuple[date | None, ...], is_known: bool) -> tuple[str, ...]:
    last = {key: day for key, day in zip(_remembered(form), before, strict=True) if day}
    if is_known and not last:
        last[SOMETHING_ELSE] = on
    questions = due_questions(registry.form(form), on=on, age_months=age, sex=sex, last_answered=last)
    return tuple(question.key for question in questions)
