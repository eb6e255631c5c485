"""The report as a tagged PDF (PDF/UA)."""

from services.reports.figures import Report
from services.web.pdf import render_pdf

from . import Document, filename_of
from .html import paper

STYLESHEET = "report.css"


def render(report: Report) -> Document:
    return Document(filename_of(report, "pdf"), "application/pdf", write_pdf(paper(report)))


def write_pdf(html: str) -> bytes:
    """A PDF of this HTML in the look of the report."""
    return render_pdf(html, stylesheet=STYLESHEET)
