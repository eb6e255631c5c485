"""Small sensitive counts are not shown above desa and kelurahan, nor anything they could be worked out from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from services.reports.figures.model import Figure, Number, Report, State

SMALLEST_SHOWN = 5


def seen_from_above(report: Report) -> Report:
    """The report of a posyandu, desa or kelurahan as those above may read it; the same one where nothing is small."""
    if report.place.is_above_village:
        return report
    figures = disguised(report.figures)
    below = disguised_parts(figures, {part.place.code: part.figures for part in report.parts})
    parts = tuple(replace(part, figures=below[part.place.code]) for part in report.parts)
    if figures == dict(report.figures) and parts == report.parts:
        return report
    return replace(report, figures=figures, parts=parts)


def disguised(figures: Mapping[str, Figure], also: AbstractSet[tuple[str, str]] = frozenset()) -> dict[str, Figure]:
    """Hide groups (`field.group`) with a sensitive count of one to four; and a second group of the same field.

    The whole group goes, because its measures add up to each other; the second, because the total is shown. `also`
    are groups that have to go for another reason.
    """
    groups = _groups(figures.values())
    hidden = {
        group
        for group, members in groups.items()
        if any(figure.sensitive and is_small(figure.value) for figure in members)
    }
    hidden |= groups.keys() & also
    for field_key in {group[0] for group in hidden}:
        if sum(group[0] == field_key for group in hidden) == 1:
            hidden |= _second(field_key, groups, hidden)
    return without_groups(figures, hidden)


def hidden_groups(figures: Mapping[str, Figure]) -> set[tuple[str, str]]:
    """The groups of which something is hidden."""
    return {_group(figure) for figure in figures.values() if figure.state is State.DISGUISED}


def without_groups(figures: Mapping[str, Figure], groups: AbstractSet[tuple[str, str]]) -> dict[str, Figure]:
    """The same figures with these groups hidden."""
    return {key: _hide(figure) if _group(figure) in groups else figure for key, figure in figures.items()}


def is_small(value: Number | None) -> bool:
    """One to four: few enough to be recognised."""
    return value is not None and 0 < value < SMALLEST_SHOWN


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
