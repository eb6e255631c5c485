"""Figures of tickets for a month: per posyandu and field, set-based, confidential ones left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from services.areas import clock

from ..models import Ticket, Transition
from ..rules import FINAL, Calendar, median_days
from .lists import Times, late, times_of

REASON = "figures of posts that the caller holds"


@dataclass
class TicketFigures:
    """One posyandu's tickets of a field in a month.

    `new` came in, `done` were settled and stayed so, `in_process` and `late` are those open on its last day (today,
    while it runs). `done_spans` and `answer_spans` are (from, to, how many): from noting to done, from submitting to
    the first answer.
    """

    new: int = 0
    in_process: int = 0
    done: int = 0
    late: int = 0
    done_spans: list[tuple[date, date, int]] = field(default_factory=list)
    answer_spans: list[tuple[date, date, int]] = field(default_factory=list)


def ticket_figures(posyandu_ids: Iterable[UUID], month: date, district: str) -> dict[tuple[UUID, str], TicketFigures]:
    """(posyandu, field) → figures of a month, in five queries however many tickets there are."""
    today = clock.today(district)
    end = min(clock.last_day(month), today)
    rows = Ticket.objects.unscoped(reason=REASON).filter(posyandu__in=list(posyandu_ids), is_confidential=False)
    found: dict[tuple[UUID, str], TicketFigures] = defaultdict(TicketFigures)
    for post, key, count in _grouped(rows.filter(received_on__range=(month, end))):
        found[post, key].new = count
    _open_at(rows, month, end, times_of(district, today), found)
    _done_in(rows, month, end, found)
    answered = rows.filter(answered_on__range=(month, end), submitted_on__isnull=False)
    for post, key, since, until, count in _grouped(answered, "submitted_on", "answered_on"):
        found[post, key].answer_spans.append((since, until, count))
    return dict(found)


def medians(figures: Iterable[TicketFigures], calendar: Calendar) -> tuple[float | None, float | None]:
    """Median working days to done, and from submitting to the first answer, over several posts or fields."""
    figures = list(figures)
    done = [span for each in figures for span in each.done_spans]
    answered = [span for each in figures for span in each.answer_spans]
    return median_days(done, calendar), median_days(answered, calendar)


def _grouped(rows: QuerySet, *columns: str) -> QuerySet:
    names = ("posyandu", "field", *columns)
    return rows.order_by().values_list(*names).annotate(count=Count("pk"))


def _state_on(end: date) -> Subquery:
    steps = Transition.objects.unscoped(reason=REASON).filter(ticket=OuterRef("pk"), on__lte=end)
    return Subquery(steps.order_by("-at", "-pk").values("to_state")[:1])


def _open_at(rows: QuerySet, month: date, end: date, times: Times, found: dict) -> None:
    """Open on the last day. Late: today by the running clock, in the past by submitted and not answered in time."""
    held = rows.filter(received_on__lte=end).exclude(state__in=FINAL, moved_on__lt=month)
    still = held.annotate(then=_state_on(end)).exclude(then__in=FINAL)
    running = end == times.today
    if running:
        for post, key, count in _grouped(still.filter(late(times))):
            found[post, key].late = count
    most = times.limits.village + times.limits.office
    for post, key, since, answered, count in _grouped(still, "submitted_on", "answered_on"):
        found[post, key].in_process += count
        unanswered = since and since <= end and (answered is None or answered > end)
        if not running and unanswered and times.calendar.elapsed(since, end) > most:
            found[post, key].late += count


def _done_in(rows: QuerySet, month: date, end: date, found: dict) -> None:
    steps = Transition.objects.unscoped(reason=REASON).filter(on__range=(month, end), to_state="selesai")
    moved = rows.filter(pk__in=steps.values("ticket"))
    settled = moved.annotate(then=_state_on(end), on=_done_day(end)).filter(then="selesai")
    for post, key, since, until, count in _grouped(settled, "received_on", "on"):
        found[post, key].done += count
        found[post, key].done_spans.append((since, until, count))


def _done_day(end: date) -> Subquery:
    steps = Transition.objects.unscoped(reason=REASON).filter(ticket=OuterRef("pk"), on__lte=end, to_state="selesai")
    return Subquery(steps.order_by("-at", "-pk").values("on")[:1])


def confidential_count(posyandu_ids: Iterable[UUID], month: date, until: date) -> int | None:
    """How many confidential tickets came in; None (disamarkan) for one to four."""
    count = sum(confidential_counts(posyandu_ids, month, until).values())
    return None if 0 < count < 5 else count


def confidential_counts(posyandu_ids: Iterable[UUID], month: date, until: date) -> dict[UUID, int]:
    """Posyandu → how many came in, in one query. For sums only: whoever shows it hides small numbers."""
    rows = Ticket.objects.unscoped(reason=REASON).filter(posyandu__in=list(posyandu_ids), is_confidential=True)
    came_in = rows.filter(received_on__range=(month, until)).order_by()
    return dict(came_in.values_list("posyandu").annotate(Count("pk")))
