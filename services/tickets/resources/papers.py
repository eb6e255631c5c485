"""Papers: a citizen's slip, and tables for those who plan. They are given values and read nothing themselves."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
import xlsxwriter
from django.template.loader import render_to_string
from xlsxwriter.worksheet import Worksheet

from services.web.pdf import render_pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
SHEET_NAME = 31  # letters that a workbook takes
SIGN_HERE = "_" * 24


@dataclass(frozen=True)
class Document:
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Table:
    """A paper with a table: title, lines of its head, columns, rows of text, and who signs (left, right).

    `group` is a heading over some columns: its word, the first of them and the one after the last. What has ruled rows
    for the pen (`least_rows`) is upright as the paper in use, but for what is lying (`is_lying`). `also` are more
    tables on the same paper, each a sheet of its own in a workbook.
    """

    title: str
    head: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    signs: Sequence[str] = ()
    note: str = ""
    least_rows: int = 0
    group: tuple[str, int, int] | None = None
    is_lying: bool = False
    also: Sequence["Table"] = ()


def slip_pdf(*, number: str, facts: Sequence[tuple[str, str]], code: str, address: str, filename: str) -> Document:
    """The A6 slip of whoever reported: number, facts without her name, code and QR of the public page."""
    picture = segno.make(address, error="m").png_data_uri(scale=6, border=1)
    context = {"number": number, "facts": facts, "code": code, "address": address, "qr": picture}
    return Document(filename, PDF, _pdf("slip", context))


def table_pdf(table: Table, filename: str) -> Document:
    """A table on A4; empty ruled lines up to `least_rows`, for the pen."""
    look = "portrait" if len(table.columns) <= 8 else "portrait dense" if table.least_rows else ""
    look = "dense lying" if table.is_lying else look
    context = {"table": table, "parts": [_part(one) for one in (table, *table.also)], "look": look}
    return Document(filename, PDF, _pdf("table", context))


def _part(table: Table) -> dict:
    """A table as it is drawn: its rows with ruled ones, the first line of headings as (word, columns, lines), and the
    second where there is a group."""
    return {"table": table, "rows": _with_ruled(table), **_headings(table)}


def _with_ruled(table: Table) -> list[Sequence[str]]:
    """The rows of a paper, with empty ones for the pen up to `least_rows`."""
    blank = max(0, table.least_rows - len(table.rows))
    return [*table.rows, *([""] * len(table.columns) for _ in range(blank))]


def _headings(table: Table) -> dict:
    if table.group is None:
        return {"upper": [(column, 1, 1) for column in table.columns], "lower": ()}
    word, first, after = table.group
    single = [(column, 1, 2) for column in table.columns]
    return {
        "upper": [*single[:first], (word, after - first, 1), *single[after:]],
        "lower": table.columns[first:after],
    }


def table_xlsx(table: Table, filename: str) -> Document:
    """The same table as a workbook. All cells are text, so that none becomes a formula."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    _add_sheet(book, "Daftar", table)
    for one in table.also:
        _add_sheet(book, one.title[:SHEET_NAME], one)
    book.close()
    return Document(filename, XLSX, kept.getvalue())


def _add_sheet(book: xlsxwriter.Workbook, name: str, table: Table) -> None:
    ruled = {"border": 1} if table.least_rows else {}
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", **ruled})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", **ruled})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 13}))
    for line, (label, value) in enumerate(table.head, start=1):
        sheet.write_string(line, 0, label)
        sheet.write_string(line, 1, value)
    top = len(table.head) + 2
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, column, bold)
        widest = max([len(column), *(len(row[place]) for row in table.rows)])
        sheet.set_column(place, place, min(50, widest + 2))
    if table.group:
        word, first, after = table.group
        sheet.merge_range(top - 1, first, top - 1, after - 1, word, bold)
    rows = _with_ruled(table)
    for line, row in enumerate(rows, start=top + 1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell, wrapped)
    sheet.freeze_panes(top + 1, 0)
    _add_foot(sheet, top + len(rows) + 2, table)


def _add_foot(sheet: Worksheet, line: int, table: Table) -> None:
    """What the signs mean, and below it who signs: one at the left, one at the right, as on the paper."""
    if table.note:
        sheet.write_string(line, 0, table.note)
    places = (0, max(len(table.columns) - 2, 1))
    for place, who in zip(places, table.signs, strict=False):
        sheet.write_string(line + 2, place, who)
        sheet.write_string(line + 6, place, SIGN_HERE)


def _pdf(what: str, context: dict) -> bytes:
    return render_pdf(render_to_string(f"tickets/pdf/{what}.html", context), stylesheet=f"ticket_{what}.css")
