"""One tally for each posyandu: all counts of a month, by a fixed number of queries whatever the number of people."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, DateField, F, Value, When

from services.areas import clock
from services.areas.scope import Scope
from services.open_days.models import OpenDay
from services.records.models import Attendance
from services.reports.figures import Tally

from .answered import count_forms
from .days import count_institution, count_open_days, count_visits, open_days_of
from .living import count_living
from .measured import count_books, count_measured
from .others import count_births, count_needs, count_tickets, empty_spans
from .people import ELSEWHERE, HELD, Frame, came, empty_counts, lived_here
from .places import Post
from .recapped import count_cards

__all__ = ["attendance_of_months", "open_days_of", "tallies_of"]


def tallies_of(frame: Frame, posts: Sequence[Post]) -> dict[UUID, Tally]:
    """The tally of each post of the frame."""
    counts = empty_counts(frame.posts)
    for count in (
        count_living,
        count_open_days,
        count_measured,
        count_books,
        count_cards,
        count_forms,
        count_visits,
        count_births,
    ):
        count(frame, counts)
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
        tallies[post.id] = Tally(dict(tally), owes, spans[post.id])
    return tallies


def attendance_of_months(scope: Scope, months: Sequence[date], today: date) -> tuple[tuple[date, int | None], ...]:
    """How many people came to open days in each month, by the rule of "hadir"; None where no day was held."""
    days = OpenDay.objects.within(scope).filter(encounter__period__in=months, state__in=HELD)
    held = set(days.order_by().values_list("encounter__period", flat=True).distinct())
    last_days = [When(encounter__period=month, then=Value(min(clock.last_day(month), today))) for month in months]
    present = (
        Attendance.objects.unscoped(reason=ELSEWHERE)
        .filter(came(months))
        .annotate(last=Case(*last_days, output_field=DateField()))
        .filter(lived_here(scope, F("last")))
    )
    found = dict(
        present.order_by().values_list("encounter__period").annotate(number=Count("resident_id", distinct=True))
    )
    return tuple((month, found.get(month, 0) if month in held else None) for month in months)
