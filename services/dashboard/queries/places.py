from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q

from services.areas.clock import month_of
from services.areas.models import Area
from services.areas.scope import Scope, inside
from services.home_visits.models import HomeVisit
from services.open_days.models import OpenDay
from services.posyandu.models import Posyandu
from services.records.models import Attendance, Record

POSTS_PER_PAGE = 50


@dataclass(frozen=True)
class PostRow:
    """How one posyandu is doing this month. `last_entry` is when something last came in; None is never."""

    posyandu: Posyandu
    is_live: bool
    open_days: int
    present: int
    visits: int
    last_entry: datetime | None


@dataclass(frozen=True)
class Board:
    """The posts of a place, those that need help first, with what they add up to."""

    page: Page
    rows: list[PostRow]
    live: int
    opened: int
    present: int
    visits: int
    parts: list[Area]
    chosen: str


def board_of(scope: Scope, on: date, *, part: str = "", page: str | int = 1) -> Board:
    """The posts of a scope for the month of `on`; six queries, however many posts there are."""
    posts = Posyandu.objects.within(scope).exclude(state=Posyandu.State.MERGED).select_related("area")
    if part and scope.holds_area(part):
        posts = posts.filter(inside("path", part))
    rows = sorted(_rows(list(posts), scope, month_of(on)), key=_needs_help)
    paged = Paginator(rows, POSTS_PER_PAGE).get_page(page)
    return Board(
        page=paged,
        rows=list(paged.object_list),
        live=sum(row.is_live for row in rows),
        opened=sum(row.is_live and row.open_days > 0 for row in rows),
        present=sum(row.present for row in rows),
        visits=sum(row.visits for row in rows),
        parts=_parts(scope),
        chosen=part,
    )


def _rows(posts: list[Posyandu], scope: Scope, month: date) -> list[PostRow]:
    opened = _by_post(
        OpenDay.objects.within(scope).filter(
            encounter__period=month, state__in=[OpenDay.State.RUNNING, OpenDay.State.CLOSED]
        ),
        "posyandu",
        Count("pk"),
    )
    here = Q(state=Attendance.State.PRESENT, encounter__kind="hari_buka", encounter__period=month)
    present = _by_post(Attendance.objects.within(scope).filter(here), "encounter__posyandu", Count("pk"))
    visits = _by_post(HomeVisit.objects.within(scope).filter(encounter__period=month), "posyandu", Count("pk"))
    entries = _by_post(Record.objects.within(scope), "encounter__posyandu", Max("changed_at"))
    return [
        PostRow(
            posyandu=post,
            is_live=post.is_live(month),
            open_days=opened.get(post.pk, 0),
            present=present.get(post.pk, 0),
            visits=visits.get(post.pk, 0),
            last_entry=entries.get(post.pk),
        )
        for post in posts
    ]


def _by_post(rows, column: str, what) -> dict:
    return dict(rows.order_by().values_list(column).annotate(found=what))


def _needs_help(row: PostRow):
    """Live posts without an open day first, then the longest silent; those that have not started come last."""
    silent = row.last_entry.timestamp() if row.last_entry else 0
    return (not row.is_live, row.open_days > 0, silent, row.posyandu.name)


def _parts(scope: Scope) -> list[Area]:
    """The places one level below, to look at one of them alone."""
    return list(
        Area.objects.filter(parent__in=scope.areas, posyandu__isnull=False).distinct().order_by("name")
    ) or list(Area.objects.filter(parent__in=scope.areas).exclude(level=Area.Level.VILLAGE).order_by("name"))
