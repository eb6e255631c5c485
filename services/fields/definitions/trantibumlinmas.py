"""Trantibumlinmas: patrols, incidents, disaster drills, education, and (sensitive) traces of trauma.

An incident names no victim: whoever was hurt or threatened is helped by a confidential ticket, not by a form.
"""

from __future__ import annotations

from services.fields.definitions.shared import (
    KENDALA,
    LOKASI,
    METODE,
    PESERTA,
    SASARAN,
    TINDAK_LANJUT,
    WAKTU_MULAI,
    penyuluhan,
)
from services.fields.spec import (
    ANSWERED,
    HAS,
    IS,
    ONE_OF,
    STAGES,
    Audience,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Next,
    Question,
    Shape,
    Sum,
)

PATROLI = FormSpec(
    key="patroli",
    field="trantibumlinmas",
    title="Patroli keamanan",
    printed_name="Laporan Patroli Keamanan Lingkungan",
    shape=Shape.ACTIVITY,
    questions=(
        WAKTU_MULAI,
        Question(
            "area_patroli",
            "Area",
            Kind.TEXT,
            help="Misalnya “RT 01 sampai RT 03”.",
            counts=(Count("patroli", "Patroli keamanan", ANSWERED),),
        ),
        Question(
            "metode_patroli",
            "Cara",
            Kind.CHOICE,
            choices=(
                Choice("jalan_kaki", "Jalan kaki"),
                Choice("kendaraan", "Sepeda atau kendaraan"),
                Choice("poskamling", "Jaga di poskamling"),
            ),
        ),
        Question(
            "jumlah_petugas",
            "Petugas yang ikut",
            Kind.INTEGER,
            unit="orang",
            hard=(1, 500),
            soft=(1, 40),
            sums=(Sum("petugas_patroli", "Petugas patroli"),),
        ),
        Question("unsur_petugas", "Siapa petugasnya", Kind.TEXT, help="Misalnya “Linmas dan Karang Taruna”."),
        Question("tujuan_patroli", "Tujuan", Kind.TEXT),
        Question(
            "temuan_patroli",
            "Temuan",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada temuan"),
                Choice("orang_mencurigakan", "Orang mencurigakan"),
                Choice("pencurian", "Pencurian"),
                Choice("keributan", "Keributan"),
                Choice("lampu_mati", "Lampu jalan mati"),
                Choice("bahaya_bencana", "Tanda bahaya banjir, longsor, atau kebakaran"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(
                Count("patroli_aman", "Patroli tanpa temuan", HAS("tidak_ada")),
                Count(
                    "patroli_ada_temuan",
                    "Patroli dengan temuan",
                    HAS("orang_mencurigakan", "pencurian", "keributan", "lampu_mati", "bahaya_bencana", "lainnya"),
                ),
            ),
            finding=Finding(
                HAS("orang_mencurigakan", "pencurian", "keributan", "lampu_mati", "bahaya_bencana", "lainnya"),
                "Ada temuan saat patroli",
            ),
        ),
        Question(
            "uraian_temuan",
            "Uraian temuan",
            Kind.LONG_TEXT,
            help="Apa, di mana, pukul berapa. Jangan tulis nama orang yang dicurigai.",
        ),
        Question("tindakan_patroli", "Tindakan", Kind.LONG_TEXT),
    ),
)

NAMA_KEGIATAN = Question("nama_kegiatan", "Nama kegiatan", Kind.TEXT)

IDENTIFIKASI_TRAUMA = FormSpec(
    key="identifikasi_trauma",
    field="trantibumlinmas",
    title="Identifikasi trauma",
    printed_name="Identifikasi Trauma Pascabencana",
    shape=Shape.PERSON,
    default_on=False,
    sensitive=True,
    audience=Audience(stages=STAGES),
    questions=(
        Question("lokasi_pengungsian", "Lokasi pengungsian", Kind.TEXT, help="Kosongkan bila tinggal di rumah."),
        Question(
            "jenis_bencana",
            "Jenis bencana",
            Kind.CHOICE,
            choices=(
                Choice("banjir", "Banjir atau rob"),
                Choice("longsor", "Longsor"),
                Choice("gempa", "Gempa"),
                Choice("kebakaran", "Kebakaran"),
                Choice("angin", "Angin kencang"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        Question(
            "gejala_trauma",
            "Gejala",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("sulit_tidur", "Sulit tidur atau mimpi buruk"),
                Choice("takut", "Mudah takut atau kaget"),
                Choice("sedih", "Sedih terus-menerus"),
                Choice("menarik_diri", "Menarik diri"),
                Choice("marah", "Mudah marah"),
                Choice("tidak_mau_makan", "Tidak mau makan"),
            ),
            counts=(
                Count(
                    "gejala_trauma_ada",
                    "Orang dengan gejala trauma",
                    HAS("sulit_tidur", "takut", "sedih", "menarik_diri", "marah", "tidak_mau_makan"),
                ),
            ),
            finding=Finding(
                HAS("sulit_tidur", "takut", "sedih", "menarik_diri", "marah", "tidak_mau_makan"),
                "Ada gejala trauma",
                Next.CONFIRM,
            ),
        ),
        Question(
            "kebutuhan_psikososial",
            "Kebutuhan psikososial",
            Kind.MULTI,
            choices=(
                Choice("didengarkan", "Didengarkan"),
                Choice("bermain", "Bermain bersama anak lain"),
                Choice("keluarga", "Bertemu keluarga"),
                Choice("ibadah", "Pendampingan ibadah"),
                Choice("tenaga_ahli", "Tenaga ahli"),
            ),
        ),
        Question("kondisi_keluarga", "Kondisi keluarga", Kind.LONG_TEXT),
        TINDAK_LANJUT,
    ),
)

PENYULUHAN_TRAUMA = FormSpec(
    key="penyuluhan_trauma",
    field="trantibumlinmas",
    title="Penyuluhan trauma",
    printed_name="Penyuluhan Pemulihan Trauma",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        NAMA_KEGIATAN,
        WAKTU_MULAI,
        LOKASI,
        SASARAN,
        Question("materi", "Materi", Kind.TEXT),
        Question("fasilitator", "Fasilitator", Kind.TEXT, help="Jabatan atau instansi."),
        Question("logistik", "Logistik", Kind.TEXT, help="Alat dan bahan yang dipakai."),
        PESERTA,
    ),
)

SIMULASI_BENCANA = FormSpec(
    key="simulasi_bencana",
    field="trantibumlinmas",
    title="KIE dan simulasi bencana",
    printed_name="KIE/Simulasi Kesiapsiagaan Bencana",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        NAMA_KEGIATAN,
        Question(
            "jenis_simulasi",
            "Jenis kegiatan",
            Kind.CHOICE,
            choices=(Choice("kie", "KIE"), Choice("simulasi", "Simulasi"), Choice("keduanya", "KIE dan simulasi")),
            counts=(Count("simulasi_bencana", "Kegiatan dengan simulasi bencana", ONE_OF("simulasi", "keduanya")),),
        ),
        PESERTA,
        Question(
            "unsur_peserta",
            "Unsur peserta",
            Kind.MULTI,
            choices=(
                Choice("warga", "Warga"),
                Choice("linmas", "Linmas"),
                Choice("karang_taruna", "Karang Taruna"),
                Choice("sekolah", "Sekolah"),
                Choice("penyandang_disabilitas", "Penyandang disabilitas"),
                Choice("perangkat", "Perangkat desa/kelurahan"),
            ),
        ),
        Question("materi_metode", "Materi dan cara", Kind.LONG_TEXT),
        Question("capaian_kegiatan", "Hasil kegiatan", Kind.LONG_TEXT),
        KENDALA,
    ),
)

JENIS_INSIDEN = (
    Choice("pencurian", "Pencurian"),
    Choice("keributan", "Keributan atau perkelahian"),
    Choice("kebakaran", "Kebakaran"),
    Choice("bencana", "Bencana"),
    Choice("binatang", "Binatang berbahaya"),
    Choice("minuman_keras", "Minuman keras atau narkoba"),
    Choice("lainnya", "Lainnya"),
)
INSIDEN_KAMTIBMAS = FormSpec(
    key="insiden_kamtibmas",
    field="trantibumlinmas",
    title="Insiden kamtibmas",
    printed_name="Laporan Insiden Kamtibmas",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        WAKTU_MULAI,
        LOKASI,
        Question(
            "jenis_insiden",
            "Jenis insiden",
            Kind.CHOICE,
            help="Kekerasan dalam keluarga dan pada anak dicatat sebagai laporan terbatas, bukan di sini.",
            choices=JENIS_INSIDEN,
            counts=tuple(
                Count(f"insiden_{choice.value}", f"Insiden: {choice.label.lower()}", IS(choice.value))
                for choice in JENIS_INSIDEN
            ),
            finding=Finding(ANSWERED, "Ada insiden keamanan lingkungan"),
        ),
        Question("kronologi", "Kronologi", Kind.LONG_TEXT, help="Apa yang terjadi. Jangan tulis nama orang."),
        Question(
            "jumlah_korban",
            "Korban",
            Kind.INTEGER,
            unit="orang",
            hard=(0, 5000),
            soft=(0, 20),
            help="Hanya jumlahnya, tanpa nama.",
        ),
        Question("dampak_insiden", "Dampak", Kind.TEXT, help="Misalnya “dua rumah rusak”."),
        TINDAK_LANJUT,
        Question("petugas_insiden", "Petugas yang menangani", Kind.TEXT, help="Misalnya “Linmas dan Polsek”."),
    ),
)

