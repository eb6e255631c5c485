"""The recap for the province: one workbook of a kab/kota, a sheet a level, a row a place, a column a figure."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from services.reports.figures import DEFINITIONS, Place
from services.reports.figures.periods import rule_words
from services.web.rules import month_text

from . import Document, plain_name
from .periods import write_figure
from .xlsx import CONTENT_TYPE, OPTIONS

TITLES = {"kecamatan": "Kecamatan", "kelurahan": "Desa dan kelurahan", "posyandu": "Posyandu"}
FIRST = ("Kode", "Nama", "Di", "Laporan terhitung")


def xlsx(place: Place, month: date, rows: Mapping[str, Sequence], missing: Sequence[tuple[str, str, str]]) -> Document:
    """`rows` are the places of each level; `missing` are (code, name, why) of posts without a checked report."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": f"Rekap {place.title} {month_text(month)}", "author": place.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for level, title in TITLES.items():
            _write_level(book.add_worksheet(title), rows[level], bold)
        _write_texts(book.add_worksheet("Belum ada"), ("Kode", "Posyandu", "Keadaan"), missing, bold)
        keys = [(each.key, each.label, each.unit, rule_words(each), each.sentence) for each in DEFINITIONS]
        headers = ("Kunci", "Uraian", "Satuan", "Beberapa bulan", "Penjelasan")
        _write_texts(book.add_worksheet("Kunci"), headers, keys, bold)
    return Document(f"rekap-provinsi-{month:%Y-%m}-{plain_name(place.name)}.xlsx", CONTENT_TYPE, target.getvalue())


def _write_level(sheet, rows: Sequence, bold) -> None:
    sheet.set_column(0, 2, 20)
    sheet.set_column(3, 3 + len(DEFINITIONS), 11)
    sheet.freeze_panes(2, 2)
    for column, text in enumerate((*("",) * len(FIRST), *(each.key for each in DEFINITIONS))):
        sheet.write_string(0, column, text)
    for column, text in enumerate((*FIRST, *(each.label for each in DEFINITIONS))):
        sheet.write_string(1, column, text, bold)
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate((row.code, row.name, row.above)):
            sheet.write_string(number, column, text)
        sheet.write_number(number, 3, row.counted)
        for column, definition in enumerate(DEFINITIONS, start=len(FIRST)):
            write_figure(sheet, number, column, row.figures[definition.key])


def _write_texts(sheet, headers: Sequence[str], rows: Sequence[Sequence[str]], bold) -> None:
    sheet.set_column(0, len(headers) - 1, 30)
    sheet.freeze_panes(1, 1)
    for number, row in enumerate([headers, *rows]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, bold if number == 0 else None)
