"""Sums of frozen months. The newest frozen attempt of each posyandu counts while its month is with the levels above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Sum
from django.db.models.functions import Cast

from services.areas.scope import ScopedModel, ScopedQuerySet
from services.fields.registry import FIELDS
from services.posyandu.models import Period
from services.reports.figures import State
from services.reports.models import FrozenFigure, MonthlyReport

from ..rules import ATTENDANCE, D_PER_S, KADER, N_PER_D, STUNTING

REASON = "frozen months of the posts of a place that the asker's scope holds"
HELD = "hari_buka.semua.terlaksana"
VISITS = "kunjungan_rumah.semua.dikunjungi"
WRITTEN = tuple(f"{each.key}.semua.isian" for each in FIELDS)
KEYS = (
    HELD,
    VISITS,
    *WRITTEN,
    *{key for each in (*ATTENDANCE, D_PER_S, N_PER_D, STUNTING, KADER) for key in (each.top, each.bottom)},
)
TREND_KEYS = (HELD, VISITS, D_PER_S.top, D_PER_S.bottom)
# Sent, and not given back: figures are "sementara" from diajukan on, checked from diverifikasi on.
SENT = (Period.State.SUBMITTED, Period.State.VERIFIED, Period.State.RECAPPED, Period.State.FINAL)
CHECKED = (Period.State.VERIFIED, Period.State.RECAPPED, Period.State.FINAL)
KEPT_FOR = 24 * 3600


@dataclass(frozen=True)
class MonthSums:
    """One month of a place: how many posts sent it, and the sums of its trend's figures."""

    month: date
    sent: int
    opened: int
    sums: dict[str, int]


def all_rows(model: type[ScopedModel]) -> ScopedQuerySet:
    """Rows of a model for one of the queries here, each of which narrows them to places that the asker holds."""
    return model.objects.unscoped(reason=REASON)


def newest_attempts(places: Q, months: Sequence[date]):
    """The newest frozen report of each posyandu and month, those given back left out."""
    reports = all_rows(MonthlyReport).filter(places, level="posyandu", month__in=months, is_latest=True)
    sent = all_rows(Period).filter(
        month=OuterRef("month"), posyandu__memberships__path=OuterRef("place"), state__in=SENT
    )
    return reports.filter(Exists(sent))


def figures_of(reports: Iterable[UUID]) -> dict[str, dict[str, int]]:
    """What each posyandu counted: path → key → number; what was not recorded has no key. One query, or none.

    Kept under the reports it is of, for what is frozen never changes.
    """
    ids = sorted(reports)
    name = sha256("".join(map(str, (*sorted(KEYS), *ids))).encode()).hexdigest()
    found: dict[str, dict[str, int]] | None = cache.get(name)
    if found is None:
        found = _figures_of(ids)
        cache.set(name, found, KEPT_FOR)
    return found


def _figures_of(reports: Sequence[UUID]) -> dict[str, dict[str, int]]:
    rows = all_rows(FrozenFigure).filter(report__in=reports, key__in=KEYS, state=State.KNOWN.value)
    found: dict[str, dict[str, int]] = {}
    for place, key, number in rows.values_list("place", "key", Cast("value", IntegerField())):
        found.setdefault(place, {})[key] = number
    return found


def trend_of(places: Q, posts: Sequence[UUID], name: str, months: Sequence[date]) -> list[MonthSums]:
    """A place's months, oldest first: two queries, and two more for months that changed since they were added up.

    `name` is the place's code: what was added up is kept under it, with what it depends on.
    """
    states, reports = _states(posts, months), _reports(places, months)
    keys = {month: f"trend:{name}:{month}:{states.get(month)}:{reports.get(month)}" for month in months}
    safe = {month: sha256(key.encode()).hexdigest() for month, key in keys.items()}
    kept = cache.get_many(safe.values())
    missing = [month for month in months if safe[month] not in kept]
    if missing:
        sums = _summed(places, missing)
        made = {safe[month]: MonthSums(month, states.get(month, (0,))[0], *sums[month]) for month in missing}
        cache.set_many(made, KEPT_FOR)
        kept |= made
    return [kept[safe[month]] for month in months]


def _states(posts: Sequence[UUID], months: Sequence[date]) -> dict[date, tuple]:
    """Month → how many posts sent it, and when one last moved."""
    rows = all_rows(Period).filter(posyandu__in=posts, month__in=months)
    sent = Count("pk", filter=Q(state__in=SENT))
    grouped = rows.order_by().values_list("month").annotate(sent=sent, newest=Max("changed_at"))
    return {month: tuple(rest) for month, *rest in grouped}


def _reports(places: Q, months: Sequence[date]) -> dict[date, tuple]:
    rows = all_rows(MonthlyReport).filter(places, level="posyandu", month__in=months)
    grouped = rows.order_by().values_list("month").annotate(count=Count("pk"), newest=Max("frozen_at"))
    return {month: tuple(rest) for month, *rest in grouped}


def _summed(places: Q, months: Sequence[date]) -> dict[date, tuple[int, dict[str, int]]]:
    """Month → posts that opened, and the sums of the trend's figures; one query of 12 months as of 3."""
    rows = (
        all_rows(FrozenFigure)
        .filter(report__in=newest_attempts(places, months).values("pk"), key__in=TREND_KEYS, state=State.KNOWN.value)
        .order_by()
        .values_list("month", "key")
        .annotate(total=Cast(Sum("value"), IntegerField()), positive=Count("pk", filter=Q(value__gt=0)))
    )
    found: dict[date, tuple[int, dict[str, int]]] = {month: (0, {}) for month in months}
    for month, key, total, positive in rows:
        opened, sums = found[month]
        found[month] = (positive if key == HELD else opened, {**sums, key: total})
    return found
