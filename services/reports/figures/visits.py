"""Home visits: what was visited and why, and which visits a reason asked for (domain 3.6, 5.2)."""

from dataclasses import replace

from services.reports.figures.definitions import Definition, count, median, percent
from services.reports.figures.model import Row, Table

TIMES, NEEDS, DAYS = "kali", "keperluan", "hari"

# Reasons of home visits by the key of domain 3.6. A sensitive one reads "kunjungan kesehatan" on paper (flows 15).
REASONS = {
    "absen_berulang": "Berkali-kali tidak hadir",
    "stunting": "Anak pendek",
    "gizi_buruk": "Gizi buruk",
    "dua_t": "Berat tidak naik 2 bulan",
    "bgm": "Berat di luar garis merah atau oranye",
    "bumil_risti": "Ibu hamil berisiko",
    "nifas_bbl": "Ibu nifas atau bayi baru lahir",
    "imun_do": "Imunisasi terlambat",
    "tbc": "Kunjungan kesehatan",
    "ptm": "Darah tinggi/kencing manis tidak kontrol",
    "odgj": "Kunjungan kesehatan (lain)",
    "lansia": "Lansia perlu bantuan",
    "rujukan_tak_datang": "Dirujuk, belum ada kabar",
    "sosek": "Memeriksa keadaan keluarga",
    "rutin": "Kunjungan rutin",
    "semua": "Jumlah",
}
SENSITIVE_REASONS = frozenset({"tbc", "odgj"})
STEPS = {
    "edukasi": "Cukup penyuluhan",
    "undang": "Diundang ke hari buka",
    "rujuk": "Perlu dirujuk ke Pustu/Puskesmas",
    "lapor_bidan": "Dilaporkan ke bidan",
    "lapor_bidang": "Dilaporkan ke desa/kelurahan",
    "kunjungan_ulang": "Dikunjungi lagi",
    "selesai": "Selesai",
}
VISITS = "kunjungan_rumah.semua.dikunjungi"
_VISIT_PARTS = {"dikunjungi": "Dikunjungi", "bertemu": "Bertemu", "tidak_bertemu": "Tidak bertemu"}
_VISIT_SENTENCES = {
    "dikunjungi": "Kunjungan rumah bulan ini",
    "bertemu": "Kunjungan rumah yang bertemu orangnya",
    "tidak_bertemu": "Kunjungan rumah yang tidak bertemu, ditolak, pindah, meninggal, atau alamat tidak ditemukan",
}


def _visit(reason: str, part: str) -> Definition:
    because = "" if reason == "semua" else f" dengan alasan “{REASONS[reason]}”"
    return count(
        f"kunjungan_rumah.{reason}.{part}",
        _VISIT_PARTS[part] if reason == "semua" else f"{REASONS[reason]}: {_VISIT_PARTS[part].lower()}",
        TIMES,
        f"{_VISIT_SENTENCES[part]}{because}.",
        needs=VISITS,
        out_of="" if part == "dikunjungi" else f"kunjungan_rumah.{reason}.dikunjungi",
        sensitive=reason in SENSITIVE_REASONS,
    )


HOME_VISITS = (
    *(_visit(reason, part) for reason in REASONS for part in _VISIT_PARTS),
    *(
        count(
            f"kunjungan_rumah.langkah.{key}",
            label,
            TIMES,
            f"Kunjungan rumah dengan langkah berikutnya “{label}”.",
            needs=VISITS,
        )
        for key, label in STEPS.items()
    ),
)

