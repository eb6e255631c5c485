"""Charts as SVG text, the same on page and paper. Pure functions; no script, no style, no web font of their own.

They read without colour: values stand beside their marks, series differ by pattern and by name. Zero is drawn as zero
(a line on the base with "0"), a missing value as a gap that says so. Widths and heights are in SVG units; the page
stretches the picture by its viewBox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from .rules import number_text

NO_DATA = "belum ada data"
INK, QUIET, LINE, ACCENT = "#14201e", "#46524f", "#d8dfdc", "#0a584b"
Value = int | float | None


@dataclass(frozen=True)
class Series:
    """A named row of values, one for each label of the chart; None where there is no data."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Frame:
    """The room of a chart: where the drawing area lies inside the picture, and the top of its scale."""

    width: int
    height: int
    top_value: float
    empty: bool = False
    left: int = 44
    right: int = 12
    top: int = 26
    bottom: int = 30

    @property
    def base(self) -> int:
        return self.height - self.bottom

    def y(self, value: float) -> float:
        return self.base - (self.base - self.top) * value / self.top_value

    def slot(self, count: int) -> float:
        return (self.width - self.left - self.right) / max(count, 1)

    def x(self, index: int, count: int) -> float:
        """The middle of the slot of this label."""
        return self.left + self.slot(count) * (index + 0.5)


def bar_chart(
    title: str,
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    unit: str = "",
    description: str = "",
    width: int = 640,
    height: int = 220,
    font: str = "",
) -> str:
    """One bar for each label, its value above it."""
    frame = _frame([value for value in values if value is not None], width, height)
    parts = _grid(frame, unit) + _labels(frame, labels)
    for index, value in enumerate(values):
        parts += _bar(frame, index, len(labels), value)
    return _picture(frame, title, description or _sentence(labels, values, unit), parts, font)


def line_chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    description: str = "",
    width: int = 640,
    height: int = 240,
    font: str = "",
) -> str:
    """A line for each series, named at its end; a missing value breaks the line."""
    known = [value for one in series for value in one.values if value is not None]
    longest = max((len(one.name) for one in series), default=0) if len(series) > 1 else 0
    frame = _frame(known, width, height, right=max(16, longest * 8 + 16))
    parts = _grid(frame, unit) + _labels(frame, labels)
    for rank, one in enumerate(series):
        parts += _line(frame, one, rank, named=len(series) > 1)
    for index in range(len(labels)):
        if all(one.values[index] is None for one in series):
            parts.append(_gap(frame, index, len(labels)))
    told = description or "; ".join(f"{one.name}: {_sentence(labels, one.values, unit)}" for one in series)
    return _picture(frame, title, told, parts, font)


def stacked_bars(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    description: str = "",
    width: int = 640,
    height: int = 240,
    font: str = "",
) -> str:
    """A bar for each label, cut into the series from the base up, with the total above it and a legend on top.

    A label where every series is missing is a gap. Part of the data missing is drawn as what is known.
    """
    totals = [_total([one.values[index] for one in series]) for index in range(len(labels))]
    frame = _frame([total for total in totals if total is not None], width, height, top=50)
    parts = _grid(frame, unit) + _labels(frame, labels) + _legend(frame, series)
    for index, total in enumerate(totals):
        parts += _stack(frame, index, len(labels), [one.values[index] for one in series], total)
    told = description or "; ".join(f"{one.name}: {_sentence(labels, one.values, unit)}" for one in series)
    return _picture(frame, title, told, parts, font)


