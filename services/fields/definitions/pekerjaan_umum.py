"""Pekerjaan umum: water and latrine of a household, wells, education on water and waste."""

from __future__ import annotations

from services.fields.definitions.shared import CATATAN, JAMBAN_SEHAT, penyuluhan
from services.fields.spec import (
    IS,
    ONE_OF,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Question,
    Shape,
    When,
)

SUMBER_AIR_MINUM = Question(
    "sumber_air_minum",
    "Sumber air minum",
    Kind.CHOICE,
    choices=(
        Choice("leding", "Leding (PDAM)"),
        Choice("sumur_bor", "Sumur bor"),
        Choice("sumur_gali", "Sumur gali"),
        Choice("mata_air", "Mata air"),
        Choice("air_hujan", "Air hujan"),
        Choice("kemasan", "Air kemasan atau isi ulang"),
        Choice("sungai", "Sungai"),
    ),
    counts=(
        Count("air_minum_leding", "Rumah tangga dengan air leding", IS("leding")),
        Count("air_minum_sungai", "Rumah tangga yang minum air sungai", IS("sungai")),
    ),
    finding=Finding(IS("sungai"), "Air minum dari sungai"),
)

AIR_JAMBAN = FormSpec(
    key="air_jamban",
    field="pekerjaan_umum",
    title="Air dan jamban",
    printed_name="Pendataan Air dan Jamban Rumah Tangga",
    shape=Shape.HOUSEHOLD,
    questions=(
        SUMBER_AIR_MINUM,
        Question(
            "jarak_penampungan_tinja",
            "Jarak sumber air ke penampungan tinja",
            Kind.CHOICE,
            choices=(Choice("kurang_10_m", "Kurang dari 10 meter"), Choice("10_m_atau_lebih", "10 meter atau lebih")),
            asked_if=When("sumber_air_minum", ONE_OF("sumur_bor", "sumur_gali", "mata_air")),
            counts=(Count("jarak_tinja_kurang", "Sumber air kurang dari 10 m dari tinja", IS("kurang_10_m")),),
            finding=Finding(IS("kurang_10_m"), "Sumber air terlalu dekat dengan penampungan tinja"),
        ),
        JAMBAN_SEHAT,
        Question(
            "jenis_kloset",
            "Jenis kloset",
            Kind.CHOICE,
            choices=(
                Choice("leher_angsa", "Leher angsa"),
                Choice("plengsengan", "Plengsengan"),
                Choice("cemplung", "Cemplung"),
            ),
            asked_if=When("jamban_sehat", IS("ada")),
        ),
        Question(
            "pembuangan_akhir",
            "Pembuangan akhir tinja",
            Kind.CHOICE,
            choices=(
                Choice("tangki_septik", "Tangki septik"),
                Choice("ipal", "IPAL bersama"),
                Choice("lubang", "Lubang tanah"),
                Choice("sungai", "Sungai atau selokan"),
            ),
            counts=(Count("tinja_ke_sungai", "Rumah tangga dengan tinja ke sungai", IS("sungai")),),
            finding=Finding(IS("sungai"), "Tinja dibuang ke sungai atau selokan"),
        ),
        Question(
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
        ),
        CATATAN,
    ),
)

SUMUR = FormSpec(
    key="sumur",
    field="pekerjaan_umum",
    title="Sumur",
    printed_name="Identifikasi Sumur Air Tanah",
    shape=Shape.ASSET,
    questions=(
        Question("pemilik", "Pemilik", Kind.TEXT, help="Misalnya “umum RT 02” atau nama pemilik."),
        Question(
            "kondisi_sumur",
            "Kondisi",
            Kind.CHOICE,
            choices=(
                Choice("baik", "Baik"),
                Choice("rusak_ringan", "Rusak ringan"),
                Choice("rusak_berat", "Rusak berat"),
                Choice("kering", "Kering"),
            ),
            counts=(
                Count("sumur_baik", "Sumur dalam kondisi baik", IS("baik")),
                Count("sumur_rusak", "Sumur rusak atau kering", ONE_OF("rusak_ringan", "rusak_berat", "kering")),
            ),
            finding=Finding(ONE_OF("rusak_berat", "kering"), "Sumur rusak berat atau kering"),
        ),
        Question(
            "risiko_sanitasi",
            "Risiko sanitasi",
            Kind.CHOICE,
            help="Tinggi bila dekat jamban, kandang, atau genangan, atau tidak berdinding.",
            choices=(Choice("rendah", "Rendah"), Choice("sedang", "Sedang"), Choice("tinggi", "Tinggi")),
            counts=(Count("sumur_risiko_tinggi", "Sumur dengan risiko sanitasi tinggi", IS("tinggi")),),
            finding=Finding(IS("tinggi"), "Risiko sanitasi sumur tinggi"),
        ),
        Question(
            "kk_pemakai_sumur",
            "Keluarga yang memakai",
            Kind.INTEGER,
            unit="KK",
            hard=(0, 2000),
            soft=(1, 100),
        ),
        Question("tindakan_rehabilitasi", "Tindakan yang diperlukan", Kind.LONG_TEXT),
    ),
)

PENYULUHAN = penyuluhan(
    "pekerjaan_umum",
    "Penyuluhan air dan limbah",
    (
        Choice("air_bersih", "Air bersih"),
        Choice("limbah_rumah_tangga", "Limbah rumah tangga"),
        Choice("jamban", "Jamban sehat dan tangki septik"),
        Choice("bank_sampah", "Sampah dan bank sampah"),
        Choice("hemat_air", "Menjaga sumber air"),
    ),
)

FORMS = (AIR_JAMBAN, SUMUR, PENYULUHAN)
