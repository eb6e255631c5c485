"""The room a chart is drawn in: its scale, the lines behind it, its words, and the picture around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import ceil, floor, log10

from ..rules import number_text

NO_DATA = "belum ada data"
INK, QUIET, LINE, ACCENT = "#14201e", "#46524f", "#d8dfdc", "#0a584b"
Number = int | float | Decimal


@dataclass(frozen=True)
class Frame:
    """The room of a chart: where the drawing area lies inside the picture, and the top of its scale."""

    width: int
    height: int
    top_value: float
    empty: bool
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


def floats(values: Sequence[Number | None]) -> list[float | None]:
    """What is drawn; a missing value stays missing."""
    return [None if value is None else float(value) for value in values]


def frame_for(values: Sequence[float | None], width: int, height: int, **margins: int) -> Frame:
    known = [value for value in values if value is not None]
    return Frame(width=width, height=height, top_value=round_up(max(known, default=0)), empty=not known, **margins)


def round_up(value: float) -> float:
    """The end of the scale: 1, 2, 4, 6, 8 or 10 times a power of ten, never below 4, so that the middle is whole."""
    if value <= 4:
        return 4
    power: int = 10 ** floor(log10(value))
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if power * step >= value)


def grid(frame: Frame, unit: str) -> list[str]:
    parts = []
    for step in range(0, 5, 2):
        value = frame.top_value * step / 4
        y = frame.y(value)
        colour = QUIET if step == 0 else LINE
        parts.append(f'<path d="M{frame.left} {y:.1f}H{frame.width - frame.right}" stroke="{colour}" fill="none"/>')
        parts.append(words(frame.left - 6, y + 4, number_text(value), anchor="end", colour=QUIET))
    if unit:
        parts.append(words(0, 12, unit, anchor="start", colour=QUIET))
    return parts


def names(frame: Frame, labels: Sequence[str]) -> list[str]:
    """Names under the base; every second, third … one where they would run into each other."""
    if not labels:
        return []
    return [
        words(frame.x(index, len(labels)), frame.base + 18, label, colour=QUIET)
        for index, label in enumerate(labels)
        if has_room(frame, index, labels)
    ]


def has_room(frame: Frame, index: int, texts: Sequence[str]) -> bool:
    """Whether the text at this place is written; the last always is."""
    each = ceil((max(map(len, texts)) * 7.5 + 6) / frame.slot(len(texts)))
    return (len(texts) - 1 - index) % each == 0


def gap(frame: Frame, index: int, count: int) -> str:
    """Where a value is missing: the words, standing upright in the empty slot (once for a chart without any)."""
    if frame.empty:
        return words(frame.width / 2, frame.y(frame.top_value / 2) - 8, NO_DATA, colour=QUIET) if index == 0 else ""
    x, y = frame.x(index, count) + 4, frame.base - 6
    return words(x, y, NO_DATA, anchor="start", colour=QUIET, turn=f' transform="rotate(-90 {x:.1f} {y})"')


def sentence(labels: Sequence[str], values: Sequence[Number | None], unit: str) -> str:
    """The chart read aloud: "Juni 12, Juli belum ada data"."""
    told = (NO_DATA if value is None else f"{number_text(value)} {unit}".strip() for value in values)
    return ", ".join(f"{label} {words}" for label, words in zip(labels, told, strict=True))


def words(
    x: float, y: float, text: str, *, anchor: str = "middle", colour: str = INK, bold: bool = False, turn: str = ""
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}{turn}>{escape(text)}</text>'


def picture(frame: Frame, title: str, description: str, parts: Sequence[str], font: str) -> str:
    family = f' font-family="{escape(font)}"' if font else ""
    return (
        f'<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        f' width="{frame.width}" height="{frame.height}" font-size="13"{family}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )
