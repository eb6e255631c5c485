"""Frozen figures of many reports, summed by the database for each part of a place and month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Substr

from services.fields.registry import FIELDS

from ...figures import DEFINITIONS, Definition, Figure
from ...figures.periods import MonthFigures
from ...figures.summing import SPREAD, Frozen, summed_figures
from ..frozen import frozen_figures

WRITTEN = tuple(f"{each.key}.semua.isian" for each in FIELDS)


def by_month(
    report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int
) -> Iterator[tuple[date, dict[str, Frozen]]]:
    """Month → part → what was frozen, one month after the other; one query.

    The part is so many letters of the post's path: all of it for -1, none for 0.
    """
    rows = _summed(report_ids, definitions, letters).order_by("month").iterator()
    for month, of_month in groupby(rows, key=itemgetter(1)):
        yield month, _by_part(of_month)


def stocks(report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int) -> dict[str, Frozen]:
    """Part → what there is: the stocks of each post's last report. One query."""
    return _by_part(_summed(report_ids, [each for each in definitions if each.stock], letters).iterator())


def figures_of(definitions: Sequence[Definition], frozen: Frozen) -> MonthFigures:
    """What was frozen as figures, with the values behind the medians."""
    return MonthFigures(summed_figures(definitions, frozen, owes=False), frozen.spans)


def last_of(definitions: Sequence[Definition], frozen: Frozen) -> dict[str, Figure]:
    """What there is at the end as figures."""
    return figures_of(definitions, frozen).figures


def fields_written(report_ids: Sequence[UUID]) -> Mapping[tuple[date, str], int]:
    """(month, path of a post) → in how many of the six fields something was entered. One query."""
    rows = frozen_figures(report_ids).filter(key__in=WRITTEN, value__gt=0)
    return {(month, path): number for month, path, number in rows.values_list("month", "place").annotate(Count("key"))}


def _by_part(rows) -> dict[str, Frozen]:
    found: dict[str, Frozen] = {}
    for part, _, *row in rows:
        found.setdefault(part, Frozen()).add_row(*row)
    return found


def _summed(report_ids: Sequence[UUID], definitions: Sequence[Definition], letters: int):
    part = Substr("place", 1, letters) if letters > 0 else F("place") if letters else Value("")
    rows = frozen_figures(report_ids).annotate(part=part)
    if len(definitions) < len(DEFINITIONS):
        wanted = Q(key__in=[each.key for each in definitions])
        if any(each.median for each in definitions):
            wanted |= Q(key__startswith=SPREAD)
        rows = rows.filter(wanted)
    return rows.values_list("part", "month", "key", "state").annotate(Sum("value"), Sum("denominator"))
