"""Frozen months by their ids, for work on many of them: whoever gave the ids has reached their posts in scope."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from ..figures import DEFINITIONS, SMALLEST_SHOWN
from ..models import FrozenFigure, KeptFile, MonthlyReport

PDF, PDF_ABOVE = "pdf", "pdf+"  # as `actions.above_name` says
SENSITIVE = tuple(each.key for each in DEFINITIONS if each.sensitive)
REACHED = "frozen months of posts that the caller has reached in scope"


def frozen_reports(report_ids: Iterable[UUID]):
    """The reports themselves, with their documents."""
    return MonthlyReport.objects.unscoped(reason=REACHED).filter(pk__in=report_ids)


def frozen_figures(report_ids: Iterable[UUID]):
    """Their figures, a row each."""
    return FrozenFigure.objects.unscoped(reason=REACHED).filter(report__in=report_ids).order_by()


def kept_pdfs(names: Mapping[UUID, str]):
    """Those of their PDFs that were rendered; `names` is report → the name it is kept under (`pdf_names`)."""
    files = KeptFile.objects.unscoped(reason=REACHED)
    plain = [report for report, name in names.items() if name == PDF]
    return files.filter(Q(report__in=plain, format=PDF) | Q(report__in=set(names) - set(plain), format=PDF_ABOVE))


def pdf_names(report_ids: Iterable[UUID], *, from_above: bool) -> dict[UUID, str]:
    """Report → the name of its PDF for this reader: another one where a small sensitive count is hidden from her."""
    wanted = list(report_ids)
    small: set[UUID] = set()
    if from_above:
        rows = frozen_figures(wanted).filter(key__in=SENSITIVE, value__gt=0, value__lt=SMALLEST_SHOWN)
        small = set(rows.values_list("report_id", flat=True))
    return {report: PDF_ABOVE if report in small else PDF for report in wanted}
