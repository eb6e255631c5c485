"""The recap of a period for the province: a sheet a month and one for their sum, a row a kecamatan, a column a figure.

Rows go to disk as they are written: of a year of a kabupaten one month is in memory.
"""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import xlsxwriter

from services.reports.figures import DEFINITIONS, SECTIONS, Figure
from services.reports.figures.periods import HEADLINES, Standing, rule_words
from services.web.rules import date_text, month_text

from .. import Document, plain_name
from ..xlsx import CONTENT_TYPE, OPTIONS
from .book import STANDING_HEADERS, once, standing_numbers, write_figure, write_headlines, write_notes
from .shown import HIDDEN_NOTE, NOTE, STANDING_NOTE
from .wide import WHOLE, columns_of

NOBODY = Standing()
COLUMNS = tuple(
    (section.title, table.title, column)
    for section in SECTIONS
    for table in section.tables
    for column in columns_of(table)
)
FIRST = ("Kode", "Kecamatan", *STANDING_HEADERS)
HEADS = 6  # rows above the first kecamatan
SUM = "Jumlah"
LISTED = ("Bulan", "Kode", "Posyandu", "Keadaan", "Versi", "Tepat waktu", "SHA-256")
KEYS = ("Kunci", "Uraian", "Satuan", "Beberapa bulan", "Penjelasan")
STATES = {"diajukan": "dikirim", "diverifikasi": "diperiksa", "direkap": "direkap kecamatan", "final": "final"}


