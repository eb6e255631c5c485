"""Semester and annual recaps from the frozen figures of months: the same few queries for a post and for a kota."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Substr

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.posyandu.models import AreaMembership, Facility, Period

from ..figures import DEFINITIONS, Definition, Figure, Place
from ..figures.periods import HEADLINE_DEFINITIONS, MonthFigures, Span, over_months
from ..figures.summing import SPREAD, Frozen, summed_figures, together
from ..models import MonthlyReport
from ..monthly import FACILITY, NotYours, counted_report, held_place
from ..rules import SENT
from ..sources.places import PART_LENGTH, codes_of, post_place
from .frozen import frozen_figures

HELD_PLACE = "frozen months of a place that the asker's scope holds"


@dataclass(frozen=True)
class MonthLine:
    """A month of a recap: of how many of the posts that owe it a sent report is counted, and how many are final."""

    month: date
    figures: Mapping[str, Figure] | None
    counted: int
    owing: int
    final: int
    is_live: bool = False
    is_running: bool = False


@dataclass(frozen=True)
class PartLine:
    """A place of the level below over all months; counted and owing are post-months."""

    place: Place
    figures: Mapping[str, Figure]
    counted: int
    owing: int


@dataclass(frozen=True)
class PeriodRecap:
    """A place over several months. Above desa/kelurahan `figures` are the headlines only."""

    place: Place
    span: Span
    figures: Mapping[str, Figure]
    months: tuple[MonthLine, ...]
    parts: tuple[PartLine, ...]
    made_on: date

    @property
    def missing(self) -> tuple[date, ...]:
        """Months in which somebody owes a report and none is counted."""
        return tuple(line.month for line in self.months if line.owing and line.figures is None)

    @property
    def provisional(self) -> tuple[date, ...]:
        """Months that are counted but not final for all."""
        return tuple(line.month for line in self.months if line.figures is not None and line.final < line.owing)

    @property
    def is_whole(self) -> bool:
        return not self.place.is_above_village


@dataclass(frozen=True)
class _Post:
    id: UUID
    path: str
    name: str


@dataclass(frozen=True)
class _Reports:
    """Who owes and who is counted, by month; `last` holds the last counted report of each post that is still here.

    A month that runs is owed by nobody yet; `running` is that month, where somebody lives in it.
    """

    owing: Mapping[date, tuple[_Post, ...]]
    counted: Mapping[date, Mapping[UUID, UUID]]
    final: Mapping[date, int]
    names: Mapping[str, str]
    running: date | None = None

    @property
    def ids(self) -> list[UUID]:
        return [report for month in self.counted.values() for report in month.values()]

    @property
    def last(self) -> list[UUID]:
        found = {post: report for month in sorted(self.counted) for post, report in self.counted[month].items()}
        here = {post.id for post in self.owing[max(self.owing)]} if self.owing else set()
        here |= set(self.counted[max(self.counted)]) if self.counted else set()
        return [report for post, report in found.items() if post in here]


def period_recap(code: str, span: Span, *, scope: Scope | None) -> PeriodRecap:
    """A place over these months; of a post, what was not sent is counted now. Raises UnknownPlace, NotYours."""
    place, post = held_place(code, scope)
    mine = _members(Q(posyandu=post) if post else codes_of(place.code))
    return _recap(place, span, mine, clock.today(place.code), post_code=place.code if post else "")


def facility_recap(facility: Facility, span: Span, *, scope: Scope | None) -> PeriodRecap:
    """The posts that a puskesmas serves over these months. Raises NotYours unless the scope holds all of them."""
    members = _members(Q(posyandu__facility=facility))
    if scope is not None and not {row.posyandu_id for row in members} <= scope.posyandu:
        raise NotYours(str(facility.pk))
    place = Place(str(facility.pk), facility.name, FACILITY, str(facility))
    return _recap(place, span, members, clock.today(facility.area_id))


def _members(where: Q) -> list[AreaMembership]:
    rows = AreaMembership.objects.unscoped(reason=HELD_PLACE).filter(where)
    return list(rows.select_related("posyandu").order_by("path"))


def _recap(
    place: Place, span: Span, members: Sequence[AreaMembership], today: date, *, post_code: str = ""
) -> PeriodRecap:
    reports = _reports(span, members, today)
    if place.is_above_village:
        return _of_parts(place, span, reports, today)
    whole = _by_part(reports.ids, DEFINITIONS, 0).get("", {})
    months = {month: _figures(DEFINITIONS, frozen) for month, frozen in whole.items()}
    stocks = _figures(DEFINITIONS, _stocks(reports.last, DEFINITIONS, 0).get("", Frozen())).figures
    live: dict[date, MonthFigures] = {}
    if post_code:
        live = {month: _counted_now(post_code, month) for month in _uncounted(reports, months)}
        months = dict(sorted({**months, **live}.items()))
    if live and max(live) == max(months):
        stocks = live[max(live)].figures
    lines = tuple(_month_line(month, months.get(month), reports, month in live) for month in span.months)
    parts = () if place.is_posyandu else _parts(reports, -1, *_frozen_parts(reports, -1))
    return PeriodRecap(place, span, over_months(DEFINITIONS, months, stocks), lines, parts, today)


def _of_parts(place: Place, span: Span, reports: _Reports, today: date) -> PeriodRecap:
    """Where only headlines are shown, the whole is the sum of its parts: nothing is asked twice."""
    letters = PART_LENGTH[place.level]
    by_month, stocks = _frozen_parts(reports, letters)
    months = {
        month: _figures(HEADLINE_DEFINITIONS, together(each[month] for each in by_month.values() if month in each))
        for month in sorted({month for each in by_month.values() for month in each})
    }
    last = _figures(HEADLINE_DEFINITIONS, together(stocks.values())).figures
    lines = tuple(_month_line(month, months.get(month), reports, False) for month in span.months)
    figures = over_months(HEADLINE_DEFINITIONS, months, last)
    return PeriodRecap(place, span, figures, lines, _parts(reports, letters, by_month, stocks), today)


def _figures(definitions: Sequence[Definition], frozen: Frozen) -> MonthFigures:
    return MonthFigures(summed_figures(definitions, frozen, owes=False), frozen.spans)


def _counted_now(code: str, month: date) -> MonthFigures:
    report = counted_report(code, month, scope=None)
    return MonthFigures(report.figures, report.spans)


def _uncounted(reports: _Reports, months: Mapping[date, object]) -> list[date]:
    over = [month for month, posts in reports.owing.items() if posts and month not in months]
    return [*over, *([reports.running] if reports.running else [])]


def _month_line(month: date, found: MonthFigures | None, reports: _Reports, is_live: bool) -> MonthLine:
    counted, owing = len(reports.counted.get(month, ())), len(reports.owing.get(month, ()))
    figures = found.figures if found else None
    final, is_running = reports.final.get(month, 0), month == reports.running
    return MonthLine(month, figures, counted, max(owing, counted), final, is_live, is_running)


def _reports(span: Span, rows: Sequence[AreaMembership], today: date) -> _Reports:
    """Three queries: the posts of each month, the states of their months, their latest frozen reports."""
    months = [month for month in span.months if month <= today]
    here = {(month, row.posyandu_id): row for month in months for row in rows if _is_on(row, clock.last_day(month))}
    inner = Scope(None, frozenset(row.posyandu_id for row in rows))
    periods = Period.objects.within(inner).filter(month__in=months, state__in=SENT)
    checked = set(periods.values_list("month", "posyandu_id"))
    found = MonthlyReport.objects.within(inner).filter(month__in=months, is_latest=True)
    counted: dict[date, dict[UUID, UUID]] = {}
    final: dict[date, int] = {}
    for pk, month, post, version in found.order_by("month").values_list("pk", "month", "posyandu_id", "version"):
        if (month, post) in here and (month, post) in checked:
            counted.setdefault(month, {})[post] = pk
            final[month] = final.get(month, 0) + bool(version)
    owing = {
        month: tuple(
            _Post(row.posyandu_id, row.path, row.posyandu.name)
            for (on, _), row in here.items()
            if on == month and row.posyandu.is_live(month)
        )
        for month in months
    }
    running = next((month for month in months if clock.last_day(month) >= today and owing.pop(month)), None)
    return _Reports(owing, counted, final, {row.path: row.posyandu.name for row in rows}, running)


def _is_on(row: AreaMembership, day: date) -> bool:
    return row.from_date <= day and (row.to_date is None or row.to_date > day)


def _by_part(
    report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int
) -> dict[str, dict[date, Frozen]]:
    """Part → month → what was frozen. The part is so many letters of the post's path; all of it for -1."""
    found: dict[str, dict[date, Frozen]] = {}
    for part, month, *row in _summed(report_ids, definitions, letters):
        found.setdefault(part, {}).setdefault(month, Frozen()).add_row(*row)
    return {part: dict(sorted(months.items())) for part, months in found.items()}


