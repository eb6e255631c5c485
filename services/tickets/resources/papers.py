"""Papers: a citizen's slip, and tables for those who plan. They are given values and read nothing themselves."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
import xlsxwriter
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

SLIP_CSS = """
@page { size: A6 portrait; margin: 9mm 9mm 8mm }
html { font: 9.5pt/1.35 'DejaVu Sans', sans-serif; color: #000 }
h1 { font-size: 12pt; margin: 0 0 1mm }
p { margin: 0 0 2mm } .small { font-size: 7.5pt } .number { font-size: 12pt; font-weight: bold }
dl { margin: 2mm 0 } dl div { display: flex; border-bottom: .3pt solid #999; padding: .8mm 0 }
dt { width: 22mm } dd { margin: 0; flex: 1; font-weight: bold }
.track { display: flex; border-top: .6pt solid #000; padding-top: 2.5mm; margin-top: 3mm }
.track img { width: 32mm; height: 32mm; margin-right: 4mm } .code { font-weight: bold; letter-spacing: .3pt }
"""
TABLE_CSS = """
@page { size: A4 landscape; margin: 14mm 12mm; @bottom-right {
  content: 'Halaman ' counter(page) ' dari ' counter(pages); font: 7.5pt 'DejaVu Sans' } }
@page portrait { size: A4 portrait } .portrait { page: portrait }
html { font: 8.5pt/1.3 'DejaVu Sans', sans-serif; color: #000 }
h1 { font-size: 11.5pt; text-align: center; margin: 0 0 3mm; text-transform: uppercase }
dl { display: grid; grid-template-columns: 34mm auto; margin: 0 0 3mm } dd { margin: 0 }
table { width: 100%; border-collapse: collapse } thead { display: table-header-group } tr { break-inside: avoid }
th, td { border: .4pt solid #000; padding: 1mm 1.4mm; text-align: left; vertical-align: top } td { height: 6.5mm }
th { font-weight: bold; text-align: center } td.mid { text-align: center }
.signs { display: flex; justify-content: space-between; margin-top: 8mm; break-inside: avoid }
.signs div { width: 60mm }
.line { margin-top: 18mm; border-top: .4pt solid #000 }
.note { font-size: 7.5pt; margin-top: 3mm }
"""


@dataclass(frozen=True)
class Document:
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Table:
    """A paper with a table: title, lines of its head, columns, rows of text, and who signs (left, right)."""

    title: str
    head: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    signs: Sequence[str] = ()
    note: str = ""
    least_rows: int = 0


def slip_pdf(*, number: str, facts: Sequence[tuple[str, str]], code: str, address: str, filename: str) -> Document:
    """The A6 slip of whoever reported: number, facts without her name, code and QR of the public page."""
    picture = segno.make(address, error="m").png_data_uri(scale=6, border=1)
    context = {"number": number, "facts": facts, "code": code, "address": address, "qr": picture}
    return Document(filename, PDF, _pdf("tickets/pdf/slip.html", context, SLIP_CSS))


def table_pdf(table: Table, filename: str) -> Document:
    """A table on A4; empty ruled lines up to `least_rows`, for the pen."""
    blank = max(0, table.least_rows - len(table.rows))
    rows = [*table.rows, *([""] * len(table.columns) for _ in range(blank))]
    context = {"table": table, "rows": rows, "portrait": len(table.columns) <= 8}
    return Document(filename, PDF, _pdf("tickets/pdf/table.html", context, TABLE_CSS))


def table_xlsx(table: Table, filename: str) -> Document:
    """The same table as a workbook. All cells are text, so that none becomes a formula."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Daftar")
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 13}))
    for line, (label, value) in enumerate(table.head, start=1):
        sheet.write_string(line, 0, label)
        sheet.write_string(line, 1, value)
    top = len(table.head) + 2
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, column, bold)
        widest = max([len(column), *(len(row[place]) for row in table.rows)])
        sheet.set_column(place, place, min(50, widest + 2))
    for line, row in enumerate(table.rows, start=top + 1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell, wrapped)
    sheet.freeze_panes(top + 1, 0)
    if table.note:
        sheet.write_string(top + len(table.rows) + 2, 0, table.note)
    book.close()
    return Document(filename, XLSX, kept.getvalue())


def _pdf(template: str, context: dict, style: str) -> bytes:
    page = HTML(string=render_to_string(template, context), url_fetcher=_only_inside)
    return page.write_pdf(stylesheets=[CSS(string=style)])


def _only_inside(url: str, *args, **kwargs):
    """Papers carry all they need: nothing is fetched from anywhere."""
    from weasyprint import default_url_fetcher

    if not url.startswith("data:"):
        raise ValueError(f"paper wants {url}")
    return default_url_fetcher(url, *args, **kwargs)
