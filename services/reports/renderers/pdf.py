"""The report as a tagged PDF (PDF/UA) by WeasyPrint. Stylesheet and fonts are parsed once in a process."""

from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from services.reports.figures import Report

from . import Document, filename_of
from .html import paper

STYLESHEET = Path(settings.BASE_DIR) / "static" / "css" / "report.css"
FONTS = FontConfiguration()
# All that the paper needs is inside it: no file and no address is opened.
INSIDE = URLFetcher(allowed_protocols={"data"})


@cache
def stylesheet() -> CSS:
    """The parsed stylesheet of the paper."""
    return CSS(string=STYLESHEET.read_text(encoding="utf-8"), font_config=FONTS)


def render(report: Report) -> Document:
    return Document(filename_of(report, "pdf"), "application/pdf", write_pdf(paper(report)))


def write_pdf(html: str) -> bytes:
    """A PDF of this HTML in the look of the report."""
    return HTML(string=html, url_fetcher=INSIDE).write_pdf(
        stylesheets=[stylesheet()], font_config=FONTS, pdf_variant="pdf/ua-1"
    )
