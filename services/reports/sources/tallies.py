"""One tally for each posyandu: all counts of a month, by a fixed number of queries whatever the number of people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, F, Func

from services.areas import clock
from services.areas.scope import Scope
from services.open_days.models import OpenDay
from services.records.models import Attendance
from services.reports.figures import Tally

from .answered import count_forms
from .days import count_institution, count_open_days, count_visits
from .living import count_living
from .measured import count_books, count_measured
from .others import count_births, count_needs, count_tickets, empty_spans
from .people import ELSEWHERE, HELD, Frame, came, empty_counts, lived_here
from .places import Post
from .recapped import count_cards

Attended = tuple[tuple[date, int | None], ...]
"""Of each month, how many people came."""

__all__ = ["Attendances", "attendance_of_months", "tallies_of"]


def tallies_of(frame: Frame, posts: Sequence[Post]) -> dict[UUID, Tally]:
    """The tally of each post of the frame."""
    counts = empty_counts(frame.posts)
    for count in (
        count_living,
        count_measured,
        count_books,
        count_cards,
        count_forms,
        count_visits,
        count_births,
    ):
        count(frame, counts)
    days = count_open_days(frame, counts)
    spans = empty_spans(frame.posts)
    count_needs(frame, counts, spans)
    count_tickets(frame, posts, counts, spans)
    busy = count_institution(frame, counts)
    tallies = {}
    for post in posts:
        tally = counts[post.id]
        tally["kelembagaan.posyandu.jumlah"] = 1
        tally["kelembagaan.posyandu.melapor"] = int(post.id in busy)
        owes = post.is_live(frame.month) or post.id in busy
        tallies[post.id] = Tally(dict(tally), owes, spans[post.id], days.get(post.id, ()))
    return tallies


@dataclass(frozen=True)
class Attendances:
    """How many people of each posyandu came in each month, by the rule of "hadir", and which months had a day."""

    months: Sequence[date]
    came: dict[tuple[UUID, date], int]
    held: frozenset[tuple[UUID, date]]

    def of(self, posts: Collection[UUID]) -> Attended:
        """Of these posyandu together; None where none of them held a day."""
        return tuple((month, self._of_month(posts, month)) for month in self.months)

    def _of_month(self, posts: Collection[UUID], month: date) -> int | None:
        if not any((post, month) in self.held for post in posts):
            return None
        return sum(self.came.get((post, month), 0) for post in posts)


class LastDay(Func):
    """The day on which people are banded in the month of a row's encounter; compiled at once, not month by month."""

    output_field = DateField()

    def __init__(self, days: Mapping[date, date], **extra: Any):
        super().__init__(F("encounter__period"), **extra)
        self.days = dict(days)

    def as_sql(self, compiler, connection, **context):
        period, _ = compiler.compile(self.source_expressions[0])
        adapt = connection.ops.adapt_datefield_value
        parameters = [adapt(day) for pair in self.days.items() for day in pair]
        return f"CASE {period} {'WHEN %s THEN %s ' * len(self.days)}END", parameters


def attendance_of_months(scope: Scope, months: Sequence[date], today: date) -> Attendances:
    """The attendances of all posyandu of the scope, in two queries."""
    days = OpenDay.objects.within(scope).filter(encounter__period__in=months, state__in=HELD)
    held = days.order_by().values_list("posyandu_id", "encounter__period").distinct()
    last_days = {month: min(clock.last_day(month), today) for month in months}
    present = (
        Attendance.objects.unscoped(reason=ELSEWHERE)
        .filter(came(months))
        .annotate(last=LastDay(last_days))
        .filter(lived_here(scope, F("last")))
        .annotate(home=F("resident__residencies__posyandu_id"))
    )
    people = present.order_by().values_list("home", "encounter__period")
    found = {
        (home, month): number for home, month, number in people.annotate(number=Count("resident_id", distinct=True))
    }
    return Attendances(months, found, frozenset(held))
