"""The words in which a form is written down: questions, choices, predicates, what counts. No Django, no clock.

Answers are stored as JSON and only when given (an absent key is "belum didata"):

=================  ==============================================
kind               stored value
=================  ==============================================
yes_no             "ya" or "tidak"
choice             the value of the choice
multi              list of values, in the order of the choices
decimal, integer   number
text, long_text    text, never empty
date, time         "2026-11-10", "19:30"
blood_pressure     {"sistol": 120, "diastol": 80} in mmHg
participants       {"l": 4, "p": 12} persons
=================  ==============================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

Number = int | float | Decimal
Bounds = tuple[Number, Number]
AgeRange = tuple[int | None, int | None]


class Kind(StrEnum):
    """How a question is asked and stored; a key never changes its kind."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"
    DECIMAL = "decimal"
    INTEGER = "integer"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    BLOOD_PRESSURE = "blood_pressure"
    PARTICIPANTS = "participants"


class Shape(StrEnum):
    """Whom or what a form is about."""

    PERSON = "PERSON"
    HOUSEHOLD = "HOUSEHOLD"
    ASSET = "ASSET"
    ACTIVITY = "ACTIVITY"


class Step(StrEnum):
    """The five steps of an open day; the paper colours each line "Diisi langkah 1…5"."""

    PENDAFTARAN = "pendaftaran"
    PENGUKURAN = "pengukuran"
    PENCATATAN = "pencatatan"
    PELAYANAN = "pelayanan"
    PENYULUHAN = "penyuluhan"

    @property
    def label(self) -> str:
        """The heading on the card, for example "1. Pendaftaran"."""
        return f"{list(Step).index(self) + 1}. {self.value.capitalize()}"


class Cycle(StrEnum):
    """How often a question comes back; `services.fields.rules.due_questions` applies it."""

    EVERY_TIME = "setiap kali"
    YEARLY = "setahun sekali"
    ONCE = "sekali"


class Next(StrEnum):
    """What a finding leads to. It is never a diagnosis."""

    REFER = "perlu dirujuk"
    CONFIRM = "perlu dikonfirmasi tenaga kesehatan"
    EDUCATE = "perlu edukasi"
    FOLLOW_UP = "perlu ditindaklanjuti"


def number_text(value: Number) -> str:
    """A number as people here write it: 1.234,5 (no trailing zeros)."""
    whole, _, rest = f"{Decimal(str(value)):f}".partition(".")
    rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    if whole.startswith("-") and not grouped.startswith("-"):
        grouped = f"-{grouped}"
    return f"{grouped},{rest}" if rest else grouped


def _as_number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


class Predicate(Protocol):
    """A question to an answer that can also be printed under a table. An absent answer never holds."""

    def holds(self, value: object) -> bool: ...

    def sentence(self, labels: Mapping[str, str] | None = None) -> str: ...


@dataclass(frozen=True)
class Below:
    """The number lies under the limit."""

    limit: Number

    def holds(self, value: object) -> bool:
        number = _as_number(value)
        return number is not None and number < Decimal(str(self.limit))

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        return f"kurang dari {number_text(self.limit)}"


@dataclass(frozen=True)
class AtLeast:
    """The number is the limit or more."""

    limit: Number

    def holds(self, value: object) -> bool:
        number = _as_number(value)
        return number is not None and number >= Decimal(str(self.limit))

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        return f"{number_text(self.limit)} atau lebih"


@dataclass(frozen=True)
class OneOf:
    """The chosen value is one of these."""

    values: tuple[str, ...]

    def holds(self, value: object) -> bool:
        return isinstance(value, str) and value in self.values

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        return "dijawab " + _spoken(self.values, labels)


@dataclass(frozen=True)
class Has:
    """At least one of these values is among the ticked ones."""

    values: tuple[str, ...]

    def holds(self, value: object) -> bool:
        return isinstance(value, list | tuple) and any(item in value for item in self.values)

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        return "memuat " + _spoken(self.values, labels)


@dataclass(frozen=True)
class Answered:
    """There is any answer at all."""

    def holds(self, value: object) -> bool:
        return value not in (None, "", [], {})

    def sentence(self, labels: Mapping[str, str] | None = None) -> str:
        return "diisi"


def _spoken(values: tuple[str, ...], labels: Mapping[str, str] | None) -> str:
    names = [(labels or {}).get(value, value.replace("_", " ")) for value in values]
    return " atau ".join(f"“{name}”" for name in names)


BELOW = Below
AT_LEAST = AtLeast
ANSWERED = Answered()
YES, NO = "ya", "tidak"


def IS(value: str) -> OneOf:
    """The chosen value is exactly this one."""
    return OneOf((value,))


def ONE_OF(*values: str) -> OneOf:
    """The chosen value is one of these."""
    return OneOf(values)


