"""Frozen months by their ids, for work on many of them: whoever gave the ids has reached their posts in scope."""

from collections.abc import Iterable
from uuid import UUID

from ..figures import State
from ..figures.summing import SPREAD, Frozen, FrozenSum
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


def add_row(frozen: Frozen, key: str, state: str, value, beside) -> None:
    """Add a frozen figure (or the sum of some in one state) to what is known of a place."""
    if key.startswith(f"{SPREAD}|"):
        frozen.add_span(key, int(value))
    elif state == State.KNOWN:
        frozen.add(key, FrozenSum(_number(value), _number(beside)))
    else:
        frozen.add(key, FrozenSum(is_asked=state == State.NOT_RECORDED))


def _number(value):
    """A whole number as one; nothing as zero."""
    value = value or 0
    return int(value) if value == int(value) else value
