"""Figures in, a document out. A renderer reads the report it is given and nothing else."""

import re
import unicodedata
from dataclasses import dataclass

from services.reports.figures import Report


@dataclass(frozen=True)
class Document:
    """A file to hand out."""

    filename: str
    content_type: str
    content: bytes


def plain_name(name: str) -> str:
    """A place's name as part of a file name: kencana-ungu."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "tempat"


def filename_of(report: Report, ending: str) -> str:
    """laporan-2026-10-kencana-ungu.pdf; a version adds -v2."""
    version = f"-v{report.version}" if report.version else ""
    return f"laporan-{report.month_code}-{plain_name(report.place.name)}{version}.{ending}"
