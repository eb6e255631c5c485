"""Reports of residents (requests, complaints, wishes) by field; confidential ones only as how many there were."""

from services.fields.registry import FIELDS
from services.reports.figures.definitions import Definition, count, median
from services.reports.figures.model import Row, Table

REPORTS, DAYS = "laporan", "hari kerja"
ANY = "laporan_warga.semua#ada"
# A field of its own: confidential reports are in no total, so hiding their number hides nothing else.
CONFIDENTIAL = "laporan_terbatas.semua.masuk"
GROUPS = {**{each.key: each.label for each in FIELDS}, "semua": "Jumlah"}
# measure → name in TicketFigures
COUNTED = {"baru": "new", "proses": "in_process", "selesai": "done", "terlambat": "late"}
# What waits on the last day of a month; the same report may wait in several months.
WAITING = frozenset({"proses", "terlambat"})
_WORDS = {
    "baru": ("Baru", "yang masuk bulan ini"),
    "proses": ("Masih diproses", "yang belum selesai pada hari terakhir bulan ini"),
    "selesai": ("Selesai", "yang selesai bulan ini"),
    "terlambat": ("Terlambat", "yang belum selesai dan melewati batas waktu pada hari terakhir bulan ini"),
}
_MEDIANS = {
    "median_selesai": ("Median hari selesai", "dari dicatat sampai selesai"),
    "median_dijawab": ("Median hari dijawab", "dari diajukan sampai dijawab pertama kali"),
}


def days_of(group: str, measure: str) -> str:
    """Name of the working days behind a median."""
    return f"laporan_warga.{group}#{measure}"


def _figures(group: str, label: str) -> tuple[Definition, ...]:
    who = "Laporan warga" if group == "semua" else f"Laporan warga bidang {label}"
    base = f"laporan_warga.{group}"
    counts = tuple(
        count(
            f"{base}.{measure}",
            f"Laporan warga: {words.lower()}" if group == "semua" else f"{label}: laporan {words.lower()}",
            REPORTS,
            f"{who} {which}; laporan terbatas tidak dihitung.",
            needs=ANY,
            out_of=f"{base}.proses" if measure == "terlambat" else "",
            stock=measure in WAITING,
        )
        for measure, (words, which) in _WORDS.items()
    )
    middles = tuple(
        median(
            f"{base}.{measure}",
            f"{label}: {words.lower()}",
            DAYS,
            f"{who}: nilai tengah hari kerja {span}, dari yang bulan ini.",
            of=days_of(group, measure),
            needs=ANY,
        )
        for measure, (words, span) in _MEDIANS.items()
    )
    return (*counts, *middles)


_CONFIDENTIAL = count(
    CONFIDENTIAL,
    "Laporan terbatas",
    REPORTS,
    "Laporan terbatas yang masuk bulan ini. Isinya hanya dibaca orang yang berhak. Jumlahnya hanya ditulis di atas "
    "desa/kelurahan, mulai 5; yang kurang, juga 0, ditulis disamarkan.",
    sealed=True,
)
DEFINITIONS: tuple[Definition, ...] = (
    *(each for group, label in GROUPS.items() for each in _figures(group, label)),
    _CONFIDENTIAL,
)
TABLES = (
    Table(
        "laporan_warga",
        "Laporan warga menurut bidang",
        tuple(words for words, _ in (*_WORDS.values(), *_MEDIANS.values())),
        tuple(
            Row(label, tuple(f"laporan_warga.{group}.{measure}" for measure in (*_WORDS, *_MEDIANS)))
            for group, label in GROUPS.items()
        ),
        "Permintaan, pengaduan, dan aspirasi. Median: nilai tengah hari kerja, sampai selesai dan sampai dijawab.",
    ),
    Table(
        "laporan_terbatas",
        "Laporan terbatas",
        ("Jumlah",),
        (Row(_CONFIDENTIAL.label, (CONFIDENTIAL,)),),
        "Hanya ditulis di atas desa/kelurahan, mulai 5. Selain itu disamarkan, juga bila tidak ada.",
    ),
)
