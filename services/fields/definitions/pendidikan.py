"""Pendidikan: Formulir Identifikasi L1 to L4, children out of school (optional), and education of parents.

L6 Aspirasi is a ticket, not a form.
"""

from __future__ import annotations

from services.fields.definitions.shared import (
    BAIK_ATAU_RUSAK,
    CATATAN,
    KEBUTUHAN,
    KENDALA,
    LOKASI,
    NARASUMBER,
    PESERTA,
    RENDAH_SEDANG_TINGGI,
    penyuluhan,
)
from services.fields.spec import (
    IS,
    IS_NO,
    IS_YES,
    ONE_OF,
    Audience,
    Choice,
    Count,
    Cycle,
    Finding,
    FormSpec,
    Kind,
    Printed,
    Question,
    Shape,
    Sum,
    When,
)

STATUS_PAUD = Question(
    "status_paud",
    "Ikut PAUD, TK, atau kelompok bermain",
    Kind.YES_NO,
    cycle=Cycle.YEARLY,
    counts=(
        Count("paud_ya", "Anak usia dini yang ikut PAUD", IS_YES),
        Count("paud_tidak", "Anak usia dini yang belum ikut PAUD", IS_NO),
    ),
    finding=Finding(IS_NO, "Anak belum ikut PAUD"),
    age_months=(24, 83),
)

ANAK_USIA_DINI = FormSpec(
    key="anak_usia_dini",
    field="pendidikan",
    title="Anak usia dini",
    printed_name="Pendataan Anak Usia Dini (0–6 tahun)",
    shape=Shape.PERSON,
    audience=Audience(stages=("bayi", "balita", "apras"), age_months=(0, 83)),
    printed=(
        Printed("umur", "Umur"),
        Printed("nama_orang_tua", "Nama orang tua"),
        Printed("alamat", "Alamat"),
    ),
    questions=(
        STATUS_PAUD,
        Question(
            "nama_paud",
            "Nama PAUD",
            Kind.TEXT,
            cycle=Cycle.YEARLY,
            age_months=(24, 83),
            asked_if=When("status_paud", IS_YES),
        ),
        Question(
            "catatan_perkembangan",
            "Catatan perkembangan",
            Kind.LONG_TEXT,
            help="Misalnya bicara, bermain dengan teman, mengenal warna. Boleh dikosongkan.",
        ),
    ),
)

PERPUSTAKAAN = FormSpec(
    key="perpustakaan",
    field="pendidikan",
    title="Perpustakaan dan pojok baca",
    printed_name="Identifikasi Perpustakaan/Pojok Baca",
    shape=Shape.ASSET,
    default_on=False,
    printed=(Printed("nama_fasilitas", "Nama fasilitas"),),
    questions=(
        Question(
            "ketersediaan",
            "Ketersediaan",
            Kind.CHOICE,
            choices=(
                Choice("ada", "Ada dan dipakai"),
                Choice("tidak_dipakai", "Ada, tidak dipakai"),
                Choice("tidak", "Tidak ada"),
            ),
            counts=(Count("perpustakaan_dipakai", "Perpustakaan yang dipakai", IS("ada")),),
        ),
        Question(
            "jumlah_buku",
            "Jumlah buku",
            Kind.INTEGER,
            unit="buku",
            hard=(0, 100_000),
            soft=(0, 5000),
            sums=(Sum("buku_perpustakaan", "Buku di perpustakaan dan pojok baca"),),
        ),
        Question(
            "kondisi_perpustakaan",
            "Kondisi perpustakaan",
            Kind.CHOICE,
            choices=(Choice("baik", "Baik"), Choice("cukup", "Cukup"), Choice("kurang", "Kurang")),
            counts=(Count("perpustakaan_kurang", "Perpustakaan dalam kondisi kurang", IS("kurang")),),
            finding=Finding(IS("kurang"), "Perpustakaan atau pojok baca dalam kondisi kurang"),
        ),
        Question(
            "akses_perpustakaan",
            "Akses ke perpustakaan",
            Kind.CHOICE,
            choices=(Choice("mudah", "Mudah"), Choice("sulit", "Sulit")),
            counts=(Count("perpustakaan_sulit", "Perpustakaan yang sulit dijangkau", IS("sulit")),),
        ),
        Question("pengelola", "Pengelola", Kind.TEXT, help="Misalnya “PKK RW 03”."),
        KEBUTUHAN,
    ),
)

