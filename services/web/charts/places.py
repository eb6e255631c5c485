"""Places side by side: a map of outlines, or tiles where there are none, and the same shades as a bar in a cell.

Five tints of one colour, from light (little) to dark (much); every place carries its number in words, so the picture
reads without colour. A place without data is white with a dashed edge and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

from ..rules import number_text
from .frame import ACCENT, INK, NO_DATA, QUIET, Number

TINTS = ("#f3f7f6", "#d3e3df", "#9cc3bb", "#4d8f83", ACCENT)
FLOORS = (0, 40, 60, 80, 95)
DARK_FROM = 3
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Spot:
    """One place: its share in percent (None without data), what is written on it, where it leads, its outline."""

    name: str
    percent: Number | None
    text: str
    url: str = ""
    rings: Sequence[Ring] = ()


def shade_of(percent: Number | None) -> int | None:
    """0 (least) to 4 (most) by the ladder of FLOORS; None without data."""
    return None if percent is None else max(sum(float(percent) >= floor for floor in FLOORS) - 1, 0)


def share_bar(percent: Number | None, said: str) -> str:
    """A bar for a cell in the shade that its place has on the map."""
    head = f'<svg class="cell-bar" role="img" aria-label="{escape(said)}" width="88" height="12" viewBox="0 0 88 12">'
    edge = f'<rect x="0.5" y="1.5" width="87" height="9" fill="#ffffff" stroke="{QUIET}"'
    if percent is None:
        return f'{head}{edge} stroke-dasharray="3 3"/></svg>'
    length = 87 * min(max(float(percent), 0), 100) / 100
    part = f'<rect x="0.5" y="1.5" width="{length:.1f}" height="9" fill="{_tint(percent)}" stroke="{ACCENT}"/>'
    return f"{head}{edge}/>{part}</svg>"


def area_map(title: str, spots: Sequence[Spot], *, width: int = 360) -> str:
    """The places by their outlines, north up. Places without an outline are left to the table beside it."""
    drawn = [spot for spot in spots if spot.rings]
    project, height = _projection([point for spot in drawn for ring in spot.rings for point in ring], width)
    parts = [_linked(spot, _shape(spot, project)) for spot in drawn]
    parts += [_label(spot, project) for spot in drawn]
    return _picture(title, spots, width, height, parts)


def tile_grid(title: str, spots: Sequence[Spot], *, width: int = 360, columns: int = 4) -> str:
    """A tile for each place in reading order, where nobody imported outlines."""
    side, tall = width / columns, 66
    parts = []
    for index, spot in enumerate(spots):
        x, y = index % columns * side, index // columns * tall
        box = _box(spot.percent, f'x="{x + 2:.1f}" y="{y + 2}" width="{side - 4:.1f}" height="{tall - 4}"')
        names = _two_lines(spot.name, int(side / 6.6))
        middle, first = x + side / 2, y + (26 if len(names) == 1 else 19)
        texts = "".join(_text(middle, first + 14 * line, name, spot, size=11) for line, name in enumerate(names))
        texts += _text(middle, y + 53, spot.text, spot, bold=True)
        parts.append(_linked(spot, box + texts))
    return _picture(title, spots, width, (len(spots) + columns - 1) // columns * tall, parts)


def _two_lines(name: str, room: int) -> list[str]:
    """A name in at most two lines of so many letters, cut where still too long: what differs stands at its end."""
    if len(name) <= room:
        return [name]
    cut = name.rfind(" ", 0, room + 1)
    lines = [name[:cut], name[cut + 1 :]] if cut > 0 else [name]
    return [line if len(line) <= room else f"{line[: room - 1]}…" for line in lines]


def year_bars(title: str, labels: Sequence[str], values: Sequence[Number | None], *, width: int = 264) -> str:
    """A year beside a headline number: a bar a month, the first and last named, the last with its number.

    Zero is a line on the base with its 0; a month without data is a dashed stub.
    """
    slot, base, top = width / max(len(values), 1), 62, 16
    most = max((float(value) for value in values if value is not None), default=0) or 1
    parts = [f'<path d="M0 {base}H{width}" stroke="{QUIET}" fill="none"/>']
    for index, value in enumerate(values):
        x, wide = index * slot + slot * 0.18, slot * 0.64
        if value is None:
            parts.append(f'<path d="M{x:.1f} {base - 4}h{wide:.1f}" stroke="{QUIET}" stroke-dasharray="2 2"/>')
            continue
        tall = (base - top) * float(value) / most
        last = index == len(values) - 1
        fill = ACCENT if last else TINTS[2]
        parts.append(f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{fill}"/>')
        if last or not value:
            parts.append(_plain(index * slot + slot / 2, base - tall - 4, number_text(value, 0), bold=last))
    for index, anchor in ((0, "start"), (len(labels) - 1, "end")):
        x = 0 if anchor == "start" else width
        parts.append(f'<text x="{x}" y="78" text-anchor="{anchor}" fill="{QUIET}">{escape(labels[index])}</text>')
    told = ", ".join(
        f"{label} {NO_DATA if value is None else number_text(value)}"
        for label, value in zip(labels, values, strict=True)
    )
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {width} 82" width="{width}" height="82" font-size="12">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(parts)}</svg>"
    )


def _plain(x: float, y: float, text: str, *, bold: bool) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{INK}"{weight}>{escape(text)}</text>'


def ladder() -> tuple[tuple[str, str], ...]:
    """The shades in words, with a small drawing of each: (drawing, "80–94%")."""
    ends = [*(floor - 1 for floor in FLOORS[1:]), None]
    rungs = [
        (_swatch(floor), f"{floor}% ke atas" if end is None else f"{floor}–{end}%")
        for floor, end in zip(FLOORS, ends, strict=True)
    ]
    return (*rungs, (_swatch(None), NO_DATA))


def _swatch(percent: Number | None) -> str:
    box = _box(percent, 'x="0.5" y="0.5" width="19" height="11"')
    return f'<svg aria-hidden="true" width="20" height="12" viewBox="0 0 20 12">{box}</svg>'


def _tint(percent: Number | None) -> str:
    shade = shade_of(percent)
    return "#ffffff" if shade is None else TINTS[shade]


def _box(percent: Number | None, where: str) -> str:
    dashes = ' stroke-dasharray="3 3"' if percent is None else ""
    return f'<rect {where} fill="{_tint(percent)}" stroke="{QUIET}"{dashes}/>'


def _projection(points: Sequence[Sequence[float]], width: int):
    """Longitude and latitude to the picture: a degree of longitude is narrower by the cosine of the latitude."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = cos(radians((south + north) / 2))
    scale = min((width - 8) / max((east - west) * narrow, 1e-9), 480 / max(north - south, 1e-9))

    def project(point: Sequence[float]) -> tuple[float, float]:
        return 4 + (point[0] - west) * narrow * scale, 4 + (north - point[1]) * scale

    return project, round((north - south) * scale) + 8


