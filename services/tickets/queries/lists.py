"""Lists of tickets: filtered, paged without counting, each with what is late about it in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from services.areas import clock
from services.areas.scope import Scope, inside
from services.posyandu.models import Posyandu

from ..models import RoutedOffice, Ticket
from ..rules import ACTIVE, DONE, FINAL, OFFICE, STATE_LABELS, TELLING, VILLAGE, Calendar, Limits, days_spent
from .deadlines import calendar_of, clock_of, limits_at

PAGE = 25
GROUPS = (
    ("terbuka", "Belum selesai"),
    ("lewat", "Lewat waktu"),
    ("giliran", "Giliran kita"),
    ("selesai", "Selesai"),
    ("semua", "Semua"),
)


@dataclass(frozen=True)
class Filters:
    """What is asked of the list. `place` is a code below the scope; `received` and `done` are months (their 1st)."""

    field: str = ""
    state: str = ""
    group: str = "terbuka"
    place: str = ""
    kind: str = ""
    text: str = ""
    request_type: str = ""
    received: date | None = None
    done: date | None = None


@dataclass(frozen=True)
class Times:
    """One district's day: its calendar and limits."""

    today: date
    calendar: Calendar
    limits: Limits


@dataclass(frozen=True)
class Row:
    """One line of the list; `late` says in words what is late, or nothing."""

    ticket: Ticket
    state: str
    late: str


@dataclass(frozen=True)
class Listing:
    """One page. There is no total: counting 50,000 rows costs more than reading 25."""

    rows: list[Row]
    number: int
    has_next: bool


def times_of(district: str, today: date) -> Times:
    return Times(today, calendar_of(district, today), limits_at(district, today))


def open_tickets(scope: Scope) -> QuerySet[Ticket]:
    """Tickets of the scope that stand on lists; confidential ones stand on none."""
    return Ticket.objects.listed(scope)


def confidential_tickets(scope: Scope) -> QuerySet[Ticket]:
    """The few confidential tickets that this person may read, newest first."""
    found = Ticket.objects.within(scope).filter(is_confidential=True)
    return found.select_related("posyandu").order_by("-received_on", "-pk")


def listing(scope: Scope, filters: Filters, times: Times, *, party: str, page: int = 1) -> Listing:
    """One page of the list, in one query."""
    found = filtered(open_tickets(scope), filters, times, party=party)
    start = (max(page, 1) - 1) * PAGE
    tickets = list(found.select_related("posyandu")[start : start + PAGE + 1])
    return Listing([row_of(ticket, times) for ticket in tickets[:PAGE]], max(page, 1), len(tickets) > PAGE)


def filtered(found: QuerySet[Ticket], filters: Filters, times: Times, *, party: str) -> QuerySet[Ticket]:
    """The tickets that fit the filters: what is late oldest first, all else newest first."""
    if filters.text:
        # Few rows fit: reading all once and sorting those is faster than following an index to each.
        return found.filter(number__iendswith=filters.text.strip()[-24:]).order_by("-created_at", "-pk")
    columns = {"field": filters.field, "kind": filters.kind, "request_type": filters.request_type}
    found = found.filter(**{column: value for column, value in columns.items() if value})
    if filters.place:
        found = found.filter(posyandu__in=posts_inside(filters.place))
    if filters.received:
        found = found.filter(received_on__range=(filters.received, clock.last_day(filters.received)))
    if filters.done:
        found = found.filter(state=DONE, done_on__range=(filters.done, clock.last_day(filters.done)))
    found = found.filter(_of_group(filters, times, party))
    order = ("moved_on", "pk") if filters.group == "lewat" else ("-received_on", "-pk")
    return found.order_by(*order)


def posts_inside(code: str) -> QuerySet:
    """Ids of the posyandu of a place, to narrow rows that are in scope already."""
    posts = Posyandu.objects.unscoped(reason="narrows rows that are in scope already")
    return posts.filter(inside("path", code)).values("pk")


def _of_group(filters: Filters, times: Times, party: str) -> Q:
    state = Q(state=filters.state) if filters.state else Q()
    if filters.group == "lewat":
        return state & late(times) & ~Q(turn="")  # of a ticket that is over it is nobody's turn; for the index
    if filters.state or filters.group == "semua":
        return state
    if filters.group == "giliran":
        return Q(turn=party) & ~Q(state__in=FINAL)
    if filters.group == "selesai":
        return Q(turn="")  # the same rows as those in a final state, which would all be sorted
    return ~Q(state__in=FINAL)


