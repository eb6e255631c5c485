"""The report laid out for reading: every number as text beside its denominator. Page and paper share it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.template.loader import render_to_string

from services.fields.registry import field
from services.reports.figures import Figure, PartLine, Report, Section, State, Table
from services.web.rules import MISSING, MONTHS, date_text, month_text, number_text, percent_text

from .pictures import pictures

TITLE = "Laporan Bulanan Pelayanan Posyandu 6 (Enam) Bidang SPM"
NOT_THE_ACHIEVEMENT = (
    "Angka dalam laporan ini adalah hasil pelayanan dan pendataan posyandu, "
    "bukan ukuran layanan minimum yang dicapai pemerintah daerah. "
    "Hasil pengukuran adalah penapisan; keadaan seseorang dipastikan oleh tenaga kesehatan."
)
HOW_TO_READ = (
    "0 berarti tidak ada; “belum didata” berarti tidak ada isian; “–” berarti tidak berlaku. "
    "Tiap orang, keluarga, dan tempat dihitung sekali sebulan, menurut isian terakhirnya."
)
# (heading, key of the number) of the summary's first lines
SUMMARY = (
    ("Hari buka terlaksana", "hari_buka.semua.terlaksana"),
    ("Hadir di hari buka", "kesehatan.semua.hadir"),
    ("Balita hadir", "kesehatan.balita.hadir"),
    ("Balita ditimbang (D/S)", "kesehatan.balita.d_per_s"),
    ("Berat naik (N/D)", "kesehatan.balita.n_per_d"),
    ("Terindikasi pendek", "kesehatan.balita.stunting"),
    ("Ibu hamil hadir", "kesehatan.bumil.hadir"),
    ("Kunjungan rumah", "kunjungan_rumah.semua.dikunjungi"),
)
# (heading, key) of the columns of a recap; each row is a place of the level below
RECAP = (
    ("Hari buka", "hari_buka.semua.terlaksana"),
    ("Jiwa", "kependudukan.warga.jumlah"),
    ("Balita", "kesehatan.balita.sasaran"),
    ("Balita hadir", "kesehatan.balita.hadir"),
    ("D/S", "kesehatan.balita.d_per_s"),
    ("N/D", "kesehatan.balita.n_per_d"),
    ("Terindikasi pendek", "kesehatan.balita.stunting"),
    ("Bumil hadir", "kesehatan.bumil.hadir"),
    ("Lansia hadir", "kesehatan.lansia.hadir"),
    ("Kunjungan rumah", "kunjungan_rumah.semua.dikunjungi"),
)


LONGEST_RUN = 8
FILLED = "Mengisi: posyandu yang punya isian bulan ini"
SENT = "Mengirim: posyandu yang laporannya sudah dikirim; angkanya jumlah dari yang dikirim"
NOTHING = "0, selebihnya belum didata"
_WORDS = {MISSING: "Tidak berlaku bulan ini"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as text; `of` is "dari 166 orang"; `quiet` where there is no number."""

    text: str
    of: str = ""
    quiet: bool = False
    sentence: str = ""
    label: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    label: str
    cells: tuple[Cell, ...]

    @property
    def same(self) -> str:
        """What all its cells say: one word, "0", or "0" beside what is not recorded; "" where they say more."""
        said = {cell.text for cell in self.cells if cell.text}
        if said == {"0", State.NOT_RECORDED.words}:
            return NOTHING
        first = next(iter(said)) if len(said) == 1 else ""
        return first if first == "0" or any(cell.quiet for cell in self.cells) else ""

    @property
    def narrow(self) -> tuple[str, ...]:
        """Its cells for a narrow column, where "belum didata" is "belum"."""
        return tuple(cell.text.replace("belum didata", "belum") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table ready to draw. `words`: the one state that all its figures have, in place of the rows.

    `known` are the rows with a number; `missing` says of the others, in words, which have none.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    note: str
    is_list: bool
    words: str = ""

    @property
    def known(self) -> tuple[ShownRow, ...]:
        return tuple(row for row in self.rows if not self.is_list or not row.cells[0].quiet)

    @property
    def told(self) -> tuple[ShownRow, ...]:
        """The rows that paper draws: whichever says more than one and the same word or zero."""
        return tuple(row for row in self.rows if not row.same)

    @property
    def folded(self) -> tuple[tuple[str, str], ...]:
        """The other rows in a line for each word: their labels are on paper, their cells are not drawn."""
        by_words: dict[str, list[str]] = {}
        for row in self.rows:
            if row.same:
                by_words.setdefault(_WORDS.get(row.same, row.same.capitalize()), []).append(row.label)
        return tuple((words, "; ".join(labels)) for words, labels in by_words.items())

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """A short list, or the only row of a table, as (words, number) that run on in a line; () for a real table.

        A cell costs the maker of the PDF more than ten words, and a table of one row is hard to read.
        """
        if self.is_list:
            short = self.told if len(self.told) <= LONGEST_RUN else ()
            return tuple((row.label, f"{cell.text} {cell.of}".strip()) for row in short for cell in row.cells)
        if len(self.told) != 1:
            return ()
        cells = zip(self.columns, self.told[0].cells, strict=True)
        return tuple((column, cell.text) for column, cell in cells if cell.text)

    @property
    def subject(self) -> str:
        """Whom the only row of a table is about."""
        return "" if self.is_list or len(self.told) != 1 else self.told[0].label

    @property
    def pairs(self) -> tuple[tuple[ShownRow, ShownRow | None], ...]:
        """A list in two columns, each read downwards: paper is wide, and a list is narrow."""
        half = (len(self.told) + 1) // 2
        left, right = self.told[:half], self.told[half:]
        return tuple(zip_longest(left, right))

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        if not self.is_list:
            return ()
        by_words: dict[str, list[str]] = {}
        for row in self.rows:
            if row.cells[0].quiet:
                by_words.setdefault(_WORDS.get(row.cells[0].text, row.cells[0].text.capitalize()), []).append(row.label)
        return tuple((words, "; ".join(labels)) for words, labels in by_words.items())

    @property
    def is_line(self) -> bool:
        """A single number is a sentence, not a table."""
        return self.is_list and len(self.rows) == 1

    @property
    def head(self) -> str:
        """What stands before a single number, unless its label says the same."""
        return "" if self.rows[0].label.split()[0] == self.title.split()[0] else f"{self.title}: "


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    title: str
    field: str
    tables: tuple[ShownTable, ...]

    @property
    def told(self) -> tuple[ShownTable, ...]:
        """The tables with something to say."""
        return tuple(table for table in self.tables if not table.words)

    @property
    def silent(self) -> tuple[tuple[str, str], ...]:
        """The others in a line for each word: Belum didata: Imunisasi; Kekerasan."""
        by_words: dict[str, list[str]] = {}
        for table in self.tables:
            if table.words:
                by_words.setdefault(table.words.capitalize(), []).append(table.title)
        return tuple((words, "; ".join(titles)) for words, titles in by_words.items())


def value_text(figure: Figure) -> str:
    """16, 88,9%, or why there is no number: "–" for what does not apply, words for the rest."""
    if figure.state is State.NOT_APPLICABLE:
        return MISSING
    if not figure.is_known:
        return figure.state.words
    return percent_text(figure.value) if figure.unit == "%" else number_text(figure.value)


def cell_of(figure: Figure | None) -> Cell:
    """A cell; an empty one where the table has no figure."""
    if figure is None:
        return Cell("")
    return Cell(value_text(figure), _of(figure), not figure.is_known, figure.sentence, figure.label, figure.key)


def _of(figure: Figure) -> str:
    if not figure.is_known:
        return ""
    unit = "" if figure.unit == "%" else figure.unit
    return f"dari {number_text(figure.denominator)}" if figure.denominator is not None else unit


def shown_table(table: Table, figures: Mapping[str, Figure]) -> ShownTable:
    rows = tuple(ShownRow(row.label, tuple(cell_of(figures.get(key)) for key in row.keys)) for row in table.rows)
    states = {figures[key].state for key in table.keys}
    same = states.pop() if len(states) == 1 else State.KNOWN
    words = "" if same is State.KNOWN else same.words
    return ShownTable(table.key, table.title, table.columns, rows, table.note, table.is_list, words)


def shown_sections(report: Report) -> tuple[ShownSection, ...]:
    """Every figure of the report, in its table."""
    return tuple(_shown_section(section, report.figures) for section in report.sections)


def _shown_section(section: Section, figures: Mapping[str, Figure]) -> ShownSection:
    tables = tuple(shown_table(table, figures) for table in section.tables)
    return ShownSection(section.key, section.title, section.field, tables)


def recap(report: Report) -> ShownTable:
    """The level below, a row a place, with completeness beside every sum, and the whole as the last row."""
    is_frozen = report.final is not None
    columns = ("Mengirim" if is_frozen else "Mengisi", *(heading for heading, _ in RECAP))
    rows = [_recap_row(part) for part in report.parts]
    whole = _cells(report.figures)
    rows.append(ShownRow("Jumlah", (Cell(f"{report.reporting} dari {report.live}"), *whole)))
    note = (
        f"{SENT if is_frozen else FILLED}, dari yang sudah mulai pakai. "
        "D/S: balita ditimbang dari semua balita. N/D: berat naik dari yang ditimbang. "
        "Persen dihitung dari jumlahnya, tidak dirata-rata."
    )
    return ShownTable("rincian", "Rincian menurut tempat", columns, tuple(rows), note, is_list=False)


def _recap_row(part: PartLine) -> ShownRow:
    return ShownRow(part.place.name, (Cell(f"{part.reporting} dari {part.live}"), *_cells(part.figures)))


def _cells(figures: Mapping[str, Figure]) -> tuple[Cell, ...]:
    return tuple(_short(cell_of(figures[key])) for _, key in RECAP)


def _short(cell: Cell) -> Cell:
    """In a narrow column "belum didata" is "belum"."""
    return Cell(cell.text.replace("belum didata", "belum"), cell.of, cell.quiet, cell.sentence, cell.label, cell.key)


def summary(report: Report) -> tuple[tuple[str, Cell], ...]:
    """The numbers that matter most, in words and with their denominators."""
    return tuple((heading, cell_of(report.figures[key])) for heading, key in SUMMARY)


def day_rows(report: Report) -> Iterable[dict[str, object]]:
    """Lines of the table of open days, ready to draw."""
    for number, day in enumerate(report.days, start=1):
        yield {
            "number": number,
            "date": date_text(day.on),
            "place": day.place or MISSING,
            "state": day.state,
            "fields": ", ".join(field(key).short_label for key in day.fields) or MISSING,
            "kader": day.kader,
            "officers": ", ".join(day.officers) or MISSING,
            "present": day.present,
            "guests": day.guests,
            "obstacles": day.obstacles,
        }


def title_lines(report: Report) -> tuple[str, str]:
    """LAPORAN … and — POSYANDU KENCANA UNGU — BULAN OKTOBER TAHUN 2026."""
    month = f"BULAN {MONTHS[report.month.month - 1].upper()} TAHUN {report.month.year}"
    return TITLE.upper(), f"{report.place.title.upper()} — {month}"


def standing(report: Report) -> str:
    """What kind of paper this is: a frozen version, what was sent, a sum of such, the month so far, or a count."""
    if report.version:
        return f"Versi {report.version} · {report.sha256[:16]}"
    if report.final is not None:
        said = f"{report.reporting} dari {report.live} posyandu sudah mengirim, {report.final} final"
        return said if report.final >= report.live else f"Sementara: {said}"
    if report.sha256:
        return f"Sementara, dikirim {date_text(report.made_on)} · {report.sha256[:16]}"
    day = f"{report.made_on.day} {MONTHS[report.made_on.month - 1]} {report.made_on.year}"
    return f"Bulan ini masih berjalan, dihitung {day}" if report.is_running else f"Sementara, dihitung {day}"


def paper(report: Report, paper_size: str = "") -> str:
    """The whole document as HTML for print, on the district's paper unless another is asked."""
    titles = title_lines(report)
    return render_to_string(
        "reports/_paper.html",
        {
            "report": report,
            "titles": titles,
            "title": f"{titles[0].title()} — {titles[1].title()}",
            "sections": shown_sections(report),
            "summary": _in_rows(summary(report), 4),
            "identity": _in_rows(report.identity, 2),
            "days": list(day_rows(report)),
            "recap": recap(report) if report.parts else None,
            "pictures": pictures(report),
            "paper": (paper_size or report.paper).lower(),
            "signed_at": _signed_at(report),
            "standing": standing(report),
            "foot": f"{report.place.title} · {month_text(report.month)} · {standing(report)}",
            "how_to_read": HOW_TO_READ,
            "disclaimer": NOT_THE_ACHIEVEMENT,
        },
    )


def _in_rows(items: Sequence[tuple], width: int) -> list[Sequence[tuple]]:
    return [items[start : start + width] for start in range(0, len(items), width)]


def _signed_at(report: Report) -> str:
    """Kandang Panjang, ……………… 2026: the day is written by hand until the month is final."""
    village = dict(report.identity).get("Desa/kelurahan") or report.place.name
    if report.version:
        return f"{village}, {report.made_on.day} {MONTHS[report.made_on.month - 1]} {report.made_on.year}"
    return f"{village}, …………………………… {report.made_on.year}"
