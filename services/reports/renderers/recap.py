"""The four monthly recaps as tables: on the page, as an annex on landscape paper, and as sheets of a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

import xlsxwriter
from django.template.loader import render_to_string

from services.reports.figures import Place, State
from services.reports.figures.recaps import RECAPS, Recap, RecapCell, RecapLine
from services.web.rules import number_text

from . import Document, plain_name
from .xlsx import CELL_WORDS, CONTENT_TYPE, OPTIONS, write_cells

NOTE = (
    "Dihitung dari kunjungan: tiap orang sekali sebulan, menurut kunjungan terakhirnya; sasaran pada hari terakhir "
    "bulan. “–” tidak berlaku, “belum” berarti belum didata. Baris “dari kertas” diketik dari rekap kertas posyandu "
    "yang belum memakai aplikasi, dan tidak masuk dalam angka di baris lain."
)


@dataclass(frozen=True)
class Heading:
    """A heading over `span` columns."""

    text: str
    span: int


@dataclass(frozen=True)
class ShownLine:
    label: str
    note: str
    from_paper: bool
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ShownRecap:
    """A recap ready to draw: headings over headers, then a row a month or a place."""

    key: str
    title: str
    headings: tuple[Heading, ...]
    headers: tuple[str, ...]
    lines: tuple[ShownLine, ...]


def cell_text(cell: RecapCell) -> str:
    """16, or why there is no number."""
    return number_text(cell.value or 0) if cell.state is State.KNOWN else CELL_WORDS[cell.state]


def shown_recaps(lines: Sequence[RecapLine]) -> tuple[ShownRecap, ...]:
    """The four recaps with these rows."""
    return tuple(_shown(recap, lines) for recap in RECAPS)


def _shown(recap: Recap, lines: Sequence[RecapLine]) -> ShownRecap:
    headings = tuple(
        Heading(text, len(list(columns))) for text, columns in groupby(recap.columns, key=lambda column: column.heading)
    )
    rows = tuple(
        ShownLine(line.label, line.note, line.from_paper, tuple(map(cell_text, line.cells.get(recap.key, ()))))
        for line in lines
    )
    return ShownRecap(recap.key, recap.title, headings, tuple(column.header for column in recap.columns), rows)


def pdf(place: Place, year: int, lines: Sequence[RecapLine]) -> Document:
    """The annex: four tables on landscape paper."""
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    title = f"Lampiran: Rekap Bulanan {place.title} Tahun {year}"
    html = render_to_string(
        "reports/_recap_paper.html", {"title": title, "recaps": shown_recaps(lines), "note": NOTE, "foot": title}
    )
    return Document(_filename(place, year, "pdf"), "application/pdf", render_pdf(html, stylesheet="recap.css"))


def xlsx(place: Place, year: int, lines: Sequence[RecapLine]) -> Document:
    """A sheet a recap, a row a month."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": f"Rekap bulanan {place.title} {year}"})
        _write_sheets(book, lines)
    return Document(_filename(place, year, "xlsx"), CONTENT_TYPE, target.getvalue())


def _filename(place: Place, year: int, ending: str) -> str:
    return f"rekap-{year}-{plain_name(place.name)}.{ending}"


def _write_sheets(book, lines: Sequence[RecapLine]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for recap in RECAPS:
        sheet = book.add_worksheet(recap.title.replace(",", "")[:31])
        sheet.set_column(0, 1, 22)
        sheet.set_column(2, 1 + len(recap.columns), 11)
        sheet.freeze_panes(1, 2)
        for number, text in enumerate(("Bulan", "Keterangan", *(column.full_header for column in recap.columns))):
            sheet.write_string(0, number, text, bold)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line.label)
            sheet.write_string(row, 1, line.note)
            write_cells(sheet, row, 2, line.cells.get(recap.key, ()))
