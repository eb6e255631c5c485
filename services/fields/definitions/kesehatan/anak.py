"""The cards of children: 0–71 months, and school age and teenagers."""

from __future__ import annotations

from services.fields.definitions.kesehatan.bersama import (
    BB_KG,
    EDUKASI,
    LILA_CM,
    LINGKAR_PERUT_CM,
    RUJUK,
    TB_CM,
    TBC,
    TD,
)
from services.fields.definitions.kesehatan.tanda_bahaya import BALITA as TANDA_BAHAYA_BALITA
from services.fields.definitions.kesehatan.tanda_bahaya import BAYI as TANDA_BAHAYA_BAYI
from services.fields.spec import (
    ANSWERED,
    IS,
    IS_NO,
    IS_YES,
    Audience,
    Change,
    Choice,
    Count,
    Cycle,
    Finding,
    FormSpec,
    Kind,
    Next,
    Printed,
    Question,
    Shape,
    Step,
    When,
)

PB_TB_CM = Question(
    "pb_tb_cm",
    "Panjang atau tinggi badan",
    Kind.DECIMAL,
    unit="cm",
    hard=(25, 150),
    soft=(38, 150),
    places=1,
    example="79,5",
    step=Step.PENGUKURAN,
    measure="length_cm",
    change=Change(fall=0.5),
)
CARA_UKUR = Question(
    "cara_ukur",
    "Cara mengukur",
    Kind.CHOICE,
    help="Tanpa isian: telentang di bawah 2 tahun, berdiri sejak 2 tahun.",
    choices=(Choice("telentang", "Telentang"), Choice("berdiri", "Berdiri")),
    step=Step.PENGUKURAN,
    group="cara_ukur",
    measure="position",
    asked_if=When("pb_tb_cm", ANSWERED),
)
LK_CM = Question(
    "lk_cm",
    "Lingkar kepala",
    Kind.DECIMAL,
    unit="cm",
    hard=(25, 60),
    soft=(28, 56),
    places=1,
    example="46,5",
    step=Step.PENGUKURAN,
    measure="head_cm",
)
EDEMA = Question(
    "edema",
    "Bengkak di kedua punggung kaki",
    Kind.YES_NO,
    help="Tekan dengan ibu jari 3 detik. Bila berlekuk, pilih Ya.",
    measure="oedema",
    finding=Finding(IS_YES, "Bengkak di kedua punggung kaki", Next.URGENT),
)
CEKLIS = Question(
    "ceklis_perkembangan",
    "Ceklis perkembangan Buku KIA",
    Kind.CHOICE,
    choices=(Choice("lengkap", "Lengkap"), Choice("tidak_lengkap", "Tidak lengkap")),
    counts=(
        Count("ceklis_lengkap", "Anak dengan ceklis lengkap", IS("lengkap")),
        Count("ceklis_tidak_lengkap", "Anak dengan ceklis tidak lengkap", IS("tidak_lengkap")),
    ),
    finding=Finding(IS("tidak_lengkap"), "Ceklis perkembangan tidak lengkap", Next.REFER),
)
BUKU_KIA = (
    Question(
        "punya_buku_kia",
        "Punya Buku KIA atau KMS",
        Kind.YES_NO,
        cycle=Cycle.ONCE,
        step=Step.PENDAFTARAN,
        age_months=(None, 59),
        counts=(Count("punya_buku_kia", "Balita yang punya Buku KIA atau KMS", IS_YES),),
    ),
    Question(
        "bb_sebelumnya_kg",
        "Berat terakhir di Buku KIA",
        Kind.DECIMAL,
        help="Hanya pada kunjungan pertama di sini.",
        unit="kg",
        hard=(0.3, 60),
        soft=(0.9, 30),
        places=2,
        example="9,8",
        cycle=Cycle.FIRST_VISIT,
        step=Step.PENDAFTARAN,
        age_months=(None, 59),
        measure="earlier_weight_kg",
        asked_if=When("punya_buku_kia", IS_YES),
    ),
    Question(
        "tanggal_bb_sebelumnya",
        "Tanggal ditimbang itu",
        Kind.DATE,
        cycle=Cycle.FIRST_VISIT,
        step=Step.PENDAFTARAN,
        age_months=(None, 59),
        measure="earlier_weighed_on",
        asked_if=When("bb_sebelumnya_kg", ANSWERED),
    ),
)


def _service(key: str, label: str, count: str, counted: str, **more: object) -> Question:
    """A yes-no question of step 4 whose "ya" is a column of the recap."""
    question = Question(key, label, Kind.YES_NO, step=Step.PELAYANAN, counts=(Count(count, counted, IS_YES),))
    return question.but(**more)


