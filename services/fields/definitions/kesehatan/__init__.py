"""Kesehatan: the cards of "Kartu Bantu Pemeriksaan di Posyandu", immunisation, and health education.

Keys are the `field` column of the cards. The sensitive parts (SRQ-20, HEEADSSS …) are forms of their own (jiwa.py).
"""

from __future__ import annotations

from services.fields.definitions.kesehatan.anak import KARTU_BALITA, KARTU_SEKOLAH_REMAJA
from services.fields.definitions.kesehatan.bersama import PENYULUHAN
from services.fields.definitions.kesehatan.dewasa import KARTU_DEWASA_LANSIA
from services.fields.definitions.kesehatan.ibu import KARTU_BUMIL, KARTU_NIFAS_MENYUSUI
from services.fields.definitions.kesehatan.imunisasi import KARTU_IMUNISASI
from services.fields.definitions.kesehatan.jiwa import SENSITIVE
from services.fields.definitions.kesehatan.lansia import KARTU_LANSIA

FORMS = (
    KARTU_BUMIL,
    KARTU_NIFAS_MENYUSUI,
    KARTU_BALITA,
    KARTU_IMUNISASI,
    KARTU_SEKOLAH_REMAJA,
    KARTU_DEWASA_LANSIA,
    KARTU_LANSIA,
    *SENSITIVE,
    PENYULUHAN,
)
