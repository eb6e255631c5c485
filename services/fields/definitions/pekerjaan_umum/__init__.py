"""Pekerjaan umum: water and latrine of a household, wells, pipes, ponds and roads, education on water and waste."""

from services.fields.definitions.pekerjaan_umum.kegiatan import EDUKASI_AIR_LIMBAH, PENYULUHAN
from services.fields.definitions.pekerjaan_umum.keluarga import AIR_JAMBAN, SUMBER_AIR_MINUM
from services.fields.definitions.pekerjaan_umum.sarana import EMBUNG, JALAN_DESA, JARINGAN_AIR, SUMUR

FORMS = (AIR_JAMBAN, EDUKASI_AIR_LIMBAH, EMBUNG, JARINGAN_AIR, SUMUR, JALAN_DESA, PENYULUHAN)

__all__ = ["AIR_JAMBAN", "FORMS", "SUMBER_AIR_MINUM", "SUMUR"]
