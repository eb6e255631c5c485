"""A place over several months in one look: a row a month, a row a place of the level below, headlines beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.areas.scope import Scope
from services.areas.settings import remembered
from services.posyandu.models import Facility

from ...figures import DEFINITIONS, Figure, Place, Section, as_told, disguised, hidden_groups, without_groups
from ...figures.periods import HEADLINE_DEFINITIONS, MonthFigures, OverMonths, Span, Standing, over_months
from ...figures.summing import Frozen, together
from ...monthly import counted_report
from .asking import Asked, Reports, asked_facility, asked_place, part_places, reports_of
from .summing import by_month, fields_written, figures_of, last_of, stocks

NOBODY = Standing()


class _Complete:
    """How many of the posts that owe a line sent a report, and are final."""

    standing: Standing

    @property
    def counted(self) -> int:
        return self.standing.counted

    @property
    def owing(self) -> int:
        return self.standing.owing

    @property
    def final(self) -> int:
        return self.standing.final


@dataclass(frozen=True)
class MonthLine(_Complete):
    """A month of a recap: its headlines, and how many of the posts that owe it sent a report, and are final."""

    month: date
    figures: Mapping[str, Figure] | None
    standing: Standing = NOBODY
    is_live: bool = False
    is_running: bool = False


@dataclass(frozen=True)
class PartLine(_Complete):
    """A place of the level below over all months; what it owes and what is counted are post-months."""

    place: Place
    figures: Mapping[str, Figure]
    standing: Standing = NOBODY


@dataclass(frozen=True)
class PeriodRecap:
    """A place over several months. Above desa/kelurahan `figures` are the headlines only.

    `sections` are those of which every part has every figure; without them the parts have headlines.
    """

    place: Place
    span: Span
    figures: Mapping[str, Figure]
    months: tuple[MonthLine, ...]
    parts: tuple[PartLine, ...]
    made_on: date
    standing: Standing = NOBODY
    sections: tuple[Section, ...] = field(default=())

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


def period_recap(code: str, span: Span, *, scope: Scope | None) -> PeriodRecap:
    """A place over these months; of a post, what was not sent is counted now. Raises UnknownPlace, NotYours."""
    return recap_of(asked_place(code, span, scope=scope))


def facility_recap(facility: Facility, span: Span, *, scope: Scope | None) -> PeriodRecap:
    """The posts that a puskesmas serves over these months. Raises NotYours unless the scope holds all of them."""
    return recap_of(asked_facility(facility, span, scope=scope))


@remembered()
def recap_of(asked: Asked, *, from_above: bool = False) -> PeriodRecap:
    """The same of what was asked; `from_above`: for somebody who may not read small sensitive counts.

    Above desa/kelurahan there are headlines only, none of which is sensitive.
    """
    reports = reports_of(asked)
    reports = replace(reports, fields=fields_written(reports.ids))
    if asked.place.is_above_village:
        return _headlines(asked, reports)
    months = {month: figures_of(DEFINITIONS, parts[""]) for month, parts in by_month(reports.ids, DEFINITIONS, 0)}
    last = last_of(DEFINITIONS, stocks(reports.last, DEFINITIONS, 0).get("", Frozen()))
    live: dict[date, MonthFigures] = {}
    if asked.place.is_posyandu:
        live = {month: _counted_now(asked.place.code, month) for month in _uncounted(reports, months)}
        months = dict(sorted({**months, **live}.items()))
    if live and max(live) == max(months):
        last = live[max(live)].figures
    figures = as_told(over_months(DEFINITIONS, months, last), above=asked.place.is_above_village)
    if from_above:
        # Over the months only what each of them shows: otherwise it would show the one that is hidden.
        hidden = (hidden_groups(disguised(each.figures)) for each in months.values())
        figures = without_groups(figures, set().union(*hidden))
    found = _headlines(asked, reports) if not asked.place.is_posyandu else None
    lines = month_lines(asked, reports, {month: each.figures for month, each in months.items()}, live)
    standing = total_standing(reports)
    return PeriodRecap(asked.place, asked.span, figures, lines, found.parts if found else (), asked.today, standing)


def _headlines(asked: Asked, reports: Reports) -> PeriodRecap:
    """The whole is the sum of its parts: nothing is asked twice. Two queries, and one for the parts' names."""
    whole, parts = OverMonths(HEADLINE_DEFINITIONS), {}
    months: dict[date, Mapping[str, Figure]] = {}
    for month, frozen in by_month(reports.ids, HEADLINE_DEFINITIONS, asked.letters):
        for code, each in frozen.items():
            over = parts.setdefault(code, OverMonths(HEADLINE_DEFINITIONS))
            over.add(figures_of(HEADLINE_DEFINITIONS, each))
        sums = figures_of(HEADLINE_DEFINITIONS, together(frozen.values()))
        whole.add(sums)
        months[month] = sums.figures
    last = stocks(reports.last, HEADLINE_DEFINITIONS, asked.letters)
    standings = reports.over(asked.letters)
    places = part_places([*{**parts, **standings}], asked.letters, reports.names)
    nothing = OverMonths(HEADLINE_DEFINITIONS)
    lines = (
        PartLine(
            place,
            parts.get(code, nothing).figures(last_of(HEADLINE_DEFINITIONS, last.get(code, Frozen()))),
            standings.get(code, NOBODY),
        )
        for code, place in places.items()
    )
    return PeriodRecap(
        asked.place,
        asked.span,
        whole.figures(last_of(HEADLINE_DEFINITIONS, together(last.values()))),
        month_lines(asked, reports, months),
        tuple(lines),
        asked.today,
        total_standing(reports),
    )


def month_lines(
    asked: Asked, reports: Reports, figures: Mapping[date, Mapping[str, Figure]], live: Iterable[date] = ()
) -> tuple[MonthLine, ...]:
    """A line for each month of the span, also for those without a report."""
    return tuple(
        MonthLine(
            month,
            figures.get(month),
            reports.standings(month, 0).get("", NOBODY),
            month in live,
            month == reports.running,
        )
        for month in asked.span.months
    )


def total_standing(reports: Reports) -> Standing:
    """How complete all months together are."""
    return reports.over(0).get("", NOBODY)


def _counted_now(code: str, month: date) -> MonthFigures:
    report = counted_report(code, month, scope=None)
    return MonthFigures(report.figures, report.spans)


def _uncounted(reports: Reports, months: Mapping[date, object]) -> list[date]:
    over = [month for month, posts in reports.owing.items() if posts and month not in months]
    return [*over, *([reports.running] if reports.running and reports.running not in months else [])]
