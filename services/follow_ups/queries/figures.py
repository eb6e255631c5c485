"""Needs counted: for the monthly report (domain 5.2.5), per kader, and before a rule is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from services.accounts.models import User
from services.areas.clock import next_month
from services.areas.scope import Scope, area_filter
from services.posyandu.models import Posyandu
from services.web.rules import number_text

from ..models import Need, NeedEvent
from ..rules import KINDS, decide
from .facts import facts_at, limits_of

POSTS_TRIED = 40
SMALLEST_TOLD = 5


def owed_needs(scope: Scope, month: date) -> QuerySet[Need]:
    """Needs that were open in a month and due by its end, or were visited in it; `done` is 1 for those visited and
    ended in it.

    Who was visited counts even where the need had ended by itself before that day: else more would be visited than was
    needed.
    """
    end = next_month(month)
    visited = Q(pk__in=need_events(scope, month).filter(what__in=NeedEvent.VISITS).values("need"))
    lived = Q(opened_on__lt=end) & (Q(closed_on__isnull=True) | Q(closed_on__gte=month))
    due = Q(planned_on__isnull=True, due_on__lt=end) | Q(planned_on__lt=end)
    done = When(visited & Q(closed_on__gte=month, closed_on__lt=end), then=1)
    needs = Need.objects.within(scope).filter(lived & due | visited)
    return needs.annotate(done=Case(done, default=0, output_field=IntegerField()))


def need_events(scope: Scope, month: date) -> QuerySet[NeedEvent]:
    """What happened to needs in a month."""
    return NeedEvent.objects.within(scope).filter(on__gte=month, on__lt=next_month(month))


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
