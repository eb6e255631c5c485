"""Charts as SVG text, the same on page and paper. Pure functions; no script, no style, no web font of their own.

They read without colour: values stand beside their marks, series differ by pattern and by name. Zero is drawn as zero
(a line on the base with "0"), a missing value as a gap that says so. The defaults are a phone's width, where the text
is 13 px; paper asks for its own (640 and more). Where numbers would run into each other, every second … is written.
"""

from collections.abc import Sequence
from html import escape

from ..rules import number_text
from .frame import (
    ACCENT,
    LINE,
    NO_DATA,
    QUIET,
    Number,
    floats,
    frame_for,
    gap,
    grid,
    has_room,
    names,
    picture,
    sentence,
)
from .marks import Series, bar, legend, line, stack

__all__ = ["Series", "bar_chart", "cell_bar", "line_chart", "stacked_bars"]


def bar_chart(
    title: str,
    labels: Sequence[str],
    values: Sequence[Number | None],
    *,
    unit: str = "",
    description: str = "",
    width: int = 360,
    height: int = 200,
    font: str = "",
) -> str:
    """One bar for each label, its value above it."""
    known = floats(values)
    frame = frame_for(known, width, height)
    parts = grid(frame, unit) + names(frame, labels)
    texts = [number_text(value) for value in values]
    for index, value in enumerate(known):
        parts += bar(frame, index, len(labels), value, texts[index] if has_room(frame, index, texts) else "")
    return picture(frame, title, description or sentence(labels, values, unit), parts, font)


def line_chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    description: str = "",
    width: int = 360,
    height: int = 210,
    font: str = "",
) -> str:
    """A line for each series, named at its end; a missing value breaks the line."""
    known = [value for one in series for value in floats(one.values)]
    longest = max((len(one.name) for one in series), default=0) if len(series) > 1 else 0
    frame = frame_for(known, width, height, right=max(16, longest * 8 + 16))
    parts = grid(frame, unit) + names(frame, labels)
    for rank, one in enumerate(series):
        parts += line(frame, one, rank, named=len(series) > 1)
    for index in range(len(labels)):
        if all(one.values[index] is None for one in series):
            parts.append(gap(frame, index, len(labels)))
    told = description or "; ".join(f"{one.name}: {sentence(labels, one.values, unit)}" for one in series)
    return picture(frame, title, told, parts, font)


def stacked_bars(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    description: str = "",
    width: int = 360,
    height: int = 210,
    font: str = "",
) -> str:
    """A bar for each label, cut into the series from the base up, with the total above it and a legend on top.

    A label where every series is missing is a gap. Part of the data missing is drawn as what is known.
    """
    totals = [_total([one.values[index] for one in series]) for index in range(len(labels))]
    frame = frame_for(totals, width, height, top=50)
    parts = grid(frame, unit) + names(frame, labels) + legend(frame, series)
    texts = [number_text(total) for total in totals]
    for index in range(len(labels)):
        text = texts[index] if has_room(frame, index, texts) else ""
        parts += stack(frame, index, len(labels), floats([one.values[index] for one in series]), text)
    told = description or "; ".join(f"{one.name}: {sentence(labels, one.values, unit)}" for one in series)
    return picture(frame, title, told, parts, font)


def cell_bar(value: Number | None, maximum: Number | None, *, label: str = "") -> str:
    """A small bar to stand in a table's cell beside its number. Nothing known: an empty, dashed frame."""
    share = None if value is None or not maximum or maximum < 0 else float(value) / float(maximum)
    said = label or (NO_DATA if share is None else f"{number_text(value)} dari {number_text(maximum)}")
    head = f'<svg class="cell-bar" role="img" aria-label="{escape(said)}" width="88" height="12" viewBox="0 0 88 12">'
    if share is None:
        edge = f'<rect x="0.5" y="2.5" width="87" height="7" fill="none" stroke="{QUIET}" stroke-dasharray="3 3"/>'
        return f"{head}{edge}</svg>"
    length = 88 * min(max(share, 0), 1)
    ground = f'<rect x="0" y="2" width="88" height="8" fill="{LINE}"/>'
    return f'{head}{ground}<rect x="0" y="2" width="{length:.1f}" height="8" fill="{ACCENT}"/></svg>'


def _total(values: Sequence[Number | None]) -> float | None:
    known = [value for value in floats(values) if value is not None]
    return sum(known) if known else None