# What was needed, whether or not it was visited: one person (or household) and one reason is one need.
ANY_NEED = "kunjungan_rumah.semua#keperluan"
NEED_COUNTS = {
    "perlu": "owed",
    "terkunjungi": "visited",
    "belum_bertemu": "not_met",
    "dirujuk": "referred",
    "selesai": "done",
}
_NEED_WORDS = {
    "perlu": ("Perlu", "Keperluan kunjungan rumah{because} yang jatuh tempo, atau dikunjungi, bulan ini"),
    "terkunjungi": ("Dikunjungi", "Keperluan{because} yang dikunjungi bulan ini, bertemu atau tidak"),
    "belum_bertemu": ("Tidak bertemu", "Keperluan{because} yang dikunjungi bulan ini tetapi pernah tidak bertemu"),
    "dirujuk": ("Dirujuk", "Keperluan{because} yang orangnya dirujuk bulan ini"),
    "selesai": ("Selesai", "Keperluan{because} yang dikunjungi dan selesai bulan ini"),
}
_NEED_OUT_OF = {"terkunjungi": "perlu", "belum_bertemu": "terkunjungi", "selesai": "perlu"}
_NEED_COLUMNS = {
    "perlu": "Perlu",
    "terkunjungi": "Dikunjungi",
    "persen_terkunjungi": "% dikunjungi",
    "belum_bertemu": "Tidak bertemu",
    "dirujuk": "Dirujuk",
    "selesai": "Selesai",
    "persen_selesai": "% selesai",
    "median_hari": "Median hari",
}


def _needed(reason: str) -> tuple[Definition, ...]:
    base, label = f"kunjungan_rumah.{reason}", REASONS[reason]
    because = "" if reason == "semua" else f" dengan alasan “{label}”"
    counts = tuple(
        count(
            f"{base}.{part}",
            f"{label}: {words.lower()}",
            NEEDS,
            f"{sentence.format(because=because)}.",
            needs=ANY_NEED,
            out_of=f"{base}.{_NEED_OUT_OF[part]}" if part in _NEED_OUT_OF else "",
            sensitive=reason in SENSITIVE_REASONS,
        )
        for part, (words, sentence) in _NEED_WORDS.items()
    )
    shares = tuple(
        percent(
            f"{base}.persen_{part}",
            f"{label}: persen {words}",
            f"{base}.{part}",
            f"{base}.perlu",
            f"Dari keperluan kunjungan rumah{because} bulan ini, yang {words}.",
        )
        for part, words in (("terkunjungi", "dikunjungi"), ("selesai", "selesai"))
    )
    middle = median(
        f"{base}.median_hari",
        f"{label}: median hari sampai dikunjungi",
        DAYS,
        f"Nilai tengah hari dari mulai perlu sampai dikunjungi, dari semua kunjungan{because} bulan ini.",
        of=need_days(reason),
        needs=ANY_NEED,
    )
    return (*counts, *(replace(each, sensitive=reason in SENSITIVE_REASONS) for each in (*shares, middle)))


def need_days(reason: str) -> str:
    """Name of the days from the opening of needs of this reason to their visits."""
    return f"kunjungan_rumah.{reason}#hari"


NEEDED = tuple(each for reason in REASONS for each in _needed(reason))
DEFINITIONS: tuple[Definition, ...] = (*HOME_VISITS, *NEEDED)

TABLES = (
    Table(
        "keperluan",
        "Kunjungan rumah yang perlu menurut alasan",
        tuple(_NEED_COLUMNS.values()),
        tuple(
            Row(label, tuple(f"kunjungan_rumah.{reason}.{part}" for part in _NEED_COLUMNS))
            for reason, label in REASONS.items()
        ),
        "Satu orang dengan satu alasan dihitung satu. Median: nilai tengah hari dari mulai perlu sampai dikunjungi.",
    ),
    Table(
        "kunjungan",
        "Kunjungan rumah menurut alasan",
        tuple(_VISIT_PARTS.values()),
        tuple(
            Row(label, tuple(f"kunjungan_rumah.{reason}.{part}" for part in _VISIT_PARTS))
            for reason, label in REASONS.items()
        ),
    ),
    Table(
        "langkah",
        "Langkah setelah kunjungan",
        ("Jumlah",),
        tuple(Row(label, (f"kunjungan_rumah.langkah.{key}",)) for key, label in STEPS.items()),
    ),
)
