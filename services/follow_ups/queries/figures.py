"""Needs counted: for the monthly report (domain 5.2.5), per kader, and before a rule is changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from services.accounts.models import User
from services.areas.clock import next_month
from services.areas.scope import Scope, area_filter
from services.posyandu.models import Posyandu

from ..models import Need, NeedEvent
from ..rules import KINDS, decide, median_of
from .facts import facts_at, limits_of

POSTS_TRIED = 40


@dataclass(frozen=True)
class NeedFigure:
    """A month's visits of one kind. The per cent of visited is of owed, of met of visited, of done of owed.

    `owed` were open in the month and due by its end (or were visited in it); `visited` had a visit in it, met or not;
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


def need_figures(posyandu_ids: Iterable[UUID], month: date) -> list[NeedFigure]:
    """The month's figures by kind, in three queries whatever the number of posts; kinds without any need are 0."""
    scope = Scope(user_id=None, posyandu=frozenset(posyandu_ids))
    end = next_month(month)
    owed, events, days = _owed(scope, month, end), _events(scope, month, end), _days(scope, month, end)
    return [
        NeedFigure(
            kind=kind.code,
            label=kind.label,
            owed=owed[kind.code]["owed"],
            visited=events[kind.code]["visited"],
            not_met=events[kind.code]["not_met"],
            referred=events[kind.code]["referred"],
            done=owed[kind.code]["done"],
            median_days=median_of(days[kind.code]),
        )
        for kind in KINDS.values()
    ]


VISITS = (NeedEvent.What.MET, NeedEvent.What.NOT_MET)


def _owed(scope: Scope, month: date, end: date) -> dict[str, dict[str, int]]:
    visited = NeedEvent.objects.within(scope).filter(what__in=VISITS, on__gte=month, on__lt=end)
    lived = Q(opened_on__lt=end) & (Q(closed_on__isnull=True) | Q(closed_on__gte=month))
    due = Q(planned_on__isnull=True, due_on__lt=end) | Q(planned_on__lt=end) | Q(pk__in=visited.values("need"))
    done = Q(closed_on__gte=month, closed_on__lt=end, pk__in=visited.values("need"))
    rows = (
        Need.objects.within(scope)
        .filter(lived, due)
        .values("kind")
        .annotate(owed=Count("pk"), done=Count("pk", filter=done))
        .order_by("kind")
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"owed": 0, "done": 0})
    found.update({row["kind"]: row for row in rows})
    return found


def _events(scope: Scope, month: date, end: date) -> dict[str, dict[str, int]]:
    def needs(*what: str) -> Count:
        return Count("need", filter=Q(what__in=what), distinct=True)

    rows = (
        NeedEvent.objects.within(scope)
        .filter(on__gte=month, on__lt=end)
        .values("need__kind")
        .annotate(
            visited=needs(*VISITS), not_met=needs(NeedEvent.What.NOT_MET), referred=needs(NeedEvent.What.REFERRED)
        )
        .order_by("need__kind")
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"visited": 0, "not_met": 0, "referred": 0})
    found.update({row["need__kind"]: row for row in rows})
    return found


def _days(scope: Scope, month: date, end: date) -> dict[str, dict[int, int]]:
    """Kind → days from opening to a visit → how often."""
    rows = NeedEvent.objects.within(scope).filter(on__gte=month, on__lt=end, what__in=VISITS)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for kind, days, count in rows.values_list("need__kind", "days").annotate(Count("pk")).order_by("need__kind"):
        found[kind][days] = count
    return found


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
    """What a setting would do today: visits it opens and ends, and of how many posts that was computed."""

    opened: int
    closed: int
    tried: int
    posts: int

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
    return Preview(round(opened * share), round(closed * share), len(tried), len(all_posts))
