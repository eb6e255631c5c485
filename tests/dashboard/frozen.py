"""Frozen months for the dashboards' tests and benchmark: a period, a report and its figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from services.posyandu.models import Period, Posyandu
from services.reports.models import FrozenFigure, MonthlyReport, MonthMove

FIGURES = {
    "hari_buka.semua.terlaksana": 1,
    "kesehatan.balita.s": 60,
    "kesehatan.balita.d": 48,
    "kesehatan.balita.n": 30,
    "kesehatan.balita.stunting": 6,
    "kesehatan.tb_u.diukur": 48,
    "kesehatan.balita.hadir": 48,
    "kesehatan.balita.sasaran": 60,
    "kunjungan_rumah.semua.dikunjungi": 7,
    "kelembagaan.kader.jumlah": 5,
    "hari_buka.kader.hadir": 4,
    "kesehatan.semua.isian": 50,
    "sosial.semua.isian": 3,
}


def freeze(
    post: Posyandu, month: date, *, by, state: str = "final", at: datetime | None = None, **figures: int
) -> MonthlyReport:
    """One month of one post as it was sent `at`; `figures` by key with dots written as double underscores."""
    period, _ = Period.objects.unscoped(reason="test").update_or_create(
        posyandu=post, month=month, defaults={"state": state}
    )
    MonthMove.objects.unscoped(reason="test").create(
        period=period, from_state="draf", to_state="diajukan", level="posyandu", by=by, at=at or timezone.now()
    )
    given = {key.replace("__", "."): value for key, value in figures.items()}
    report, rows = rows_of(post.path, month, {**FIGURES, **given}, by=by, at=at or timezone.now())
    MonthlyReport.objects.unscoped(reason="test").filter(place=post.path, month=month).update(is_latest=False)
    report.save()
    FrozenFigure.objects.bulk_create(rows)
    return report


def rows_of(
    path: str, month: date, figures: Mapping[str, int], *, by, at: datetime
) -> tuple[MonthlyReport, list[FrozenFigure]]:
    """A report and its figures, not yet written."""
    report = MonthlyReport(
        place=path, level="posyandu", month=month, document="{}", sha256="0" * 64, frozen_by=by, frozen_at=at
    )
    made: Iterable = (
        FrozenFigure(report=report, place=path, month=month, key=key, value=value, state="ada")
        for key, value in figures.items()
    )
    return report, list(made)
