"""Needs counted: for the monthly report (domain 5.2.5), per kader, and before a rule is changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from services.accounts.models import User
from services.areas.clock import next_month
from services.areas.scope import Scope, area_filter
from services.posyandu.models import Posyandu
from services.web.rules import number_text

from ..models import Need, NeedEvent
from ..rules import KINDS, Kind, decide, median_of
from .facts import facts_at, limits_of

POSTS_TRIED = 40
SMALLEST_TOLD = 5


@dataclass(frozen=True)
class NeedFigure:
    """A month's visits of one kind. The per cent of visited is of owed, of met of visited, of done of owed.

    `owed` were open in the month and due by its end, or were visited in it; `visited` had a visit in it, met or not;
    `median_days` from the opening to the visit.
    """

    kind: str
    label: str
    owed: int
    visited: int
    not_met: int
    referred: int
    done: int
    median_days: float | None

    @property
    def percent_visited(self) -> float | None:
        return 100 * self.visited / self.owed if self.owed else None

    @property
    def percent_done(self) -> float | None:
        return 100 * self.done / self.owed if self.owed else None


@dataclass
class NeedCounts:
    """What NeedFigure says, of one posyandu and kind, so that it adds up. `days` → how often, in place of a median."""

    owed: int = 0
    visited: int = 0
    not_met: int = 0
    referred: int = 0
    done: int = 0
    days: Counter[int] = field(default_factory=Counter)


def need_figures(posyandu_ids: Iterable[UUID], month: date) -> list[NeedFigure]:
    """The month's figures by kind, in three queries whatever the number of posts; kinds without any need are 0."""
    by_kind: dict[str, list[NeedCounts]] = defaultdict(list)
    for (_, code), counts in need_counts(posyandu_ids, month).items():
        by_kind[code].append(counts)
    return [_figure(kind, by_kind[kind.code]) for kind in KINDS.values()]


def _figure(kind: Kind, parts: Iterable[NeedCounts]) -> NeedFigure:
    whole = NeedCounts()
    for part in parts:
        for name in COUNTED:
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        whole.days += part.days
    counted = {name: getattr(whole, name) for name in COUNTED}
    return NeedFigure(kind=kind.code, label=kind.label, median_days=median_of(whole.days), **counted)


def need_counts(posyandu_ids: Iterable[UUID], month: date) -> dict[tuple[UUID, str], NeedCounts]:
    """(posyandu, kind) → the counts of a month, in three queries; what had no need at all is absent."""
    scope = Scope(user_id=None, posyandu=frozenset(posyandu_ids))
    end = next_month(month)
    found: dict[tuple[UUID, str], NeedCounts] = defaultdict(NeedCounts)
    for post, kind, owed, done in _owed(scope, month, end):
        found[post, kind].owed, found[post, kind].done = owed, done
    for post, kind, visited, not_met, referred in _events(scope, month, end):
        each = found[post, kind]
        each.visited, each.not_met, each.referred = visited, not_met, referred
    for post, kind, days, times in _days(scope, month, end):
        found[post, kind].days[days] = times
    return dict(found)


COUNTED = ("owed", "visited", "not_met", "referred", "done")
VISITS = (NeedEvent.What.MET, NeedEvent.What.NOT_MET)


def _owed(scope: Scope, month: date, end: date) -> QuerySet:
    """How many were due or visited. Who was visited counts even where the need had ended by itself before that day:
    else more would be visited than was needed."""
    events = NeedEvent.objects.within(scope).filter(what__in=VISITS, on__gte=month, on__lt=end)
    visited = Q(pk__in=events.values("need"))
    lived = Q(opened_on__lt=end) & (Q(closed_on__isnull=True) | Q(closed_on__gte=month))
    due = Q(planned_on__isnull=True, due_on__lt=end) | Q(planned_on__lt=end)
    done = visited & Q(closed_on__gte=month, closed_on__lt=end)
    rows = Need.objects.within(scope).filter(lived & due | visited).order_by().values_list("posyandu", "kind")
    return rows.annotate(owed=Count("pk"), done=Count("pk", filter=done))


