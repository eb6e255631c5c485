"""Questions that several fields ask: one fact, one key, one object."""

from __future__ import annotations

from services.fields.spec import (
    ANSWERED,
    IS,
    ONE_OF,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Part,
    Question,
    Shape,
    Sum,
)

JAMBAN_SEHAT = Question(
    "jamban_sehat",
    "Jamban sehat",
    Kind.CHOICE,
    help="Jamban sehat: leher angsa, tertutup, dan tinja masuk tangki septik.",
    choices=(Choice("ada", "Ada"), Choice("tidak", "Tidak ada"), Choice("numpang", "Numpang")),
    counts=(
        Count("jamban_sehat_ada", "Rumah tangga dengan jamban sehat", IS("ada")),
        Count("jamban_tidak_ada", "Rumah tangga tanpa jamban sehat", IS("tidak")),
        Count("jamban_numpang", "Rumah tangga yang menumpang jamban", IS("numpang")),
    ),
    finding=Finding(ONE_OF("tidak", "numpang"), "Rumah tangga belum punya jamban sehat"),
)

CATATAN = Question("catatan", "Catatan", Kind.LONG_TEXT, help="Boleh dikosongkan.")

PESERTA = Question(
    "peserta",
    "Peserta yang hadir",
    Kind.PARTICIPANTS,
    unit="orang",
    parts=(Part("l", "Laki-laki", (0, 5000), (0, 300)), Part("p", "Perempuan", (0, 5000), (0, 300))),
    sums=(
        Sum("peserta_l", "Peserta laki-laki", "l"),
        Sum("peserta_p", "Peserta perempuan", "p"),
        Sum("peserta", "Peserta"),
    ),
)

TOPIK = Question(
    "topik",
    "Topik",
    Kind.MULTI,
    help="Boleh lebih dari satu.",
    counts=(Count("kegiatan_penyuluhan", "Kegiatan penyuluhan", ANSWERED),),
)

TOPIK_LAIN = Question("topik_lain", "Topik lain", Kind.TEXT, help="Bila topik hari ini tidak ada dalam daftar.")
METODE = Question(
    "metode",
    "Cara",
    Kind.CHOICE,
    choices=(
        Choice("ceramah", "Ceramah dan tanya jawab"),
        Choice("praktik", "Praktik atau demonstrasi"),
        Choice("simulasi", "Simulasi"),
        Choice("lainnya", "Lainnya"),
    ),
)
NARASUMBER = Question("narasumber", "Narasumber", Kind.TEXT, help="Jabatan atau instansi, misalnya “Bidan desa”.")
WAKTU_MULAI = Question("waktu_mulai", "Mulai pukul", Kind.TIME, example="21.00")
SASARAN = Question("sasaran_kegiatan", "Sasaran", Kind.TEXT, help="Misalnya “pemuda RT 01 dan RT 02”.")
TINDAK_LANJUT = Question("tindak_lanjut", "Tindak lanjut", Kind.LONG_TEXT, help="Siapa mengerjakan apa, kapan.")
KEBUTUHAN = Question("kebutuhan", "Kebutuhan", Kind.LONG_TEXT, help="Apa yang diperlukan. Boleh dikosongkan.")
REKOMENDASI = Question("rekomendasi", "Rekomendasi", Kind.LONG_TEXT, help="Boleh dikosongkan.")
RENDAH_SEDANG_TINGGI = (Choice("rendah", "Rendah"), Choice("sedang", "Sedang"), Choice("tinggi", "Tinggi"))
BAIK_ATAU_RUSAK = (
    Choice("baik", "Baik"),
    Choice("rusak_ringan", "Rusak ringan"),
    Choice("rusak_berat", "Rusak berat"),
)
PENGELOLAAN_SAMPAH = Question(
    "pengelolaan_sampah",
    "Pengelolaan sampah",
    Kind.CHOICE,
    choices=(
        Choice("diangkut", "Diangkut petugas"),
        Choice("dipilah", "Dipilah atau ke bank sampah"),
        Choice("ditimbun", "Ditimbun"),
        Choice("dibakar", "Dibakar"),
        Choice("sungai", "Dibuang ke sungai"),
    ),
    counts=(
        Count("sampah_dipilah", "Rumah tangga yang memilah sampah", IS("dipilah")),
        Count("sampah_dibakar", "Rumah tangga yang membakar sampah", IS("dibakar")),
    ),
)
LOKASI = Question("lokasi", "Tempat", Kind.TEXT, help="Misalnya “Balai RW 03”.")
KENDALA = Question("kendala_tindak_lanjut", "Kendala dan tindak lanjut", Kind.LONG_TEXT, help="Boleh dikosongkan.")


def penyuluhan(field: str, title: str, topics: tuple[Choice, ...]) -> FormSpec:
    """The education activity of one field: topic, place, who spoke, participants L/P."""
    return FormSpec(
        key=f"penyuluhan_{field}",
        field=field,
        title=title,
        printed_name="Catatan Penyuluhan (KIE)",
        shape=Shape.ACTIVITY,
        questions=(TOPIK.but(choices=topics), TOPIK_LAIN, LOKASI, METODE, NARASUMBER, PESERTA, KENDALA),
    )
