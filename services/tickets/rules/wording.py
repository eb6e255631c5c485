"""Numbers, codes, papers and sentences of tickets. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.web.rules import short_date_text

from .states import DONE, IN_OFFICE, PLANNED, REFUSED, WAITING

REQUEST, COMPLAINT, ASPIRATION = "permohonan", "pengaduan", "aspirasi"
OTHER_REQUEST = "lainnya"

FIELD_CODES = {
    "pendidikan": "PDK",
    "kesehatan": "KES",
    "pekerjaan_umum": "PU",
    "perumahan_rakyat": "PR",
    "trantibumlinmas": "TRB",
    "sosial": "SOS",
}
# Without 0 O 1 I L U: read out over the phone, none is taken for another. 30 signs, 13 of them: 63 bits.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 13


@dataclass(frozen=True)
class RequestKind:
    """One thing people ask for or complain about in a field, and the papers a permohonan of it needs."""

    field: str
    key: str
    label: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeRow:
    """An office that answers a field, or one request type of it ("" is all others)."""

    field: str
    request_type: str
    name: str
    protects: bool


def ticket_number(field: str, month: date, serial: int) -> str:
    """SPM-PU-202611-0042: the month is that of the district's own clock."""
    return f"SPM-{FIELD_CODES[field]}-{month:%Y%m}-{serial:04d}"


def new_code(choose: Callable[[Sequence[str]], object]) -> str:
    """A tracking code that nobody guesses. `choose` picks one of a sequence."""
    return "".join(str(choose(CODE_SIGNS)) for _ in range(CODE_LENGTH))


def code_of(typed: str) -> str:
    """A typed code without its marks; '' when it cannot be one."""
    code = re.sub(r"[\s-]+", "", typed).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) else ""


def code_text(code: str) -> str:
    """ABCD-EFGH-JKMNP, to be read and typed."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def what_is_missing(
    *, kind: str, papers: Iterable[str], ready: Iterable[str], place: str, has_photo: bool, confidential: bool = False
) -> list[str]:
    """Why a ticket cannot be submitted yet, each a sentence. Saving is never blocked by these."""
    if confidential:
        return []
    missing = []
    if kind == REQUEST:
        there = set(ready)
        missing += [f"Berkas belum ada: {paper}." for paper in papers if paper not in there]
    if kind == COMPLAINT:
        if not place.strip():
            missing.append("Tempatnya belum ditulis.")
        if not has_photo:
            missing.append("Fotonya belum ada.")
    return missing


def message_for(
    *, state: str, posyandu: str, number: str, about: str, result: str, survey_on: date | None, year: int | None
) -> str:
    """What a kader tells whoever reported, with the result or the reason. No name: others of the house may read it."""
    news = {
        IN_OFFICE: f"akan disurvei tanggal {short_date_text(survey_on)}" if survey_on else "sedang diproses",
        WAITING: "menunggu berkas dari pelapor",
        PLANNED: f"direncanakan tahun anggaran {year}" if year else "direncanakan",
        DONE: "sudah selesai",
        REFUSED: "belum dapat dipenuhi",
    }[state]
    told = f" {result.strip()}" if result.strip() else ""
    return f"Dari {posyandu}: laporan nomor {number} tentang {_inside(about)} {news}.{told}"


def _inside(about: str) -> str:
    """A name inside a sentence: "Air bersih" begins small there, "WC/jamban" and "PAUD" stay as they are."""
    return about[:1].lower() + about[1:] if about[1:2].islower() else about
