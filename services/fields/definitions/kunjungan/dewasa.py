"""Adults, elders, and treatment of tuberculosis: checks of the year, and whether medicine is there and taken."""

from __future__ import annotations

from services.fields.definitions.kesehatan.bersama import TBC
from services.fields.definitions.kunjungan.bersama import (
    ISI_PIRINGKU,
    MEROKOK,
    OBAT_ADA,
    OBAT_DIMINUM,
    SKRINING_JIWA,
    day,
    section,
    yes_no,
)
from services.fields.spec import (
    HAS,
    IS_NO,
    IS_YES,
    NONE_OF_THESE,
    Audience,
    Choice,
    Finding,
    Kind,
    Next,
    Question,
    When,
)

BEROBAT = Question(
    "sakit_yang_diobati",
    "Sakit yang sedang diobati",
    Kind.MULTI,
    choices=(
        Choice(NONE_OF_THESE, "Tidak ada"),
        Choice("hipertensi", "Darah tinggi"),
        Choice("dm", "Kencing manis"),
    ),
)
TREATED = (
    BEROBAT,
    day("tanggal_diagnosis", "Sejak tanggal", asked_if=When("sakit_yang_diobati", HAS("hipertensi", "dm"))),
    OBAT_ADA.but(asked_if=When("sakit_yang_diobati", HAS("hipertensi", "dm"))),
    OBAT_DIMINUM,
    day("tanggal_td_terakhir", "Terakhir periksa tekanan darah"),
    day("tanggal_gd_terakhir", "Terakhir periksa gula darah"),
    SKRINING_JIWA,
    MEROKOK,
    ISI_PIRINGKU,
)
KB = Question(
    "kb_dipakai",
    "KB yang dipakai",
    Kind.CHOICE,
    choices=(
        Choice("pil", "Pil"),
        Choice("suntik", "Suntik"),
        Choice("kondom", "Kondom"),
        Choice("implan", "Implan (susuk)"),
        Choice("lainnya", "Lainnya"),
        Choice("tidak", "Tidak memakai"),
    ),
)

KUNJUNGAN_DEWASA = section(
    "kunjungan_dewasa",
    "Usia dewasa",
    (*TREATED, KB),
    audience=Audience(stages=("dewasa",)),
)

KUNJUNGAN_LANSIA = section(
    "kunjungan_lansia",
    "Lanjut usia",
    (
        *TREATED,
        yes_no("lansia_dibantu", "Ada yang membantu sehari-hari"),
        day("tanggal_aks", "Terakhir dinilai AKS"),
        day("tanggal_skilas", "Terakhir dinilai SKILAS"),
    ),
    audience=Audience(stages=("lansia",)),
)

KUNJUNGAN_TBC = section(
    "kunjungan_tbc",
    "TBC",
    (
        *TBC,
        yes_no("sedang_berobat_tbc", "Sedang berobat TBC"),
        day("tanggal_diagnosis_tbc", "Sejak tanggal", asked_if=When("sedang_berobat_tbc", IS_YES)),
        Question("tempat_berobat_tbc", "Tempat berobat", Kind.TEXT, asked_if=When("sedang_berobat_tbc", IS_YES)),
        day("tanggal_kontrol_tbc", "Terakhir kontrol", asked_if=When("sedang_berobat_tbc", IS_YES)),
        Question(
            "pmo_tbc",
            "Pengawas minum obat",
            Kind.CHOICE,
            choices=(
                Choice("keluarga", "Keluarga"),
                Choice("kader", "Kader"),
                Choice("lainnya", "Lainnya"),
                Choice("tidak", "Tidak ada"),
            ),
            asked_if=When("sedang_berobat_tbc", IS_YES),
        ),
        yes_no("obat_tbc_ada", "Ada obat TBC", asked_if=When("sedang_berobat_tbc", IS_YES)),
        yes_no(
            "obat_tbc_diminum_24_jam",
            "Obat TBC diminum 24 jam terakhir",
            asked_if=When("obat_tbc_ada", IS_YES),
            finding=Finding(IS_NO, "Obat TBC tidak diminum", Next.CONFIRM),
        ),
        Question(
            "kontak_tbc",
            "Yang serumah atau sering bersama",
            Kind.MULTI,
            choices=(
                Choice(NONE_OF_THESE, "Tidak ada"),
                Choice("keluarga", "Keluarga"),
                Choice("tetangga", "Tetangga"),
                Choice("art", "Pekerja di rumah"),
            ),
        ),
    ),
    audience=Audience(stages=("bayi", "balita", "apras", "usekrem", "dewasa", "lansia")),
)
