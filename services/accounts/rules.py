"""Roles, their permissions and places, and what makes a good password or PIN. Pure.

The one table role → permissions. Few roles, no custom sets (decision 0005).
"""

import re
import unicodedata
from collections.abc import Callable, Container, Sequence
from itertools import pairwise

from services.areas.access import Permission as P

_KADER = {P.HOME, P.RECORD, P.SEE_NAMES, P.SEE_REPORT, P.REFER} | {P.SEE_TICKETS, P.WORK_TICKET, P.REPORT_TICKET}
_KADER |= {P.COMPLETE_TICKET}
_KETUA = _KADER | {
    P.SEE_SENSITIVE,
    P.CLOSE_DAY,
    P.MANAGE_KADER,
    P.SUBMIT_MONTH,
    P.REVEAL_NIK,
    P.MERGE,
    P.SEE_CONFIDENTIAL,
    P.MANAGE_BOARD,
}
_VILLAGE = {P.HOME, P.SEE_NAMES, P.SEE_REPORT, P.SEE_PLACES, P.VERIFY_MONTH, P.REVEAL_NIK, P.MERGE}
_VILLAGE |= {P.SEE_TICKETS, P.WORK_TICKET, P.COMPLETE_TICKET, P.HANDLE_TICKET, P.SEE_FINDINGS, P.HANDLE_HANDED}
_VILLAGE |= {P.MANAGE_BOARD, P.MANAGE_TEAMS, P.COACH, P.RECHECK}
_ABOVE = {P.HOME, P.SEE_REPORT, P.SEE_PLACES, P.SEE_TICKETS, P.MANAGE_TEAMS, P.COACH}
_KETUA |= {P.FOLLOW_MONTH}
_VILLAGE |= {P.FOLLOW_MONTH, P.RETURN_MONTH, P.SIGN}
_ABOVE |= {P.FOLLOW_MONTH, P.RETURN_MONTH, P.SIGN}

ROLE_PERMISSIONS: dict[str, frozenset[P]] = {
    "kader": frozenset(_KADER | {P.CLOSE_DAY}),
    "ketua": frozenset(_KETUA),
    "sekretaris": frozenset(_KETUA - {P.MERGE, P.SEE_CONFIDENTIAL, P.SEE_SENSITIVE}),
    "bidan": frozenset(_KADER | {P.CONFIRM_HEALTH, P.SEE_PLACES, P.SEE_SENSITIVE, P.SEE_SENSITIVE_ANSWERS})
    | {P.COACH, P.RECHECK},
    "puskesmas": frozenset(
        {P.HOME, P.SEE_NAMES, P.SEE_REPORT, P.CONFIRM_HEALTH, P.SEE_PLACES, P.REFER, P.SEE_SENSITIVE}
        | {P.SEE_SENSITIVE_ANSWERS, P.COACH, P.SIGN}
    ),
    "lurah": frozenset(_VILLAGE | {P.SEE_CONFIDENTIAL}),
    "kelurahan": frozenset(_VILLAGE),
    "kecamatan": frozenset(_ABOVE | {P.RECAP_MONTH}),
    "kota": frozenset(_ABOVE | {P.FINALISE_MONTH}),
    "opd": frozenset({P.HOME, P.SEE_TICKETS, P.WORK_TICKET, P.ANSWER_TICKET, P.SEE_FINDINGS}),
    "admin": frozenset({P.HOME, P.SEE_REPORT, P.SEE_PLACES, P.MANAGE_POSTS, P.MANAGE_USERS})
    | {P.MANAGE_BOARD, P.MANAGE_TEAMS, P.SIGN},
    "auditor": frozenset({P.HOME, P.SEE_PLACES, P.SEE_AUDIT}),
}

POSYANDU, FACILITY, OFFICE = "posyandu", "facility", "office"
# Where a role can be held: at a posyandu, a health facility, an office, or in an area of one level (areas.Area.Level).
ROLE_PLACE: dict[str, str] = {
    "kader": POSYANDU,
    "ketua": POSYANDU,
    "sekretaris": POSYANDU,
    "bidan": FACILITY,
    "puskesmas": FACILITY,
    "lurah": "desa",
    "kelurahan": "desa",
    "kecamatan": "kecamatan",
    "kota": "kabkota",
    "opd": OFFICE,
    "admin": "kabkota",
    "auditor": "kabkota",
}
# Who is shown by name on a phone that the ketua trusts.
PIN_ROLES = frozenset({"kader", "ketua", "sekretaris"})

# The five steps of an open day, in the order of the tables (Permendagri 13/2024; flows 4).
TABLES = (
    (1, "Pendaftaran"),
    (2, "Pengukuran"),
    (3, "Pencatatan"),
    (4, "Pelayanan"),
    (5, "Penyuluhan"),
)

# What the demo's login page shows, in the order people try them.
DEMO_USERNAMES = (
    "kader",
    "ketua",
    "bidan",
    "kelurahan",
    "lurah",
    "kecamatan",
    "kota",
    "opd",
    "admin",
    "auditor",
)

PIN_SHORTEST, PIN_LONGEST = 4, 6
# Short words that are hard to mishear, for a password that is read out once over the phone.
# fmt: off
_WORDS = (
    "melati", "mawar", "kenanga", "cempaka", "anggrek", "dahlia", "kamboja", "seruni",
    "jambu", "mangga", "pepaya", "pisang", "salak", "nanas", "jeruk", "kelapa",
    "padi", "jagung", "kedelai", "bayam", "kangkung", "wortel", "tomat", "terong",
    "gunung", "sungai", "danau", "pantai", "kebun", "sawah", "ladang", "hutan",
    "pagi", "siang", "senja", "bulan", "bintang", "hujan", "angin", "awan",
    "merah", "kuning", "hijau", "biru", "putih", "ungu", "jingga", "cokelat",
    "rajin", "sehat", "kuat", "ramah", "teguh", "sabar", "jujur", "hemat",
    "cermat", "damai", "rukun", "guyub", "riang", "tulus", "luhur", "santun",
)
# fmt: on


def username_from(name: str, taken: Container[str]) -> str:
    """A free username made of a person's first two names: 'Siti Nur Aminah' → 'siti.nur', or 'siti.nur2'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain)[:2] or ["kader"]
    base = ".".join(words)[:34]
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}{number}"
    return candidate


def given_password(choose: Callable[[Sequence[int | str]], object]) -> str:
    """A password for one log-in, easy to read out: 'melati-pagi-4821'. `choose` picks one of a sequence."""
    digits = "".join(str(choose(range(10))) for _ in range(4))
    return f"{choose(_WORDS)}-{choose(_WORDS)}-{digits}"


def weak_pin(pin: str) -> str:
    """Why this PIN is refused, or ''. A PIN has 4 to 6 digits and is not the first that a stranger tries."""
    if not (pin.isascii() and pin.isdigit() and PIN_SHORTEST <= len(pin) <= PIN_LONGEST):
        return f"PIN terdiri dari {PIN_SHORTEST} sampai {PIN_LONGEST} angka."
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}) or _repeats(pin):
        return "PIN ini terlalu mudah ditebak. Jangan angka berurutan atau berulang."
    return ""


def _repeats(pin: str) -> bool:
    """'1212', '123123'."""
    half, odd = divmod(len(pin), 2)
    return (not odd and pin[:half] == pin[half:]) or (len(pin) == 6 and pin[:2] * 3 == pin)
