"""Where the months stand: which levels take part, by when, whose turn it is, what is still missing above."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from services.areas import clock
from services.areas.access import Permission
from services.areas.models import Area
from services.areas.scope import Access, Scope, inside
from services.areas.settings import (
    DUE_FINAL,
    DUE_RECAP,
    DUE_SUBMIT,
    DUE_VERIFY,
    LEVELS_TAKING_PART,
    TIME_ZONE,
    value_of,
    values_of,
)
from services.posyandu.models import Correction, Period, Posyandu

from ..models import MonthMove
from ..rules import DOING, NAMES, SENT, Calendar, Level, State, holder_of, levels_from, next_state, not_owed_words

LEVEL_PERMISSION = {
    Level.POST: Permission.SUBMIT_MONTH,
    Level.VILLAGE: Permission.VERIFY_MONTH,
    Level.SUBDISTRICT: Permission.RECAP_MONTH,
    Level.DISTRICT: Permission.FINALISE_MONTH,
}
MOST_WAITING = 200
_DUE = {Level.POST: DUE_SUBMIT, Level.VILLAGE: DUE_VERIFY, Level.SUBDISTRICT: DUE_RECAP, Level.DISTRICT: DUE_FINAL}


def levels_at(area_code: str, on: date) -> frozenset[Level]:
    """The levels that take part in the district of a place."""
    return levels_from(value_of(LEVELS_TAKING_PART, area_code, on))


def calendar_of(area_code: str, on: date) -> Calendar:
    """The district's due days."""
    found = values_of(tuple(_DUE.values()), area_code, on)
    return Calendar({level: found[setting.key] for level, setting in _DUE.items()})


def local_day(moment: datetime, area_code: str) -> date:
    """The calendar day of a moment in a place's district."""
    day = moment.date()
    return clock.local_date(moment, str(ZoneInfo(value_of(TIME_ZONE, area_code, day))))


def held_by(access: Access) -> Callable[[UUID], frozenset[Level]]:
    """The levels for which somebody acts, by post."""
    scopes = {level: access.scope(permission) for level, permission in LEVEL_PERMISSION.items()}
    return lambda post: frozenset(level for level, scope in scopes.items() if scope and post in scope.posyandu)


def why_not_owed(post: Posyandu, month: date) -> str:
    """Why this post sends nothing for the month, as a sentence, or nothing (flows 1)."""
    if post.is_live(month):
        return ""
    return not_owed_words(post.live_from, is_active=post.state == Posyandu.State.ACTIVE)


@dataclass(frozen=True)
class MonthRow:
    """One posyandu's month in a list: its state in words, whose turn it is and until when."""

    posyandu: Posyandu
    period: Period | None
    month: date
    state: str
    words: str
    holder: Level
    due: date
    is_live: bool
    is_late: bool
    is_mine: bool
    action: str = ""
    last: MonthMove | None = None
    oddities: tuple[str, ...] = ()
    unverified: bool = False

    @property
    def is_sent(self) -> bool:
        return self.state in SENT

    @property
    def holder_name(self) -> str:
        return NAMES[self.holder]

    @property
    def is_ready(self) -> bool:
        """Its holder may take it on without a look: it was sent, nothing is odd and nobody wrote a remark."""
        return self.is_mine and not self.oddities and self.state in SENT

    @property
    def order(self):
        return (not self.is_live, not self.is_mine, not self.oddities, not self.is_late, self.posyandu.name)


def month_rows_of(
    scope: Scope, access: Access, month: date, *, oddities: dict[UUID, tuple[str, ...]], part: str = ""
) -> list[MonthRow]:
    """The months of the posts in scope, those that need somebody first; six queries whatever the number of posts."""
    posts = Posyandu.objects.within(scope).exclude(state=Posyandu.State.MERGED).select_related("area")
    if part and scope.holds_area(part):
        posts = posts.filter(inside("path", part))
    found = list(posts.order_by("name"))
    periods = {
        period.posyandu_id: period for period in Period.objects.within(scope).filter(month=month, posyandu__in=found)
    }
    last = _last_moves(periods.values(), scope)
    asked = _proposed(periods.values(), scope)
    held = held_by(access)
    odd = {post: (*oddities.get(post, ()), *asked.get(post, ())) for post in {*oddities, *asked}}
    return sorted(
        (_row(post, periods.get(post.pk), month, last, held(post.pk), odd.get(post.pk, ())) for post in found),
        key=lambda row: row.order,
    )


