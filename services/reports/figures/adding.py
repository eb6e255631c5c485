"""From counts to figures, and from the figures of posts to those of a place. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.follow_ups.rules import median_of
from services.reports.figures.definitions import Definition
from services.reports.figures.hiding import disguised
from services.reports.figures.model import DayLine, Figure, Number, State

Amount = tuple[State, Number]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted at one posyandu in one month; a key that is absent was counted zero times.

    `spans` are the values behind medians: name → value → how often. They are kept, because medians cannot be added.
    `owes`: the post was live that month, or has entries. A post before "mulai pakai" owes nothing.
    `days`: its open days, as lines of its own report.
    """

    counts: Mapping[str, Number] = field(default_factory=dict)
    owes: bool = True
    spans: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    days: tuple[DayLine, ...] = ()


def amount(definition: Definition, tally: Tally, month: date) -> Amount:
    """The number of one post, or why there is none."""
    if not tally.owes:
        return State.NOT_APPLICABLE, 0
    if definition.needs and not tally.counts.get(definition.needs, 0):
        outside = bool(definition.months) and month.month not in definition.months
        blocked = bool(definition.unless) and tally.counts.get(definition.unless, 0) > 0
        return (State.NOT_APPLICABLE if outside or blocked else State.NOT_RECORDED), 0
    return State.KNOWN, tally.counts.get(definition.key, 0)


def total(amounts: Iterable[Amount]) -> Amount:
    """Known numbers are added; without any, "belum didata" wins over "tidak berlaku"."""
    known, state = False, State.NOT_APPLICABLE
    sum_: Number = 0
    for each, value in amounts:
        if each is State.KNOWN:
            known, sum_ = True, sum_ + value
        elif each is State.NOT_RECORDED:
            state = State.NOT_RECORDED
    return (State.KNOWN, sum_) if known else (state, 0)


def share_of(top: Number, bottom: Number) -> Decimal | None:
    """Percent with one decimal, or None without a denominator. Never capped: 104,0 is shown as it is."""
    if not bottom:
        return None
    return (Decimal(top) * 100 / Decimal(bottom)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def monthly_figures(
    definitions: Sequence[Definition], tallies: Sequence[Tally], month: date, *, disguise: bool = False
) -> dict[str, Figure]:
    """All figures of a place from the tallies of its posts (one tally: the figures of that post).

    `disguise` hides sensitive counts of one to four, and one more part where subtraction would show them.
    """
    figures: dict[str, Figure] = {}
    for each in definitions:
        if each.adds:
            state, value = total(amount(each, tally, month) for tally in tallies)
            figures[each.key] = count_figure(each, state, value, _whole(each, figures, tallies))
    for each in definitions:
        if each.share:
            figures[each.key] = share_figure(each, figures)
        elif each.median:
            figures[each.key] = _median_figure(each, tallies, month)
    return disguised(figures) if disguise else figures


def _whole(definition: Definition, figures: Mapping[str, Figure], tallies: Sequence[Tally]) -> Number | None:
    """What a count is printed beside: another figure, or how many answered the question."""
    if not definition.out_of:
        return None
    if definition.out_of in figures:
        return figures[definition.out_of].value
    return sum(tally.counts.get(definition.out_of, 0) for tally in tallies if tally.owes)


def count_figure(definition: Definition, state: State, value: Number, whole: Number | None) -> Figure:
    """A counted figure; without a number unless its state is known."""
    known = state is State.KNOWN
    return Figure(
        key=definition.key,
        label=definition.label,
        unit=definition.unit,
        sentence=definition.sentence,
        state=state,
        value=value if known else None,
        denominator=whole if known else None,
        sensitive=definition.sensitive,
    )


def derived_figure(definition: Definition, state: State, value: Number | None, beside: Number | None) -> Figure:
    """A percentage or a median: the values of the parts do not add up to it."""
    return Figure(
        key=definition.key,
        label=definition.label,
        unit=definition.unit,
        sentence=definition.sentence,
        state=state,
        value=value,
        denominator=beside,
        adds=False,
    )


def share_figure(definition: Definition, figures: Mapping[str, Figure]) -> Figure:
    """A percentage of two counted figures of the same place."""
    top, bottom = (figures[key] for key in definition.share or ())
    missing = next((part for part in (top, bottom) if not part.is_known), None)
    state, value = (missing.state, None) if missing else (State.KNOWN, share_of(top.value or 0, bottom.value or 0))
    if not missing and value is None:
        state = State.NOT_APPLICABLE
    return derived_figure(definition, state, value, bottom.value if bottom.is_known else None)


def _median_figure(definition: Definition, tallies: Sequence[Tally], month: date) -> Figure:
    values: Counter[int] = Counter()
    for tally in tallies:
        if tally.owes:
            values.update(tally.spans.get(definition.median, {}))
    state, _ = total(amount(definition, tally, month) for tally in tallies)
    middle = median_of(values)
    if state is State.KNOWN and middle is None:
        state = State.NOT_APPLICABLE
    return derived_figure(
        definition,
        state,
        Decimal(str(middle)) if state is State.KNOWN else None,
        values.total() if state is State.KNOWN else None,
    )
