"""Frozen months by their ids, for work on many of them: whoever gave the ids has reached their posts in scope."""

from collections.abc import Iterable
from uuid import UUID

from ..models import FrozenFigure, KeptFile, MonthlyReport

REACHED = "frozen months of posts that the caller has reached in scope"


def frozen_reports(report_ids: Iterable[UUID]):
    """The reports themselves, with their documents."""
    return MonthlyReport.objects.unscoped(reason=REACHED).filter(pk__in=report_ids)


def frozen_figures(report_ids: Iterable[UUID]):
    """Their figures, a row each."""
    return FrozenFigure.objects.unscoped(reason=REACHED).filter(report__in=report_ids).order_by()


def kept_pdfs(report_ids: Iterable[UUID]):
    """Those of their PDFs that were rendered."""
    return KeptFile.objects.unscoped(reason=REACHED).filter(report__in=report_ids, format="pdf")
