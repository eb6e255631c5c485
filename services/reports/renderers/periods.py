"""Semester and annual recaps for page, paper and workbook: the same numbers and words in all three."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.template.loader import render_to_string

from services.reports.figures import SECTIONS, Figure, Place, State, Table
from services.reports.figures.catalogue import BY_KEY
from services.reports.figures.periods import HEADLINES, Span, names_of, rule_words
from services.web.rules import MISSING, date_text, number_text, percent_text

from . import Document, plain_name
from .xlsx import CONTENT_TYPE, OPTIONS

NOTE = (
    "Yang terjadi (kunjungan, kehadiran, laporan warga) dijumlah; orang yang datang di beberapa bulan dihitung tiap "
    "bulan. Yang ada (jiwa, sasaran, kader) menurut bulan terakhir. Persen dihitung dari jumlah pembilang dan "
    "penyebutnya sendiri, median dari semua nilainya; tidak ada yang dirata-rata."
)


@dataclass(frozen=True)
class Line:
    """A row: a month or a place, of how many reports, and its numbers as text."""

    label: str
    reports: str
    texts: tuple[str, ...]
    note: str = ""
    code: str = ""


@dataclass(frozen=True)
class FigureTable:
    """All figures of a table of the monthly report; `silent` says in words which have no number."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    silent: tuple[tuple[str, str], ...]

    @property
    def is_list(self) -> bool:
        return len(self.columns) == 1


@dataclass(frozen=True)
class Shown:
    """A recap ready to draw."""

    title: str
    place: Place
    span: Span
    columns: tuple[str, ...]
    months: tuple[Line, ...]
    parts: tuple[Line, ...]
    whole: Line
    sections: tuple[tuple[str, tuple[FigureTable, ...]], ...]
    remarks: tuple[str, ...]
    made: str


def text_of(figure: Figure) -> str:
    """16, 88,9%, or why there is no number."""
    if figure.state is State.NOT_APPLICABLE:
        return MISSING
    if not figure.is_known:
        return figure.state.words
    return percent_text(figure.value) if figure.unit == "%" else number_text(figure.value)


def shown(recap) -> Shown:
    """Every number of a recap as text, in the order of page and paper."""
    counted, owing = (sum(getattr(line, name) for line in recap.months) for name in ("counted", "owing"))
    return Shown(
        title=f"Rekap {recap.place.title}, {recap.span.title}",
        place=recap.place,
        span=recap.span,
        columns=tuple(heading for heading, _ in HEADLINES),
        months=tuple(_month_line(line) for line in recap.months) if len(recap.months) > 1 else (),
        parts=tuple(
            Line(part.place.name, f"{part.counted} dari {part.owing}", _texts(part.figures), code=part.place.code)
            for part in recap.parts
        ),
        whole=Line("Seluruhnya", f"{number_text(counted)} dari {number_text(owing)}", _texts(recap.figures)),
        sections=tuple(_sections(recap.figures)) if recap.is_whole else (),
        remarks=tuple(remarks_of(recap)),
        made=date_text(recap.made_on),
    )


def _month_line(line) -> Line:
    name = names_of([line.month])
    if line.figures is None:
        note = "belum dikirim" if line.owing else "masih berjalan" if line.is_running else ""
        return Line(name, f"0 dari {line.owing}" if line.owing else MISSING, (), note)
    note = "sementara, dihitung sekarang" if line.is_live else "sementara" if line.final < line.owing else ""
    reports = f"{line.counted} dari {line.owing}" if line.owing else MISSING
    return Line(name, reports, _texts(line.figures), "masih berjalan" if line.is_running else note)


def remarks_of(recap) -> list[str]:
    """What the reader must know before the numbers: which months are missing, and which may still change."""
    said = []
    if recap.missing:
        said.append(f"Belum ada laporan yang dikirim untuk bulan {names_of(recap.missing)}.")
    if recap.provisional:
        said.append(f"Sementara, belum final semua: {names_of(recap.provisional)}.")
    short = [line for line in recap.months if 0 < line.counted < line.owing]
    if short and not recap.place.is_posyandu:
        told = ", ".join(f"{names_of([line.month])} {line.counted} dari {line.owing}" for line in short)
        said.append(f"Belum semua posyandu terhitung: {told}.")
    return said


def _texts(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    return tuple(text_of(figures[key]).replace("belum didata", "belum") for _, key in HEADLINES)


def _sections(figures: Mapping[str, Figure]) -> Iterable[tuple[str, tuple[FigureTable, ...]]]:
    for section in SECTIONS:
        yield section.title, tuple(_figure_table(table, figures) for table in section.tables)


def _figure_table(table: Table, figures: Mapping[str, Figure]) -> FigureTable:
    rows: list[tuple[str, tuple[str, ...]]] = []
    silent: dict[str, list[str]] = {}
    for row in table.rows:
        found = [figures[key] if key else None for key in row.keys]
        states = {each.state for each in found if each}
        if states and all(text_of(each) == "0" for each in found if each):
            silent.setdefault("0", []).append(row.label)
        elif State.KNOWN in states:
            rows.append((row.label, tuple(_text_beside(each, table.is_list) if each else "" for each in found)))
        else:
            words = "belum didata" if State.NOT_RECORDED in states else min(states).words
            silent.setdefault(words.capitalize(), []).append(row.label)
    return FigureTable(
        table.title, table.columns, tuple(rows), tuple((words, "; ".join(labels)) for words, labels in silent.items())
    )


def _text_beside(figure: Figure, is_list: bool) -> str:
    text = text_of(figure)
    if not is_list or not figure.is_known:
        return text.replace("belum didata", "belum")
    return f"{text} dari {number_text(figure.denominator)}" if figure.denominator is not None else text


def pdf(recap) -> Document:
    """The recap on landscape paper."""
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    drawn = shown(recap)
    foot = f"{drawn.title} · dibuat {drawn.made}"
    html = render_to_string("reports/_period_paper.html", {"recap": drawn, "note": NOTE, "foot": foot})
    return Document(_filename(recap, "pdf"), "application/pdf", render_pdf(html, stylesheet="period.css"))


def xlsx(recap) -> Document:
    """Sheets for months, places and every figure; numbers as numbers, with the keys of the figures."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": shown(recap).title, "author": recap.place.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        if len(recap.months) > 1:
            rows = [(names_of([line.month]), "", line.counted, line.owing, line.figures or {}) for line in recap.months]
            _write_lines(book.add_worksheet("Bulan"), "Bulan", [*rows, _whole_row(recap)], bold)
        if recap.parts:
            rows = [(part.place.name, part.place.code, part.counted, part.owing, part.figures) for part in recap.parts]
            _write_lines(book.add_worksheet("Tempat"), "Tempat", [*rows, _whole_row(recap)], bold)
        _write_figures(book.add_worksheet("Semua angka"), recap, bold)
    return Document(_filename(recap, "xlsx"), CONTENT_TYPE, target.getvalue())


def _whole_row(recap) -> tuple:
    counted, owing = (sum(getattr(line, name) for line in recap.months) for name in ("counted", "owing"))
    return "Seluruhnya", recap.place.code, counted, owing, recap.figures


def _write_lines(sheet, first: str, rows: Sequence[tuple], bold) -> None:
    headers = (first, "Kode", "Laporan terhitung", "Seharusnya", *(heading for heading, _ in HEADLINES))
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(headers), 12)
    sheet.freeze_panes(2, 1)
    for column, text in enumerate(("", "", "", "", *(key for _, key in HEADLINES))):
        sheet.write_string(0, column, text)
    for column, text in enumerate(headers):
        sheet.write_string(1, column, text, bold)
    for number, (label, code, counted, owing, figures) in enumerate(rows, start=2):
        sheet.write_string(number, 0, label)
        sheet.write_string(number, 1, code)
        sheet.write_number(number, 2, counted)
        sheet.write_number(number, 3, owing)
        for column, (_, key) in enumerate(HEADLINES, start=4):
            if key in figures:
                write_figure(sheet, number, column, figures[key])


def write_figure(sheet, row: int, column: int, figure: Figure) -> None:
    """A number as a number; else the word in its place."""
    if figure.is_known and figure.value is not None:
        sheet.write_number(row, column, figure.value)
    else:
        sheet.write_string(row, column, text_of(figure))


def _write_figures(sheet, recap, bold) -> None:
    columns = (("Kunci", 46), ("Uraian", 52), ("Satuan", 12), ("Nilai", 14), ("Penyebut", 12), ("Cara", 34))
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)
    for row, (key, figure) in enumerate(recap.figures.items(), start=1):
        for column, text in enumerate((key, figure.label, figure.unit)):
            sheet.write_string(row, column, text)
        write_figure(sheet, row, 3, figure)
        if figure.denominator is not None:
            sheet.write_number(row, 4, figure.denominator)
        sheet.write_string(row, 5, rule_words(BY_KEY[key]))


def _filename(recap, ending: str) -> str:
    return f"rekap-{recap.span.code}-{plain_name(recap.place.name)}.{ending}"
