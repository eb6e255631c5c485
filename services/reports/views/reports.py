from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.posyandu.models import Facility, Posyandu
from services.web.rules import month_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import queries
from ..actions import above_name, keep_file, save_paper_recap
from ..figures import report_from
from ..forms import PaperRecapForm, initial_of
from ..models import MonthlyReport
from ..monthly import CannotReport, NotYours, facility_report, frozen_row, last_closed_month, monthly_report, read_month
from ..queries.scans import papers_of
from ..renderers import html, json, recap, xlsx
from ..renderers.parts import recaps
from ..renderers.pictures import pictures
from ..renderers.shown import shown_sections
from ..sources import UnknownPlace
from ..sources.stationery import PAPER
from .fetching import as_seen, day_of

FORMATS = ("pdf", "xlsx", "json")
KABKOTA = len("33.75")


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
        "facilities": queries.my_facilities(request.scope),
        "last_closed": last_closed_month(today),
        "running": clock.month_of(today),
        "may_sign": request.access.may(Permission.SIGN),
        "may_province": chosen and len(chosen.code) == KABKOTA and request.access.may(Permission.FINALISE_MONTH),
        "may_bundle": chosen and chosen.is_area and request.access.may(Permission.RETURN_MONTH),
    }
    return render(request, "reports/report_list.html", context)


@requires(Permission.SEE_REPORT)
def report_detail(request, place, month):
    """The month of a place on one page: the same figures as on paper and in the workbook."""
    return _report_page(request, _report(request, place, month), "reports/report_detail.html")


def _report_page(request, report, template):
    post = Posyandu.objects.within(request.scope).filter(path=report.place.code).values_list("pk", flat=True).first()
    context = {
        "report": report,
        "month_name": month_text(report.month),
        "sections": shown_sections(report),
        "summary": html.summary(report),
        "days": list(html.day_rows(report)),
        "recaps": recaps(report),
        "parts": report.parts,
        "pictures": pictures(report)[:2],  # six names do not fit beside each other on a phone
        "standing": html.standing(report),
        "how_to_read": html.HOW_TO_READ,
        "disclaimer": html.NOT_THE_ACHIEVEMENT,
        "formats": FORMATS,
        "other_paper": "A4" if report.paper == "F4" else "F4",
        "papers": papers_of(post, report.month, request.scope) if post else (),
    }
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.SEE_REPORT)
def report_download(request, place, month, file_format):
    """The report as a file; that it was taken away is remembered. A final one is handed out as it was kept."""
    if file_format not in FORMATS:
        raise Http404
    report = _report(request, place, month)
    if report.version:
        return version_download(request, place, month, report.version, file_format)
    document = _rendered(report, file_format, _other_paper(request, file_format))
    return _handed_out(request, document, report.place.code, bulan=month, bentuk=file_format)


def _handed_out(request, document, place, **what):
    note(by=request.user, verb=Verb.DOWNLOAD, on=MonthlyReport, place=place, **what)
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.SEE_REPORT)
def version_download(request, place, month, version, file_format):
    """A version as it was kept: the same bytes as ever; that it was taken away is remembered."""
    if file_format not in FORMATS:
        raise Http404
    try:
        row = frozen_row(place, day_of(month), version, scope=request.scope)
    except (UnknownPlace, NotYours, CannotReport) as problem:
        raise Http404 from problem
    size = _other_paper(request, file_format)  # the district's own paper is kept as "pdf", another under its name
    report = report_from(row.document, sha256=row.sha256)
    seen = as_seen(request, report)
    name = (size or file_format) if seen is report else above_name(size or file_format)
    kept = keep_file(row=row, file_format=name, render=lambda _: _rendered(seen, file_format, size))
    details = {"bulan": month, "bentuk": file_format, "versi": version}
    note(by=request.user, verb=Verb.DOWNLOAD, on=row, place=row.place, **details)
    response = HttpResponse(bytes(kept.content), content_type=kept.content_type)
    response["Content-Disposition"] = f'attachment; filename="{kept.filename}"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.SEE_REPORT)