def HAS(*values: str) -> Has:
    """One of these values is ticked."""
    return Has(values)


IS_YES = IS(YES)
IS_NO = IS(NO)


@dataclass(frozen=True)
class Choice:
    """One answer to choose; the value is stored and printed in exports, so it follows the paper."""

    value: str
    label: str


YES_NO_CHOICES = (Choice(YES, "Ya"), Choice(NO, "Tidak"))
NONE_OF_THESE = "tidak_ada"
"""The value of a `multi` question's "Tidak ada": it stands alone."""


@dataclass(frozen=True)
class When:
    """Asked only if another question of the same form got such an answer."""

    question: str
    predicate: Predicate


@dataclass(frozen=True)
class Count:
    """A figure of the report: how many subjects gave such an answer."""

    key: str
    label: str
    when: Predicate

    def sentence(self, question: Question) -> str:
        """The line printed under a table, for example: Dihitung bila “Jamban sehat” dijawab “Tidak ada”."""
        return f"Dihitung bila “{question.label}” {self.when.sentence(question.choice_labels)}."


@dataclass(frozen=True)
class Sum:
    """A figure of the report that adds numbers up; `part` names one box of a two-part answer."""

    key: str
    label: str
    part: str = ""

    def sentence(self, question: Question) -> str:
        """The line printed under a table."""
        return f"Jumlah dari isian “{question.label}”."


@dataclass(frozen=True)
class Finding:
    """An answer that somebody must act on, in the words shown to the kader."""

    when: Predicate
    sentence: str
    next: Next = Next.FOLLOW_UP


@dataclass(frozen=True)
class Change:
    """What is odd compared with the value before: a warning, never a refusal."""

    more_than: Number | None = None  # either direction, in the question's unit
    share: Number | None = None  # either direction, as a part of the value before, per month
    fall: Number | None = None  # downwards, in the question's unit


@dataclass(frozen=True)
class Part:
    """One box of an answer with two boxes."""

    key: str
    label: str
    hard: Bounds
    soft: Bounds | None = None


@dataclass(frozen=True)
class Question:
    """One line of a form. Bounds are inclusive; `hard` refuses, `soft` asks to look again."""

    key: str
    label: str
    kind: Kind
    help: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    hard: Bounds | None = None
    soft: Bounds | None = None
    places: int = 1  # digits behind the comma that a decimal may have
    example: str = ""  # shown in refusals, for example "9,8"
    parts: tuple[Part, ...] = ()
    asked_if: When | None = None
    age_months: AgeRange | None = None  # completed months, both ends included
    sex: str | None = None  # "L" or "P"
    months: tuple[int, ...] = ()  # calendar months in which it is asked; empty is always
    cycle: Cycle = Cycle.EVERY_TIME
    step: Step = Step.PENCATATAN
    group: str = ""  # questions of one group are drawn together; see `GROUPS`
    counts: tuple[Count, ...] = ()
    sums: tuple[Sum, ...] = ()
    finding: Finding | None = None
    measure: str = ""  # the column of the typed measurement, or "blood_pressure" for two
    change: Change | None = None
    retired_on: date | None = None

    @property
    def choice_labels(self) -> dict[str, str]:
        """Value → label of every answer that can be chosen."""
        return {choice.value: choice.label for choice in self.offered}

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices as drawn; ya and tidak for a yes-no question."""
        return YES_NO_CHOICES if self.kind is Kind.YES_NO else self.choices

    def but(self, **changes: object) -> Question:
        """The same question with other bounds, step, help or fewer choices in another form; key and kind stay."""
        frozen = {"key", "kind", "label", "unit", "measure"} & set(changes)
        if frozen:
            raise ValueError(f"{self.key}: {', '.join(sorted(frozen))} is the same in every form")
        return replace(self, **changes)  # type: ignore[arg-type]

    def offering(self, *values: str) -> Question:
        """The same question with only these of its choices, in this order."""
        by_value = {choice.value: choice for choice in self.choices}
        return replace(self, choices=tuple(by_value[value] for value in values))


@dataclass(frozen=True)
class Group:
    """Yes-no questions asked in one breath; `none_label` answers all open ones with "tidak" in one tap."""

    key: str
    label: str
    none_label: str = ""


GROUPS = {"tbc": Group("tbc", "Gejala TBC", "4 ditanya, semua tidak")}


@dataclass(frozen=True)
class Printed:
    """A line of the paper that the register knows or rules compute: shown, never asked."""

    key: str
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
    printed: tuple[Printed, ...] = ()
    sensitive: bool = False
    version: int = 1

    def question(self, key: str) -> Question:
        """The question of this key; KeyError if the form has none."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the questions in print order."""
        return tuple(question.key for question in self.questions)
