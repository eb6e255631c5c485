"""The dashboard of a kab/kota, kecamatan, kelurahan or desa: one closed month, and the year before it."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.models import Area
from services.areas.scope import Scope
from services.reports.monthly import CannotReport, last_closed_month, read_month
from services.reports.queries.months import held_by
from services.tickets.queries import Waiting, waiting_for
from services.tickets.rules import VILLAGE

from ..queries import areas_around, may_see, place_month
from .drawing import (
    BY_POST,
    COLUMN_SETS,
    Pens,
    all_posts,
    headings,
    map_of,
    month_rows,
    numbers,
    reached_of,
    rows_of,
    tickets_of,
    trend_charts,
)

LINES_PER_PAGE = 60


@requires(Permission.SEE_PLACES)
def place_detail(request, code):
    """How a place and those right below it are doing, worst first."""
    return show_place(request, request.scope, code)


def show_place(request, scope: Scope, code: str):
    """The page of a place; 404 outside the scope, and for a posyandu (its page is its report)."""
    if not may_see(scope, code):
        raise Http404
    areas = areas_around(code)
    area = areas.get(code)
    if area is None or area.level == Area.Level.PROVINCE:
        raise Http404
    today = clock.today(code)
    month = _month(request.GET.get("bulan", ""), last_closed_month(today))
    chosen = request.GET.get("kolom", "")
    chosen = chosen if chosen in COLUMN_SETS else "ringkas"
    by_post = request.GET.get("baris") == BY_POST
    place = place_month(area, areas, scope, month, today, request.GET.get("urut", ""), by_post=by_post)
    pens = Pens(month=month, today=today, columns=chosen, by_post=place.by_post, **_may(request))
    page = Paginator(place.lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    own = areas.get(scope.areas[0]) if scope.areas else None
    context = {
        "place": place,
        "pens": pens,
        "column_sets": [(key, label) for key, (label, _) in COLUMN_SETS.items()],
        "headings": headings(place, pens),
        "page": page,
        "rows": rows_of(page.object_list, pens),
        "all_posts": all_posts(place, pens),
        "reached": reached_of(place, pens),
        "numbers": numbers(place, pens),
        "charts": trend_charts(place),
        "trend": month_rows(place),
        "map": None if place.by_post else map_of(place, pens),
        "tickets": tickets_of(place, pens),
        **({"place_name": own.title} if own else {}),
        "may_set": request.access.may(Permission.MANAGE_POSTS),
        "waiting": _waiting(request),
        "months_waiting": _months_waiting(request, place),
    }
    return render(request, "dashboard/place_detail.html", context)


def _waiting(request) -> Waiting | None:
    """What the desa's own people have to move on: returned by an OPD first, with its reason."""
    handling = request.access.scope(Permission.HANDLE_TICKET)
    return waiting_for(handling, VILLAGE, tells=False) if handling else None


def _months_waiting(request, place) -> int:
    """How many reports of the month wait for this person's own level."""
    held = held_by(request.access)
    return sum(level in held(post) for post, level in place.waiting)


def _may(request) -> dict[str, bool]:
    access = request.access
    return {"may_open": access.may(Permission.SEE_REPORT), "may_tickets": access.may(Permission.SEE_TICKETS)}


def _month(text: str, closed: date) -> date:
    """The month that is asked, or the last closed one; a month that runs or lies ahead has no dashboard yet."""
    try:
        month = read_month(text) if text else closed
    except CannotReport as problem:
        raise Http404 from problem
    if month > closed:
        raise Http404
    return month
