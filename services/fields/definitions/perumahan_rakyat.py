"""Perumahan rakyat: the house (RTLH), its surroundings and yard, biopori, and education.

A biopori field is a thing of the place: several households share one, and its condition is looked at again.
"""

from __future__ import annotations

from services.fields.definitions.shared import BAIK_ATAU_RUSAK, CATATAN, JAMBAN_SEHAT, PENGELOLAAN_SAMPAH, penyuluhan
from services.fields.spec import (
    ANSWERED,
    HAS,
    IS,
    ONE_OF,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Printed,
    Question,
    Shape,
    Sum,
)

ATAP = Question(
    "atap",
    "Atap",
    Kind.CHOICE,
    choices=(Choice("genteng", "Genteng"), Choice("seng", "Seng"), Choice("bocor", "Bocor")),
    counts=(Count("atap_bocor", "Rumah dengan atap bocor", IS("bocor")),),
    finding=Finding(IS("bocor"), "Atap rumah bocor"),
)
DINDING = Question(
    "dinding",
    "Dinding",
    Kind.CHOICE,
    choices=(Choice("tembok", "Tembok"), Choice("semi_permanen", "Semi permanen"), Choice("papan", "Papan")),
)
LANTAI = Question(
    "lantai",
    "Lantai",
    Kind.CHOICE,
    choices=(Choice("keramik", "Keramik"), Choice("plester", "Plester"), Choice("tanah", "Tanah")),
    counts=(Count("lantai_tanah", "Rumah berlantai tanah", IS("tanah")),),
)
VENTILASI = Question(
    "ventilasi",
    "Ventilasi (lubang angin)",
    Kind.CHOICE,
    choices=(Choice("cukup", "Cukup"), Choice("kurang", "Kurang")),
    counts=(Count("ventilasi_kurang", "Rumah dengan ventilasi kurang", IS("kurang")),),
)
PENCAHAYAAN = Question(
    "pencahayaan",
    "Pencahayaan",
    Kind.CHOICE,
    choices=(Choice("cukup", "Cukup"), Choice("kurang", "Kurang")),
)
KATEGORI_RUMAH = Question(
    "kategori_rumah",
    "Kategori",
    Kind.CHOICE,
    help="Menurut pengamatan kader; dipastikan oleh petugas perumahan.",
    choices=(Choice("layak_huni", "Layak huni"), Choice("rtlh", "Rumah tidak layak huni (RTLH)")),
    counts=(
        Count("rumah_layak_huni", "Rumah layak huni", IS("layak_huni")),
        Count("rumah_rtlh", "Rumah tidak layak huni", IS("rtlh")),
    ),
    finding=Finding(IS("rtlh"), "Rumah tidak layak huni"),
)

RUMAH = FormSpec(
    key="rumah",
    field="perumahan_rakyat",
    title="Rumah",
    printed_name="Pendataan Rumah Layak Huni dan RTLH",
    shape=Shape.HOUSEHOLD,
    printed=(Printed("nama_kk", "Nama kepala keluarga"), Printed("alamat", "Alamat")),
    questions=(ATAP, DINDING, LANTAI, VENTILASI, PENCAHAYAAN, JAMBAN_SEHAT, KATEGORI_RUMAH, CATATAN),
)

KIE_LINGKUNGAN = FormSpec(
    key="kie_lingkungan",
    field="perumahan_rakyat",
    title="Lingkungan rumah",
    printed_name="KIE Lingkungan Rumah Tangga",
    shape=Shape.HOUSEHOLD,
    default_on=False,
    printed=(Printed("nama_kk", "Nama kepala keluarga"),),
    questions=(
        Question(
            "akses_air",
            "Akses air",
            Kind.CHOICE,
            choices=(
                Choice("sumur_bor", "Sumur bor"),
                Choice("jaringan_desa", "Jaringan desa"),
                Choice("sungai", "Sungai"),
            ),
            counts=(
                Count("akses_air_jaringan", "Rumah tangga dengan jaringan air desa", IS("jaringan_desa")),
                Count("akses_air_sungai", "Rumah tangga yang memakai air sungai", IS("sungai")),
            ),
            finding=Finding(IS("sungai"), "Rumah tangga memakai air sungai"),
        ),
        PENGELOLAAN_SAMPAH.offering("dipilah", "dibakar", "ditimbun"),
        Question("kebiasaan", "Kebiasaan", Kind.LONG_TEXT, help="Misalnya cuci tangan, buka jendela, kuras bak mandi."),
        CATATAN,
    ),
)

