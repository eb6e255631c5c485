"""Freezing a month: the whole document with its hash, and one row for each figure."""

import hashlib
from dataclasses import replace

from django.db import transaction

from services.audit.actions import Verb, note

from .figures import Report, canonical
from .models import FrozenFigure, MonthlyReport

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
