"""The report as a tagged PDF (PDF/UA)."""

from services.reports.figures import Report
from services.web.pdf import render_pdf

from . import Document, filename_of
from .html import paper

STYLESHEET, DEFAULTS = "report.css", "report_defaults.css"


def render(report: Report, paper_size: str = "") -> Document:
    """The report on the district's paper, or on the one that is asked ("A4", "F4")."""
    return Document(filename_of(report, "pdf"), "application/pdf", write_pdf(paper(report, paper_size)))


def write_pdf(html: str) -> bytes:
    """A PDF of this HTML in the look of the report."""
    return render_pdf(html, stylesheet=STYLESHEET, defaults=DEFAULTS)
