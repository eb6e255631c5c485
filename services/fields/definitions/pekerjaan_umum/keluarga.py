"""Water and latrine of a household."""

from __future__ import annotations

from services.fields.definitions.shared import CATATAN, JAMBAN_SEHAT, PENGELOLAAN_SAMPAH
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
        PENGELOLAAN_SAMPAH,
        CATATAN,
    ),
)
