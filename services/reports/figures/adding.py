"""From counts to figures, and from the figures of posts to those of a place. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.follow_ups.rules import median_of
from services.reports.figures.definitions import Definition
from services.reports.figures.model import Figure, Number, State

SMALLEST_SHOWN = 5
Amount = tuple[State, Number]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted at one posyandu in one month; a key that is absent was counted zero times.

    `spans` are the values behind medians: name → value → how often. They are kept, because medians cannot be added.
    `owes`: the post was live that month, or has entries. A post before "mulai pakai" owes nothing.
    """

    counts: Mapping[str, Number] = field(default_factory=dict)
    owes: bool = True
    spans: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


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


def share_figure(definition: Definition, figures: Mapping[str, Figure]) -> Figure:
    """A percentage of two counted figures of the same place."""
    top, bottom = (figures[key] for key in definition.share or ())
    missing = next((part for part in (top, bottom) if not part.is_known), None)
    state, value = (missing.state, None) if missing else (State.KNOWN, share_of(top.value or 0, bottom.value or 0))
    if not missing and value is None:
        state = State.NOT_APPLICABLE
    return Figure(
        key=definition.key,
        label=definition.label,
        unit=definition.unit,
        sentence=definition.sentence,
        state=state,
        value=value,
        denominator=bottom.value if bottom.is_known else None,
        adds=False,
    )


def _median_figure(definition: Definition, tallies: Sequence[Tally], month: date) -> Figure:
    values: Counter[int] = Counter()
    for tally in tallies:
        if tally.owes:
            values.update(tally.spans.get(definition.median, {}))
    state, _ = total(amount(definition, tally, month) for tally in tallies)
    middle = median_of(values)
    if state is State.KNOWN and middle is None:
        state = State.NOT_APPLICABLE
    return Figure(
        key=definition.key,
        label=definition.label,
        unit=definition.unit,
        sentence=definition.sentence,
        state=state,
        value=Decimal(str(middle)) if state is State.KNOWN else None,
        denominator=values.total() if state is State.KNOWN else None,
        adds=False,
    )


def disguised(figures: Mapping[str, Figure], also: AbstractSet[tuple[str, str]] = frozenset()) -> dict[str, Figure]:
    """Hide groups (`field.group`) with a sensitive count of one to four; and a second group of the same field.

    The whole group goes, because its measures add up to each other; the second, because the total is shown. `also`
    are groups that have to go for another reason.
    """
    groups = _groups(figures.values())
    hidden = {group for group, members in groups.items() if any(_is_small(figure) for figure in members)}
    hidden |= groups.keys() & also
    for field_key in {group[0] for group in hidden}:
        if sum(group[0] == field_key for group in hidden) == 1:
            hidden |= _second(field_key, groups, hidden)
    return {key: _hide(figure) if _group(figure) in hidden else figure for key, figure in figures.items()}


def _is_small(figure: Figure) -> bool:
    return figure.sensitive and figure.value is not None and 0 < figure.value < SMALLEST_SHOWN


def _group(figure: Figure) -> tuple[str, str]:
    first, second, *_ = figure.key.split(".")
    return first, second


def _groups(figures: Iterable[Figure]) -> dict[tuple[str, str], list[Figure]]:
    found: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        found.setdefault(_group(figure), []).append(figure)
    return found


def _second(
    field_key: str, groups: Mapping[tuple[str, str], list[Figure]], hidden: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """The smallest other group of the field that has a number; totals ("semua") and steps are not parts."""
    others = {
        group: max((figure.value or 0 for figure in members if figure.adds), default=0)
        for group, members in groups.items()
        if group[0] == field_key and group not in hidden and group[1] not in {"semua", "langkah"}
    }
    positive = {group: value for group, value in others.items() if value > 0}
    return {min(positive, key=lambda group: (positive[group], group))} if positive else set()


def _hide(figure: Figure) -> Figure:
    return replace(figure, state=State.DISGUISED, value=None, denominator=None) if figure.is_known else figure


def disguised_parts(
    whole: Mapping[str, Figure], parts: Mapping[str, Mapping[str, Figure]]
) -> dict[str, dict[str, Figure]]:
    """The parts of a place as they may stand beside its sum: where one part alone hides a group, a second does too.

    Otherwise the sum less the other parts would be the hidden number. What that hides in a part can show by its own
    field's total, so both are done until nothing more has to go.
    """
    also: dict[str, set[tuple[str, str]]] = {code: set() for code in parts}
    shown = {code: disguised(figures) for code, figures in parts.items()}
    while more := _alone(whole, shown):
        for code, group in more:
            also[code].add(group)
        shown = {code: disguised(figures, also[code]) for code, figures in parts.items()}
    return shown


def _alone(whole: Mapping[str, Figure], shown: Mapping[str, Mapping[str, Figure]]) -> list[tuple[str, tuple[str, str]]]:
    """(part, group) that must go too: of each group that one part alone hides, the part with the least to lose."""
    sums = {_group(figure) for figure in whole.values() if figure.is_known}
    hiding: dict[tuple[str, str], set[str]] = {}
    amounts: dict[tuple[str, str], dict[str, Number]] = {}
    for code, figures in shown.items():
        for figure in figures.values():
            group = _group(figure)
            if figure.state is State.DISGUISED:
                hiding.setdefault(group, set()).add(code)
            elif figure.is_known and figure.adds:
                kept = amounts.setdefault(group, {})
                kept[code] = max(kept.get(code, 0), figure.value or 0)
    found = []
    for group, codes in hiding.items():
        others = {code: value for code, value in amounts.get(group, {}).items() if code not in codes}
        if len(codes) == 1 and group in sums and others:
            found.append((min(others, key=lambda code: (not others[code], others[code], code)), group))
    return found