LITERASI_DIGITAL = FormSpec(
    key="literasi_digital",
    field="pendidikan",
    title="Literasi digital orang tua",
    printed_name="Pendataan Literasi Digital Orang Tua",
    shape=Shape.PERSON,
    default_on=False,
    audience=Audience(stages=("dewasa", "bumil", "nifas")),
    printed=(Printed("nama", "Nama orang tua"),),
    questions=(
        Question("nama_anak", "Nama anak", Kind.TEXT, cycle=Cycle.YEARLY, help="Anak yang diasuh."),
        Question(
            "tingkat_literasi",
            "Tingkat literasi digital",
            Kind.CHOICE,
            cycle=Cycle.YEARLY,
            help="Rendah: belum bisa mencari keterangan dengan HP. Tinggi: bisa, dan tahu mana yang bohong.",
            choices=RENDAH_SEDANG_TINGGI,
            counts=(
                Count("literasi_rendah", "Orang tua dengan literasi digital rendah", IS("rendah")),
                Count("literasi_sedang", "Orang tua dengan literasi digital sedang", IS("sedang")),
                Count("literasi_tinggi", "Orang tua dengan literasi digital tinggi", IS("tinggi")),
            ),
        ),
        Question(
            "punya_hp",
            "Punya HP",
            Kind.YES_NO,
            cycle=Cycle.YEARLY,
            counts=(Count("orang_tua_punya_hp", "Orang tua yang punya HP", IS_YES),),
        ),
        Question("kebutuhan_aplikasi", "Kebutuhan aplikasi", Kind.TEXT, cycle=Cycle.YEARLY),
        Question("materi_pelatihan", "Materi pelatihan yang diinginkan", Kind.TEXT, cycle=Cycle.YEARLY),
        CATATAN,
    ),
)

