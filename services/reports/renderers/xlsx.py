"""The report as a workbook: a sheet a section, numbers as numbers, texts never as formulas."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from services.reports.figures import Figure, Report, State, Table
from services.reports.figures.recaps import RECAPS, RecapCell, recap_row
from services.web.rules import MISSING, month_text

from . import Document, filename_of
from .html import HOW_TO_READ, NOT_THE_ACHIEVEMENT, standing, summary, title_lines
from .parts import recaps
from .shown import value_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (("Uraian", 52), ("Nilai", 14), ("Satuan", 12), ("Penyebut", 12), ("Keterangan", 90), ("Kunci", 46))
CELL_WORDS = {State.NOT_RECORDED: "belum", State.NOT_APPLICABLE: MISSING, State.DISGUISED: "disamarkan"}
OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(report: Report) -> Document:
    """One sheet "Ringkasan", for areas one "Rincian", and one for each section."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        # The day of the report and not of the clock, so that a version is the same bytes whenever it is made.
        made = datetime.combine(report.made_on, time())
        book.set_properties({"title": " — ".join(title_lines(report)), "author": report.place.title, "created": made})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _write_summary(book.add_worksheet("Ringkasan"), report, bold)
        if report.parts:
            _write_recap(book.add_worksheet("Rincian"), report, bold)
        for section in report.sections:
            _write_section(book.add_worksheet(_sheet_name(section.title)), section.tables, report, bold, wrap)
        _write_recaps(book, report, bold)
    return Document(filename_of(report, "xlsx"), CONTENT_TYPE, target.getvalue())


def _sheet_name(title: str) -> str:
    """At most 31 letters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]


def _write_summary(sheet, report: Report, bold) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 28)
    lines: list[tuple] = [(line,) for line in (*report.letterhead, *title_lines(report))]
    lines += [(), *report.identity, ("Keadaan", standing(report)), ()]
    lines += [(heading, cell.text, cell.of) for heading, cell in summary(report)]
    lines += [(), (HOW_TO_READ,), (NOT_THE_ACHIEVEMENT,)]
    for number, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text, bold if len(line) == 1 and number < 5 else None)


def _write_recap(sheet, report: Report, bold) -> None:
    """The tables of the level below, one under the other."""
    tables = recaps(report)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, max(len(table.columns) for table in tables), 14)
    top = 0
    for table in tables:
        for column, heading in enumerate((table.title if top else "Tempat", *table.columns)):
            sheet.write_string(top, column, heading, bold)
        for number, row in enumerate(table.rows, start=top + 1):
            sheet.write_string(number, 0, row.label)
            for column, cell in enumerate(row.cells, start=1):
                sheet.write_string(number, column, cell.text)
        top += len(table.rows) + 2


def _write_recaps(book, report: Report, bold) -> None:
    """The four recaps of the health cards: a row a place of the level below, and the whole."""
    parts = [(part.place.name, part.figures) for part in report.parts]
    rows = [*parts, ("Jumlah" if parts else month_text(report.month), report.figures)]
    for recap_form in RECAPS:
        sheet = book.add_worksheet(_sheet_name(recap_form.title))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(recap_form.columns), 11)
        sheet.freeze_panes(1, 1)
        headers = ("Tempat" if parts else "Bulan", *(column.full_header for column in recap_form.columns))
        for column, text in enumerate(headers):
            sheet.write_string(0, column, text, bold)
        for number, (label, figures) in enumerate(rows, start=1):
            sheet.write_string(number, 0, label)
            write_cells(sheet, number, 1, recap_row(recap_form, figures))


def write_cells(sheet, row: int, first: int, cells: Iterable[RecapCell]) -> None:
    """Cells of a recap: numbers as numbers, else why there is none."""
    for column, cell in enumerate(cells, start=first):
        if cell.state is State.KNOWN:
            sheet.write_number(row, column, cell.value or 0)
        else:
            sheet.write_string(row, column, CELL_WORDS[cell.state])


def _write_section(sheet, tables: tuple[Table, ...], report: Report, bold, wrap) -> None:
    for column, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)
    number = 1
    for table in tables:
        sheet.write_string(number, 0, table.title, bold)
        number += 1
        for label, figure in _lines(table, report):
            _write_figure(sheet, number, label, figure, wrap)
            number += 1


def _lines(table: Table, report: Report) -> Iterator[tuple[str, Figure]]:
    """Each figure of a table with its row and column in words."""
    for row in table.rows:
        for column, key in zip(table.columns, row.keys, strict=True):
            if key:
                yield (row.label if table.is_list else f"{row.label}: {column}"), report.figures[key]


def _write_figure(sheet, number: int, label: str, figure: Figure, wrap) -> None:
    sheet.write_string(number, 0, label)
    if figure.is_known and figure.value is not None:
        sheet.write_number(number, 1, figure.value)
    else:
        sheet.write_string(number, 1, value_text(figure))
    sheet.write_string(number, 2, figure.unit)
    if figure.denominator is not None:
        sheet.write_number(number, 3, figure.denominator)
    sheet.write_string(number, 4, figure.sentence, wrap)
    sheet.write_string(number, 5, figure.key)