def _shape(spot: Spot, project) -> str:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(project, ring)) + "Z" for ring in spot.rings)
    dashes = ' stroke-dasharray="3 3"' if spot.percent is None else ""
    return f'<path d="{path}" fill="{_tint(spot.percent)}" stroke="{INK}" fill-rule="evenodd"{dashes}/>'


def _label(spot: Spot, project) -> str:
    """Name and number in the middle of the largest ring; the name only where there is room for it."""
    ring = [project(point) for point in max(spot.rings, key=len)]
    x, y = _middle(ring)
    room = max(point[0] for point in ring) - min(point[0] for point in ring)
    number = _text(x, y + 4, spot.text, spot, bold=True, size=12)
    return (_text(x, y - 8, spot.name, spot, size=10) if room > len(spot.name) * 8 else "") + number


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of a ring; of a line, its mean."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if abs(twice) < 1e-9:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return x / (3 * twice), y / (3 * twice)


def _text(x: float, y: float, text: str, spot: Spot, *, bold: bool = False, size: int = 13) -> str:
    colour = "#ffffff" if (shade_of(spot.percent) or 0) >= DARK_FROM else INK
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )


def _linked(spot: Spot, drawing: str) -> str:
    inside = f"<title>{escape(spot.name)}: {escape(spot.text)}</title>{drawing}"
    return f'<a href="{escape(spot.url)}">{inside}</a>' if spot.url else f"<g>{inside}</g>"


def _picture(title: str, spots: Sequence[Spot], width: int, height: int, parts: Sequence[str]) -> str:
    told = ", ".join(f"{spot.name} {spot.text}" for spot in spots)
    return (
        f'<svg class="chart" role="group" aria-label="{escape(f"{title}: {told}")}" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-size="13">{"".join(parts)}</svg>'
    )