APE = FormSpec(
    key="ape",
    field="pendidikan",
    title="Alat permainan edukatif (APE)",
    printed_name="Inventaris Alat Permainan Edukatif",
    shape=Shape.ASSET,
    default_on=False,
    questions=(
        Question(
            "jenis_ape",
            "Jenis APE",
            Kind.CHOICE,
            choices=(
                Choice("balok", "Balok dan susun bangun"),
                Choice("puzzle", "Puzzle"),
                Choice("boneka", "Boneka dan main peran"),
                Choice("musik", "Alat musik"),
                Choice("buku", "Buku cerita"),
                Choice("luar", "Alat main di luar"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        Question(
            "jumlah_ape",
            "Jumlah APE",
            Kind.INTEGER,
            unit="buah",
            hard=(0, 10_000),
            soft=(1, 200),
            sums=(Sum("ape_buah", "Alat permainan edukatif"),),
        ),
        Question(
            "kondisi_ape",
            "Kondisi APE",
            Kind.CHOICE,
            choices=BAIK_ATAU_RUSAK,
            counts=(
                Count("ape_baik", "Jenis APE dalam kondisi baik", IS("baik")),
                Count("ape_rusak", "Jenis APE yang rusak", ONE_OF("rusak_ringan", "rusak_berat")),
            ),
            finding=Finding(IS("rusak_berat"), "Alat permainan edukatif rusak berat"),
        ),
        Question(
            "prioritas",
            "Prioritas",
            Kind.CHOICE,
            choices=RENDAH_SEDANG_TINGGI,
            counts=(Count("prioritas_tinggi", "Prioritas tinggi", IS("tinggi")),),
        ),
        Question("kebutuhan_tambahan", "Kebutuhan tambahan", Kind.TEXT),
        CATATAN,
    ),
)

BERHENTI = ("putus_sekolah", "belum_pernah", "lulus_tidak_lanjut")
ANAK_TIDAK_SEKOLAH = FormSpec(
    key="anak_tidak_sekolah",
    field="pendidikan",
    title="Anak tidak sekolah (formulir tambahan)",
    printed_name="Pendataan Anak Tidak Sekolah (7–18 tahun) – formulir tambahan",
    shape=Shape.PERSON,
    default_on=False,
    audience=Audience(stages=("usekrem",), age_months=(84, 227)),
    questions=(
        Question(
            "status_sekolah",
            "Status sekolah",
            Kind.CHOICE,
            cycle=Cycle.YEARLY,
            age_months=(84, 227),
            choices=(
                Choice("bersekolah", "Bersekolah"),
                Choice("putus_sekolah", "Putus sekolah"),
                Choice("belum_pernah", "Belum pernah sekolah"),
                Choice("lulus_tidak_lanjut", "Lulus, tidak melanjutkan"),
            ),
            counts=(
                Count("anak_bersekolah", "Anak yang bersekolah", IS("bersekolah")),
                Count("anak_tidak_bersekolah", "Anak yang tidak bersekolah", ONE_OF(*BERHENTI)),
            ),
            finding=Finding(ONE_OF(*BERHENTI), "Anak tidak bersekolah"),
        ),
        Question(
            "jenjang_terakhir",
            "Jenjang terakhir",
            Kind.CHOICE,
            cycle=Cycle.YEARLY,
            asked_if=When("status_sekolah", ONE_OF("putus_sekolah", "lulus_tidak_lanjut")),
            choices=(
                Choice("sd", "SD atau sederajat"),
                Choice("smp", "SMP atau sederajat"),
                Choice("sma", "SMA atau sederajat"),
            ),
        ),
        Question(
            "alasan_tidak_sekolah",
            "Alasan tidak sekolah",
            Kind.MULTI,
            cycle=Cycle.YEARLY,
            asked_if=When("status_sekolah", ONE_OF(*BERHENTI)),
            choices=(
                Choice("biaya", "Biaya"),
                Choice("bekerja", "Bekerja"),
                Choice("jarak", "Sekolah jauh"),
                Choice("disabilitas", "Disabilitas"),
                Choice("sakit", "Sakit"),
                Choice("tidak_mau", "Tidak mau sekolah"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        Question(
            "ingin_sekolah",
            "Ingin sekolah lagi",
            Kind.YES_NO,
            cycle=Cycle.YEARLY,
            asked_if=When("status_sekolah", ONE_OF(*BERHENTI)),
            counts=(Count("anak_ingin_sekolah", "Anak yang ingin sekolah lagi", IS_YES),),
        ),
        CATATAN,
    ),
)

TAMAN_BACA = FormSpec(
    key="taman_baca",
    field="pendidikan",
    title="Kegiatan taman baca",
    printed_name="Catatan Kegiatan Taman Baca",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        LOKASI,
        Question(
            "kegiatan_taman_baca",
            "Kegiatan",
            Kind.MULTI,
            choices=(
                Choice("membaca", "Membaca bersama"),
                Choice("mendongeng", "Mendongeng"),
                Choice("belajar", "Belajar bersama"),
                Choice("pinjam_buku", "Meminjam buku"),
                Choice("keterampilan", "Keterampilan"),
            ),
        ),
        NARASUMBER,
        PESERTA,
        KENDALA,
    ),
)

PENYULUHAN = penyuluhan(
    "pendidikan",
    "Penyuluhan pendidikan",
    (
        Choice("pengasuhan_anak", "Pengasuhan anak"),
        Choice("manfaat_paud", "Manfaat PAUD"),
        Choice("membaca_bersama", "Membaca bersama anak"),
        Choice("literasi_digital", "Literasi digital orang tua"),
        Choice("ape", "Alat permainan edukatif"),
        Choice("anak_putus_sekolah", "Kembali ke sekolah"),
    ),
)

FORMS = (
    ANAK_USIA_DINI,
    PERPUSTAKAAN,
    LITERASI_DIGITAL,
    APE,
    ANAK_TIDAK_SEKOLAH,
    TAMAN_BACA,
    PENYULUHAN,
)
