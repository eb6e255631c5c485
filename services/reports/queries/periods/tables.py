"""Every figure of a place and of each place below it over several months; small sensitive counts stay hidden.

Months are taken one after the other: of a year of a kabupaten only one month is in memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.areas.settings import remembered

from ...figures import (
    DEFINITIONS,
    SECTIONS,
    Definition,
    Figure,
    Place,
    Section,
    as_told,
    disguised,
    disguised_parts,
    hidden_groups,
    without_groups,
)
from ...figures.periods import HEADLINES, OverMonths, Standing, definitions_of
from ...figures.summing import Frozen, together
from .asking import Asked, Reports, part_of, part_places, reports_of
from .recap import NOBODY, PartLine, PeriodRecap, month_lines, total_standing
from .summing import by_month, fields_written, figures_of, last_of, stocks

Figures = Mapping[str, Figure]
Groups = set[tuple[str, str]]


@dataclass(frozen=True)
class MonthTable:
    """One month, or all together: the whole and the places below, as they may be shown beside each other."""

    whole: Figures
    parts: Mapping[str, Figures]


class Tables:
    """The months of a place in order, and after them what they make together.

    `hides`: for whoever may not read small sensitive counts. A month hides what the report of that month hides; over
    the months a group is shown only where every month shows it, so that no subtraction tells what a month does not.
    """

    def __init__(self, asked: Asked, reports: Reports, definitions: Sequence[Definition], *, hides: bool) -> None:
        self.asked, self.reports, self.hides = asked, reports, hides
        self._definitions = definitions
        codes = {part_of(report.path, asked.letters) for report in reports.all} | {*reports.over(asked.letters)}
        self.places: Mapping[str, Place] = part_places(sorted(codes), asked.letters, reports.names)
        self._whole = OverMonths(definitions)
        self._parts = {code: OverMonths(definitions) for code in self.places}
        self._hidden: dict[str, Groups] = {code: set() for code in ("", *self.places)}

    def months(self) -> Iterator[tuple[date, MonthTable]]:
        """Each month that has reports, oldest first: one query. To be used up before `total`."""
        for month, frozen in by_month(self.reports.ids, self._definitions, self.asked.letters):
            sums = figures_of(self._definitions, together(frozen.values()))
            self._whole.add(sums)
            parts = {}
            for code, each in frozen.items():
                found = figures_of(self._definitions, each)
                self._parts[code].add(found)
                parts[code] = found.figures
            table = self._told(sums.figures, parts)
            yield month, self._hide(table) if self.hides else table

    def _hide(self, table: MonthTable) -> MonthTable:
        whole, parts = disguised(table.whole), table.parts
        if any(self.places[code].is_above_village for code in parts):  # as `sources.frozen` does it
            parts = {code: disguised(figures) for code, figures in parts.items()}
        parts = disguised_parts(whole, parts)
        for code, figures in (("", whole), *parts.items()):
            self._hidden[code] |= hidden_groups(figures)
        return MonthTable(whole, parts)

    def total(self) -> MonthTable:
        """All months together: one query."""
        last = stocks(self.reports.last, self._definitions, self.asked.letters)
        whole = self._whole.figures(last_of(self._definitions, together(last.values())))
        parts = {
            code: over.figures(last_of(self._definitions, last.get(code, Frozen())))
            for code, over in self._parts.items()
        }
        return self._told(
            without_groups(whole, self._hidden[""]),
            {code: without_groups(figures, self._hidden[code]) for code, figures in parts.items()},
        )

    def _told(self, whole: Figures, parts: Mapping[str, Figures]) -> MonthTable:
        below = {code: as_told(each, above=self.places[code].is_above_village) for code, each in parts.items()}
        return MonthTable(as_told(whole, above=self.asked.place.is_above_village), below)

    def standings(self, month: date | None = None) -> dict[str, Standing]:
        """Part → how complete it is in a month, or in all of them; "" is the whole."""
        if month is None:
            return {**self.reports.over(self.asked.letters), "": total_standing(self.reports)}
        return {**self.reports.standings(month, self.asked.letters), **self.reports.standings(month, 0)}


def tables_of(asked: Asked, *, section: Section | None = None, from_above: bool = False) -> Tables:
    """The tables of what was asked, of all sections or of one."""
    reports = reports_of(asked)
    reports = replace(reports, fields=fields_written(reports.ids))
    definitions = definitions_of(section) if section else DEFINITIONS
    return Tables(asked, reports, definitions, hides=from_above or asked.place.is_above_village)


@remembered()
def tables_recap(asked: Asked, *, section: Section | None = None, from_above: bool = False) -> PeriodRecap:
    """The recap with every figure of every place below, of all sections or of one."""
    tables = tables_of(asked, section=section, from_above=from_above)
    headlines = [key for _, key in HEADLINES]
    months = {
        month: {key: table.whole[key] for key in headlines if key in table.whole} for month, table in tables.months()
    }
    total, standings = tables.total(), tables.standings()
    parts = tuple(
        PartLine(place, total.parts[code], standings.get(code, NOBODY)) for code, place in tables.places.items()
    )
    lines = month_lines(asked, tables.reports, months)
    shown = (section,) if section else SECTIONS
    return PeriodRecap(asked.place, asked.span, total.whole, lines, parts, asked.today, standings[""], shown)
