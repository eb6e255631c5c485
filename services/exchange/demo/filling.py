"""One posyandu from empty to full: its people, then month by month what happened, then everything is written."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from services.areas.clock import last_day, month_of, previous_month
from services.areas.settings import remembered
from services.follow_ups.actions import refresh_needs
from services.posyandu.models import Period

from .activities import dig_wells, inform, look_at_wells, patrol, teach
from .births import visit_mothers
from .chance import moment_of
from .days import cancel, dates_of, hold_day, months_ago, plan_day, schedule_of
from .events import happen
from .people import Numbers, settle
from .records import follow_growth
from .rows import Rows, made
from .stories import tell, tell_visitor
from .visits import invite, visit_between
from .world import Person, Post

OPENED, CLOSED = "visits to be made", "visits no longer needed"


def fill_all(posts: list[Post]) -> Counter[str]:
    """Fill posyandu that share a visitor; how many rows of each model."""
    visitors: list[Person] = []
    written: Counter[str] = Counter()
    with remembered():
        for post in posts:
            written += fill(post, visitors).written
    for post in posts:
        post.forget()
    return written


def look_ahead(post: Post) -> Counter[str]:
    """Find out who of a posyandu that is written is to be visited now; how many OPENED and CLOSED."""
    with remembered():
        changes = refresh_needs(posyandu=post.row, on=post.today)
    return Counter({OPENED: changes.opened, CLOSED: changes.closed})


def fill(post: Post, visitors: list[Person]) -> Rows:
    """Make and write everything of one posyandu; who is a guest elsewhere is added to `visitors`."""
    numbers = Numbers(post.turn, post.neighbours)
    if post.plan.has_stories:
        tell(post, numbers)
        post.visitors = visitors
    if post.plan.has_visitor:
        visitors.append(tell_visitor(post, numbers))
    settle(post, numbers)
    happen(post)
    _months(post)
    visit_mothers(post)
    inform(post)
    follow_growth([*post.people, *post.visitors], post.plan.live_from(post.today))
    post.rows.flush()
    return post.rows


def _months(post: Post) -> None:
    schedule = schedule_of(post)
    schedule.save(force_insert=True)
    dates = dates_of(post, schedule)
    held = [day for day in dates if day < post.today and not _is_cancelled(post, day)]
    wells = dig_wells(post, post.plan.live_from(post.today))
    for turn, day in enumerate(dates):
        _add_period(post, month_of(day))
        row = plan_day(post, day)
        post.days.append(row)
        if _is_cancelled(post, day):
            cancel(row)
        elif day < post.today:
            hold_day(post, row, back=sum(later > day for later in held))
            teach(post, row, turn)
            if turn in (0, len(dates) - 2):
                look_at_wells(post, row.encounter, wells)
        else:
            invite(post, row)
        yesterday = post.today - timedelta(days=1)
        patrol(post, month_of(day), min(last_day(month_of(day)), yesterday))
        following = dates[turn + 1] if turn + 1 < len(dates) else post.today
        is_last = following >= post.today
        visit_between(post, day + timedelta(days=1), min(following - timedelta(days=1), yesterday), is_last=is_last)


def _is_cancelled(post: Post, day: date) -> bool:
    return bool(post.plan.cancelled_back) and months_ago(post.today, day) == post.plan.cancelled_back


def _add_period(post: Post, month: date) -> None:
    """Older months are final, the last full month waits at the kelurahan, this month is open."""
    running = month_of(post.today)
    state = Period.State.FINAL
    if month == running:
        state = Period.State.DRAFT
    elif month == previous_month(running):
        state = Period.State.SUBMITTED
    row_id = post.chance.row_id(moment_of(month))
    post.rows.add(made(Period, id=row_id, posyandu_id=post.row.pk, month=month, state=state))
