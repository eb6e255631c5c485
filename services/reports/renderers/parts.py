"""The level below in tables, a row a place (domain 5.3): the same on page, on paper and in the workbook."""

from collections.abc import Callable, Mapping

from services.fields.registry import FIELDS
from services.reports.figures import Figure, Report
from services.reports.figures.adding import share_of
from services.residents.rules import GROUP_LABELS
from services.web.rules import number_text, percent_text

from .shown import Cell, ShownRow, ShownTable, cell_of

Row = Callable[[Mapping[str, Figure]], tuple[Cell, ...]]
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
SENT = "Mengirim: posyandu yang laporannya sudah dikirim; angkanya jumlah dari yang dikirim"
FILLED = "Mengisi: posyandu yang punya isian bulan ini"
VISITS = (
    ("Perlu dikunjungi", "kunjungan_rumah.semua.perlu"),
    ("Sudah dikunjungi", "kunjungan_rumah.semua.terkunjungi"),
)
TICKETS = ("baru", "selesai", "terlambat")
WRITTEN = tuple(f"{each.key}.semua.isian" for each in FIELDS)
KADER = (("Kader", "kelembagaan.kader.jumlah"), ("Kader bertugas", "hari_buka.kader.hadir"))


def recaps(report: Report) -> tuple[ShownTable, ...]:
    """The level below, with completeness beside every sum and the whole as the last row; () for a posyandu."""
    if not report.parts:
        return ()
    return (_main(report), *_standing(report), _attendance(report), _work(report), _tickets(report))


def _table(report: Report, key: str, title: str, columns: tuple[str, ...], row: Row, note: str) -> ShownTable:
    sent = "Mengirim" if report.final is not None else "Mengisi"
    rows = [
        ShownRow(part.place.name, (Cell(f"{part.reporting} dari {part.live}"), *row(part.figures)))
        for part in report.parts
    ]
    rows.append(ShownRow("Jumlah", (Cell(f"{report.reporting} dari {report.live}"), *row(report.figures))))
    return ShownTable(key, title, (sent, *columns), tuple(rows), note, is_list=False)


def _main(report: Report) -> ShownTable:
    note = (
        f"{SENT if report.final is not None else FILLED}, dari yang sudah mulai pakai. "
        "D/S: balita ditimbang dari semua balita. N/D: berat naik dari yang ditimbang. "
        "Persen dihitung dari jumlahnya, tidak dirata-rata."
    )
    columns = tuple(heading for heading, _ in RECAP)
    return _table(report, "rincian", "Rincian menurut tempat", columns, lambda found: _cells(found, RECAP), note)


def _standing(report: Report) -> tuple[ShownTable, ...]:
    """Who sent in time, late or not yet, and who has a registration number; of a month that was sent."""
    if report.final is None or any(part.on_time is None for part in report.parts):
        return ()
    lines = [(part.place.name, part.live, part.reporting, part.on_time or 0, part.registered) for part in report.parts]
    lines.append(("Jumlah", *(sum(numbers) for numbers in zip(*(line[1:] for line in lines), strict=True))))
    rows = tuple(ShownRow(name, tuple(map(Cell, _standing_texts(*numbers)))) for name, *numbers in lines)
    columns = ("Posyandu", "Tepat waktu", "Terlambat", "Belum", "Punya nomor registrasi")
    note = "Posyandu yang sudah mulai pakai, menurut hari laporannya pertama kali dikirim."
    return (ShownTable("kelengkapan", "Kelengkapan dan ketepatan waktu", columns, rows, note, is_list=False),)


def _standing_texts(live: int, sent: int, on_time: int, registered: int) -> tuple[str, ...]:
    return (*map(number_text, (live, on_time, sent - on_time, live - sent)), _of(registered, live))


def _of(part: int, whole: int) -> str:
    share = share_of(part, whole)
    return f"{number_text(part)} dari {number_text(whole)}" + ("" if share is None else f" ({percent_text(share)})")


def _attendance(report: Report) -> ShownTable:
    """Who came of each group."""

    def row(figures: Mapping[str, Figure]) -> tuple[Cell, ...]:
        return tuple(
            _out_of(figures[f"kesehatan.{group}.hadir"], figures[f"kesehatan.{group}.sasaran"])
            for group in (*GROUP_LABELS, "semua")
        )

    columns = (*(label.partition(" (")[0] for label in GROUP_LABELS.values()), "Semua")
    return _table(report, "hadir", "Kehadiran menurut kelompok", columns, row, "Hadir dari sasaran.")


def _work(report: Report) -> ShownTable:
    """Kader at work, visits owed and made, and how many of the six fields were filled in."""

    def row(figures: Mapping[str, Figure]) -> tuple[Cell, ...]:
        active = sum(figures[key].is_known and bool(figures[key].value) for key in WRITTEN)
        return (*_cells(figures, (*KADER, *VISITS)), Cell(f"{active} dari {len(WRITTEN)}"))

    columns = (*(words for words, _ in (*KADER, *VISITS)), "Bidang aktif")
    note = "Kunjungan rumah menurut keperluan; bidang aktif punya isian bulan ini."
    return _table(report, "kegiatan", "Kader, kunjungan rumah, dan bidang aktif", columns, row, note)


def _tickets(report: Report) -> ShownTable:
    """Reports of residents by field: new, done, late."""
    groups = {**{each.key: each.short_label for each in FIELDS}, "semua": "Semua bidang"}

    def row(figures: Mapping[str, Figure]) -> tuple[Cell, ...]:
        return tuple(_beside(*(figures[f"laporan_warga.{group}.{what}"] for what in TICKETS)) for group in groups)

    note = "Laporan baru / selesai / terlambat. Laporan terbatas tidak dihitung."
    return _table(report, "laporan", "Laporan warga menurut bidang", tuple(groups.values()), row, note)


def _cells(figures: Mapping[str, Figure], columns: tuple[tuple[str, str], ...]) -> tuple[Cell, ...]:
    return tuple(_short(cell_of(figures[key])) for _, key in columns)


def _out_of(top: Figure, bottom: Figure) -> Cell:
    cell = _short(cell_of(top))
    return cell if cell.quiet else Cell(f"{cell.text} dari {_short(cell_of(bottom)).text}", label=top.label)


def _beside(*figures: Figure) -> Cell:
    cells = [_short(cell_of(figure)) for figure in figures]
    texts = [cell.text for cell in cells]
    return Cell(texts[0] if len(set(texts)) == 1 and cells[0].quiet else " / ".join(texts), quiet=cells[0].quiet)


def _short(cell: Cell) -> Cell:
    """In a narrow column "belum didata" is "belum"."""
    return Cell(cell.text.replace("belum didata", "belum"), cell.of, cell.quiet, cell.sentence, cell.label, cell.key)
