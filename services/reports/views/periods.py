"""Semester and annual recaps of a place or of the posts of a puskesmas: page, PDF and workbook."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.posyandu.models import Facility

from ..figures import SECTIONS
from ..figures.periods import read_span
from ..models import MonthlyReport
from ..monthly import NotYours
from ..queries.periods import asked_facility, asked_place, recap_of, tables_recap
from ..renderers import periods
from ..sources import UnknownPlace
from .fetching import may_see_small, span_of
from .province import LEVELS

WRITERS = {"pdf": periods.pdf, "xlsx": periods.xlsx}
YEARS = 2


@requires(Permission.SEE_REPORT)
def period_detail(request, place, span):
    """A semester or a year of a place on one page, or every figure of one section by place ("bagian")."""
    asked = _asked_place(request, place, span)
    return _page(request, asked, lambda name, *more: reverse(f"reports:period_{name}", args=[asked.place.code, *more]))


@requires(Permission.SEE_REPORT)
def period_download(request, place, span, file_format):
    """The same as a file, with every figure."""
    asked = _asked_place(request, place, span)
    return _file(request, asked, file_format, asked.place.code)


@requires(Permission.SEE_REPORT)
def facility_period_detail(request, facility_id, span):
    """A semester or a year of all posts that a puskesmas serves."""
    asked = _asked_facility(request, facility_id, span)

    def address(name, *more):
        return reverse(f"reports:facility_period_{name}", args=[facility_id, *more])

    return _page(request, asked, address)


@requires(Permission.SEE_REPORT)
def facility_period_download(request, facility_id, span, file_format):
    """The same as a file."""
    asked = _asked_facility(request, facility_id, span)
    return _file(request, asked, file_format, "", puskesmas=asked.place.name)


def _asked_place(request, place, span):
    try:
        return asked_place(place, span_of(span), scope=request.scope)
    except (UnknownPlace, NotYours) as problem:
        raise Http404 from problem


def _asked_facility(request, facility_id, span):
    facility = get_object_or_404(Facility.objects.within(request.scope), pk=facility_id)
    try:
        return asked_facility(facility, span_of(span), scope=request.scope)
    except NotYours as problem:
        raise Http404 from problem


def _page(request, asked, address):
    section = _section(request, asked)
    from_above = not may_see_small(request, asked.place)
    read = partial(tables_recap, section=section) if section else recap_of
    recap = read(asked, from_above=from_above)
    here = address("detail", asked.span.code)
    province = asked.place.level in LEVELS and request.access.may(Permission.FINALISE_MONTH)
    context = {
        "recap": periods.shown(recap),
        "note": periods.NOTE,
        "standing_columns": periods.STANDING_COLUMNS,
        "standing_note": periods.STANDING_NOTE,
        "section": section,
        "spans": [(each, address("detail", each.code), each.code == asked.span.code) for each in _spans(asked)],
        "files": [(kind.upper(), address("download", asked.span.code, kind)) for kind in WRITERS],
        "chapters": [] if asked.place.is_posyandu else [(each, f"{here}?bagian={each.key}") for each in SECTIONS],
        "here": here,
        "is_area": not asked.place.is_posyandu,
        "parts_open": asked.place.level != "puskesmas",
        "province": province and reverse("reports:province_detail", args=[asked.place.code, asked.span.code]),
    }
    response = render(request, "reports/period_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _section(request, asked):
    """The section that is asked for, where there are places below."""
    wanted = "" if asked.place.is_posyandu else request.GET.get("bagian", "")
    return next((each for each in SECTIONS if each.key == wanted), None)


def _spans(asked):
    """The years and their halves that one turns to, newest first; none that lies ahead."""
    today, year = asked.today, max(asked.span.last.year, asked.today.year)
    codes = [f"{each}{half}" for each in range(year, year - YEARS, -1) for half in ("", "-s2", "-s1")]
    return [span for span in map(read_span, codes) if span.months[0] <= today]


def _file(request, asked, file_format, place, **what):
    if file_format not in WRITERS:
        raise Http404
    read = recap_of if asked.place.is_posyandu else tables_recap
    document = WRITERS[file_format](read(asked, from_above=not may_see_small(request, asked.place)))
    details = {"masa": asked.span.code, "bentuk": file_format, **what}
    note(by=request.user, verb=Verb.DOWNLOAD, on=MonthlyReport, place=place, **details)
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response["Cache-Control"] = "no-store"
    return response