def province_book(tables, key: str, told: Callable[[], None]) -> Document:
    """`tables` are `queries.periods.Tables` that were not asked yet; `told` is called after each month."""
    target, span, place = BytesIO(), tables.asked.span, tables.asked.place
    with xlsxwriter.Workbook(target, {**OPTIONS, "in_memory": False}) as book:
        book.set_properties({"title": f"Rekap {place.title}, {span.title}", "author": place.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        notes, summary = book.add_worksheet("Keterangan"), book.add_worksheet("Ringkasan")
        sheets = {month: book.add_worksheet(month_text(month)) for month in _months(tables)}
        headlines = _write_months(tables, sheets, bold, told)
        total, standings = tables.total(), tables.standings()
        if len(sheets) > 1:
            _write_table(book.add_worksheet(SUM), f"{SUM} {span.title}", tables, total, standings, bold)
        _write_summary(summary, tables, headlines, total, standings, bold)
        write_notes(notes, _notes(tables, key, standings[""]), bold)
        _write_sources(book.add_worksheet("Laporan"), tables, bold)
        keys = [(each.key, each.label, each.unit, rule_words(each), each.sentence) for each in DEFINITIONS]
        write_notes(book.add_worksheet("Kunci"), [KEYS, *keys], bold)
    return Document(f"rekap-provinsi-{span.code}-{plain_name(place.name)}.xlsx", CONTENT_TYPE, target.getvalue())


def _months(tables) -> list[date]:
    """Those in which anybody owes a report; whoever sent one owed it."""
    return sorted(month for month, posts in tables.reports.owing.items() if posts)


def _write_months(tables, sheets: Mapping, bold, told) -> dict[date, dict[str, Figure]]:
    """Every month on its sheet; gives back the headlines of the whole."""
    headlines = {}
    for month, table in tables.months():
        headlines[month] = {key: table.whole[key] for _, key in HEADLINES}
        standings = tables.standings(month)
        _write_table(sheets[month], month_text(month), tables, table, standings, bold)
        told()
    for month in sheets.keys() - headlines.keys():  # nobody has sent it
        _write_table(sheets[month], month_text(month), tables, None, tables.standings(month), bold)
    return headlines


def _write_table(sheet, title: str, tables, table, standings: Mapping, bold) -> None:
    """A row a kecamatan and one for all; only how complete they are where `table` is None."""
    standing = standings.get("", NOBODY)
    _write_heads(sheet, f"{tables.asked.place.title}, {title}: {standing.counted} dari {standing.owing} laporan", bold)
    parts = table.parts if table else {}
    rows = [
        (code, place.name, standings.get(code, NOBODY), parts.get(code, {})) for code, place in tables.places.items()
    ]
    rows.append((tables.asked.place.code, SUM, standing, table.whole if table else {}))
    for number, (code, name, each, figures) in enumerate(rows, start=HEADS):
        sheet.write_string(number, 0, code)
        sheet.write_string(number, 1, name)
        for column, value in enumerate(standing_numbers(each), start=2):
            sheet.write_number(number, column, value)
        for column, (*_, asked) in enumerate(COLUMNS, start=len(FIRST)):
            if asked.key in figures:
                write_figure(sheet, number, column, figures[asked.key])


def _write_heads(sheet, title: str, bold) -> None:
    """Title; then above each column its key, field, table, heading and header."""
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, len(FIRST) + len(COLUMNS), 12)
    sheet.freeze_panes(HEADS, 2)
    sheet.write_string(0, 0, title)
    blank = ("",) * len(FIRST)
    tables = [(section, table) for section, table, _ in COLUMNS]
    headings = [(*table, column.heading) for table, (*_, column) in zip(tables, COLUMNS, strict=True)]
    heads = (
        (*blank, *(column.key for *_, column in COLUMNS)),
        (*blank, *once([section for section, *_ in COLUMNS])),
        (*blank, *once(tables, lambda each: each[-1])),
        (*blank, *once(headings, lambda each: each[-1])),
        (*FIRST, *(column.header for *_, column in COLUMNS)),
    )
    for number, texts in enumerate(heads, start=1):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(number, column, text, bold if number > 1 else None)


def _write_summary(sheet, tables, headlines: Mapping, total, standings: Mapping, bold) -> None:
    """The headlines twice: a row a month, and a row a kecamatan."""
    whole = (WHOLE, "", standings.get("", NOBODY), total.whole)
    months = [
        (month_text(month), "", tables.standings(month).get("", NOBODY), headlines.get(month, {}))
        for month in _months(tables)
    ]
    after = write_headlines(sheet, "Bulan", [*months, whole], bold)
    parts = [
        (place.name, code, standings.get(code, NOBODY), total.parts[code]) for code, place in tables.places.items()
    ]
    write_headlines(sheet, "Kecamatan", [*parts, whole], bold, start=after + 1)


def _notes(tables, key: str, whole: Standing) -> list[tuple]:
    """Where the numbers are from, how complete they are, and how to check them."""
    asked, reports = tables.asked, tables.reports
    versions = sum(bool(each.version) for each in reports.all)
    lines: list[tuple] = [
        (f"Rekap {asked.place.title}, {asked.span.title}",),
        ("Dibuat", date_text(asked.today)),
        ("Sumber", "Laporan bulanan posyandu yang sudah dikirim, tiap posyandu tiap bulan yang terbaru"),
        ("Laporan terhitung", whole.counted, "dari", whole.owing),
        ("Laporan yang sudah final (bernomor versi)", versions),
        ("Laporan yang belum final (sementara)", whole.counted - versions),
        ("Sidik isi (SHA-256 dari daftar di lembar Laporan)", key),
        (NOTE,),
        (STANDING_NOTE,),
        (HIDDEN_NOTE,),
        ("Angka posyandu adalah bahan, bukan capaian SPM pemerintah daerah.",),
        (),
        ("Kelengkapan menurut bulan", *STANDING_HEADERS),
    ]
    for month in _months(tables):
        lines.append((month_text(month), *standing_numbers(tables.standings(month).get("", NOBODY))))
    return [*lines, (asked.span.short, *standing_numbers(whole))]


def _write_sources(sheet, tables, bold) -> None:
    """Every report that was counted with its version and hash, and every one that is missing."""
    reports, rows = tables.reports, [LISTED]
    for month in _months(tables):
        sent = reports.sent.get(month, {})
        for each in sorted(sent.values(), key=lambda each: each.path):
            version = f"versi {each.version}" if each.version else "belum final"
            in_time = "ya" if each.in_time else "tidak"
            name = reports.names.get(each.path, "")
            rows.append((month_text(month), each.path, name, STATES[each.state], version, in_time, each.sha256))
        for post, row in reports.owing.get(month, {}).items():
            if post not in sent:
                rows.append((month_text(month), row.path, row.posyandu.name, "belum dikirim", "", "", ""))
    write_notes(sheet, rows, bold)