def recap_detail(request, place, year):
    """The four recaps of a place: a row a month, paper apart."""
    found, lines = _recap(request, place, year)
    context = {
        "place": found,
        "year": year,
        "years": queries.years_near(year, clock.today(found.code)),
        "recaps": recap.shown_recaps(lines),
        "note": recap.NOTE,
        "on_paper": queries.paper_months(found, year, request.access.scope(Permission.VERIFY_MONTH)),
    }
    response = render(request, "reports/recap_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.SEE_REPORT)
def recap_download(request, place, year, file_format):
    """The recaps as an annex on paper, or as a workbook."""
    writer = {"pdf": recap.pdf, "xlsx": recap.xlsx}.get(file_format)
    if writer is None:
        raise Http404
    found, lines = _recap(request, place, year)
    return _handed_out(request, writer(found, year, lines), found.code, rekap=year, bentuk=file_format)


def _recap(request, place, year):
    if not 2000 <= year <= clock.today().year:
        raise Http404
    try:
        names = request.access.scope(Permission.SEE_NAMES)
        return queries.recap_of_year(place, year, scope=request.scope, names=names)
    except (UnknownPlace, NotYours) as problem:
        raise Http404 from problem


@requires(Permission.VERIFY_MONTH)
def paper_recap_edit(request, place, month):
    """The desa or kelurahan types the recap of a post that is still on paper."""
    post = get_object_or_404(Posyandu.objects.within(request.scope), path=place)
    try:
        on = read_month(month)
    except CannotReport as problem:
        raise Http404 from problem
    kept = queries.paper_recap_of(post, on)
    form = PaperRecapForm(request.POST or None, initial=initial_of(kept.values) if kept else {})
    context = {"post": post, "month_name": month_text(on), "year": on.year, "kept": kept, "is_live": post.is_live(on)}
    template = "reports/paper_recap_edit.html"
    if request.method != "POST":
        return page(request, template, {**context, "form": form})

    def write():
        save_paper_recap(posyandu=post, month=on, values=form.values(), by=request.user, today=clock.today(post.path))
        return Receipt(location=reverse("reports:recap_detail", args=(post.path, on.year)))

    return respond(request, form, write, template, context)


@requires(Permission.SEE_REPORT)
def facility_report_detail(request, facility_id, month):
    """The month of all posts that a puskesmas serves: the same figures, a row a post."""
    report = _facility_report(request, facility_id, month)
    return _report_page(request, report, "reports/facility_report_detail.html")


@requires(Permission.SEE_REPORT)
def facility_report_download(request, facility_id, month, file_format):
    """The recap of a puskesmas as a file."""
    if file_format not in FORMATS:
        raise Http404
    report = _facility_report(request, facility_id, month)
    document = _rendered(report, file_format, _other_paper(request, file_format))
    return _handed_out(request, document, "", puskesmas=report.place.name, bulan=month, bentuk=file_format)


def _facility_report(request, facility_id, month):
    facility = get_object_or_404(Facility.objects.within(request.scope), pk=facility_id)
    try:
        return as_seen(request, facility_report(facility, read_month(month), scope=request.scope))
    except (NotYours, CannotReport) as problem:
        raise Http404 from problem


def _report(request, place, month):
    try:
        return as_seen(request, monthly_report(place, read_month(month), scope=request.scope))
    except (UnknownPlace, NotYours, CannotReport) as problem:
        raise Http404 from problem


def _rendered(report, file_format, size=""):
    """The report as a file; a PDF on the district's paper, or the one that is asked."""
    return _renderer(file_format).render(report, *([size] if size else []))


def _other_paper(request, file_format):
    asked = request.GET.get("kertas", "")
    return asked if file_format == "pdf" and asked in dict(PAPER.choices) else ""


def _renderer(file_format):
    if file_format == "pdf":
        from ..renderers import pdf  # its library takes a second to load: not before the first PDF

        return pdf
    return {"xlsx": xlsx, "json": json}[file_format]
