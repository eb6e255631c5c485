"""What stands for the values: bars, cut bars, lines. Series differ in grey: by fill and hatch, by dash and dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ..rules import number_text
from .frame import ACCENT, Frame, Number, floats, gap, words

_FILLS = (ACCENT, "#ffffff", "#8fb5ac", "#d8dfdc", "#46524f")
_LINES = ((ACCENT, ""), ("#865200", "7 4"), ("#6b3a9c", "2 4"), ("#a02466", "10 3 2 3"), ("#3f4f63", "1 3"))


@dataclass(frozen=True)
class Series:
    """A named row of values, one for each label of the chart; None where there is no data."""

    name: str
    values: Sequence[Number | None]


def bar(frame: Frame, index: int, count: int, value: float | None, text: str) -> list[str]:
    if value is None:
        return [gap(frame, index, count)]
    width = min(frame.slot(count) * 0.6, 48)
    y = frame.y(value)
    left = frame.x(index, count) - width / 2
    return [
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{frame.base - y:.1f}" fill="{ACCENT}"/>',
        words(frame.x(index, count), y - 6, text, bold=True) if text else "",
    ]


def stack(frame: Frame, index: int, count: int, values: Sequence[float | None], text: str) -> list[str]:
    if all(value is None for value in values):
        return [gap(frame, index, count)]
    width = min(frame.slot(count) * 0.6, 48)
    left, reached = frame.x(index, count) - width / 2, 0.0
    parts: list[str] = []
    for rank, value in enumerate(values):
        if value:
            y, below = frame.y(reached + value), frame.y(reached)
            parts.append(block(left, y, width, below - y, rank))
            reached += value
    return [*parts, words(frame.x(index, count), frame.y(reached) - 6, text, bold=True) if text else ""]


def block(x: float, y: float, width: float, height: float, rank: int) -> str:
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


def line(frame: Frame, one: Series, rank: int, *, named: bool) -> list[str]:
    colour, dash = _LINES[rank % len(_LINES)]
    values = floats(one.values)
    count = len(values)
    points = [(frame.x(i, count), frame.y(v), v) for i, v in enumerate(values) if v is not None]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    path = _path(frame, values)
    parts = [f'<path d="{path}" stroke="{colour}" stroke-width="2.5" fill="none"{dashed}/>'] if path else []
    parts += [_dot(x, y, colour, rank) for x, y, _ in points]
    if points:
        x, y, value = points[-1]
        parts.append(words(x, y - 10, number_text(value), bold=True, colour=colour))
        if named:
            parts.append(words(x + 12, y + 4, one.name, anchor="start", colour=colour))
    return parts


def _path(frame: Frame, values: Sequence[float | None]) -> str:
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


def legend(frame: Frame, series: Sequence[Series]) -> list[str]:
    parts: list[str] = []
    x = float(frame.left)
    for rank, one in enumerate(series):
        parts += [block(x, 20, 14, 14, rank), words(x + 20, 32, one.name, anchor="start")]
        x += 20 + len(one.name) * 6.8 + 18
    return parts
