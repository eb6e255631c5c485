"""Which frozen report a hash belongs to; whoever holds the hash holds the paper, so it is asked of all places."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from ..models import KeptFile, MonthlyReport
from ..sources import UnknownPlace, find_place

HOLDS_IT = "whoever knows the hash of a report holds its paper; only its place, month and version are told"
MOST_FOUND = 5


@dataclass(frozen=True)
class Found:
    """The report a hash belongs to; `title` names its place, `latest` is the newest version of the same month."""

    place: str
    title: str
    month: date
    version: int | None
    frozen_at: datetime
    sha256: str
    what: str
    latest: int | None


def hash_of_upload(upload) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def found_by_hash(code: str) -> list[Found]:
    """Reports whose document or kept file has this hash (or one that begins so)."""
    if not code:
        return []
    reports = MonthlyReport.objects.unscoped(reason=HOLDS_IT).filter(sha256__startswith=code).defer("document")
    files = KeptFile.objects.unscoped(reason=HOLDS_IT).filter(sha256__startswith=code).defer("content")
    found = [_found(row, row.sha256, "dokumen") for row in reports[:MOST_FOUND]]
    known = {(row.place, row.month, row.version) for row in found}
    found += [
        _found(file.report, file.sha256, f"berkas {file.format.upper()}")
        for file in files.select_related("report").defer("report__document")[:MOST_FOUND]
        if (file.report.place, file.report.month, file.report.version) not in known
    ]
    return found


def _found(row: MonthlyReport, sha256: str, what: str) -> Found:
    versions = MonthlyReport.objects.unscoped(reason=HOLDS_IT).filter(place=row.place, month=row.month)
    latest = versions.exclude(version=None).order_by("-version").values_list("version", flat=True).first()
    return Found(row.place, _title(row.place), row.month, row.version, row.frozen_at, sha256, what, latest)


def _title(code: str) -> str:
    """The place's name today; of a code that is no longer used only that it was one."""
    try:
        return find_place(code)[0].title
    except UnknownPlace:
        return "Tempat dengan kode lama"