def _stocks(report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int) -> dict[str, Frozen]:
    """Part → what there is: the stocks of each post's last report."""
    found: dict[str, Frozen] = {}
    for part, _, *row in _summed(report_ids, [each for each in definitions if each.stock], letters):
        found.setdefault(part, Frozen()).add_row(*row)
    return found


def _summed(report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int) -> Iterator[tuple]:
    wanted = Q(key__in=[each.key for each in definitions])
    if any(each.median for each in definitions):
        wanted |= Q(key__startswith=SPREAD)
    part = Substr("place", 1, letters) if letters > 0 else F("place") if letters else Value("")
    rows = frozen_figures(report_ids).filter(wanted).annotate(part=part)
    return rows.values_list("part", "month", "key", "state").annotate(Sum("value"), Sum("denominator")).iterator()


def _frozen_parts(reports: _Reports, letters: int) -> tuple[dict[str, dict[date, Frozen]], dict[str, Frozen]]:
    """The headlines of the level below: by month, and what there is at the end. Two queries."""
    by_month = _by_part(reports.ids, HEADLINE_DEFINITIONS, letters)
    return by_month, _stocks(reports.last, HEADLINE_DEFINITIONS, letters)


def _parts(
    reports: _Reports, letters: int, by_month: Mapping[str, Mapping[date, Frozen]], stocks: Mapping[str, Frozen]
) -> tuple[PartLine, ...]:
    counted, owing = _post_months(reports, letters)
    lines = []
    for part in _part_places({*by_month, *owing}, letters, reports.names):
        found = by_month.get(part.code, {})
        figures = {month: _figures(HEADLINE_DEFINITIONS, frozen) for month, frozen in found.items()}
        last = _figures(HEADLINE_DEFINITIONS, stocks.get(part.code, Frozen())).figures
        over = over_months(HEADLINE_DEFINITIONS, figures, last)
        lines.append(PartLine(part, over, counted.get(part.code, 0), owing.get(part.code, 0)))
    return tuple(sorted(lines, key=lambda line: (line.place.name, line.place.code)))


def _post_months(reports: _Reports, letters: int) -> tuple[dict[str, int], dict[str, int]]:
    counted: dict[str, int] = {}
    owing: dict[str, int] = {}
    for month, posts in reports.owing.items():
        for post in posts:
            part = post.path if letters < 0 else post.path[:letters]
            owing[part] = owing.get(part, 0) + 1
            counted[part] = counted.get(part, 0) + (post.id in reports.counted.get(month, ()))
    return counted, owing


def _part_places(codes: Iterable[str], letters: int, names: Mapping[str, str]) -> list[Place]:
    if letters < 0:
        return [post_place(code, names.get(code, code)) for code in codes]
    areas = Area.objects.in_bulk(codes)
    return [Place(code, areas[code].name, areas[code].kind, areas[code].title) for code in codes if code in areas]
