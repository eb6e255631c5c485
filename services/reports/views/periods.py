"""Semester and annual recaps of a place or of the posts of a puskesmas: page, PDF and workbook."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.posyandu.models import Facility

from ..figures import disguised
from ..figures.periods import read_span
from ..models import MonthlyReport
from ..monthly import NotYours
from ..queries.periods import facility_recap, period_recap
from ..renderers import periods
from ..sources import UnknownPlace
from .fetching import may_see_small

WRITERS = {"pdf": periods.pdf, "xlsx": periods.xlsx}
YEARS = 2


@requires(Permission.SEE_REPORT)
def period_detail(request, place, span):
    """A semester or a year of a place on one page."""
    recap = _place_recap(request, place, span)
    return _page(request, recap, lambda name, *more: reverse(f"reports:period_{name}", args=[recap.place.code, *more]))


@requires(Permission.SEE_REPORT)
def period_download(request, place, span, file_format):
    """The same as a file."""
    recap = _place_recap(request, place, span)
    return _file(request, recap, file_format, recap.place.code)


@requires(Permission.SEE_REPORT)
def facility_period_detail(request, facility_id, span):
    """A semester or a year of all posts that a puskesmas serves."""
    recap = _facility_recap(request, facility_id, span)

    def address(name, *more):
        return reverse(f"reports:facility_period_{name}", args=[facility_id, *more])

    return _page(request, recap, address)


@requires(Permission.SEE_REPORT)
def facility_period_download(request, facility_id, span, file_format):
    """The same as a file."""
    recap = _facility_recap(request, facility_id, span)
    return _file(request, recap, file_format, "", puskesmas=recap.place.name)


def _place_recap(request, place, span):
    try:
        return _as_seen(request, period_recap(place, _span(span), scope=request.scope))
    except (UnknownPlace, NotYours) as problem:
        raise Http404 from problem


def _facility_recap(request, facility_id, span):
    facility = get_object_or_404(Facility.objects.within(request.scope), pk=facility_id)
    try:
        return _as_seen(request, facility_recap(facility, _span(span), scope=request.scope))
    except NotYours as problem:
        raise Http404 from problem


def _as_seen(request, recap):
    return recap if may_see_small(request, recap.place) else replace(recap, figures=disguised(recap.figures))


def _span(text):
    try:
        found = read_span(text)
    except ValueError as problem:
        raise Http404 from problem
    if found.months[0] > clock.today():
        raise Http404
    return found


def _page(request, recap, address):
    shown = periods.shown(recap)
    context = {
        "recap": shown,
        "note": periods.NOTE,
        "spans": [(each, address("detail", each.code), each.code == recap.span.code) for each in _spans(recap)],
        "files": [(kind.upper(), address("download", recap.span.code, kind)) for kind in WRITERS],
        "is_area": not recap.place.is_posyandu,
        "parts_open": recap.place.level != "puskesmas",
    }
    response = render(request, "reports/period_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _spans(recap):
    """The years and their halves that one turns to, newest first; none that lies ahead."""
    today, year = recap.made_on, max(recap.span.last.year, recap.made_on.year)
    codes = [f"{each}{half}" for each in range(year, year - YEARS, -1) for half in ("", "-s2", "-s1")]
    return [span for span in map(read_span, codes) if span.months[0] <= today]


def _file(request, recap, file_format, place, **what):
    if file_format not in WRITERS:
        raise Http404
    document = WRITERS[file_format](recap)
    details = {"masa": recap.span.code, "bentuk": file_format, **what}
    note(by=request.user, verb=Verb.DOWNLOAD, on=MonthlyReport, place=place, **details)
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response["Cache-Control"] = "no-store"
    return response
