"""The recap on landscape paper."""

from django.template.loader import render_to_string

from .. import Document, plain_name
from .shown import NOTE, STANDING_COLUMNS, STANDING_NOTE, shown

# A cell takes the maker of the PDF some 20 KB and half a millisecond: more would not fit beside a web server.
MOST_CELLS = 4000


def pdf(recap) -> Document:
    """A tagged PDF: headlines by month and place, then every figure by section."""
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    drawn = shown(recap, MOST_CELLS)
    context = {
        "recap": drawn,
        "note": NOTE,
        "standing_columns": STANDING_COLUMNS,
        "standing_note": STANDING_NOTE,
        "foot": f"{drawn.title} · dibuat {drawn.made}",
    }
    html = render_to_string("reports/_period_paper.html", context)
    content = render_pdf(html, stylesheet="period.css", defaults="report_defaults.css")
    return Document(filename_of(recap, "pdf"), "application/pdf", content)


def filename_of(recap, ending: str) -> str:
    """rekap-2026-s1-pekalongan-utara.pdf"""
    return f"rekap-{recap.span.code}-{plain_name(recap.place.name)}.{ending}"
