"""Freezing a month: the whole document with its hash, and one row for each figure."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from services.audit.actions import Verb, note
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal
from services.web.rules import month_text

from .figures import Report, canonical
from .models import FrozenFigure, MonthlyReport, PaperRecap

BATCH = 500


def hash_of(document: str) -> str:
    """SHA-256 of a canonical document, in hex."""
    return hashlib.sha256(document.encode()).hexdigest()


@transaction.atomic
def freeze_report(*, report: Report, by, version: int | None = None) -> MonthlyReport:
    """Keep a report as it is now. Without a version it is an attempt; version 1 is made at "final" (design 8)."""
    document = canonical(replace(report, version=version))
    row = MonthlyReport.objects.create(
        place=report.place.code,
        level=report.place.level,
        month=report.month,
        version=version,
        document=document,
        sha256=hash_of(document),
        frozen_by=by,
    )
    FrozenFigure.objects.bulk_create(
        (
            FrozenFigure(
                report=row,
                place=row.place,
                month=row.month,
                key=figure.key,
                value=figure.value,
                state=figure.state.value,
                denominator=figure.denominator,
            )
            for figure in report.figures.values()
        ),
        batch_size=BATCH,
    )
    note(by=by, verb=Verb.CREATE, on=row, place=row.place, bulan=report.month_code, versi=version)
    return row


class NoLongerOnPaper(Refusal):
    """The post records itself from its "mulai pakai" month on: its recap is derived and never typed."""

    def __init__(self, posyandu: Posyandu, month: date):
        super().__init__(
            f"{posyandu} sudah mencatat sendiri pada {month_text(month)}. "
            "Rekapnya dihitung dari kunjungan, jadi tidak perlu diketik."
        )


@transaction.atomic
def save_paper_recap(
    *, posyandu: Posyandu, month: date, values: Mapping[str, Mapping[str, int]], by, today: date
) -> PaperRecap:
    """Keep what the paper recap of a post says. Raises Refusal for a post that is live that month, or a month ahead."""
    if posyandu.is_live(month):
        raise NoLongerOnPaper(posyandu, month)
    if month > today:
        raise Refusal(f"Bulan {month_text(month)} belum tiba.")
    typed = {"values": {form: dict(columns) for form, columns in values.items()}, "typed_by": by}
    row, is_new = PaperRecap.objects.unscoped(reason="the post was reached in scope").update_or_create(
        posyandu=posyandu, month=month, defaults={**typed, "typed_at": timezone.now()}
    )
    note(by=by, verb=Verb.CREATE if is_new else Verb.UPDATE, on=row, place=posyandu.path, bulan=f"{month:%Y-%m}")
    return row
