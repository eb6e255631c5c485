"""The recap as a workbook: numbers as numbers, with the keys of the figures; a sheet a section."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter

from services.reports.figures import Figure, Section
from services.reports.figures.catalogue import BY_KEY
from services.reports.figures.periods import HEADLINES, Standing, names_of, rule_words

from .. import Document
from ..xlsx import CONTENT_TYPE, OPTIONS
from .paper import filename_of
from .shown import NOTE, STANDING_NOTE, remarks_of, title_of
from .wide import WHOLE, columns_of, text_of

HEADERS = 4  # rows above the numbers of a section
STANDING_HEADERS = (
    "Posyandu",
    "Laporan seharusnya",
    "Tepat waktu",
    "Terlambat",
    "Belum dikirim",
    "Laporan terhitung",
    "Final",
    "Bidang terisi",
    "dari bidang",
    "Punya nomor registrasi",
)


def xlsx(recap) -> Document:
    """What to know first, completeness, headlines by month and place, every section, and every figure in a list."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        title = title_of(recap)
        book.set_properties({"title": title, "author": recap.place.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        notes = [title, *remarks_of(recap), NOTE, *([STANDING_NOTE] if recap.parts else [])]
        write_notes(book.add_worksheet("Keterangan"), [(each,) for each in notes])
        parts = [(part.place.name, part.place.code, part.standing, part.figures) for part in recap.parts]
        whole = (WHOLE, "", recap.standing, recap.figures)
        if len(recap.months) > 1:
            rows = [(names_of([line.month]), "", line.standing, line.figures or {}) for line in recap.months]
            write_headlines(book.add_worksheet("Bulan"), "Bulan", [*rows, whole], bold)
        if parts:
            write_standings(book.add_worksheet("Kelengkapan"), "Tempat", [*parts, whole], bold)
            write_headlines(book.add_worksheet("Tempat"), "Tempat", [*parts, whole], bold)
        for section in recap.sections:
            _write_section(book.add_worksheet(_sheet_name(section.title)), section, [*parts, whole], bold)
        _write_figures(book.add_worksheet("Semua angka"), recap, bold)
    return Document(filename_of(recap, "xlsx"), CONTENT_TYPE, target.getvalue())


def _sheet_name(title: str) -> str:
    """At most 31 letters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]


def write_notes(sheet, rows: Sequence[Sequence[str | int]], heading=None) -> None:
    """Words, a line each; numbers stay numbers. The first line is written in the format of `heading`."""
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 12, 22)
    for number, row in enumerate(rows):
        for column, each in enumerate(row):
            if isinstance(each, str):
                sheet.write_string(number, column, each, heading if number == 0 else None)
            else:
                sheet.write_number(number, column, each)


def write_standings(sheet, first: str, rows: Sequence[tuple], bold) -> None:
    """How complete each place is."""
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 1 + len(STANDING_HEADERS), 12)
    sheet.freeze_panes(1, 1)
    for column, text in enumerate((first, "Kode", *STANDING_HEADERS)):
        sheet.write_string(0, column, text, bold)
    for number, (label, code, standing, _) in enumerate(rows, start=1):
        sheet.write_string(number, 0, label)
        sheet.write_string(number, 1, code)
        for column, value in enumerate(standing_numbers(standing), start=2):
            sheet.write_number(number, column, value)


def standing_numbers(standing: Standing) -> tuple[int, ...]:
    """The numbers under STANDING_HEADERS."""
    return (
        standing.posts,
        standing.owing,
        standing.on_time,
        standing.late,
        standing.missing,
        standing.counted,
        standing.final,
        standing.fields,
        standing.of_fields,
        standing.registered,
    )


def write_headlines(sheet, first: str, rows: Sequence[tuple], bold, *, start: int = 0) -> int:
    """A row a month or a place, with the headlines beside how many reports they are of; the row after the last."""
    headers = (first, "Kode", "Laporan terhitung", "Seharusnya", *(heading for heading, _ in HEADLINES))
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(headers), 12)
    if not start:
        sheet.freeze_panes(2, 1)
    for column, text in enumerate(("", "", "", "", *(key for _, key in HEADLINES))):
        sheet.write_string(start, column, text)
    for column, text in enumerate(headers):
        sheet.write_string(start + 1, column, text, bold)
    for number, row in enumerate(rows, start=start + 2):
        _write_row(sheet, number, row, [key for _, key in HEADLINES])
    return start + 2 + len(rows)


def _write_row(sheet, number: int, row: tuple, keys: Sequence[str]) -> None:
    label, code, standing, figures = row
    sheet.write_string(number, 0, label)
    sheet.write_string(number, 1, code)
    sheet.write_number(number, 2, standing.counted)
    sheet.write_number(number, 3, standing.owing)
    for column, key in enumerate(keys, start=4):
        if key in figures:
            write_figure(sheet, number, column, figures[key])


def write_figure(sheet, row: int, column: int, figure: Figure) -> None:
    """A number as a number; else the word in its place."""
    if figure.is_known and figure.value is not None:
        sheet.write_number(row, column, figure.value)
    else:
        sheet.write_string(row, column, text_of(figure))


def _write_section(sheet, section: Section, rows: Sequence[tuple], bold) -> None:
    """Key, table, heading and header above each column; a row a place."""
    columns = [(table.title, column) for table in section.tables for column in columns_of(table)]
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 3 + len(columns), 12)
    sheet.freeze_panes(HEADERS, 1)
    blank = ("", "", "", "")
    heads = (
        (*blank, *(column.key for _, column in columns)),
        (*blank, *once([title for title, _ in columns])),
        (*blank, *once([f"{title}|{column.heading}" for title, column in columns], lambda text: text.split("|")[1])),
        ("Tempat", "Kode", "Laporan terhitung", "Seharusnya", *(column.header for _, column in columns)),
    )
    for number, texts in enumerate(heads):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(number, column, text, bold if number else None)
    for number, row in enumerate(rows, start=HEADERS):
        _write_row(sheet, number, row, [column.key for _, column in columns])


def once(texts: Sequence[str], words=lambda text: text) -> list[str]:
    """What stands over several columns is written over the first of them."""
    return [words(text) if number == 0 or text != texts[number - 1] else "" for number, text in enumerate(texts)]


def _write_figures(sheet, recap, bold) -> None:
    columns = (("Kunci", 46), ("Uraian", 52), ("Satuan", 12), ("Nilai", 14), ("Penyebut", 12), ("Cara", 34))
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)
    figures: Mapping[str, Figure] = recap.figures
    for row, (key, figure) in enumerate(figures.items(), start=1):
        for column, text in enumerate((key, figure.label, figure.unit)):
            sheet.write_string(row, column, text)
        write_figure(sheet, row, 3, figure)
        if figure.denominator is not None:
            sheet.write_number(row, 4, figure.denominator)
        sheet.write_string(row, 5, rule_words(BY_KEY[key]))
