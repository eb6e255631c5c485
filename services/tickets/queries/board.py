"""An office's year at a glance: what lies open by field, type, state and place, what was answered and how fast.

Confidential tickets are counted in none of it. Every number here is the length of a list that `lists.filtered` gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.areas.settings import TIME_ZONE, value_of

from ..models import Ticket
from ..rules import DONE, FINAL, FINDINGS, OFFICE, Finding, median_days
from .lists import Times, late, open_tickets, posts_inside
from .planning import found, planning_scope

MONTHS_SHOWN = 12
FINDINGS_KEPT = 3600
Spans = list[tuple[date, date, int]]


@dataclass
class Part:
    """One line of the board: how many tickets are not over, and how many of those are late."""

    key: str
    label: str
    open: int = 0
    late: int = 0
    parts: dict[str, "Part"] = field(default_factory=dict)

    def add(self, count: int, late_ones: int) -> None:
        self.open += count
        self.late += late_ones


@dataclass
class BoardMonth:
    """A month: how many came in, were settled, and the median working days to the answer and to the end."""

    month: date
    received: int = 0
    done: int = 0
    to_answer: float | None = None
    to_done: float | None = None


@dataclass(frozen=True)
class OfficeBoard:
    """What an office's first page shows. `waiting` lie with the office itself; medians are of the whole year."""

    place: str
    open: int
    late: int
    waiting: int
    fields: tuple[Part, ...]
    states: tuple[Part, ...]
    places: tuple[Part, ...]
    months: tuple[BoardMonth, ...]
    to_answer: float | None
    to_done: float | None
    findings: tuple[tuple[Finding, int], ...]


def office_board(scope: Scope, times: Times, district: str, *, place: str = "") -> OfficeBoard:
    """The tickets routed to the asker's offices, in one place or all; few queries, however many tickets."""
    tickets = open_tickets(scope)
    if place:
        tickets = tickets.filter(posyandu__in=posts_inside(place))
    rows = _unfinished(tickets, times)
    months = [BoardMonth(month) for month in clock.months_back(clock.month_of(times.today), MONTHS_SHOWN)]
    done, answered = _fill(months, tickets, scope, times, district)
    return OfficeBoard(
        place=place,
        open=sum(row["count"] for row in rows),
        late=sum(row["late"] for row in rows),
        waiting=sum(row["waiting"] for row in rows),
        fields=_fields(rows),
        states=_grouped(rows, "state"),
        places=_places(rows, place or district),
        months=tuple(months),
        to_answer=median_days(answered, times.calendar),
        to_done=median_days(done, times.calendar),
        findings=_findings(scope, place, times.today),
    )


def _unfinished(tickets: QuerySet[Ticket], times: Times) -> list[dict]:
    """What is not over, counted by all that the board splits it by: one query."""
    columns = ("field", "request_type", "state", "posyandu__area")
    unfinished = tickets.exclude(turn="").exclude(state__in=FINAL).order_by()
    return list(
        unfinished.values(*columns).annotate(
            count=Count("pk"),
            late=Count("pk", filter=late(times)),
            waiting=Count("pk", filter=Q(turn=OFFICE)),
            about=Max("about"),
        )
    )


def _grouped(rows: Iterable[Mapping], column: str) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for row in rows:
        found.setdefault(row[column], Part(row[column], "")).add(row["count"], row["late"])
    return _worst_first(found.values())


def _worst_first(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.late, -part.open, part.key)))


def _fields(rows: Iterable[Mapping]) -> tuple[Part, ...]:
    """Each field with its request types below it."""
    found: dict[str, Part] = {}
    for row in rows:
        whole = found.setdefault(row["field"], Part(row["field"], ""))
        whole.add(row["count"], row["late"])
        part = whole.parts.setdefault(row["request_type"], Part(row["request_type"], row["about"]))
        part.add(row["count"], row["late"])
    for whole in found.values():
        whole.parts = {part.key: part for part in _worst_first(whole.parts.values())}
    return _worst_first(found.values())


def _places(rows: Iterable[Mapping], code: str) -> tuple[Part, ...]:
    """The places right below a kab/kota or kecamatan; of a desa itself alone. One query for their names."""
    depth = min(code.count(".") + 2, 4)
    found: dict[str, Part] = {}
    for row in rows:
        key = ".".join(row["posyandu__area"].split(".")[:depth])
        found.setdefault(key, Part(key, key)).add(row["count"], row["late"])
    for area in Area.objects.filter(pk__in=list(found)):
        found[area.pk].label = area.title
    return _worst_first(found.values())


def _fill(
    months: list[BoardMonth], tickets: QuerySet[Ticket], scope: Scope, times: Times, district: str
) -> tuple[Spans, Spans]:
    """Count each month and return the year's spans to done and to the office's answer: three queries."""
    first = months[0].month
    by_month = {month.month: month for month in months}
    came = tickets.filter(received_on__gte=first).order_by().values_list("received_on").annotate(count=Count("pk"))
    for day, count in came:
        if clock.month_of(day) in by_month:
            by_month[clock.month_of(day)].received += count
    settled = tickets.filter(state=DONE, done_on__gte=first).order_by()
    done: Spans = list(settled.values_list("received_on", "done_on").annotate(count=Count("pk")))
    answered = _answers(scope, tickets, first, district)
    for name, spans in (("to_done", done), ("to_answer", answered)):
        grouped: dict[date, Spans] = defaultdict(list)
        for span in spans:
            grouped[clock.month_of(span[1])].append(span)
        for month, those in grouped.items():
            if month in by_month:
                setattr(by_month[month], name, median_days(those, times.calendar))
    for _, day_done, count in done:
        if clock.month_of(day_done) in by_month:
            by_month[clock.month_of(day_done)].done += count
    return done, answered


def _answers(scope: Scope, tickets: QuerySet[Ticket], first: date, district: str) -> Spans:
    """From the day a ticket came to the office to the day the office answered it, by the district's clock."""
    zone = ZoneInfo(value_of(TIME_ZONE, district, first))
    since = datetime.combine(first, time.min, tzinfo=zone)
    routed = tickets.filter(routed__office__in=scope.offices, routed__answered_at__gte=since).order_by()
    days = {
        "came": TruncDate("routed__routed_at", tzinfo=zone),
        "answered": TruncDate("routed__answered_at", tzinfo=zone),
    }
    return list(routed.annotate(**days).values_list("came", "answered").annotate(count=Count("pk")))


def _findings(scope: Scope, place: str, today: date) -> tuple[tuple[Finding, int], ...]:
    """How much forms found in the fields the office answers, each as long as its list; counted once an hour."""
    wide = planning_scope(scope)
    mine = [one for one in FINDINGS if wide.fields is None or one.field in wide.fields]
    name = f"{sorted(map(str, scope.offices))} {place} {today} {[one.key for one in mine]}"
    key = "findings:" + sha256(name.encode()).hexdigest()
    counts = cache.get(key)
    if counts is None:
        counts = {one.key: found(one, wide, today, place).count() for one in mine}
        cache.set(key, counts, FINDINGS_KEPT)
    return tuple((one, counts[one.key]) for one in mine)
