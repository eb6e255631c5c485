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
