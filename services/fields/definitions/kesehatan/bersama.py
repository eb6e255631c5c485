"""Questions that several health cards ask, and the health education activity."""

from __future__ import annotations

from services.fields.definitions.shared import penyuluhan
from services.fields.spec import (
    ANSWERED,
    IS_YES,
    ONE_OF,
    Change,
    Choice,
    Count,
    Finding,
    Kind,
    Next,
    Part,
    Question,
    Step,
)

BB_KG = Question(
    "bb_kg",
    "Berat badan",
    Kind.DECIMAL,
    unit="kg",
    hard=(20, 250),
    soft=(30, 150),
    places=2,
    example="58,5",
    step=Step.PENGUKURAN,
    measure="weight_kg",
    change=Change(share=0.15),
    counts=(Count("ditimbang", "Ditimbang", ANSWERED),),
)
TB_CM = Question(
    "tb_cm",
    "Tinggi badan",
    Kind.DECIMAL,
    unit="cm",
    hard=(25, 220),
    soft=(130, 195),
    places=1,
    example="157,5",
    step=Step.PENGUKURAN,
    measure="length_cm",
)
LILA_CM = Question(
    "lila_cm",
    "Lingkar lengan atas (LiLA)",
    Kind.DECIMAL,
    unit="cm",
    hard=(12, 60),
    soft=(18, 45),
    places=1,
    example="24,5",
    step=Step.PENGUKURAN,
    measure="muac_cm",
)
LINGKAR_PERUT_CM = Question(
    "lingkar_perut_cm",
    "Lingkar perut",
    Kind.DECIMAL,
    unit="cm",
    hard=(30, 250),
    soft=(50, 140),
    places=1,
    example="82",
    step=Step.PENGUKURAN,
    measure="waist_cm",
    counts=(Count("lingkar_perut_diukur", "Diukur lingkar perut", ANSWERED),),
)
TD = Question(
    "td",
    "Tekanan darah",
    Kind.BLOOD_PRESSURE,
    unit="mmHg",
    parts=(
        Part("sistol", "Sistol (atas)", (60, 260), (80, 200)),
        Part("diastol", "Diastol (bawah)", (30, 160), (50, 120)),
    ),
    example="120 dan 80",
    step=Step.PENGUKURAN,
    measure="blood_pressure",
    counts=(Count("td_diukur", "Diukur tekanan darah", ANSWERED),),
)


def _tbc(key: str, label: str) -> Question:
    return Question(
        key,
        label,
        Kind.YES_NO,
        group="tbc",
        counts=(Count(f"tbc_{key}", f"Gejala TBC: {label.lower()}", IS_YES),),
        finding=Finding(IS_YES, f"TBC: {label.lower()}", Next.CONFIRM),
    )


TBC = (
    _tbc("batuk_terus_menerus", "Batuk terus-menerus"),
    _tbc("demam_2_minggu", "Demam 2 minggu atau lebih"),
    _tbc("bb_tidak_naik_atau_turun_2_bulan", "Berat badan tidak naik atau turun 2 bulan berturut-turut"),
    _tbc("kontak_erat_tbc", "Kontak erat dengan pasien TBC"),
)

TOPICS = (
    Choice("gizi_seimbang", "Gizi seimbang"),
    Choice("kehamilan_sehat", "Kehamilan sehat"),
    Choice("tanda_bahaya", "Tanda bahaya"),
    Choice("ttd", "Tablet tambah darah"),
    Choice("persalinan", "Persiapan persalinan"),
    Choice("asi", "ASI dan menyusui"),
    Choice("mpasi", "MP-ASI"),
    Choice("kb", "Keluarga berencana"),
    Choice("imunisasi", "Imunisasi"),
    Choice("tumbuh_kembang", "Tumbuh kembang anak"),
    Choice("stunting", "Mencegah stunting"),
    Choice("phbs", "Perilaku hidup bersih dan sehat"),
    Choice("anemia_remaja", "Anemia remaja"),
    Choice("kesehatan_reproduksi", "Kesehatan reproduksi"),
    Choice("rokok", "Bahaya rokok"),
    Choice("hipertensi_diabetes", "Hipertensi dan diabetes"),
    Choice("aktivitas_fisik", "Aktivitas fisik"),
    Choice("minum_obat", "Patuh minum obat"),
    Choice("tbc", "Mengenal TBC"),
    Choice("lansia_mandiri", "Lansia sehat dan mandiri"),
)
EDUKASI = Question(
    "edukasi",
    "Edukasi yang diberikan",
    Kind.MULTI,
    help="Sentuh topiknya; boleh lebih dari satu.",
    choices=TOPICS,
    step=Step.PENYULUHAN,
    counts=(Count("edukasi_diberikan", "Mendapat edukasi", ANSWERED),),
)
RUJUK = Question(
    "rujuk",
    "Dirujuk ke",
    Kind.CHOICE,
    choices=(
        Choice("tidak", "Tidak dirujuk"),
        Choice("pustu", "Pustu"),
        Choice("puskesmas", "Puskesmas"),
        Choice("rs", "Rumah sakit"),
    ),
    step=Step.PENYULUHAN,
    counts=(Count("dirujuk", "Dirujuk", ONE_OF("pustu", "puskesmas", "rs")),),
    finding=Finding(ONE_OF("pustu", "puskesmas", "rs"), "Dirujuk oleh kader", Next.REFER),
)

PENYULUHAN = penyuluhan("kesehatan", "Penyuluhan kesehatan", TOPICS)