PEKARANGAN = FormSpec(
    key="pekarangan",
    field="perumahan_rakyat",
    title="Pekarangan",
    printed_name="Pemanfaatan Pekarangan",
    shape=Shape.HOUSEHOLD,
    default_on=False,
    printed=(Printed("nama_kk", "Nama kepala keluarga"),),
    questions=(
        Question(
            "jenis_tanaman",
            "Jenis tanaman",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("sayur", "Sayur"),
                Choice("buah", "Buah"),
                Choice("toga", "Tanaman obat (toga)"),
                Choice("bumbu", "Bumbu dapur"),
                Choice("hias", "Tanaman hias"),
            ),
            counts=(
                Count(
                    "pekarangan_pangan",
                    "Pekarangan dengan tanaman pangan atau obat",
                    HAS("sayur", "buah", "toga", "bumbu"),
                ),
            ),
        ),
        Question(
            "teknik_tanam",
            "Teknik tanam",
            Kind.CHOICE,
            choices=(Choice("polybag", "Polybag"), Choice("hidroponik", "Hidroponik"), Choice("tanah", "Tanah")),
            counts=(Count("pekarangan_hidroponik", "Pekarangan hidroponik", IS("hidroponik")),),
        ),
        Question("lahan", "Lahan", Kind.CHOICE, choices=(Choice("sempit", "Sempit"), Choice("luas", "Luas"))),
    ),
)

BIOPORI = FormSpec(
    key="biopori",
    field="perumahan_rakyat",
    title="Biopori",
    printed_name="Identifikasi Lubang Biopori",
    shape=Shape.ASSET,
    default_on=False,
    questions=(
        Question(
            "jumlah_biopori",
            "Jumlah lubang biopori",
            Kind.INTEGER,
            unit="lubang",
            hard=(0, 10_000),
            soft=(1, 200),
            counts=(Count("tempat_biopori", "Tempat dengan biopori", ANSWERED),),
            sums=(Sum("lubang_biopori", "Lubang biopori"),),
        ),
        Question(
            "kondisi_biopori",
            "Kondisi biopori",
            Kind.CHOICE,
            choices=BAIK_ATAU_RUSAK,
            counts=(Count("biopori_rusak", "Tempat dengan biopori rusak", ONE_OF("rusak_ringan", "rusak_berat")),),
        ),
        Question(
            "manfaat_biopori",
            "Manfaat biopori",
            Kind.MULTI,
            choices=(
                Choice("resapan", "Meresapkan air hujan"),
                Choice("kompos", "Membuat kompos"),
                Choice("banjir", "Mengurangi genangan"),
            ),
        ),
    ),
)

PENYULUHAN = penyuluhan(
    "perumahan_rakyat",
    "Penyuluhan rumah dan lingkungan",
    (
        Choice("phbs", "Perilaku hidup bersih dan sehat"),
        Choice("rumah_sehat", "Rumah sehat"),
        Choice("pekarangan", "Pekarangan dan kebun gizi"),
        Choice("biopori", "Biopori"),
        Choice("hidroponik", "Hidroponik"),
        Choice("bantuan_rtlh", "Bantuan perbaikan rumah"),
    ),
)

FORMS = (RUMAH, KIE_LINGKUNGAN, PEKARANGAN, BIOPORI, PENYULUHAN)