def _events(scope: Scope, month: date, end: date) -> QuerySet:
    def needs(*what: str) -> Count:
        return Count("need", filter=Q(what__in=what), distinct=True)

    rows = NeedEvent.objects.within(scope).filter(on__gte=month, on__lt=end).order_by()
    return rows.values_list("need__posyandu", "need__kind").annotate(
        visited=needs(*VISITS), not_met=needs(NeedEvent.What.NOT_MET), referred=needs(NeedEvent.What.REFERRED)
    )


def _days(scope: Scope, month: date, end: date) -> QuerySet:
    """Posyandu, kind, days from opening to a visit, and how often."""
    rows = NeedEvent.objects.within(scope).filter(on__gte=month, on__lt=end, what__in=VISITS).order_by()
    return rows.values_list("need__posyandu", "need__kind", "days").annotate(times=Count("pk"))


@dataclass(frozen=True)
class Load:
    """How much one kader has to do, and did this month; without an account: what nobody has been asked to do."""

    user_id: int | None
    name: str
    waiting: int
    late: int
    done: int


def loads_at(scope: Scope, kader: Iterable[User], today: date) -> list[Load]:
    """Open, late and done needs per kader, the most burdened first: two queries."""
    month = today.replace(day=1)
    late = Q(planned_on__lt=today) | Q(planned_on__isnull=True, due_on__lt=today)
    waiting = Need.objects.within(scope).filter(closed_on__isnull=True, state=Need.State.OPEN)
    rows = (
        waiting.values("assigned_to")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=late))
        .order_by("assigned_to")
    )
    owed = {row["assigned_to"]: (row["waiting"], row["late"]) for row in rows}
    visits = NeedEvent.objects.within(scope).filter(what=NeedEvent.What.MET, on__gte=month, on__lte=today)
    counted = visits.values("author").annotate(done=Count("need", distinct=True)).order_by("author")
    done = {row["author"]: row["done"] for row in counted}
    people = [(user.pk, user.name) for user in kader]
    lines = [Load(pk, name, *owed.get(pk, (0, 0)), done.get(pk, 0)) for pk, name in people]
    lines.sort(key=lambda load: (-load.waiting, load.name))
    return [*lines, Load(None, "Belum ada yang ditugasi", *owed.get(None, (0, 0)), 0)]


@dataclass(frozen=True)
class Preview:
    """What a setting would do today: visits it opens and ends, and of how many posts that was computed.

    Where a sensitive rule opens or ends a few only, how many is not told (design 5).
    """

    opened: int
    closed: int
    tried: int
    posts: int
    is_sensitive: bool = False

    @property
    def opened_text(self) -> str:
        return self._text(self.opened)

    @property
    def closed_text(self) -> str:
        return self._text(self.closed)

    def _text(self, count: int) -> str:
        few = self.is_sensitive and 0 < count < SMALLEST_TOLD
        return f"kurang dari {SMALLEST_TOLD}" if few else number_text(count)

    @property
    def is_estimate(self) -> bool:
        return self.tried < self.posts


def preview_of(scope: Scope, district: str, key: str, value: Any, on: date) -> Preview:
    """How many needs would be opened and closed today in this kab/kota if the setting had this value.

    Up to forty posts are computed, spread over the district; more are estimated from them.
    """
    posts = Posyandu.objects.within(scope).filter(
        area_filter("path", (district,)), live_from__lte=on, state=Posyandu.State.ACTIVE
    )
    all_posts = list(posts.order_by("path"))
    tried = all_posts[:: max(1, -(-len(all_posts) // POSTS_TRIED))]
    limits = {**limits_of(district, on), key: value}
    opened = closed = 0
    for posyandu in tried:
        facts = facts_at(posyandu, on=on, limits=limits)
        if facts:
            plan = decide(facts.post, facts.people, facts.houses, facts.known)
            opened, closed = opened + len(plan.openings), closed + len(plan.closings)
    share = len(all_posts) / len(tried) if tried else 1
    is_sensitive = any(kind.is_sensitive and kind.code.lower() in key.split("_") for kind in KINDS.values())
    return Preview(round(opened * share), round(closed * share), len(tried), len(all_posts), is_sensitive)
