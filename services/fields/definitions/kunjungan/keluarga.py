"""The family: health cover and who is ill. Water, latrine and ventilation are asked in the forms of their fields."""

from __future__ import annotations

from services.fields.definitions.kunjungan.bersama import section, yes_no
from services.fields.definitions.pekerjaan_umum import SUMBER_AIR_MINUM
from services.fields.definitions.perumahan_rakyat import VENTILASI
from services.fields.definitions.shared import JAMBAN_SEHAT
from services.fields.spec import IS_NO, IS_YES, Finding, Next, Shape

KUNJUNGAN_KELUARGA = section(
    "kunjungan_keluarga",
    "Keluarga",
    (
        yes_no("jkn", "Semua anggota punya JKN", finding=Finding(IS_NO, "Ada anggota yang belum punya JKN")),
        VENTILASI,
        JAMBAN_SEHAT,
        SUMBER_AIR_MINUM,
        yes_no("ada_tbc", "Ada anggota yang sakit TBC", finding=Finding(IS_YES, "Ada anggota sakit TBC", Next.CONFIRM)),
        yes_no("ada_hipertensi", "Ada anggota dengan darah tinggi"),
        yes_no("ada_dm", "Ada anggota dengan kencing manis"),
    ),
    shape=Shape.HOUSEHOLD,
)