def month_row(post: Posyandu, access: Access, month: date) -> MonthRow:
    """One posyandu's month."""
    here = Scope(None, frozenset([post.pk]))
    period = Period.objects.within(here).filter(month=month).first()
    last = _last_moves([period] if period else [], here)
    return _row(post, period, month, last, held_by(access)(post.pk), ())


def _last_moves(periods: Iterable[Period], scope: Scope) -> dict[UUID, MonthMove]:
    moves = MonthMove.objects.within(scope).filter(period__in=[period.pk for period in periods])
    return {move.period_id: move for move in moves.select_related("by").order_by("at")}


def _proposed(periods: Iterable[Period], scope: Scope) -> dict[UUID, tuple[str, ...]]:
    """How many corrections wait for a word, by post."""
    rows = Correction.objects.within(scope).filter(period__in=[period.pk for period in periods])
    waiting = rows.filter(state=Correction.State.PROPOSED).values_list("period__posyandu", flat=True)
    return {post: (f"{number} usul koreksi menunggu",) for post, number in Counter(waiting).items()}


def _remark(period: Period | None, last: MonthMove | None) -> tuple[str, ...]:
    """What the last to act wrote for the next, and that the month is open meanwhile."""
    if period is None or period.state not in SENT:
        return ()
    opened = ("Dibuka untuk koreksi",) if period.exception_until else ()
    is_remark = last and last.note and not last.is_unverified and period.state != State.FINAL
    return (*opened, *((f"Catatan: {last.note}",) if is_remark else ()))


def _row(post: Posyandu, period: Period | None, month: date, last, held, oddities) -> MonthRow:
    today = clock.today(post.area_id)
    levels = levels_at(post.area_id, today)
    state = period.state if period else State.DRAFT
    holder = holder_of(state, levels)
    move = last.get(period.pk) if period else None
    since = local_day(move.at, post.area_id) if move else None
    due = calendar_of(post.area_id, today).due_after(month, holder, since)
    is_over = clock.last_day(month) < today
    is_live = post.is_live(month) or state != State.DRAFT
    is_mine = is_over and is_live and holder in held and state != State.FINAL
    return MonthRow(
        posyandu=post,
        period=period,
        month=month,
        state=state,
        words=Period.State(state).label,
        holder=holder,
        due=due,
        is_live=is_live,
        is_late=is_over and state != State.FINAL and today > due,
        is_mine=is_mine,
        action=DOING[holder] if is_mine and next_state(state, levels) else "",
        last=move,
        oddities=(*_remark(period, move), *oddities),
        unverified=bool(move and move.is_unverified),
    )


@dataclass(frozen=True)
class AreaLine:
    """The months of one area below, counted by state; only live posts count as owing."""

    area: Area
    live: int
    states: dict[str, int] = field(default_factory=dict)
    late: int = 0
    mine: int = 0

    @property
    def sent(self) -> int:
        return sum(number for state, number in self.states.items() if state not in Period.OPEN_STATES)

    @property
    def final(self) -> int:
        return self.states.get(State.FINAL, 0)


def by_area(rows: Iterable[MonthRow], length: int) -> list[AreaLine]:
    """Months grouped by the area whose code has so many parts, those with most to do first."""
    groups: dict[str, list[MonthRow]] = {}
    for row in rows:
        groups.setdefault(".".join(row.posyandu.path.split(".")[:length]), []).append(row)
    areas = Area.objects.in_bulk(groups)
    lines = [
        AreaLine(
            area=areas[code],
            live=sum(row.is_live for row in own),
            states=dict(Counter(str(row.state) for row in own if row.is_live)),
            late=sum(row.is_late and row.is_live for row in own),
            mine=sum(row.is_mine and row.is_live for row in own),
        )
        for code, own in groups.items()
        if code in areas
    ]
    return sorted(lines, key=lambda line: (-line.mine, -line.late, line.area.name))


def waiting_corrections(scope: Scope, access: Access) -> list[Correction]:
    """Corrections of any month that wait for this person's word, oldest first."""
    waiting = Correction.objects.within(scope).filter(state=Correction.State.PROPOSED)
    held, levels = held_by(access), cache(lambda area: levels_at(area, clock.today(area)))
    return [
        each
        for each in waiting.select_related("period__posyandu", "proposed_by").order_by("proposed_at")[:MOST_WAITING]
        if holder_of(each.period.state, levels(each.period.posyandu.district_code)) in held(each.period.posyandu_id)
    ]


def moves_at(period: Period, scope: Scope) -> list[MonthMove]:
    """What happened to a month, newest first."""
    return list(MonthMove.objects.within(scope).filter(period=period).select_related("by", "report").order_by("-at"))
