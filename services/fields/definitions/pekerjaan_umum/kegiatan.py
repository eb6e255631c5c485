"""Education on water and waste."""

from __future__ import annotations

from services.fields.definitions.shared import KEBUTUHAN, LOKASI, PESERTA, REKOMENDASI, penyuluhan
from services.fields.spec import HAS, Choice, Count, Finding, FormSpec, Kind, Question, Shape

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

EDUKASI_AIR_LIMBAH = FormSpec(
    key="edukasi_air_limbah",
    field="pekerjaan_umum",
    title="Edukasi air dan limbah",
    printed_name="Edukasi Air Bersih dan Limbah",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        LOKASI,
        Question(
            "temuan_air_bersih",
            "Temuan air bersih",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada temuan"),
                Choice("keruh", "Air keruh atau berbau"),
                Choice("kurang", "Air kurang atau kering"),
                Choice("pipa_rusak", "Pipa rusak"),
                Choice("jauh", "Sumber air jauh"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(
                Count(
                    "edukasi_temuan_air",
                    "Edukasi dengan temuan air bersih",
                    HAS("keruh", "kurang", "pipa_rusak", "jauh", "lainnya"),
                ),
            ),
            finding=Finding(HAS("keruh", "kurang", "pipa_rusak", "jauh", "lainnya"), "Ada masalah air bersih"),
        ),
        Question(
            "temuan_limbah",
            "Temuan limbah",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada temuan"),
                Choice("got_mampet", "Selokan mampet"),
                Choice("ke_sungai", "Limbah dibuang ke sungai"),
                Choice("tanpa_saluran", "Tidak ada saluran limbah"),
                Choice("sampah_menumpuk", "Sampah menumpuk"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(
                Count(
                    "edukasi_temuan_limbah",
                    "Edukasi dengan temuan limbah",
                    HAS("got_mampet", "ke_sungai", "tanpa_saluran", "sampah_menumpuk", "lainnya"),
                ),
            ),
            finding=Finding(
                HAS("got_mampet", "ke_sungai", "tanpa_saluran", "sampah_menumpuk", "lainnya"), "Ada masalah limbah"
            ),
        ),
        KEBUTUHAN,
        REKOMENDASI,
        PESERTA,
    ),
)
