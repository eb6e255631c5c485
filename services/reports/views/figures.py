"""One number: what it counts, its rows where names may be seen, its parts where not."""

from django.http import Http404
from django.shortcuts import render

from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.posyandu.models import Posyandu

from ..models import MonthlyReport
from ..monthly import CannotReport, NotYours, monthly_report
from ..queries.months import month_row
from ..queries.rows import may_list, rows_behind
from ..renderers.shown import cell_of
from ..sources import UnknownPlace
from .fetching import as_seen, day_of


@requires(Permission.SEE_REPORT)
def figure_detail(request, place, month, key):
    """A number of a report opens what it counts: rows at a posyandu, the level below at an area."""
    try:
        report = as_seen(request, monthly_report(place, day_of(month), scope=request.scope))
    except (UnknownPlace, NotYours, CannotReport) as problem:
        raise Http404 from problem
    if key not in report.figures:
        raise Http404
    context = {
        "report": report,
        "figure": report.figures[key],
        "cell": cell_of(report.figures[key]),
        "parts": [(part.place, cell_of(part.figures[key])) for part in report.parts],
        **_rows(request, report, key),
    }
    response = render(request, "reports/figure_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _rows(request, report, key):
    names = request.access.scope(Permission.SEE_NAMES)
    if not report.place.is_posyandu or names is None:
        return {"behind": None}
    post = Posyandu.objects.within(names).filter(path=report.place.code).first()
    if post is None:
        return {"behind": None}
    if not may_list(key, request.access):
        return {"behind": None, "hidden": True}
    note(by=request.user, verb=Verb.VIEW, on=MonthlyReport, place=post.path, bulan=report.month_code, angka=key)
    return {
        "behind": rows_behind(post, report.month, key, names),
        "post": post,
        "may_return": request.access.may(Permission.RETURN_MONTH)
        and month_row(post, request.access, report.month).is_mine,
    }
