"""What a district may decide: each setting has a type, a default with its source, and dated rows that change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import DistrictSetting


def _as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Setting:
    """A decision of the district. `check` turns a stored value into the right type and raises ValueError."""

    key: str
    label: str
    default: Any
    source: str
    check: Callable[[Any], Any] = _as_is
    choices: tuple[tuple[str, str], ...] = ()


def whole_number(low: int, high: int) -> Callable[[Any], int]:
    def check(value):
        number = int(value)
        if not low <= number <= high:
            raise ValueError(f"Isi angka {low} sampai {high}.")
        return number

    return check


def one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value):
        if value not in allowed:
            raise ValueError("Pilih salah satu: " + ", ".join(allowed))
        return value

    return check


TIME_ZONE = Setting(
    "zona_waktu",
    "Zona waktu",
    "Asia/Jakarta",
    "WIB untuk lima daerah pertama (domain 9.20)",
    one_of("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")),
)
ABSENCE_PRIORITY = Setting(
    "absen_berulang_prioritas", "Tidak hadir berturut-turut (balita, ibu hamil)", 2, "domain 3.6", whole_number(1, 12)
)
ABSENCE_OTHERS = Setting(
    "absen_berulang_lain", "Tidak hadir berturut-turut (lainnya)", 3, "domain 3.6", whole_number(1, 12)
)
ADULT_FROM_YEARS = Setting("dewasa_mulai_umur", "Umur mulai dewasa (tahun)", 18, "domain 3.4", whole_number(17, 20))
ELDERLY_FROM_YEARS = Setting("lansia_mulai_umur", "Umur mulai lansia (tahun)", 60, "domain 3.2", whole_number(50, 70))
EXPECTED_WINDOW_MONTHS = Setting(
    "diharapkan_bulan_terakhir", "Diharapkan bila datang dalam … bulan terakhir", 12, "flows 5", whole_number(0, 24)
)
BREASTFEEDING_MONTHS = Setting(
    "menyusui_sampai_bulan", "Ibu menyusui sampai umur anak (bulan)", 12, "perkiraan; domain 3.2", whole_number(6, 36)
)
FIELD_BOUND_KADER = Setting("kader_satu_bidang", "Satu kader satu bidang", False, "domain 1.5", bool)
DUE_SUBMIT = Setting("batas_kirim", "Posyandu mengirim paling lambat tanggal", 5, "domain 1.8", whole_number(1, 28))
DUE_VERIFY = Setting(
    "batas_verifikasi", "Kelurahan/desa memeriksa paling lambat tanggal", 8, "domain 1.8", whole_number(1, 28)
)
TICKET_CLOCK_START = Setting(
    "laporan_warga_mulai",
    "Waktu penanganan laporan warga dihitung sejak",
    "diajukan_desa",
    "flows 18; domain 4.2 menyebut keduanya",
    one_of("diajukan_desa", "didata"),
    (("diajukan_desa", "Diajukan ke desa/kelurahan"), ("didata", "Dicatat kader")),
)
TICKET_VILLAGE_DAYS = Setting(
    "laporan_warga_hari_desa", "Bagian desa/kelurahan (hari kerja)", 2, "flows 18", whole_number(1, 30)
)
TICKET_OFFICE_DAYS = Setting("laporan_warga_hari_opd", "Bagian OPD (hari kerja)", 3, "flows 18", whole_number(1, 60))
TICKET_IDLE_DAYS = Setting(
    "laporan_warga_diam", "Laporan merah bila diam lebih dari (hari kerja)", 3, "domain 4.2", whole_number(1, 30)
)
TICKET_DIRECT_OFFICE = Setting(
    "laporan_warga_langsung_opd",
    "Kader boleh meneruskan langsung ke OPD",
    False,
    "flows 18; Kota Tegal membolehkan",
    bool,
)
WORKING_DAYS_A_WEEK = Setting("hari_kerja_seminggu", "Hari kerja seminggu", 5, "domain 4.6", whole_number(5, 6))
HEAD_CONSENT = Setting(
    "terbatas_izin_kepala", "Laporan terbatas diteruskan lewat lurah/kepala desa", True, "domain 4.5; flows 20", bool
)
EMERGENCY_NUMBERS = Setting(
    "nomor_darurat",
    "Nomor darurat",
    "112 (darurat), 110 (polisi), 119 (kesehatan), 129 (SAPA: perempuan dan anak)",
    "flows 20; dikonfirmasi daerah",
    str,
)

SETTINGS = {
    setting.key: setting
    for setting in (
        TIME_ZONE,
        ABSENCE_PRIORITY,
        ABSENCE_OTHERS,
        ADULT_FROM_YEARS,
        ELDERLY_FROM_YEARS,
        EXPECTED_WINDOW_MONTHS,
        BREASTFEEDING_MONTHS,
        FIELD_BOUND_KADER,
        DUE_SUBMIT,
        DUE_VERIFY,
        TICKET_CLOCK_START,
        TICKET_VILLAGE_DAYS,
        TICKET_OFFICE_DAYS,
        TICKET_IDLE_DAYS,
        TICKET_DIRECT_OFFICE,
        WORKING_DAYS_A_WEEK,
        HEAD_CONSENT,
        EMERGENCY_NUMBERS,
    )
}


def value_text(setting: Setting, value: Any) -> str:
    """A value as people read it: "WIB", "Ya", "5"."""
    if isinstance(setting.default, bool):
        return "Ya" if value else "Tidak"
    return dict(setting.choices).get(value, str(value))


def value_of(setting: Setting, area_code: str, on: date) -> Any:
    """The district's value on this day (`area_code` may be of any place below it), else the default."""
    return values_of((setting,), area_code, on)[setting.key]


def values_of(settings: tuple[Setting, ...], area_code: str, on: date) -> dict[str, Any]:
    """Several settings of one district in one query: key → value."""
    found = {setting.key: setting.default for setting in settings}
    rows = (
        DistrictSetting.objects.unscoped(reason="settings of a district hold for everybody in it")
        .filter(area_id=area_code[:5], key__in=found, valid_from__lte=on)
        .order_by("valid_from")
        .values_list("key", "value")
    )
    for key, value in rows:
        found[key] = SETTINGS[key].check(value)
    return found
