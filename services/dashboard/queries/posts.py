"""The posts of a place in one month: where they belonged, what they sent, how fresh they are, what they counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from services.areas import clock
from services.areas.scope import Scope
from services.areas.settings import DUE_SUBMIT, LEVELS_TAKING_PART, TIME_ZONE, values_of
from services.follow_ups.models import Need, NeedEvent
from services.posyandu.models import AreaMembership, Period, Posyandu
from services.records.models import Encounter, Record
from services.reports.models import MonthlyReport, MonthMove, PaperRecap
from services.reports.rules import Level, holder_of, levels_from
from services.reports.sources.frozen import was_in_time
from services.reports.sources.sums import mark
from services.tickets.queries.lists import late, open_tickets, times_of
from services.tickets.rules import FINAL

from ..rules import TICKETS, TICKETS_BY_FIELD, Counts
from .frozen import CHECKED, HELD, SENT, VISITS, WRITTEN, all_rows, figures_of

NO_TICKETS = {key: 0 for each in (TICKETS, *TICKETS_BY_FIELD) for key in (each.top, each.bottom)}


@dataclass(frozen=True)
class PostMonth:
    """One posyandu in one month. `last` is the day of its newest entry; `counts` know no key that was not recorded.

    `holder` is the level above at which its sent month waits, None where it waits for nobody above.
    """

    pk: UUID
    path: str
    name: str
    live_from: date | None
    is_active: bool
    state: str
    last: date | None
    on_paper: bool
    counts: Counts
    holder: Level | None

    def is_live(self, month: date) -> bool:
        return self.is_active and self.live_from is not None and self.live_from <= month

    @property
    def is_checked(self) -> bool:
        return self.state in CHECKED


def post_months(places: Q, scope: Scope, month: date, today: date, district: str) -> list[PostMonth]:
    """Every post of the places (a condition on `path`) with its month: four queries and the settings, however many."""
    rows = _rows(places, month, today)
    sent = {row["path"]: row for row in rows if row["state"] in SENT and row["report"]}
    figures = figures_of(row["report"] for row in sent.values())
    tickets = _tickets([row["posyandu"] for row in rows], scope, district, today)
    visits = _visits([row["posyandu"] for row in rows], scope, month)
    settings = values_of((DUE_SUBMIT, TIME_ZONE, LEVELS_TAKING_PART), district, month)
    day, zone = settings[DUE_SUBMIT.key], settings[TIME_ZONE.key]
    levels = levels_from(settings[LEVELS_TAKING_PART.key])
    return [
        _post(
            row,
            month,
            figures.get(row["path"], {}),
            tickets.get(row["posyandu"], {}),
            visits.get(row["posyandu"], {}),
            was_in_time(row["first"], month, day, zone),
            _holder(row["state"], levels),
        )
        for row in rows
    ]


def _rows(places: Q, month: date, today: date) -> list[dict]:
    reports = all_rows(MonthlyReport).filter(place=OuterRef("path"), month=month)
    sendings = all_rows(MonthMove).filter(
        period__posyandu=OuterRef("posyandu"), period__month=month, to_state=Period.State.SUBMITTED
    )
    period = all_rows(Period).filter(posyandu=OuterRef("posyandu"), month=month)
    filled = Exists(all_rows(Record).filter(encounter=OuterRef("pk")))
    entries = all_rows(Encounter).filter(filled, posyandu=OuterRef("posyandu"), date__lte=today)
    return list(
        all_rows(AreaMembership)
        .filter(AreaMembership.on_day(clock.last_day(month)), places)
        .exclude(posyandu__state=Posyandu.State.MERGED)
        .order_by("posyandu__name", "path")
        .values("posyandu", "path", "posyandu__name", "posyandu__live_from", "posyandu__state")
        .annotate(
            state=Subquery(period.values("state")[:1]),
            report=Subquery(reports.filter(is_latest=True).values("pk")[:1]),
            on_paper=Exists(all_rows(PaperRecap).filter(posyandu=OuterRef("posyandu"), month=month)),
            first=Subquery(sendings.order_by("at").values("at")[:1]),
            last=Subquery(entries.order_by("-date").values("date")[:1]),
        )
    )


def _tickets(posts: Sequence[UUID], scope: Scope, district: str, today: date) -> dict[UUID, dict[str, int]]:
    """Unfinished and late tickets of each post, whole and by field; confidential ones are counted nowhere."""
    here = Scope(scope.user_id, frozenset(posts))
    is_late = Count("pk", filter=late(times_of(district, today)))
    unfinished = open_tickets(here).exclude(state__in=FINAL).order_by()
    found: dict[UUID, dict[str, int]] = {}
    for post, field, count, late_ones in unfinished.values_list("posyandu", "field").annotate(
        count=Count("pk"), late=is_late
    ):
        counts = found.setdefault(post, {"tickets_open": 0, "tickets_late": 0})
        counts |= {f"tickets_open_{field}": count, f"tickets_late_{field}": late_ones}
        counts["tickets_open"] += count
        counts["tickets_late"] += late_ones
    return found


def _visits(posts: Sequence[UUID], scope: Scope, month: date) -> dict[UUID, dict[str, int]]:
    """How many visits each post owed by the end of the month, and made in it; owed as in follow_ups.queries.figures."""
    here, last = Scope(scope.user_id, frozenset(posts)), clock.last_day(month)
    events = all_rows(NeedEvent).filter(what__in=NeedEvent.VISITS, on__gte=month, on__lte=last)
    needs = Need.objects.within(here).filter(Q(closed_on=None) | Q(closed_on__gte=month), opened_on__lte=last)
    due = Q(planned_on=None, due_on__lte=last) | Q(planned_on__lte=last)
    # Grouped by both, and not filtered by one of them: the database then looks for the visits once.
    rows = needs.order_by().values_list("posyandu", mark(due), mark(Q(pk__in=events.values("need"))))
    visits: dict[UUID, dict[str, int]] = {}
    for post, is_due, is_visited, number in rows.annotate(number=Count("pk")):
        counts = visits.setdefault(post, {"visits_owed": 0, "visits_done": 0})
        counts["visits_owed"] += number if is_due or is_visited else 0
        counts["visits_done"] += number if is_visited else 0
    return visits


def _holder(state: str | None, levels: frozenset[Level]) -> Level | None:
    waits = state in SENT and state != Period.State.FINAL
    return holder_of(state, levels) if waits else None


def _post(
    row: dict, month: date, figures: Counts, tickets: Counts, visits: Counts, in_time: bool, holder: Level | None
) -> PostMonth:
    """Tickets count wherever they are, as in their list; all else only of a post that has begun."""
    is_active = row["posyandu__state"] == Posyandu.State.ACTIVE
    live_from, state = row["posyandu__live_from"], row["state"] or Period.State.DRAFT
    live = is_active and live_from is not None and live_from <= month
    counts: dict[str, int] = dict(figures)
    if live:
        sent = state in SENT
        counts |= {"live": 1, "sent": int(sent), "checked": int(state in CHECKED)}
        counts |= {"final": int(state == Period.State.FINAL), "on_time": int(sent and in_time)}
        counts |= {"visits_owed": 0, "visits_done": 0, **visits, **NO_TICKETS}
    counts |= tickets
    if figures:
        counts |= {"opened": int(figures.get(HELD, 0) > 0), "fields": sum(figures.get(key, 0) > 0 for key in WRITTEN)}
        counts["visits"] = figures.get(VISITS, 0)
    return PostMonth(
        row["posyandu"],
        row["path"],
        row["posyandu__name"],
        live_from,
        is_active,
        state,
        row["last"],
        row["on_paper"],
        counts,
        holder,
    )