def late(times: Times) -> Q:
    """Tickets whose part has run out, or that nobody moved for too long."""
    today, calendar, limits = times.today, times.calendar, times.limits
    village = Q(clock_part=VILLAGE, clock_since__lt=calendar.cutoff(today, limits.village))
    office = Q(clock_part=OFFICE, clock_since__lt=calendar.cutoff(today, limits.office))
    silent_before = calendar.cutoff(today, limits.idle)
    silent = Q(state__in=ACTIVE, moved_on__lt=silent_before) & (
        Q(survey_on=None) | Q(survey_on__lt=silent_before) | ~Q(state="diproses_opd")
    )
    return village | office | silent


def late_words(ticket: Ticket, times: Times) -> str:
    """'lewat 2 hari kerja', 'diam 5 hari kerja', or nothing; agrees with `late`."""
    today, calendar, limits = times.today, times.calendar, times.limits
    clock = clock_of(ticket)
    if clock.is_running:
        over = days_spent(clock, today, calendar) - limits.of(clock.part)
        if over > 0:
            return f"lewat {over} hari kerja"
    since = ticket.moved_on
    if ticket.state == "diproses_opd" and ticket.survey_on:
        since = max(since, ticket.survey_on)
    silent = calendar.elapsed(since, today) if ticket.state in ACTIVE else 0
    return f"diam {silent} hari kerja" if silent > limits.idle else ""


def row_of(ticket: Ticket, times: Times) -> Row:
    return Row(ticket, STATE_LABELS[ticket.state], late_words(ticket, times))


def to_tell(scope: Scope) -> QuerySet[Ticket]:
    """Tickets with news that whoever reported has not been told; confidential ones are told in person."""
    news = open_tickets(scope).filter(told_on=None, state__in=TELLING)
    return news.select_related("posyandu", "resident").prefetch_related("transitions").order_by("moved_on", "pk")


OFFICE_SHOWN = 200


def tickets_of_office(scope: Scope, times: Times, *, mine: bool = False) -> list[Row]:
    """What lies with the asker's offices, what is late first; `mine` is what was given to her in person.

    The oldest 200: `lying_at_office` counts them all.
    """
    lying = lying_at_office(scope, mine=mine).select_related("posyandu__area")
    tickets = lying.order_by(F("clock_since").asc(nulls_last=True), "pk")[:OFFICE_SHOWN]
    return [row_of(ticket, times) for ticket in tickets]


def lying_at_office(scope: Scope, *, mine: bool = False) -> QuerySet[Ticket]:
    """The tickets that wait for the asker's offices; confidential ones are not among them."""
    ours = Scope(scope.user_id, fields=scope.fields, offices=scope.offices)
    lying = open_tickets(ours).filter(~Q(turn=""), turn=OFFICE)  # both, so that the index of what is not over serves
    if mine:
        given = RoutedOffice.objects.within(ours).filter(office__in=scope.offices, assigned_to=scope.user_id)
        lying = lying.filter(Exists(given.filter(ticket=OuterRef("pk"))))
    return lying


SAME_SHOWN = 5


def alike(scope: Scope, posts: Iterable[Posyandu], field: str, request_type: str = "") -> list[Ticket]:
    """Unfinished tickets of these posts in a field, newest first: a neighbour may join one of them."""
    found = open_tickets(scope).filter(posyandu__in=[post.pk for post in posts], field=field).exclude(state__in=FINAL)
    if request_type:
        found = found.filter(request_type=request_type)
    return list(found.order_by("-received_on", "-pk")[:SAME_SHOWN])


def open_tickets_about(scope: Scope, *, residents: Iterable = (), household=None) -> QuerySet[Ticket]:
    """Unfinished tickets about people of a house, for its page; never a confidential one."""
    about = Q(resident__in=list(residents))
    if household is not None:
        about |= Q(household=household)
    return open_tickets(scope).filter(about).exclude(state__in=FINAL).order_by("-received_on", "-pk")
