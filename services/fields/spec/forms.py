"""A form: what it is about, whom it is for, and its questions in print order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.fields.spec.questions import AgeRange, Kind, Question


class Shape(StrEnum):
    """Whom or what a form is about."""

    PERSON = "PERSON"
    HOUSEHOLD = "HOUSEHOLD"
    ASSET = "ASSET"
    ACTIVITY = "ACTIVITY"


@dataclass(frozen=True)
class Printed:
    """A line of the paper that the register knows or rules compute: shown, never asked."""

    key: str
    label: str


@dataclass(frozen=True)
class Each:
    """What an activity asks of each who came: the key of one of its `multi` questions, and its word as a column."""

    question: str
    label: str


@dataclass(frozen=True)
class Audience:
    """For which residents a form is: by life stage, condition or age, any of these opens it; `unless` closes it."""

    stages: tuple[str, ...] = ()
    sex: str | None = None
    condition: str = ""
    age_months: AgeRange | None = None
    unless: tuple[str, ...] = ()

    def fits(
        self,
        stages: frozenset[str],
        sex: str | None,
        *,
        conditions: frozenset[str] = frozenset(),
        age_months: int | None = None,
    ) -> bool:
        """Whether a resident with these life stages and conditions is asked."""
        if (self.sex and sex and self.sex != sex) or stages & set(self.unless):
            return False
        by_age = self.age_months is not None and age_months is not None and within(age_months, self.age_months)
        return bool(stages & set(self.stages)) or self.condition in conditions or by_age


def within(age_months: int, limits: AgeRange) -> bool:
    """Whether completed months lie in the range; None leaves an end open."""
    low, high = limits
    return (low is None or age_months >= low) and (high is None or age_months <= high)


STAGES = ("bumil", "nifas", "bayi", "balita", "apras", "usekrem", "dewasa", "lansia")


@dataclass(frozen=True)
class FormSpec:
    """One form: a card, a household list, an inventory line or an activity."""

    key: str
    field: str
    title: str
    printed_name: str
    shape: Shape
    questions: tuple[Question, ...]
    audience: Audience = Audience()
    default_on: bool = True  # in use where the district has decided nothing; see `registry.forms_on`
    printed: tuple[Printed, ...] = ()
    sensitive: bool = False
    version: int = 1
    where: str = ""  # "kunjungan": offered at home visits only; empty is everywhere
    watches: str = ""  # the condition (residents.WatchedCondition) that is watched from the first answer on
    day_tells: bool = False  # that it was filled at all says something of her: the day is shown to nobody
    names_participants: Each | None = None  # an activity that lists by name who came (decision 0046)

    def question(self, key: str) -> Question:
        """The question of this key; KeyError if the form has none."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    @property
    def counted(self) -> Question:
        """The question of an activity that counts who came, men and women; StopIteration if it has none."""
        return next(question for question in self.questions if question.kind is Kind.PARTICIPANTS)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the questions in print order."""
        return tuple(question.key for question in self.questions)
