"""How a growth chart is drawn: its room, bands, lines, the child's points, and the rows under the months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor

from services.clinical.kms import KmsRules, minimum_gain_g
from services.clinical.tables import Sex
from services.web.charts.frame import INK, LINE, QUIET
from services.web.rules import number_text

from .curves import Curve, Measured, Point

WHITE, YELLOW, PALE, GREEN, LIGHT = "#ffffff", "#fbe7a1", "#fdf5d3", "#b7dea6", "#d8eecb"
# Of each line of the standard: its colour, its width, and the pattern that tells it apart without colour.
STROKES = {
    3: (QUIET, 1.2, "2 3"),
    2: (QUIET, 1.2, "7 3"),
    1: ("#c25400", 1.6, "10 3 2 3"),
    0: ("#2c7a2c", 1.6, ""),
    -2: ("#8a6d00", 1.4, "7 3"),
    -3: ("#c81e1e", 2.4, ""),
}


@dataclass(frozen=True, slots=True)
class Room:
    """The picture in pixels and what its drawing area stands for."""

    width: int
    height: int
    x0: float
    x1: float
    y0: float
    y1: float
    left: int = 38
    right: int = 26
    top: int = 20
    bottom: int = 24

    @property
    def base(self) -> int:
        return self.height - self.bottom

    @property
    def edge(self) -> int:
        return self.width - self.right

    def x(self, value: float) -> float:
        return self.left + (self.edge - self.left) * (value - self.x0) / (self.x1 - self.x0)

    def y(self, value: float) -> float:
        return self.base - (self.base - self.top) * (value - self.y0) / (self.y1 - self.y0)

    def at(self, x: float, y: float) -> str:
        return f"{self.x(x):.1f} {self.y(y):.1f}"


def step_of(span: float) -> int:
    """How far the marks of a scale stand apart: at most ten of them."""
    return next(step for step in (1, 2, 5, 10, 20) if span / step <= 10)


def room_for(
    curves: Sequence[Curve], points: Sequence[Point], x0: float, x1: float, width: int, height: int, bottom: int
) -> Room:
    """A room in which all lines and points find place, ending on round marks."""
    low = min([curve.lowest for curve in curves] + [point.y for point in points])
    high = max([curve.highest for curve in curves] + [point.y for point in points])
    step = step_of(high - low)
    return Room(width, height, x0, x1, floor(low / step) * step, ceil(high / step) * step, bottom=bottom)


def path_of(room: Room, piece: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(room.at(x, y) for x, y in piece)


def bands(room: Room, curves: Sequence[Curve], fills: Sequence[str]) -> list[str]:
    """The bands between the lines (highest line first): under each the colour of the band below it, to the base."""
    parts = []
    for curve, fill in zip(curves, fills, strict=True):
        for piece in curve.pieces:
            right, left = room.x(piece[-1][0]), room.x(piece[0][0])
            parts.append(f'<path d="{path_of(room, piece)}L{right:.1f} {room.base}H{left:.1f}Z" fill="{fill}"/>')
    return parts


def lines(room: Room, curves: Sequence[Curve]) -> list[str]:
    """The lines of the standard, each with its number at the end."""
    parts = []
    for curve in curves:
        colour, width, dash = STROKES[curve.sd]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        path = "".join(path_of(room, piece) for piece in curve.pieces)
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>')
        x, y = room.edge + 3, room.y(curve.end[1]) + 4
        parts.append(f'<text x="{x}" y="{y:.1f}" font-weight="bold" fill="{INK}">{sd_text(curve.sd)}</text>')
    return parts


def sd_text(sd: int) -> str:
    return f"+{sd}" if sd > 0 else f"−{-sd}" if sd else "0"


def scale(room: Room, unit: str) -> list[str]:
    """Level lines and their values at the left."""
    step = step_of(room.y1 - room.y0)
    values = range(int(room.y0), int(room.y1) + 1, step)
    path = "".join(f"M{room.left} {room.y(value):.1f}H{room.edge}" for value in values)
    texts = "".join(f'<text x="{room.left - 5}" y="{room.y(value) + 4:.1f}">{value}</text>' for value in values)
    return [
        f'<path d="{path}" stroke="{QUIET}" stroke-opacity="0.22" fill="none"/>',
        f'<g text-anchor="end" fill="{QUIET}">{texts}</g><text x="0" y="12" fill="{QUIET}">{escape(unit)}</text>',
    ]


def marks(room: Room, each: int, named: int, word: str) -> list[str]:
    """Upright lines and, at every `named`, the month or centimetre under the base."""
    values = range(int(room.x0), int(room.x1) + 1, each)
    path = "".join(f"M{room.x(value):.1f} {room.top}V{room.base}" for value in values)
    names = [value for value in values if value % named == 0]
    texts = "".join(f'<text x="{room.x(value):.1f}" y="{room.base + 14}">{value}</text>' for value in names)
    return [
        f'<path d="{path}" stroke="{QUIET}" stroke-opacity="0.22" fill="none"/>',
        f'<g text-anchor="middle" fill="{QUIET}" font-size="11">{texts}</g>',
        f'<text x="0" y="{room.base + 14}" fill="{QUIET}" font-size="11">{escape(word)}</text>',
        f'<path d="M{room.left} {room.top}V{room.base}H{room.edge}" stroke="{INK}" fill="none"/>',
    ]


def child(room: Room, points: Sequence[Point]) -> list[str]:
    """Her points; months that follow each other are joined, a missing month is a gap. The last one says its value."""
    path = ""
    for before, point in zip([None, *points], points, strict=False):
        joined = before is not None and point.month - before.month <= 1
        path += ("L" if joined else "M") + room.at(point.x, point.y)
    parts = [f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="2"/>'] if points else []
    parts += [
        f'<circle cx="{room.x(point.x):.1f}" cy="{room.y(point.y):.1f}" r="3.2" fill="{INK}" stroke="{WHITE}"/>'
        for point in points
    ]
    return parts + ([_value(room, points[-1])] if points else [])


def _value(room: Room, point: Point) -> str:
    x, y, text = room.x(point.x), room.y(point.y), number_text(point.y)
    beside = x + 8 + len(text) * 7 < room.edge
    place, anchor = (x + 7, "start") if beside else (x - 7, "end")
    below = y + 16 if y + 16 < room.base - 2 else y - 8
    where = f'x="{place:.1f}" y="{below:.1f}" text-anchor="{anchor}" font-weight="bold"'
    halo = f'<text {where} stroke="{WHITE}" stroke-width="3" fill="{WHITE}">{text}</text>'
    return f'{halo}<text {where} fill="{INK}">{text}</text>'


def gain_row(room: Room, sex: Sex, top: int, height: int, rules: KmsRules) -> list[str]:
    """The KBM in grams under its months; months with the same KBM share a cell."""
    texts = []
    edges = [room.x0]
    for first, after, gain in _runs(sex, int(room.x0), int(room.x1), rules):
        edges.append(after)
        middle = (room.x(first) + room.x(after)) / 2
        narrow = room.x(after) - room.x(first) < 24
        y = top + height / 2 + 3.5
        turn = f' transform="rotate(-90 {middle:.1f} {top + height / 2:.1f})"' if narrow else ""
        if gain is not None:
            texts.append(f'<text x="{middle:.1f}" y="{y:.1f}"{turn}>{gain}</text>')
    return [_row(room, "KBM g", top, height, edges), f'<g text-anchor="middle" font-size="10">{"".join(texts)}</g>']


def _runs(sex: Sex, start: int, end: int, rules: KmsRules) -> list[tuple[int, int, int | None]]:
    runs: list[tuple[int, int, int | None]] = []
    for month in range(start, end):
        gain = minimum_gain_g(sex, month, rules)
        if runs and runs[-1][2] == gain:
            runs[-1] = (runs[-1][0], month + 1, gain)
        else:
            runs.append((month, month + 1, gain))
    return runs


def status_row(room: Room, measured: Sequence[Measured], top: int, height: int) -> list[str]:
    """N, T, O or B of each month of age, the last of two in one."""
    said = {one.completed_months: one.status for one in measured if one.status}
    texts = "".join(
        f'<text x="{room.x(month + 0.5):.1f}" y="{top + height - 4}">{escape(letter)}</text>'
        for month, letter in said.items()
        if room.x0 <= month < room.x1
    )
    row = _row(room, "N/T", top, height, range(int(room.x0), int(room.x1) + 1))
    return [row, f'<g text-anchor="middle" font-size="9" font-weight="bold">{texts}</g>']


def _row(room: Room, name: str, top: int, height: int, edges: Iterable[float]) -> str:
    ticks = "".join(f"M{room.x(edge):.1f} {top}v{height}" for edge in edges)
    level = f"M{room.left} {top}H{room.edge}m0 {height}H{room.left}"
    return (
        f'<path d="{ticks}{level}" stroke="{LINE}" fill="none"/>'
        f'<text x="0" y="{top + height / 2 + 4:.1f}" fill="{QUIET}" font-size="11">{name}</text>'
    )


def picture(room: Room, title: str, description: str, parts: Sequence[str], *, font: str, wide: bool) -> str:
    """The whole chart; `wide` is for pages that scroll it sideways, and for paper."""
    typeface = f' font-family="{escape(font)}"' if font else ""
    look = "chart chart-wide" if wide else "chart"
    return (
        f'<svg class="{look}" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {room.width} {room.height}"'
        f' width="{room.width}" height="{room.height}" font-size="12"{typeface}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )
