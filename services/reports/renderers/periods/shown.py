"""A recap as text, in the order of page and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.reports.figures import SEALED, SECTIONS, Figure, Place, Section, State, Table
from services.reports.figures.adding import share_of
from services.reports.figures.periods import HEADLINES, Span, Standing, names_of
from services.web.rules import MISSING, date_text, number_text, percent_text

from .wide import WHOLE, Line, WideTable, counted_words, short_text, text_of, wide_tables

NOTE = (
    "Yang terjadi (kunjungan, kehadiran, laporan warga) dijumlah; orang yang datang di beberapa bulan dihitung tiap "
    "bulan. Yang ada (jiwa, sasaran, kader) menurut bulan terakhir. Persen dihitung dari jumlah pembilang dan "
    "penyebutnya sendiri, median dari semua nilainya; tidak ada yang dirata-rata."
)
HIDDEN_NOTE = (
    "“Disamarkan”: hitungan peka 1 sampai 4 dalam satu bulan. Jumlah beberapa bulan disamarkan juga bila salah satu "
    "bulannya disamarkan."
)
# Tables that are by place also where there are many places; of the long one only the last row.
CORE = (
    "kelembagaan",
    "warga",
    "kelahiran_kematian",
    "pelaksanaan",
    "kehadiran",
    "skdn",
    "rasio",
    "tb_u",
    "keperluan",
    "laporan_warga",
)
LONG = "keperluan"
# The entries of each field are a table of one column each: together they are one.
WITH_ENTRIES = "hari_buka"
_ENTRIES = (row for section in SECTIONS for table in section.tables if table.key == "isian" for row in table.rows)
ENTRIES = Table("isian", "Isian menurut bidang", ("Jumlah",), tuple(_ENTRIES))
SHORT_NOTE = (
    "Tempatnya banyak: tabel lain di sini hanya untuk seluruhnya. Semua angka tiap tempat ada di berkas XLSX dan di "
    "halaman rekap."
)
STANDING_COLUMNS = (
    "Posyandu",
    "Seharusnya",
    "Tepat waktu",
    "Terlambat",
    "Belum dikirim",
    "Terhitung",
    "Final",
    "Bidang terisi",
    "Punya nomor registrasi",
)
STANDING_NOTE = (
    "Laporan dihitung tiap posyandu tiap bulan. Bidang terisi: dari enam bidang tiap laporan yang terhitung. Jumlah "
    "posyandu menurut bulan terakhir, nomor registrasi menurut hari ini."
)


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
class Chapter:
    """A section: tables whose rows are places, then tables of the whole place alone."""

    title: str
    wide: tuple[WideTable, ...]
    tables: tuple[FigureTable, ...]


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
    standings: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    remarks: tuple[str, ...]
    made: str


def title_of(recap) -> str:
    """Rekap Kecamatan Pekalongan Utara, Semester II (Juli–Desember) 2026"""
    return f"Rekap {recap.place.title}, {recap.span.title}"


def shown(recap, most_cells: int | None = None) -> Shown:
    """Every number of a recap as text. One section alone has no headlines.

    Where all tables by place together had more than `most_cells`, only those of CORE are by place.
    """
    chapters, is_short = _chapters(recap, most_cells)
    has_headlines = not recap.sections or len(recap.sections) == len(SECTIONS)
    counted = counted_words(recap.standing)
    return Shown(
        title=title_of(recap),
        place=recap.place,
        span=recap.span,
        columns=tuple(heading for heading, _ in HEADLINES),
        months=tuple(map(_month_line, recap.months)) if has_headlines and len(recap.months) > 1 else (),
        parts=tuple(map(_part_line, recap.parts)) if has_headlines else (),
        whole=Line(WHOLE, counted, _texts(recap.figures) if has_headlines else (), is_whole=True),
        standings=tuple(_standing_lines(recap)) if has_headlines and recap.parts else (),
        chapters=chapters,
        remarks=(*remarks_of(recap), *([SHORT_NOTE] if is_short else [])),
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


def _part_line(part) -> Line:
    return Line(part.place.name, counted_words(part.standing), _texts(part.figures), code=part.place.code)


def _standing_lines(recap) -> Iterable[Line]:
    for part in recap.parts:
        yield Line(part.place.name, "", standing_texts(part.standing), code=part.place.code)
    yield Line(WHOLE, "", standing_texts(recap.standing), is_whole=True)


def standing_texts(standing: Standing) -> tuple[str, ...]:
    """How complete a place is, under STANDING_COLUMNS."""
    plain = (
        standing.posts,
        standing.owing,
        standing.on_time,
        standing.late,
        standing.missing,
        standing.counted,
        standing.final,
    )
    share = share_of(standing.registered, standing.posts)
    registered = number_text(standing.registered) if share is None else f"{standing.registered} ({percent_text(share)})"
    fields = f"{number_text(standing.fields)} dari {number_text(standing.of_fields)}"
    return (*map(number_text, plain), fields, registered)


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
    if any(each.state is State.DISGUISED for key, each in recap.figures.items() if key not in SEALED):
        said.append(HIDDEN_NOTE)
    return said


def _texts(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    return tuple(short_text(figures[key]) for _, key in HEADLINES)


def _chapters(recap, most_cells: int | None) -> tuple[tuple[Chapter, ...], bool]:
    """The sections, and whether some of their tables are of the whole place alone though there are places below."""
    if not recap.sections:
        return tuple(_plain(section, recap, section.tables) for section in SECTIONS if recap.is_whole), False
    chapters = tuple(Chapter(each.title, tuple(wide_tables(each, recap)), ()) for each in recap.sections)
    cells = sum(len(piece.lines) * len(piece.headers) for chapter in chapters for piece in chapter.wide)
    if most_cells is None or cells <= most_cells:
        return chapters, False
    return tuple(_short_chapter(section, recap) for section in recap.sections), True


def _plain(section: Section, recap, tables: Iterable[Table]) -> Chapter:
    return Chapter(section.title, (), tuple(_figure_table(table, recap.figures) for table in tables))


def _short_chapter(section: Section, recap) -> Chapter:
    """What a recap of areas must show by place (domain 5.3) does so; the rest is of the whole."""
    core = replace(section, tables=tuple(_core(table) for table in section.tables if table.key in CORE))
    if section.key == WITH_ENTRIES:
        core = replace(core, tables=(*core.tables, ENTRIES))
    rest = [table for table in section.tables if table.key not in CORE or table.key == LONG]
    return replace(_plain(section, recap, rest), wide=tuple(wide_tables(core, recap)))


def _core(table: Table) -> Table:
    """Of needs by reason only their sum is by place."""
    return replace(table, rows=table.rows[-1:]) if table.key == LONG else table


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
