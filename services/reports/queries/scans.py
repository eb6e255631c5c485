"""Frozen papers of a month, each with the scans of its signed paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.areas.scope import Scope

from ..models import MonthlyReport, SignedScan


@dataclass(frozen=True)
class SignedPaper:
    """A frozen report that may be signed, and the scans of it."""

    report: MonthlyReport
    scans: tuple[SignedScan, ...]


def scans_within(scope: Scope):
    """The scans that count, with who kept them and when."""
    found = SignedScan.objects.within(scope).filter(withdrawn_at=None)
    found = found.select_related("attachment__kept_by", "report").defer("report__document")
    return found.order_by("attachment__kept_at")


def papers_of(posyandu_id: UUID, month: date, scope: Scope) -> tuple[SignedPaper, ...]:
    """The versions of a post's month, newest first, and before "final" what was sent last; two queries."""
    rows = MonthlyReport.objects.within(scope).filter(posyandu=posyandu_id, month=month).defer("document")
    reports = list(rows.select_related("frozen_by").order_by("-version", "-frozen_at"))
    versions = [row for row in reports if row.version]
    scans = _by_report(reports, scope)
    shown = [row for row in reports if row.version or scans[row.pk] or (row.is_latest and not versions)]
    return tuple(SignedPaper(row, tuple(scans[row.pk])) for row in sorted(shown, key=lambda row: -(row.version or 0)))


def _by_report(reports: Sequence[MonthlyReport], scope: Scope) -> dict[UUID, list[SignedScan]]:
    found: dict[UUID, list[SignedScan]] = defaultdict(list)
    for scan in scans_within(scope).filter(report__in=[row.pk for row in reports]):
        found[scan.report_id].append(scan)
    return found
