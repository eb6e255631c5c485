"""Scans of the signed paper: attached, looked at, taken back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.files.views import download_response
from services.web.refusals import Refusal
from services.web.rules import month_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_scan, withdraw_scan
from ..forms import ScanForm, WithdrawForm
from ..models import MonthlyReport
from ..queries.scans import scans_within


@requires(Permission.FOLLOW_MONTH)
def scan_new(request, report):
    """A PDF or a photo of the signed paper of a frozen report."""
    reports = MonthlyReport.objects.within(request.scope).filter(posyandu__isnull=False)
    found = get_object_or_404(reports.defer("document").select_related("posyandu"), pk=report)
    form = ScanForm(request.POST or None, request.FILES or None)

    def attach():
        add_scan(report=found, upload=form.cleaned_data["photo"], by=request.user)
        return Receipt(location=_month(found), message="Pindaian terlampir")

    context = {"report": found, "post": found.posyandu, "cancel": _month(found)}
    if request.method == "POST":
        return respond(request, form, attach, "reports/scan_new.html", context)
    return page(request, "reports/scan_new.html", {**context, "form": form})


@requires(Permission.SEE_REPORT)
def scan_download(request, scan):
    """The scan as it was kept; that it was taken away is remembered."""
    found = get_object_or_404(scans_within(request.scope), pk=scan)
    place, month = found.report.place, f"{found.report.month:%Y-%m}"
    note(by=request.user, verb=Verb.DOWNLOAD, on=found, place=place, bulan=month, versi=found.report.version)
    return download_response(found.attachment, f"pindaian-{month}-{place}")


@requires(Permission.FOLLOW_MONTH)
def scan_cancel(request, scan):
    """The wrong paper was attached: it is taken back, with a reason."""
    found = get_object_or_404(scans_within(request.scope).select_related("report__posyandu"), pk=scan)
    form = WithdrawForm(request.POST or None)

    def take_back():
        if not withdraw_scan(scan=found, reason=form.cleaned_data["reason"], by=request.user):
            raise Refusal("Pindaian ini sudah ditarik orang lain.")
        return Receipt(location=_month(found.report), message="Pindaian ditarik")

    context = {
        "title": "Tarik pindaian ini",
        "lead": f"{found.report.posyandu} · {month_text(found.report.month)}",
        "points": ["Pindaian tidak tampil lagi. Siapa yang menarik dan mengapa tetap tercatat."],
        "button": "Tarik",
        "urgent": True,
        "cancel": _month(found.report),
    }
    if request.method == "POST":
        return respond(request, form, take_back, "web/confirm.html", context)
    return page(request, "web/confirm.html", {**context, "form": form})


def _month(report: MonthlyReport) -> str:
    return reverse("reports:month_detail", args=[report.posyandu_id, f"{report.month:%Y-%m}"])
