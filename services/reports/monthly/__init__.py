"""One month of one place: what every page, file and export of a report calls."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from services.areas import clock
from services.areas.scope import Scope
from services.areas.settings import remembered
from services.posyandu.models import Facility
from services.web.rules import month_text

from ..figures import Place, Report, report_from
from ..models import MonthlyReport
from ..sources import Post, posts_of, posts_of_facility
from ..sources.frozen import frozen_area, frozen_post
from .asking import CannotReport, NotYours, held_place, last_closed_month, read_month, refuse_ahead
from .counting import (
    FACILITY,
    MONTHS_OF_CHART,
    counted_facility,
    counted_report,
    month_figures,
    month_rows,
    post_reports,
)

__all__ = [
    "FACILITY",
    "CannotReport",
    "NotYours",
    "counted_report",
    "facility_report",
    "frozen_report",
    "frozen_row",
    "held_place",
    "last_closed_month",
    "month_figures",
    "month_rows",
    "monthly_report",
    "post_reports",
    "read_month",
]


@remembered()
def monthly_report(place: str, month: date, *, scope: Scope | None) -> Report:
    """The report of the place with this code: of a month that was sent as it was frozen, else counted now.

    An area adds up what its posts froze (design 8); while the month runs, or nobody has sent it, it is counted.
    `scope` is whose eyes it is for; None is the operator at the machine. Raises UnknownPlace, NotYours (outside the
    scope) and CannotReport (a month ahead).
    """
    found, post = held_place(place, scope)
    today = clock.today(found.code)
    refuse_ahead(month, today)
    if post is not None:
        return frozen_post(post, month) or counted_report(place, month, scope=scope)
    posts = posts_of(found, None, clock.last_day(month))
    return _frozen(found, posts, month, today, found.code) or counted_report(place, month, scope=scope)


def _frozen(place: Place, posts: Sequence[Post], month: date, today: date, area_code: str) -> Report | None:
    months = clock.months_back(month, MONTHS_OF_CHART)
    return frozen_area(place, posts, month, today=today, area_code=area_code, months=months)


@remembered()
def facility_report(facility: Facility, month: date, *, scope: Scope | None) -> Report:
    """The same report summed over the posts that a puskesmas serves, a row a post.

    Raises NotYours unless the scope holds all of them: a sum over other people's posts is not theirs to see.
    """
    today = clock.today(facility.area_id)
    refuse_ahead(month, today)
    on = min(clock.last_day(month), today)
    posts = posts_of_facility(facility, on)
    if scope is not None and not {post.id for post in posts} <= scope.posyandu:
        raise NotYours(str(facility.pk))
    place = Place(str(facility.pk), facility.name, FACILITY, str(facility))
    if kept := _frozen(place, posts, month, today, facility.area_id):
        return kept
    return counted_facility(place, posts, month, area_code=facility.area_id, scope=scope)


def frozen_report(place: str, month: date, version: int, *, scope: Scope | None) -> Report:
    """A version as it was frozen, read from its document alone. Raises as `monthly_report` does."""
    row = frozen_row(place, month, version, scope=scope)
    return report_from(row.document, sha256=row.sha256)


def frozen_row(place: str, month: date, version: int, *, scope: Scope | None) -> MonthlyReport:
    """The row of a frozen version, under whichever path its post had then. Raises as `monthly_report` does."""
    found, post = held_place(place, scope)
    rows = MonthlyReport.objects.unscoped(reason="a frozen month of a place that the asker's scope holds")
    mine = Q(place=found.code) | (Q(posyandu=post) if post else Q(pk__in=[]))
    row = rows.filter(mine, month=month, version=version).first()
    if row is None:
        raise CannotReport(f"Laporan {found.title} bulan {month_text(month)} belum punya versi {version}.")
    return row
