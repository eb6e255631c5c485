"""The card of adults and elders, without its sensitive parts and scored questionnaires."""

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
from services.fields.spec import (
    AT_LEAST,
    BELOW,
    HAS,
    IS,
    IS_YES,
    NONE_OF_THESE,
    Audience,
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

DISEASES = (
    Choice(NONE_OF_THESE, "Tidak ada"),
    Choice("hipertensi", "Hipertensi"),
    Choice("dm", "Diabetes (kencing manis)"),
    Choice("stroke", "Stroke"),
    Choice("jantung", "Jantung"),
    Choice("asma", "Asma"),
    Choice("kanker", "Kanker"),
    Choice("kolesterol_tinggi", "Kolesterol tinggi"),
)
HISTORY = (
    Question(
        "riwayat_keluarga",
        "Riwayat penyakit keluarga",
        Kind.MULTI,
        choices=DISEASES,
        cycle=Cycle.YEARLY,
        step=Step.PENDAFTARAN,
    ),
    Question(
        "riwayat_diri",
        "Riwayat penyakit sendiri",
        Kind.MULTI,
        choices=DISEASES,
        cycle=Cycle.YEARLY,
        step=Step.PENDAFTARAN,
        counts=(
            Count("riwayat_hipertensi", "Orang dengan riwayat hipertensi", HAS("hipertensi")),
            Count("riwayat_dm", "Orang dengan riwayat diabetes", HAS("dm")),
        ),
    ),
    Question(
        "perilaku_berisiko",
        "Perilaku berisiko",
        Kind.MULTI,
        choices=(
            Choice(NONE_OF_THESE, "Tidak ada"),
            Choice("merokok", "Merokok"),
            Choice("gula_tinggi", "Banyak gula"),
            Choice("garam_tinggi", "Banyak garam"),
            Choice("lemak_tinggi", "Banyak lemak"),
        ),
        cycle=Cycle.YEARLY,
        step=Step.PENDAFTARAN,
        counts=(Count("merokok", "Orang yang merokok", HAS("merokok")),),
        finding=Finding(HAS("merokok"), "Merokok", Next.EDUCATE),
    ),
)


def _sense(key: str, label: str, test: str, count: str) -> Question:
    """An eye or an ear, tested once a year."""
    return Question(
        key,
        label,
        Kind.CHOICE,
        help=test,
        choices=(Choice("normal", "Normal"), Choice("gangguan", "Ada gangguan")),
        cycle=Cycle.YEARLY,
        counts=(Count(count, f"Gangguan {label.lower()}", IS("gangguan")),),
        finding=Finding(IS("gangguan"), f"Gangguan {label.lower()}", Next.REFER),
    )


SENSES = (
    _sense("mata_kanan", "Mata kanan", "Tes hitung jari.", "gangguan_mata_kanan"),
    _sense("mata_kiri", "Mata kiri", "Tes hitung jari.", "gangguan_mata_kiri"),
    _sense("telinga_kanan", "Telinga kanan", "Tes berbisik.", "gangguan_telinga_kanan"),
    _sense("telinga_kiri", "Telinga kiri", "Tes berbisik.", "gangguan_telinga_kiri"),
)
PUMA = Question(
    "puma_skor",
    "Skor PUMA (napas)",
    Kind.INTEGER,
    help="Jumlahkan 7 butir di lembar PUMA. Untuk perokok umur 40 tahun ke atas.",
    hard=(0, 9),
    example="3",
    cycle=Cycle.YEARLY,
    age_months=(480, None),
    asked_if=When("perilaku_berisiko", HAS("merokok")),
    counts=(
        Count("puma_lt6", "PUMA kurang dari 6", BELOW(6)),
        Count("puma_ge6", "PUMA 6 atau lebih", AT_LEAST(6)),
    ),
)
KONTRASEPSI = (
    Question(
        "alat_kontrasepsi",
        "Memakai alat kontrasepsi (KB)",
        Kind.YES_NO,
        step=Step.PELAYANAN,
        cycle=Cycle.YEARLY,
        age_months=(216, 599),
        counts=(Count("kb_ya", "Orang yang memakai alat kontrasepsi", IS_YES),),
    ),
    Question(
        "jenis_kontrasepsi",
        "Jenis alat kontrasepsi",
        Kind.CHOICE,
        choices=(
            Choice("pil", "Pil"),
            Choice("kondom", "Kondom"),
            Choice("suntik", "Suntik"),
            Choice("implan", "Implan (susuk)"),
            Choice("lainnya", "Lainnya"),
        ),
        step=Step.PELAYANAN,
        cycle=Cycle.YEARLY,
        age_months=(216, 599),
        asked_if=When("alat_kontrasepsi", IS_YES),
    ),
)

KARTU_DEWASA_LANSIA = FormSpec(
    key="kartu_dewasa_lansia",
    field="kesehatan",
    title="Dewasa dan lansia",
    printed_name="Kartu Bantu Pemeriksaan Usia Dewasa dan Lansia",
    shape=Shape.PERSON,
    audience=Audience(stages=("dewasa", "lansia"), unless=("bumil", "nifas")),
    printed=(
        Printed("imt_status", "Indeks massa tubuh (IMT)"),
        Printed("td_hasil", "Hasil tekanan darah"),
        Printed("gd_hasil", "Hasil gula darah"),
    ),
    questions=(
        *HISTORY,
        BB_KG,
        TB_CM,
        LINGKAR_PERUT_CM,
        LILA_CM.but(sex="P", age_months=(216, 599), help="Untuk wanita usia subur."),
        TD,
        Question(
            "gds_mg_dl",
            "Gula darah sewaktu",
            Kind.INTEGER,
            unit="mg/dL",
            hard=(20, 600),
            soft=(50, 400),
            example="110",
            step=Step.PENGUKURAN,
            measure="glucose_mg_dl",
        ),
        *SENSES,
        PUMA,
        *TBC,
        *KONTRASEPSI,
        EDUKASI.offering(
            "gizi_seimbang",
            "hipertensi_diabetes",
            "aktivitas_fisik",
            "minum_obat",
            "rokok",
            "kb",
            "phbs",
            "tbc",
            "lansia_mandiri",
        ),
        RUJUK,
    ),
)
