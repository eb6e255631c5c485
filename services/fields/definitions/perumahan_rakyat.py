"""Perumahan rakyat: the house (RTLH) and education on a clean environment."""

from __future__ import annotations

from services.fields.definitions.shared import CATATAN, JAMBAN_SEHAT, penyuluhan
from services.fields.spec import IS, Choice, Count, Finding, FormSpec, Kind, Printed, Question, Shape

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

FORMS = (RUMAH, PENYULUHAN)