def cell_bar(value: Value, maximum: Value, *, label: str = "") -> str:
    """A small bar to stand in a table's cell beside its number. Nothing known: an empty, dashed frame."""
    known = value is not None and maximum is not None and maximum > 0
    said = label or (f"{number_text(value)} dari {number_text(maximum)}" if known else NO_DATA)
    head = f'<svg class="cell-bar" role="img" aria-label="{escape(said)}" width="88" height="12" viewBox="0 0 88 12">'
    if not known:
        edge = f'<rect x="0.5" y="2.5" width="87" height="7" fill="none" stroke="{QUIET}" stroke-dasharray="3 3"/>'
        return f"{head}{edge}</svg>"
    length = 88 * min(max(value / maximum, 0), 1)
    ground = f'<rect x="0" y="2" width="88" height="8" fill="{LINE}"/>'
    return f'{head}{ground}<rect x="0" y="2" width="{length:.1f}" height="8" fill="{ACCENT}"/></svg>'


# What differs from series to series: a fill that stays apart in grey, and a dash and a mark for lines.
_FILLS = (ACCENT, "#ffffff", "#8fb5ac", "#d8dfdc", "#46524f")
_LINES = ((ACCENT, ""), ("#865200", "7 4"), ("#6b3a9c", "2 4"), ("#a02466", "10 3 2 3"), ("#3f4f63", "1 3"))


def _frame(known: Sequence[float], width: int, height: int, **margins: int) -> Frame:
    return Frame(width, height, _round_up(max(known, default=0)), empty=not known, **margins)


def _round_up(value: float) -> float:
    """The end of the scale: 1, 2, 4, 6, 8 or 10 times a power of ten, never below 4, so that the middle is whole."""
    if value <= 4:
        return 4
    power = 10 ** floor(log10(value))
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if power * step >= value)


def _grid(frame: Frame, unit: str) -> list[str]:
    parts = []
    for step in range(0, 5, 2):
        value = frame.top_value * step / 4
        y = frame.y(value)
        colour = QUIET if step == 0 else LINE
        parts.append(f'<path d="M{frame.left} {y:.1f}H{frame.width - frame.right}" stroke="{colour}" fill="none"/>')
        parts.append(_text(frame.left - 6, y + 4, number_text(value), anchor="end", colour=QUIET))
    if unit:
        parts.append(_text(0, 12, unit, anchor="start", colour=QUIET))
    return parts


def _labels(frame: Frame, labels: Sequence[str]) -> list[str]:
    """Names under the base; every second, third … one where they would run into each other."""
    if not labels:
        return []
    each = ceil((max(map(len, labels)) * 7.5 + 8) / frame.slot(len(labels)))
    last = len(labels) - 1
    return [
        _text(frame.x(index, len(labels)), frame.base + 18, label, colour=QUIET)
        for index, label in enumerate(labels)
        if (last - index) % each == 0
    ]


def _bar(frame: Frame, index: int, count: int, value: Value) -> list[str]:
    if value is None:
        return [_gap(frame, index, count)]
    width = min(frame.slot(count) * 0.6, 48)
    y = frame.y(value)
    left = frame.x(index, count) - width / 2
    return [
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{frame.base - y:.1f}" fill="{ACCENT}"/>',
        _text(frame.x(index, count), y - 6, number_text(value), bold=True),
    ]


def _stack(frame: Frame, index: int, count: int, values: Sequence[Value], total: Value) -> list[str]:
    if total is None:
        return [_gap(frame, index, count)]
    width = min(frame.slot(count) * 0.6, 48)
    left, reached, parts = frame.x(index, count) - width / 2, 0.0, []
    for rank, value in enumerate(values):
        if value:
            y, below = frame.y(reached + value), frame.y(reached)
            parts.append(_block(left, y, width, below - y, rank))
            reached += value
    return [*parts, _text(frame.x(index, count), frame.y(total) - 6, number_text(total), bold=True)]


def _block(x: float, y: float, width: float, height: float, rank: int) -> str:
    """A piece of a stack. The hatch is drawn as lines clipped by hand: patterns with ids would clash on one page."""
    fill = _FILLS[rank % len(_FILLS)]
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{ACCENT}"/>'
    return box + "".join(_hatch(x, y, width, height, rank))


