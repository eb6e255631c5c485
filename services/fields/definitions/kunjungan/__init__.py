"""The sections of the home visit checklist (Kunjungan Rumah): optional, by section, offered at home visits only.

Keys follow the `field` column of the checklist where a card does not ask the same fact already. "Tempat, petugas" of
the paper is asked as the date alone.
"""

from __future__ import annotations

from services.fields.definitions.kunjungan.anak import KUNJUNGAN_BALITA, KUNJUNGAN_BAYI, KUNJUNGAN_REMAJA
from services.fields.definitions.kunjungan.dewasa import KUNJUNGAN_DEWASA, KUNJUNGAN_LANSIA, KUNJUNGAN_TBC
from services.fields.definitions.kunjungan.ibu import KUNJUNGAN_IBU_HAMIL, KUNJUNGAN_NIFAS
from services.fields.definitions.kunjungan.keluarga import KUNJUNGAN_KELUARGA

FORMS = (
    KUNJUNGAN_KELUARGA,
    KUNJUNGAN_IBU_HAMIL,
    KUNJUNGAN_NIFAS,
    KUNJUNGAN_BAYI,
    KUNJUNGAN_BALITA,
    KUNJUNGAN_REMAJA,
    KUNJUNGAN_DEWASA,
    KUNJUNGAN_LANSIA,
    KUNJUNGAN_TBC,
)
