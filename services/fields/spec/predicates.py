"""Small named questions to an answer: they can be printed under a table and turned into SQL, a lambda cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from services.web.rules import number_text

Number = int | float | Decimal


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
