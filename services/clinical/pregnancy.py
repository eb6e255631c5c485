"""Pregnancy by the calendar: due date, weeks, and the contacts K1–K6, KF1–KF4 and KN1–KN3. A date is all that is kept
of a contact; no rule of trimesters is derived from it (health 3)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

GESTATION_DAYS = 280
"""From the first day of the last menstruation to the due date (HPL, Naegele)."""
LONGEST_DAYS = 308
"""44 weeks: beyond it the date of the last menstruation cannot be right."""
SHORTEST_BIRTH_DAYS = 140
"""20 weeks: an earlier end is a loss (keguguran), not a birth (WHO; Permenkes 21/2021)."""
OVERDUE_WEEKS = 42
LOW_BIRTH_WEIGHT_G = 2500
"""Born weighing less is BBLR (WHO; Buku KIA)."""

ANTENATAL = ("K1", "K2", "K3", "K4", "K5", "K6")
POSTNATAL = ("KF1", "KF2", "KF3", "KF4")
NEONATAL = ("KN1", "KN2", "KN3")


@dataclass(frozen=True, slots=True)
class Window:
    """A contact and the days after birth (both included) in which it is due."""

    kind: str
    first: int
    last: int


def windows_of(kinds: Sequence[str], days: str) -> tuple[Window, ...]:
    """Contacts with their days from a district's setting ("0-2, 3-7"). Raises ValueError when it cannot be read."""
    ranges = [part.strip().partition("-") for part in days.split(",")]
    if len(ranges) != len(kinds):
        raise ValueError(f"{len(kinds)} rentang hari, misalnya 0-2, 3-7")
    windows = tuple(Window(kind, int(low), int(high)) for kind, (low, _, high) in zip(kinds, ranges, strict=True))
    starts = [window.first for window in windows]
    if starts != sorted(starts) or any(window.last < window.first for window in windows):
        raise ValueError("hari tidak berurutan")
    return windows


def due_date(lmp: date) -> date:
    """The estimated day of birth (HPL)."""
    return lmp + timedelta(days=GESTATION_DAYS)


def gestation_weeks(lmp: date, on: date) -> int:
    """Completed weeks of pregnancy on a day."""
    return (on - lmp).days // 7


def lmp_from_weeks(weeks: int, on: date) -> date:
    """About when the last menstruation began for a pregnancy of so many weeks on a day."""
    return on - timedelta(days=weeks * 7)


def lmp_fault(lmp: date, on: date) -> str:
    """Why this cannot be the last menstruation of a pregnancy that lasts on this day, as a sentence; '' when it can."""
    if lmp > on:
        return "Haid terakhir sesudah tanggal dicatat. Periksa lagi."
    if (on - lmp).days > LONGEST_DAYS:
        return f"Menurut tanggal ini kehamilannya sudah {gestation_weeks(lmp, on)} minggu. Periksa lagi."
    return ""


def birth_fault(lmp: date | None, is_estimate: bool, born_on: date) -> str:
    """Why no child can be born on this day of a pregnancy, as a sentence; '' when it can. An estimate is not held."""
    if lmp is None or is_estimate:
        return ""
    days = (born_on - lmp).days
    if SHORTEST_BIRTH_DAYS <= days <= LONGEST_DAYS:
        return ""
    return f"Menurut haid terakhir, kehamilannya {max(days, 0) // 7} minggu pada tanggal ini. Periksa lagi."


@dataclass(frozen=True, slots=True)
class Timed:
    """How a contact with a window stands on a day ('sudah', 'sekarang', 'lewat', 'nanti'), its first and last day."""

    kind: str
    state: str
    first: date
    last: date


def timed(windows: Sequence[Window], born_on: date, done: Container[str], today: date) -> tuple[Timed, ...]:
    """Every contact after a birth and how it stands today."""
    found = []
    for window in windows:
        first, last = born_on + timedelta(days=window.first), born_on + timedelta(days=window.last)
        state = (
            "sudah" if window.kind in done else "lewat" if today > last else "nanti" if today < first else "sekarang"
        )
        found.append(Timed(window.kind, state, first, last))
    return tuple(found)


def pregnancy_advice(lmp: date | None, done: Container[str], today: date) -> tuple[str, ...]:
    """What is next for a pregnant woman, in sentences; the most urgent first."""
    said = []
    if lmp is None:
        said.append("Haid terakhir belum diketahui. Tanyakan perkiraan lahirnya kepada bidan.")
    else:
        ahead, weeks = (due_date(lmp) - today).days, gestation_weeks(lmp, today)
        if weeks >= OVERDUE_WEEKS:
            said.append(f"Sudah {weeks} minggu. Hubungi bidan hari ini.")
        elif ahead < 0:
            said.append(f"Perkiraan lahir lewat {-ahead} hari. Tanyakan kabarnya dan hubungi bidan.")
        elif ahead <= 28:
            said.append(f"Perkiraan lahir {ahead} hari lagi. Pastikan tempat bersalin dan kendaraannya siap.")
    following = next((kind for kind in ANTENATAL if kind not in done), None)
    said.append(
        f"Berikutnya {following}: tanyakan tanggalnya, lihat Buku KIA." if following else "K1–K6 sudah lengkap."
    )
    return tuple(said)


def after_birth_advice(contacts: Sequence[Timed]) -> tuple[str, ...]:
    """What is next after a birth: contacts due now and missed ones, else the next one."""
    now = [one.kind for one in contacts if one.state == "sekarang"]
    late = [one.kind for one in contacts if one.state == "lewat"]
    ahead = [one.kind for one in contacts if one.state == "nanti"]
    said = []
    if now:
        said.append(f"{', '.join(now)} waktunya sekarang.")
    if late:
        said.append(f"{', '.join(late)} belum tercatat dan waktunya sudah lewat. Tanyakan, lihat Buku KIA.")
    if not said:
        said.append(f"Berikutnya {ahead[0]}." if ahead else "Semua kunjungan sudah lengkap.")
    return tuple(said)
