"""From the frozen figures of posts to those of a place, without counting anything again. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.follow_ups.rules import median_of
from services.reports.figures.adding import count_figure, derived_figure, share_figure
from services.reports.figures.definitions import Definition
from services.reports.figures.model import Figure, Number, State

SPREAD = "sebaran"


@dataclass(frozen=True, slots=True)
class FrozenSum:
    """What the figures with one key add up to, and what stands beside them; None where none of them is known.

    `is_asked`: some are "belum didata".
    """

    value: Number | None = None
    beside: Number = 0
    is_asked: bool = False

    def __add__(self, other: FrozenSum) -> FrozenSum:
        known = [each for each in (self.value, other.value) if each is not None]
        return FrozenSum(sum(known) if known else None, self.beside + other.beside, self.is_asked or other.is_asked)


@dataclass(slots=True)
class Frozen:
    """Everything frozen at the posts of one place in a month: sums by key, and the values behind medians."""

    sums: dict[str, FrozenSum] = field(default_factory=dict)
    spans: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, key: str, each: FrozenSum) -> None:
        self.sums[key] = self.sums.get(key, FrozenSum()) + each

    def add_row(self, key: str, state: str, value: Number | None, beside: Number | None) -> None:
        """Add a frozen figure, or what the database summed of those with one key and state."""
        if key.startswith(f"{SPREAD}|"):
            self.add_span(key, int(value or 0))
        elif state == State.KNOWN:
            self.add(key, FrozenSum(_number(value), _number(beside)))
        else:
            self.add(key, FrozenSum(is_asked=state == State.NOT_RECORDED))

    def add_span(self, key: str, number: int) -> None:
        _, name, value = key.split("|")
        self.spans.setdefault(name, Counter())[int(value)] += number


def _number(value: Number | None) -> Number:
    """A whole number as one; nothing as zero."""
    value = value or 0
    return int(value) if value == int(value) else value


def span_key(name: str, value: int) -> str:
    """The key of the row that keeps how often one value behind a median was met."""
    return f"{SPREAD}|{name}|{value}"


def together(parts: Iterable[Frozen]) -> Frozen:
    """What several places froze."""
    whole = Frozen()
    for part in parts:
        for key, each in part.sums.items():
            whole.add(key, each)
        for name, counter in part.spans.items():
            whole.spans.setdefault(name, Counter()).update(counter)
    return whole


def summed_figures(definitions: Sequence[Definition], frozen: Frozen, *, owes: bool) -> dict[str, Figure]:
    """All figures of a place. `owes`: posts of it still owe their month, so what is absent is "belum didata"."""
    figures: dict[str, Figure] = {}
    for each in definitions:
        if each.adds:
            found = frozen.sums.get(each.key)
            figures[each.key] = count_figure(each, *_amount(found, owes), _whole(each, figures, found))
    for each in definitions:
        if each.share:
            figures[each.key] = share_figure(each, figures)
        elif each.median:
            figures[each.key] = _median(each, frozen, owes)
    return figures


def _amount(found: FrozenSum | None, owes: bool) -> tuple[State, Number]:
    if found is not None and found.value is not None:
        return State.KNOWN, found.value
    is_asked = found.is_asked if found is not None else owes
    return (State.NOT_RECORDED if is_asked else State.NOT_APPLICABLE), 0


def _whole(definition: Definition, figures: Mapping[str, Figure], found: FrozenSum | None) -> Number | None:
    if not definition.out_of:
        return None
    if definition.out_of in figures:
        return figures[definition.out_of].value
    return found.beside if found is not None else 0


def _median(definition: Definition, frozen: Frozen, owes: bool) -> Figure:
    """Of all values of all posts; a month frozen before these were kept has none."""
    values = frozen.spans.get(definition.median, Counter())
    middle = median_of(values)
    state = State.KNOWN if middle is not None else _amount(frozen.sums.get(definition.key), owes)[0]
    if middle is None and state is State.KNOWN:
        state = State.NOT_APPLICABLE
    return derived_figure(
        definition, state, None if middle is None else Decimal(str(middle)), None if middle is None else values.total()
    )
