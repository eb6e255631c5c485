"""What tickets take from files, and the papers they become."""

from .lists import office_rows, paper_labels, request_kinds
from .papers import Document, slip_pdf, table_pdf, table_xlsx

__all__ = [
    "Document",
    "office_rows",
    "paper_labels",
    "request_kinds",
    "slip_pdf",
    "table_pdf",
    "table_xlsx",
]
