"""How long what is kept: dated settings of the district, with the proposals of domain 7 (decision 0065)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.areas.settings import Setting, Subject, offer, value_of, whole_number
from services.posyandu.models import Posyandu
from services.residents.rules import add_months

LAW = "UU 27/2022 pasal 42-45; domain 7 (usul, arsip daerah memutuskan)"
PROPOSED = "usul; keputusan 0065"


def _months(key: str, label: str, default: int, lowest: int, source: str) -> Setting:
    return Setting(f"simpan_{key}_bulan", f"{label} disimpan … bulan", default, source, whole_number(lowest, 600))


RECEIPTS = _months("nomor_bukti", "Nomor bukti formulir", 13, 3, PROPOSED)
TRAY = _months("perlu_koreksi", "Isian yang menunggu koreksi", 24, 3, PROPOSED)
WORK = _months("pekerjaan", "Pekerjaan latar dan percobaan masuk", 3, 1, PROPOSED)
TRAIL = _months("jejak", "Jejak (siapa mengubah, membuka, mengunduh)", 24, 12, LAW)
SENSITIVE = _months("jawaban_tertutup", "Jawaban tertutup", 24, 6, PROPOSED)
PHOTOS = _months("foto", "Foto sarana, laporan warga, dan pembinaan", 36, 3, PROPOSED)
CODES = _months("kode_lacak", "Kode lacak laporan warga, sesudah selesai,", 12, 1, PROPOSED)
TICKETS = _months("laporan_warga", "Nama dan uraian laporan warga, sesudah selesai,", 60, 12, LAW)
VISITORS = _months("peserta_luar", "Nama dan HP peserta kegiatan dari luar", 24, 3, PROPOSED)
PEOPLE = _months("warga_pergi", "Data diri warga yang pindah atau meninggal", 60, 12, LAW)
BUNDLES = _months("bundel", "Bundel laporan (dibuat lagi bila diminta)", 24, 1, PROPOSED)
COACHING = _months("pembinaan", "Catatan bebas dan nama pada kunjungan pembinaan", 60, 12, PROPOSED)
RECHECKS = _months("periksa_ulang", "Catatan pemeriksaan ulang dan izinnya", 24, 6, PROPOSED)
ACCOUNTS = _months("akun", "Nomor HP, PIN, dan kata sandi pengguna yang selesai bertugas", 60, 6, PROPOSED)
PERIODS = (
    *(RECEIPTS, TRAY, WORK, TRAIL, SENSITIVE, PHOTOS, CODES, TICKETS, VISITORS, PEOPLE),
    *(BUNDLES, COACHING, RECHECKS, ACCOUNTS),
)


def offer_periods() -> None:
    """Let districts set them (called once, when the app is ready)."""
    offer(Subject.KEEPING, *PERIODS)


@dataclass(frozen=True)
class Deadline:
    """What is older than `before` is past its time: in one kab/kota, or ("") in no place at all."""

    district: str
    before: date


def deadlines(setting: Setting, today: date, districts: Iterable[str]) -> list[Deadline]:
    """One for each kab/kota."""
    return [Deadline(code, add_months(today, -value_of(setting, code, today))) for code in districts]


def deadline_of_all(setting: Setting, today: date, districts: Iterable[str]) -> Deadline:
    """What belongs to no place is kept as long as the kab/kota that keeps it longest."""
    months = [value_of(setting, code, today) for code in districts] or [setting.default]
    return Deadline("", add_months(today, -max(months)))


def districts_here() -> list[str]:
    """The kab/kota with a posyandu, by code."""
    posts = Posyandu.objects.unscoped(reason="which kab/kota keep anything here at all")
    return sorted({code[:5] for code in posts.values_list("area_id", flat=True)})
