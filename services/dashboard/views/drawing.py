"""A place's month as the page draws it: words, links, small bars, charts and the map. No queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from services.areas import clock
from services.fields.registry import FIELDS
from services.web.charts.places import Spot, area_map, ladder, share_bar, tile_grid, year_bars
from services.web.rules import MONTHS, number_text, percent_text

from ..queries.place import PlaceMonth
from ..rules import (
    ATTENDANCE,
    D_PER_S,
    FIELD_COUNT,
    INDICATORS,
    OPENED,
    SENT,
    SUMMARY,
    TICKETS,
    TICKETS_BY_FIELD,
    VISITED,
    Indicator,
    Line,
    Reached,
    Share,
    worst_is_high,
)

COLUMN_SETS = {
    "ringkas": ("Ringkasan", SUMMARY),
    "kehadiran": ("Kehadiran per kelompok", ATTENDANCE),
    "laporan_warga": ("Laporan warga per bidang", (TICKETS, *TICKETS_BY_FIELD)),
}
FIELD_OF = {each.key: field.key for each, field in zip(TICKETS_BY_FIELD, FIELDS, strict=True)}
BY_POST = "posyandu"
OF_POSTS = {"laporan", "tepat_waktu", "hari_buka"}


@dataclass(frozen=True)
class Pens:
    """What the page is drawn with: its month and columns; whether reports and tickets may be opened."""

    month: date
    today: date
    columns: str
    may_open: bool
    may_tickets: bool = False
    by_post: bool = False

    @property
    def indicators(self):
        return COLUMN_SETS[self.columns][1]

    @property
    def previous(self) -> str:
        return f"{clock.previous_month(self.month):%Y-%m}"

    @property
    def following(self) -> str:
        """The next closed month, or nothing."""
        later = clock.next_month(self.month)
        return f"{later:%Y-%m}" if later < clock.month_of(self.today) else ""

    def address(self, code: str, **more: str) -> str:
        rows = BY_POST if self.by_post else ""
        named = {"bulan": f"{self.month:%Y-%m}", "kolom": self.columns, "baris": rows, **more}
        return f"{reverse('dashboard:place_detail', args=[code])}?{urlencode({k: v for k, v in named.items() if v})}"


@dataclass(frozen=True)
class Heading:
    label: str
    url: str
    order: str
    is_number: bool = True


@dataclass(frozen=True)
class Cell:
    """A number of the table with its fraction in words, its bar, and the rows behind it."""

    main: str
    small: str = ""
    bar: SafeString | str = ""
    url: str = ""
    reached: bool = False
    small_url: str = ""


@dataclass(frozen=True)
class Row:
    line: Line
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Number:
    """One of the four numbers on top."""

    label: str
    main: str
    of: str
    note: str
    url: str
    chart: SafeString | str = ""
    unit: str = ""  # of the chart, where it is not the number's own


def headings(place: PlaceMonth, pens: Pens) -> list[Heading]:
    columns = [("nama", place.below), *((each.key, each.label) for each in pens.indicators)]
    if pens.columns == "ringkas":
        columns += [("bidang", "Bidang aktif")]
    columns += [("terakhir", "Isian terakhir")]
    return [_heading(place, pens, key, label) for key, label in columns]


def _heading(place: PlaceMonth, pens: Pens, key: str, label: str) -> Heading:
    """A second click turns the order; the first shows what needs help."""
    current = place.sort.removeprefix("-") == key
    turned = place.sort.startswith("-")
    high_first = worst_is_high(key) is not turned
    order = ("descending" if high_first else "ascending") if current else ""
    sort = f"-{key}" if current and not turned else key
    is_number = key not in ("nama", "terakhir")
    return Heading(label, f"{pens.address(place.code, urut=sort)}#tabel", order, is_number)


def rows_of(lines: Iterable[Line], pens: Pens) -> list[Row]:
    return [Row(line, _url(line, pens), _cells(line, pens)) for line in lines]


def all_posts(place: PlaceMonth, pens: Pens, sort: str = "") -> str:
    """The table with every posyandu of the place, whatever its level."""
    rows = "" if place.below == "Posyandu" and not place.by_post else BY_POST
    return f"{pens.address(place.code, baris=rows, urut=sort)}#tabel"


def reached_of(place: PlaceMonth, pens: Pens) -> list[tuple[Reached, str]]:
    """Each target with the posts that it counts, those that did not reach it first."""
    columns = {each.key: name for name, (_, indicators) in COLUMN_SETS.items() for each in indicators}
    return [
        (each, all_posts(place, replace(pens, columns=columns[each.indicator.key]), each.indicator.key))
        for each in place.targets
    ]


def _url(line: Line, pens: Pens, **more: str) -> str:
    """A place opens its own dashboard; a posyandu its report of the month, for whoever may read it."""
    if not line.is_post:
        return pens.address(line.code, **more)
    if not pens.may_open:
        return ""
    return reverse("reports:report_detail", args=[line.code, f"{pens.month:%Y-%m}"])


def _cells(line: Line, pens: Pens) -> tuple[Cell, ...]:
    if not line.live:
        return ()
    cells = [_cell(line, line.shares[each.key], pens) for each in pens.indicators]
    if pens.columns == "ringkas":
        fields = line.counts.get("fields")
        cells.append(
            Cell("belum didata") if fields is None else Cell(f"{fields} dari {FIELD_COUNT}", url=_url(line, pens))
        )
    return tuple(cells)


def _cell(line: Line, share: Share, pens: Pens) -> Cell:
    if share.indicator is TICKETS or share.indicator.key in FIELD_OF:
        return _tickets_cell(line.code, share, pens)
    url, key = _url(line, pens, urut=share.indicator.key), share.indicator.key
    if share.top is None or share.bottom is None:
        return Cell("belum didata")
    said = f"{number_text(share.top)} dari {number_text(share.bottom)} {share.indicator.of}"
    if line.is_post and key in OF_POSTS:
        return Cell("ya" if share.top else "belum" if key == "laporan" else "tidak", url=url, reached=share.is_reached)
    if not share.bottom:
        return Cell("tidak ada", url=url)
    fraction = f"{number_text(share.top)} dari {number_text(share.bottom)}"
    bar = mark_safe(share_bar(share.percent, said))  # noqa: S308 - our own drawing
    return Cell(percent_text(share.percent, 0), fraction, bar, url, share.is_reached)


def _tickets_cell(code: str, share: Share, pens: Pens) -> Cell:
    """How many tickets are not over, and how many of those are late; each leads to its list."""
    if share.top is None or share.bottom is None:
        return Cell("belum didata")
    if not share.bottom:
        return Cell("0")
    unfinished, late = number_text(share.bottom), number_text(share.top)
    urls = [_tickets_url(code, share.indicator, group) if pens.may_tickets else "" for group in ("terbuka", "lewat")]
    if share.indicator is TICKETS:  # its heading asks for the late ones
        return Cell(late, f"dari {unfinished}", url=urls[1] if share.top else "", small_url=urls[0])
    return Cell(unfinished, f"{late} lewat waktu" if share.top else "", url=urls[0], small_url=urls[1])


def _tickets_url(code: str, indicator: Indicator, group: str) -> str:
    query = {"tampil": group, "tempat": code, "bidang": FIELD_OF.get(indicator.key, "")}
    return f"{reverse('tickets:ticket_list')}?{urlencode({key: value for key, value in query.items() if value})}"


def tickets_of(place: PlaceMonth, pens: Pens) -> list[tuple[str, Cell]]:
    """The place's tickets as they stand today: each field's key with its cell."""
    cells = ((field, place.whole.shares[key]) for key, field in FIELD_OF.items())
    return [(field, _tickets_cell(place.code, share, pens)) for field, share in cells]


def numbers(place: PlaceMonth, pens: Pens) -> list[Number]:
    """The four that matter, each a link to the table in its order."""
    return [_number(place, pens, each) for each in (SENT, OPENED, D_PER_S, VISITED)]


def _number(place: PlaceMonth, pens: Pens, indicator) -> Number:
    share = place.whole.shares[indicator.key]
    known = share.top is not None and share.bottom is not None
    words = f"{number_text(share.top)} dari {number_text(share.bottom)} {indicator.of}" if known else "belum didata"
    if indicator is VISITED and share.bottom == 0:
        words = "tidak ada yang perlu dikunjungi"
    target = f"Sasaran {number_text(share.target)}%: " + ("tercapai" if share.is_reached else "belum tercapai")
    chart = mark_safe(_trend(place, indicator.key))  # noqa: S308 - our own drawing
    main = percent_text(share.percent, 0) if share.percent is not None else "–"
    unit = "kunjungan tiap bulan" if indicator is VISITED else ""
    note = target if share.target is not None and share.percent is not None else ""
    return Number(
        indicator.label, main, words, note, f"{pens.address(place.code, urut=indicator.key)}#tabel", chart, unit
    )


def _percents(place: PlaceMonth, key: str) -> list[float | None]:
    found = []
    for month, live in zip(place.trend, place.live, strict=True):
        top, bottom = {
            "laporan": (month.sent, live),
            "hari_buka": (month.opened if month.sums else None, live),
            "d_per_s": (month.sums.get(D_PER_S.top), month.sums.get(D_PER_S.bottom)),
        }[key]
        found.append(None if top is None or not bottom else round(100 * top / bottom, 1))
    return found


def _visits(place: PlaceMonth) -> list[int | None]:
    return [month.sums.get("kunjungan_rumah.semua.dikunjungi") for month in place.trend]


def _trend(place: PlaceMonth, key: str) -> str:
    names = [f"{MONTHS[month.month - 1][:3]} {month:%y}" for month in place.months]
    values, unit = (_visits(place), "kunjungan") if key == VISITED.key else (_percents(place, key), "persen")
    return year_bars(f"{INDICATORS[key].label}, 12 bulan ({unit})", names, values)


def trend_charts(place: PlaceMonth) -> bool:
    """Whether there is anything to draw a year of."""
    return any(month.sums or month.sent for month in place.trend)


def month_rows(place: PlaceMonth) -> list[tuple]:
    """The year as a table, newest first: month, sent, opened, D/S, visits."""
    sent, opened, weighed = (_percents(place, key) for key in ("laporan", "hari_buka", "d_per_s"))
    rows = zip(place.months, place.trend, place.live, sent, opened, weighed, _visits(place), strict=True)
    return list(rows)[::-1]


def map_of(place: PlaceMonth, pens: Pens) -> dict:
    """The places in the shades of the column that the table is sorted by; completeness unless another is."""
    key = place.sort.removeprefix("-")
    indicator = INDICATORS.get(key, SENT)
    live = sorted((line for line in place.lines if line.live), key=lambda line: line.name)
    spots = [_spot(line, line.shares[indicator.key], place, pens) for line in live]
    drawn = area_map if any(spot.rings for spot in spots) else tile_grid
    title = f"{indicator.label} per {place.below.lower()}"
    return {
        "title": title,
        "drawing": mark_safe(drawn(title, spots)) if spots else "",  # noqa: S308 - our own drawing
        "ladder": [(mark_safe(swatch), words) for swatch, words in ladder()],  # noqa: S308
        "is_map": drawn is area_map,
    }


def _spot(line: Line, share: Share, place: PlaceMonth, pens: Pens) -> Spot:
    text = percent_text(share.percent, 0) if share.percent is not None else "–"
    if line.is_post and share.indicator.key in OF_POSTS:
        text = "ya" if share.top else "belum"
    return Spot(line.name, share.percent, text, _url(line, pens), place.outlines.get(line.code, ()))