def _hatch(x: float, y: float, width: float, height: float, rank: int) -> list[str]:
    """Slanting lines for the second series, level ones for the fourth; the others differ by their grey."""
    rank %= len(_FILLS)
    if rank == 1:
        lines = _slanted(x, y, width, height)
    elif rank == 3:
        lines = [f"M{x:.1f} {y + step:.1f}h{width:.1f}" for step in range(4, ceil(height), 6)]
    else:
        return []
    return [f'<path d="{"".join(lines)}" stroke="{ACCENT}" fill="none"/>'] if lines else []


def _slanted(x: float, y: float, width: float, height: float) -> list[str]:
    lines = []
    for offset in range(6, ceil(width + height), 6):
        start = (x + max(0, offset - height), y + min(height, offset))
        end = (x + min(width, offset), y + max(0, offset - width))
        lines.append(f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}")
    return lines


def _line(frame: Frame, one: Series, rank: int, *, named: bool) -> list[str]:
    colour, dash = _LINES[rank % len(_LINES)]
    count = len(one.values)
    points = [(frame.x(i, count), frame.y(v), v) for i, v in enumerate(one.values) if v is not None]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    path = _path(frame, one.values)
    parts = [f'<path d="{path}" stroke="{colour}" stroke-width="2.5" fill="none"{dashed}/>'] if path else []
    parts += [_dot(x, y, colour, rank) for x, y, _ in points]
    if points:
        x, y, value = points[-1]
        parts.append(_text(x, y - 10, number_text(value), bold=True, colour=colour))
        if named:
            parts.append(_text(x + 12, y + 4, one.name, anchor="start", colour=colour))
    return parts


def _path(frame: Frame, values: Sequence[Value]) -> str:
    """The line through what is known; it is lifted over what is missing."""
    path, pen = "", "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{frame.x(index, len(values)):.1f} {frame.y(value):.1f}"
        pen = "L"
    return path


def _dot(x: float, y: float, colour: str, rank: int) -> str:
    if rank % 2:
        left, top = x - 4, y - 4
        return f'<rect x="{left:.1f}" y="{top:.1f}" width="8" height="8" fill="#ffffff" stroke="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _legend(frame: Frame, series: Sequence[Series]) -> list[str]:
    parts, x = [], float(frame.left)
    for rank, one in enumerate(series):
        parts += [_block(x, 20, 14, 14, rank), _text(x + 20, 32, one.name, anchor="start")]
        x += 20 + len(one.name) * 6.8 + 18
    return parts


def _gap(frame: Frame, index: int, count: int) -> str:
    """Where a value is missing: the words, standing upright in the empty slot (once for a chart without any)."""
    if frame.empty:
        return _text(frame.width / 2, frame.y(frame.top_value / 2) - 8, NO_DATA, colour=QUIET) if index == 0 else ""
    x, y = frame.x(index, count) + 4, frame.base - 6
    return _text(x, y, NO_DATA, anchor="start", colour=QUIET, turn=f' transform="rotate(-90 {x:.1f} {y})"')


def _total(values: Sequence[Value]) -> Value:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _sentence(labels: Sequence[str], values: Sequence[Value], unit: str) -> str:
    """The chart read aloud: "Juni 12, Juli belum ada data"."""
    told = (NO_DATA if value is None else f"{number_text(value)} {unit}".strip() for value in values)
    return ", ".join(f"{label} {words}" for label, words in zip(labels, told, strict=True))


def _text(x, y, words: str, *, anchor: str = "middle", colour: str = INK, bold: bool = False, turn: str = "") -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}{turn}>{escape(words)}</text>'


def _picture(frame: Frame, title: str, description: str, parts: Sequence[str], font: str) -> str:
    family = f' font-family="{escape(font)}"' if font else ""
    return (
        f'<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        f' width="{frame.width}" height="{frame.height}" font-size="13"{family}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )
