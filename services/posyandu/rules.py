"""Names, RW and registration numbers of posyandu as people write them, and when two names may mean one post. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.web.rules import MONTHS

REGISTRATION = re.compile(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}\.\d{3}$")
REGISTRATION_FORM = "Nomor registrasi ditulis seperti 33.75.03.1003.001."
_PREFIX = re.compile(r"^(?:posyandu|posy|pos|pyd)\b[.\s:]*", re.I)
_ROMAN = re.compile(r"^x{0,3}(?:ix|iv|v?i{0,3})$")
_VALUES = {"i": 1, "v": 5, "x": 10}
# Old and Javanese spellings that sound alike; doubled letters are made single first.
_SOUNDS = (
    ("oe", "u"),
    ("tj", "c"),
    ("dj", "j"),
    ("dh", "d"),
    ("th", "t"),
    ("kh", "h"),
    ("o", "a"),
    ("y", "i"),
    ("f", "p"),
)


@dataclass(frozen=True)
class Name:
    """A posyandu's name taken apart: its words and its numbers ("Melati II" and "melati 2" are the same name)."""

    words: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def letters(self) -> str:
        return "".join(self.words)


def name_of(text: str) -> Name:
    """The name without "Posyandu", capitals, spaces and marks, with its numbers read."""
    words: list[str] = []
    numbers: list[int] = []
    for part in re.findall(r"\d+|[^\W\d_]+", _bare(text).casefold()):
        if part.isdigit():
            numbers.append(int(part))
        elif words and _ROMAN.match(part):
            numbers.append(_roman(part))
        else:
            words.append(part)
    return Name(tuple(words), tuple(numbers))


def clean_name(text: str) -> str:
    """How a name from a list is kept: "  POS. KASIH  bunda " as "Kasih Bunda", "Sakura Ii" as "Sakura II"."""
    words = _bare(text).split()
    if " ".join(words) in (" ".join(words).upper(), " ".join(words).lower()):
        words = [word.capitalize() for word in words]
    return " ".join(word.upper() if place and _ROMAN.match(word.lower()) else word for place, word in enumerate(words))


def near_names(one: Name, other: Name) -> bool:
    """Whether two different names may be one post. Numbers must agree: Melati 1 is never Melati 10."""
    if one.numbers != other.numbers or not one.words or not other.words:
        return False
    if one.letters == other.letters or sorted(one.words) == sorted(other.words):
        return True
    if len(one.words) != len(other.words):
        return _near_words(one.letters, other.letters) and one.letters[0] == other.letters[0]
    return all(_near_words(*pair) for pair in zip(one.words, other.words, strict=True))


def part_of_name(one: Name, other: Name) -> bool:
    """Whether one name is the other with words left out ("Melati" of "Melati Putih"); numbers agree."""
    shorter, longer = sorted((one.words, other.words), key=len)
    return one.numbers == other.numbers and bool(shorter) and longer[: len(shorter)] == shorter


def rw_of(text: str) -> str | None:
    """An RW or RT as two digits: "RW.9", "009" and "9.0" are "09"; empty stays empty; None when it cannot be read."""
    bare = re.sub(r"^(?:rw|rt)\b[.\s:]*", "", text.strip().lower()).strip()
    if bare in ("", "-"):
        return ""
    number = re.fullmatch(r"0*(\d{1,3})(?:\.0)?", bare)
    return f"{int(number.group(1)):02d}" if number else None


def rw_in_address(address: str) -> str:
    """The RW named in an address, or nothing."""
    found = re.search(r"\brw[.\s:]*0*(\d{1,3})\b", address, re.I)
    return f"{int(found.group(1)):02d}" if found else ""


def place_key(text: str) -> str:
    """A village's name for comparison: "KEL. PANJANG  WETAN" and "Panjang Wetan" are one."""
    bare = re.sub(r"^(?:kelurahan|kel|desa|ds)\b[.\s:]*", "", text.strip(), flags=re.I)
    return re.sub(r"[\W_]+", "", bare).casefold()


def facility_name(text: str) -> str:
    """A puskesmas' name without the word: "Puskesmas Kusuma Bangsa" as "Kusuma Bangsa"."""
    return re.sub(r"^(?:puskesmas|pusk|pkm|pustu)\b[.\s:]*", "", " ".join(text.split()), flags=re.I)


def registration_problem(number: str, area_codes: Iterable[str]) -> str:
    """What is wrong with a registration number at these places (the desa's code, and codes it had), or nothing."""
    if not REGISTRATION.match(number):
        return REGISTRATION_FORM
    codes = list(area_codes)
    if number.rpartition(".")[0] not in codes:
        return f"Empat bagian pertama harus sama dengan kode desa/kelurahan ({codes[0]}). Periksa nomor atau tempatnya."
    return ""


# A registration dossier's moves (domain 1.6). A number that was given is not taken back here.
DOSSIER_MOVES = {
    "draf": {"draf", "diajukan"},
    "diajukan": {"diajukan", "terdaftar", "dikembalikan"},
    "dikembalikan": {"dikembalikan", "diajukan"},
    "terdaftar": {"terdaftar"},
}
DOSSIER_PAPERS = {
    "team_decree": "SK Tim Pembina desa/kelurahan",
    "board_decree": "SK kepengurusan",
    "matrix_made_on": "matriks rekapitulasi",
}


def dossier_problem(
    before: str, after: str, papers: Mapping[str, object], number: str, area_codes: Iterable[str]
) -> str:
    """Why a dossier cannot go from one state to another with these papers, or nothing."""
    if after not in DOSSIER_MOVES.get(before, set()):
        return f"Berkas yang {before} tidak dapat langsung menjadi {after}."
    missing = [words for key, words in DOSSIER_PAPERS.items() if not papers.get(key)]
    if after in ("diajukan", "terdaftar") and missing:
        return f"Lengkapi dulu: {', '.join(missing)}."
    if after == "terdaftar":
        return registration_problem(number, area_codes) if number else "Isi nomor registrasi dari Kemendagri."
    return ""


@dataclass(frozen=True)
class Board:
    """Who holds which post of a posyandu: the posts that are vacant, and how many kader there are and were trained."""

    vacant: tuple[str, ...]
    heads: int
    kader: int
    trained: int
    members: int
    has_decree: bool


BOARD_POSTS = {"ketua": "Ketua", "sekretaris": "Sekretaris", "bendahara": "Bendahara"}


def board_of(members: Iterable[Mapping[str, Any]], fields: Mapping[str, str]) -> Board:
    """The board as it stands, from rows with post, field, decree_number and trained_on; `fields` are key → label."""
    rows = list(members)
    posts, heads = {row["post"] for row in rows}, {row["field"] for row in rows if row["post"] == "ketua_bidang"}
    vacant = [label for key, label in BOARD_POSTS.items() if key not in posts]
    vacant += [f"Ketua bidang {label}" for key, label in fields.items() if key not in heads]
    return Board(
        vacant=tuple(vacant),
        heads=len(heads & set(fields)),
        kader=sum(row["post"] == "kader" for row in rows),
        trained=sum(bool(row["trained_on"]) for row in rows),
        members=len(rows),
        has_decree=any(row["decree_number"] and row["post"] != "kader" for row in rows),
    )


def _bare(text: str) -> str:
    return _PREFIX.sub("", " ".join(text.split()))


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _sound(word: str) -> str:
    single = re.sub(r"(.)\1+", r"\1", word)
    for written, heard in _SOUNDS:
        single = single.replace(written, heard)
    return single


def _near_words(one: str, other: str) -> bool:
    """The same sound, or one slip in five letters and more, two in nine and more."""
    one, other = _sound(one), _sound(other)
    shortest = min(len(one), len(other))
    return one == other or _distance(one, other) <= (2 if shortest >= 9 else 1 if shortest >= 4 else 0)


def _distance(one: str, other: str) -> int:
    """Slips between two words: a letter more, less, other, or two swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def month_from(text: str) -> date | None:
    """The first day of a month as people write it: 2026-10, 10/2026, 1-10-2026, "Oktober 2026". None: not a month."""
    bare = " ".join(text.strip().lower().split())
    named = re.fullmatch(r"(?:\d{1,2} )?([a-z]+) (\d{4})", bare)
    if named:
        months = [name.lower() for name in MONTHS]
        found = [
            number for number, name in enumerate(months, start=1) if len(named[1]) > 2 and name.startswith(named[1])
        ]
        return date(int(named[2]), found[0], 1) if found else None
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?",
        r"(?:\d{1,2}[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
    ):
        written = re.fullmatch(pattern, bare)
        if written and 1 <= int(written["month"]) <= 12 and int(written["year"]) > 1984:
            return date(int(written["year"]), int(written["month"]), 1)
    return None


# At which levels a sent month can wait, the first that takes part before the others.
_WAITS_AT = {
    "diajukan": ("desa", "kecamatan"),
    "diverifikasi": ("kecamatan",),
}
_NAMES = {"desa": "kelurahan/desa", "kecamatan": "kecamatan"}


def who_opens(state: str, levels: str) -> str:
    """Who can open a sent month again; `levels` are those that take part ("desa,kecamatan"), the kab/kota always."""
    taking_part = levels.split(",")
    waits = next((level for level in _WAITS_AT.get(state, ()) if level in taking_part), "")
    return _NAMES.get(waits, "kabupaten/kota")
