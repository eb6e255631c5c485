"""Sosial: poor households and education on gender, disability and inclusion."""

from __future__ import annotations

from services.fields.definitions.shared import penyuluhan
from services.fields.spec import (
    IS,
    IS_YES,
    ONE_OF,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Printed,
    Question,
    Shape,
)

FAKIR_MISKIN = FormSpec(
    key="fakir_miskin",
    field="sosial",
    title="Fakir miskin",
    printed_name="Pendataan Fakir Miskin",
    shape=Shape.HOUSEHOLD,
    printed=(
        Printed("nama_kk", "Nama kepala keluarga"),
        Printed("alamat", "Alamat"),
        Printed("jumlah_anggota", "Jumlah anggota keluarga"),
    ),
    questions=(
        Question(
            "status_rumah",
            "Status rumah",
            Kind.CHOICE,
            choices=(
                Choice("milik_sendiri", "Milik sendiri"),
                Choice("sewa", "Sewa atau kontrak"),
                Choice("numpang", "Menumpang"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(Count("rumah_menumpang", "Keluarga yang menumpang", IS("numpang")),),
        ),
        Question("pekerjaan_kk", "Pekerjaan kepala keluarga", Kind.TEXT),
        Question(
            "penghasilan_bulan",
            "Penghasilan keluarga sebulan",
            Kind.INTEGER,
            unit="rupiah",
            hard=(0, 1_000_000_000),
            soft=(100_000, 10_000_000),
            help="Kira-kira, semua anggota dijumlahkan.",
            example="1.500.000",
        ),
        Question(
            "ada_disabilitas",
            "Ada anggota keluarga dengan disabilitas",
            Kind.YES_NO,
            counts=(Count("keluarga_disabilitas", "Keluarga dengan anggota disabilitas", IS_YES),),
        ),
        Question(
            "status_data_kesejahteraan",
            "Terdaftar di data kesejahteraan (DTSEN)",
            Kind.CHOICE,
            choices=(Choice("terdaftar", "Terdaftar"), Choice("tidak_terdaftar", "Tidak terdaftar")),
            counts=(
                Count("miskin_terdaftar", "Keluarga terdaftar di data kesejahteraan", IS("terdaftar")),
                Count("miskin_belum_terdaftar", "Keluarga belum terdaftar", IS("tidak_terdaftar")),
            ),
        ),
        Question(
            "rekomendasi_sosial",
            "Rekomendasi kader",
            Kind.CHOICE,
            choices=(
                Choice("layak_diusulkan", "Layak diusulkan untuk bantuan"),
                Choice("perlu_verifikasi", "Perlu diverifikasi dulu"),
                Choice("tidak_perlu", "Tidak perlu"),
            ),
            counts=(
                Count("miskin_diusulkan", "Keluarga layak diusulkan untuk bantuan", IS("layak_diusulkan")),
                Count("miskin_perlu_verifikasi", "Keluarga yang perlu diverifikasi", IS("perlu_verifikasi")),
            ),
            finding=Finding(ONE_OF("layak_diusulkan", "perlu_verifikasi"), "Keluarga miskin menunggu tindak lanjut"),
        ),
        Question("keterangan", "Keterangan", Kind.LONG_TEXT, help="Boleh dikosongkan."),
    ),
)

PENYULUHAN = penyuluhan(
    "sosial",
    "Penyuluhan sosial",
    (
        Choice("kesetaraan_gender", "Kesetaraan gender"),
        Choice("disabilitas", "Hak penyandang disabilitas"),
        Choice("inklusi", "Inklusi sosial"),
        Choice("bantuan_sosial", "Bantuan sosial dan cara mendaftar"),
        Choice("pencegahan_kekerasan", "Mencegah kekerasan dalam keluarga"),
    ),
)

FORMS = (FAKIR_MISKIN, PENYULUHAN)
