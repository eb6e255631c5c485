"""Freezing a month: the whole document with its hash, one row for each figure, the ids behind them, the files."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from services.audit.actions import Verb, note

from ..figures import SEALED, CorrectionLine, Report, State, canonical, report_from
from ..figures.model import Number
from ..figures.summing import span_key
from ..models import FrozenFigure, FrozenRows, KeptFile, MonthlyReport
from ..sources.identity import signatures_again

BATCH = 500
ONCE = "the frozen reports of one month of a place that the caller reached in scope"


def hash_of(document: str | bytes) -> str:
    """SHA-256 of a canonical document or of a file, in hex."""
    return hashlib.sha256(document.encode() if isinstance(document, str) else document).hexdigest()


def figure_rows(row: MonthlyReport, report: Report) -> Iterator[dict[str, Any]]:
    """The columns of a row for each figure, and of one for each value behind a median: medians cannot be added up.

    What the report does not tell, but the sums above it need, is in its row.
    """
    same = {"report_id": row.pk, "place": row.place, "month": row.month}
    unsealed = {
        key: replace(report.figures[key], state=State.KNOWN, value=value) for key, value in report.sealed.items()
    }
    for key, figure in {**report.figures, **unsealed}.items():
        state, beside = figure.state.value, figure.denominator
        yield {**same, "key": key, "value": figure.value, "state": state, "denominator": beside}
    for name, values in report.spans.items():
        for value, number in values.items():
            state = State.KNOWN.value
            yield {**same, "key": span_key(name, value), "value": number, "state": state, "denominator": None}


def write_figures(row: MonthlyReport, report: Report) -> None:
    rows = (FrozenFigure(**columns) for columns in figure_rows(row, report))
    FrozenFigure.objects.bulk_create(rows, batch_size=BATCH)


@transaction.atomic
def freeze_report(
    *,
    report: Report,
    by,
    version: int | None = None,
    posyandu_id=None,
    rows: FrozenRows | None = None,
    write: Callable[[MonthlyReport, Report], None] = write_figures,
) -> MonthlyReport:
    """Keep a report as it is now. Without a version it is an attempt; version 1 is made at "final" (design 8).

    It becomes the one that the levels above add up. `rows` are the ids behind the figures of a posyandu-month.
    `write` puts its figures into the database; who freezes thousands has a faster way.
    """
    document = canonical(replace(report, version=version))
    earlier = _of_month(report.place.code, report.month)
    earlier.filter(is_latest=True).update(is_latest=False)
    row = MonthlyReport.objects.create(
        place=report.place.code,
        level=report.place.level,
        month=report.month,
        version=version,
        document=document,
        sha256=hash_of(document),
        posyandu_id=posyandu_id,
        rows=rows,
        frozen_by=by,
    )
    write(row, report)
    note(by=by, verb=Verb.CREATE, on=row, place=row.place, bulan=report.month_code, versi=version)
    return row


def _of_month(place: str, month: date):
    return MonthlyReport.objects.unscoped(reason=ONCE).filter(place=place, month=month)


def freeze_rows(*, posyandu_id, rows: Mapping[str, Sequence[str]]) -> FrozenRows:
    """Keep the ids behind the figures: key → ids in order, compressed."""
    text = json.dumps({key: list(ids) for key, ids in rows.items()}, sort_keys=True, separators=(",", ":"))
    return FrozenRows.objects.create(posyandu_id=posyandu_id, content=zlib.compress(text.encode(), 9))


def freeze_version(
    *, attempt: MonthlyReport, by, on: date, remarks: Sequence[str] = (), corrections: Sequence[CorrectionLine] = ()
) -> MonthlyReport:
    """The next version, made of what an attempt froze: nothing is counted again, and signed by who is in office."""
    versions = _of_month(attempt.place, attempt.month)
    last = versions.exclude(version=None).order_by("-version").first()
    earlier = report_from(last.document).corrections if last else ()
    version = (last.version if last else 0) + 1
    listed = (*earlier, *(replace(line, version=version) for line in corrections))
    kept = report_from(attempt.document)
    signed = signatures_again(kept, on)
    report = replace(
        kept,
        made_on=on,
        signatures=signed,
        remarks=(*kept.remarks, *remarks),
        corrections=listed,
        sealed=_sealed_of(attempt),
    )
    return freeze_report(report=report, by=by, version=version, posyandu_id=attempt.posyandu_id, rows=attempt.rows)


def _sealed_of(attempt: MonthlyReport) -> dict[str, Number]:
    return dict(attempt.figures.filter(key__in=SEALED).order_by().values_list("key", "value"))


def above_name(file_format: str) -> str:
    """The name under which a file is kept for those above desa and kelurahan: without small sensitive counts."""
    return f"{file_format[:3]}+"


def keep_file(*, row: MonthlyReport, file_format: str, render) -> KeptFile:
    """The file of a frozen report: the kept one, or rendered now and kept. `render` makes a Document of a Report."""
    kept = row.files.filter(format=file_format).first()
    if kept is not None:
        return kept
    document = render(report_from(row.document, sha256=row.sha256))
    try:
        with transaction.atomic():
            return KeptFile.objects.create(
                report=row,
                format=file_format,
                filename=document.filename,
                content_type=document.content_type,
                content=document.content,
                sha256=hash_of(document.content),
            )
    except IntegrityError:  # somebody else asked for it at the same moment: hers counts
        return row.files.get(format=file_format)
