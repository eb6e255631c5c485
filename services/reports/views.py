from django.http import Http404, HttpResponse
from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.web.rules import month_text

from . import queries
from .models import MonthlyReport
from .monthly import CannotReport, NotYours, last_closed_month, monthly_report, read_month
from .renderers import html, json, xlsx
from .sources import UnknownPlace

FORMATS = ("pdf", "xlsx", "json")


@requires(Permission.SEE_REPORT)
def report_list(request):
    """My places and, for the one that is chosen, its months, newest first."""
    places = queries.my_places(request.scope)
    chosen = next((place for place in places if place.code == request.GET.get("tempat")), places[0] if places else None)
    today = clock.today(chosen.code if chosen else "")
    context = {
        "places": places,
        "chosen": chosen,
        "months": queries.months_to_report(today),
        "last_closed": last_closed_month(today),
        "running": clock.month_of(today),
    }
    return render(request, "reports/report_list.html", context)


@requires(Permission.SEE_REPORT)
def report_detail(request, place, month):
    """The month of a place on one page: the same figures as on paper and in the workbook."""
    report = _report(request, place, month)
    context = {
        "report": report,
        "month_name": month_text(report.month),
        "sections": html.shown_sections(report),
        "summary": html.summary(report),
        "days": list(html.day_rows(report)),
        "recap": html.recap(report) if report.parts else None,
        "parts": report.parts,
        "chart": html.attendance_chart(report),
        "standing": html.standing(report),
        "how_to_read": html.HOW_TO_READ,
        "disclaimer": html.NOT_THE_ACHIEVEMENT,
        "formats": FORMATS,
    }
    response = render(request, "reports/report_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.SEE_REPORT)
def report_download(request, place, month, file_format):
    """The report as a file; that it was taken away is remembered."""
    if file_format not in FORMATS:
        raise Http404
    report = _report(request, place, month)
    document = _renderer(file_format).render(report)
    note(
        by=request.user, verb=Verb.DOWNLOAD, on=MonthlyReport, place=report.place.code, bulan=month, bentuk=file_format
    )
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response["Cache-Control"] = "no-store"
    return response


def _report(request, place, month):
    try:
        return monthly_report(place, read_month(month), scope=request.scope)
    except (UnknownPlace, NotYours, CannotReport) as problem:
        raise Http404 from problem


def _renderer(file_format):
    if file_format == "pdf":
        from .renderers import pdf  # its library takes a second to load: not before the first PDF

        return pdf
    return {"xlsx": xlsx, "json": json}[file_format]
