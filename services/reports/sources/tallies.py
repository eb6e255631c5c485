"""A tally for each posyandu or part of a place, by a fixed number of queries whatever the number of people."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, F, Func

from services.areas import clock
from services.areas.scope import Scope
from services.open_days.models import OpenDay
from services.records.models import Attendance
from services.reports.figures import Tally

from .answered import count_forms, count_people_forms
from .beside import counted_beside
from .days import Lines, count_institution, count_open_days, count_visits, days_of, posts_with_entries
from .living import count_guests, count_living, count_moves
from .measured import count_measured
from .others import Spans, count_births, count_needs, count_tickets, empty_spans
from .people import ELSEWHERE, HELD, Counts, Frame, came, empty_counts, lived_here
from .places import Post

Attended = tuple[tuple[date, int | None], ...]
"""Of each month, how many people came."""

__all__ = ["Attendances", "attendance_of_months", "tallies_of"]


# The longest first.
JOBS = (
    count_people_forms,
    count_living,
    count_measured,
    count_forms,
    count_moves,
    count_guests,
    count_visits,
    count_births,
    count_institution,
)


def tallies_of(frame: Frame, posts: Sequence[Post], part_of: Callable[[Post], str]) -> dict[UUID, Tally]:
    """The tally of each post of the frame; posts with the same part have one together, under the id of its first.

    What a post without an open day counts differs from what the others do, so these are apart (`_together`).
    """
    busy, days = posts_with_entries(frame), list(days_of(frame))
    owing = {post.id for post in posts if post.is_live(frame.month) or post.id in busy}
    frame = replace(frame, together=_together(posts, part_of, owing, days))
    counts, spans = empty_counts(frame), empty_spans(frame)
    lines = _count(frame, posts, counts, spans, days)
    for post in posts:
        counts[post.id]["kelembagaan.posyandu.jumlah"] += 1
        counts[post.id]["kelembagaan.posyandu.melapor"] += post.id in busy
    kept = set(frame.together.values()) or frame.posts
    return {post: Tally(dict(counts[post]), post in owing, spans[post], lines.get(post, ())) for post in kept}


def _together(
    posts: Sequence[Post], part_of: Callable[[Post], str], owing: Collection[UUID], days: Sequence[OpenDay]
) -> dict[UUID, UUID]:
    """Each post with the first that is counted alike: of the same part, owing as it, with the same states of its days.

    Empty where each is alone.
    """
    states: dict[UUID, set[str]] = defaultdict(set)
    for day in days:
        states[day.posyandu_id].add("buka" if day.state in HELD else day.state)
    first: dict[tuple, UUID] = {}
    pairs = {
        post.id: first.setdefault((part_of(post), post.id in owing, frozenset(states[post.id])), post.id)
        for post in posts
    }
    return pairs if len(first) < len(pairs) else {}


def _count(frame: Frame, posts: Sequence[Post], counts: Counts, spans: Spans, days: Sequence[OpenDay]) -> Lines:
    with counted_beside(JOBS, frame, counts):
        count_needs(frame, counts, spans)
        count_tickets(frame, posts, counts, spans)
        return count_open_days(frame, counts, days)


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
