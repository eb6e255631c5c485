"""Scans of the signed paper, beside the frozen report they belong to."""

from django.db import transaction
from django.utils import timezone

from services.audit.actions import Verb, note
from services.files.actions import keep_scan
from services.web.refusals import Refusal

from ..models import MonthlyReport, SignedScan

MOST_SCANS = 10


@transaction.atomic
def add_scan(*, report: MonthlyReport, upload, by) -> SignedScan:
    """Keep a scan (PDF or photo) of the signed paper of a posyandu's report. Raises Refusal, BadImage (422)."""
    if report.scans.filter(withdrawn_at=None).count() >= MOST_SCANS:
        raise Refusal(f"Sudah ada {MOST_SCANS} pindaian. Tarik dulu yang tidak dipakai.", status=422)
    attachment = keep_scan(upload=upload, posyandu=report.posyandu, by=by)
    scan = SignedScan.objects.create(report=report, attachment=attachment)
    note(by=by, verb=Verb.CREATE, on=scan, place=report.place, bulan=f"{report.month:%Y-%m}", versi=report.version)
    return scan


@transaction.atomic
def withdraw_scan(*, scan: SignedScan, reason: str, by) -> bool:
    """Take a scan back, with a reason; False when somebody did meanwhile. Its file is kept, but shown to nobody."""
    waiting = scan.report.scans.filter(pk=scan.pk, withdrawn_at=None)
    done = waiting.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason)
    note(by=by, verb=Verb.DELETE, on=scan, place=scan.report.place, reason=reason)
    return bool(done)