SOSIALISASI = FormSpec(
    key="sosialisasi",
    field="trantibumlinmas",
    title="Sosialisasi keamanan",
    printed_name="Catatan Sosialisasi Keamanan Lingkungan",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        Question("tema", "Tema", Kind.TEXT),
        WAKTU_MULAI,
        LOKASI,
        SASARAN,
        METODE,
        PESERTA,
        Question("isu", "Isu yang muncul", Kind.LONG_TEXT),
        TINDAK_LANJUT,
    ),
)

PENYULUHAN = penyuluhan(
    "trantibumlinmas",
    "Penyuluhan ketertiban dan bencana",
    (
        Choice("siaga_bencana", "Kesiapsiagaan bencana"),
        Choice("kebakaran", "Mencegah kebakaran"),
        Choice("kamtibmas", "Keamanan lingkungan"),
        Choice("narkoba", "Bahaya narkoba"),
        Choice("linmas", "Peran linmas"),
        Choice("pemulihan_trauma", "Pemulihan setelah bencana"),
    ),
)

FORMS = (
    IDENTIFIKASI_TRAUMA,
    PENYULUHAN_TRAUMA,
    SIMULASI_BENCANA,
    INSIDEN_KAMTIBMAS,
    SOSIALISASI,
    PATROLI,
    PENYULUHAN,
)