SERVICES = (
    _service(
        "asi_eksklusif",
        "ASI eksklusif",
        "asi_eksklusif",
        "Bayi dengan ASI eksklusif",
        age_months=(0, 6),
        help="Hanya ASI, tanpa makanan atau minuman lain. Obat dan vitamin boleh.",
        finding=Finding(IS_NO, "Bayi tidak ASI eksklusif", Next.EDUCATE),
    ),
    _service(
        "mpasi_sesuai",
        "MP-ASI sesuai umur",
        "mpasi",
        "Anak dengan MP-ASI sesuai",
        age_months=(6, 23),
        finding=Finding(IS_NO, "MP-ASI belum sesuai umur", Next.EDUCATE),
    ),
    _service(
        "imunisasi_lengkap_sesuai_umur",
        "Imunisasi lengkap sesuai umur",
        "imunisasi",
        "Anak dengan imunisasi lengkap sesuai umur",
        help="Lihat Buku KIA.",
        finding=Finding(IS_NO, "Imunisasi belum lengkap", Next.CONFIRM),
    ),
    Question(
        "imunisasi_belum",
        "Imunisasi yang belum",
        Kind.TEXT,
        step=Step.PELAYANAN,
        asked_if=When("imunisasi_lengkap_sesuai_umur", IS_NO),
    ),
    _service(
        "vitamin_a", "Diberi vitamin A", "vit_a", "Anak yang mendapat vitamin A", age_months=(6, 59), months=(2, 8)
    ),
    _service(
        "obat_cacing",
        "Diberi obat cacing",
        "obat_cacing",
        "Anak yang mendapat obat cacing",
        age_months=(12, None),
        months=(2, 8),
    ),
    _service(
        "mt_pangan_lokal_patuh",
        "Makanan tambahan dari tenaga kesehatan dihabiskan",
        "mt_pangan_lokal",
        "Anak yang patuh makan MT pangan lokal",
        age_months=(6, 59),
        group="mt_pangan",
    ),
)

KARTU_BALITA = FormSpec(
    key="kartu_balita",
    field="kesehatan",
    title="Bayi, balita, dan prasekolah",
    printed_name="Kartu Bantu Pemeriksaan Bayi, Balita, dan Anak Prasekolah",
    shape=Shape.PERSON,
    audience=Audience(stages=("bayi", "balita", "apras")),
    printed=(
        Printed("umur_bulan", "Umur (bulan)"),
        Printed("naik_tidak", "Naik/tidak naik (N/T)"),
        Printed("bb_u", "BB/U"),
        Printed("pb_tb_u", "PB/U atau TB/U"),
        Printed("bb_tb", "BB/PB atau BB/TB"),
        Printed("lk_status", "Lingkar kepala"),
        Printed("lila_status", "Status LiLA"),
    ),
    questions=(
        TANDA_BAHAYA_BAYI,
        TANDA_BAHAYA_BALITA,
        *BUKU_KIA,
        BB_KG.but(hard=(0.3, 60), soft=(0.9, 58), example="9,8", change=Change(more_than=2, share=0.15, share_from=8)),
        PB_TB_CM,
        CARA_UKUR,
        LK_CM,
        LILA_CM.but(hard=(6, 30), soft=(8, 22), example="14,5"),
        EDEMA,
        CEKLIS,
        *TBC,
        *SERVICES,
        Question(
            "gejala_sakit",
            "Gejala sakit",
            Kind.TEXT,
            help="Sebutkan bila anak sakit, misalnya “batuk pilek 3 hari”.",
            step=Step.PELAYANAN,
            counts=(Count("balita_sakit", "Anak yang sakit", ANSWERED),),
            finding=Finding(ANSWERED, "Anak sakit", Next.CONFIRM),
        ),
        EDUKASI.offering("asi", "mpasi", "gizi_seimbang", "imunisasi", "tumbuh_kembang", "stunting", "phbs", "tbc"),
        RUJUK,
    ),
)

FIFTEEN = (180, None)

KARTU_SEKOLAH_REMAJA = FormSpec(
    key="kartu_sekolah_remaja",
    field="kesehatan",
    title="Usia sekolah dan remaja",
    printed_name="Kartu Bantu Pemeriksaan Usia Sekolah dan Remaja",
    shape=Shape.PERSON,
    audience=Audience(stages=("usekrem",), unless=("bumil", "nifas")),
    printed=(
        Printed("imt_status", "IMT menurut umur"),
        Printed("td_hasil", "Hasil tekanan darah"),
        Printed("gd_hasil", "Hasil gula darah"),
        Printed("anemia", "Anemia"),
    ),
    questions=(
        BB_KG.but(hard=(8, 200), soft=(14, 100), example="32,5"),
        TB_CM.but(hard=(60, 220), soft=(95, 190), example="128,5", change=Change(fall=0.5)),
        LINGKAR_PERUT_CM.but(age_months=FIFTEEN),
        TD.but(age_months=FIFTEEN),
        Question(
            "gula_darah_sewaktu",
            "Gula darah sewaktu",
            Kind.INTEGER,
            unit="mg/dL",
            hard=(20, 600),
            soft=(50, 400),
            example="110",
            step=Step.PENGUKURAN,
            age_months=FIFTEEN,
            measure="glucose_mg_dl",
        ),
        Question(
            "hb",
            "Hemoglobin (Hb)",
            Kind.DECIMAL,
            help="Diperiksa oleh tenaga kesehatan.",
            unit="g/dL",
            hard=(3, 25),
            soft=(7, 18),
            places=1,
            example="12,5",
            step=Step.PENGUKURAN,
            sex="P",
            measure="hb_g_dl",
        ),
        *TBC,
        Question(
            "ttd_remaja",
            "TTD diminum seminggu sekali",
            Kind.YES_NO,
            help="Untuk remaja putri.",
            step=Step.PELAYANAN,
            sex="P",
            age_months=(144, None),
            counts=(
                Count("ttd_remaja_ya", "Remaja putri minum TTD tiap minggu", IS_YES),
                Count("ttd_remaja_tidak", "Remaja putri tidak minum TTD tiap minggu", IS_NO),
            ),
            finding=Finding(IS_NO, "TTD tidak diminum tiap minggu", Next.EDUCATE),
        ),
        EDUKASI.offering(
            "gizi_seimbang", "anemia_remaja", "ttd", "kesehatan_reproduksi", "rokok", "aktivitas_fisik", "phbs", "tbc"
        ),
        RUJUK,
    ),
)
