"""What a setting is, what values it takes, and what all of them are about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices


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
    page: str = "areas:setting_edit"  # where it is changed: rules that open visits have a page that counts them first


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


def day_ranges(count: int) -> Callable[[Any], str]:
    """So many ranges of days in order, as "0-2, 3-7"."""

    def check(value):
        ranges = re.findall(r"(\d+)\s*-\s*(\d+)", str(value))
        days = [int(day) for pair in ranges for day in pair]
        if len(ranges) != count or days != sorted(days):
            raise ValueError(f"Isi {count} rentang hari berurutan, misalnya 0-2, 3-7.")
        return ", ".join(f"{low}-{high}" for low, high in ranges)

    return check


class Subject(TextChoices):
    """What a setting is about, in the order of the settings page; a setting belongs to one."""

    REPORTS = "laporan-bulanan", "Laporan bulanan"
    DAYS = "hari-buka", "Hari buka dan formulir"
    PEOPLE = "umur-ibu-bayi", "Umur, ibu dan bayi, imunisasi"
    VISITS = "kunjungan-rumah", "Kunjungan rumah: apa yang membukanya"
    VISIT_DAYS = "tenggat-kunjungan", "Kunjungan rumah: berapa hari"
    TICKETS = "laporan-warga", "Laporan warga"
    GROWTH = "kms-status-gizi", "Batas KMS dan status gizi"
    SCREENING = "batas-pemeriksaan", "Batas pemeriksaan dan rujukan"
    PLACE = "waktu-darurat", "Waktu dan nomor darurat"
    KEEPING = "masa-simpan", "Masa simpan data"


SETTINGS: dict[str, Setting] = {}
SUBJECTS: dict[str, Subject] = {}  # key of a setting → what it is about


def offer(subject: Subject, *settings: Setting) -> None:
    """Let districts decide these, here or of an app above (whose choices they are), each under its subject."""
    for setting in settings:
        SETTINGS[setting.key] = setting
        SUBJECTS[setting.key] = subject
