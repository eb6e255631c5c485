"""What a monthly report is made of: figures with their own denominators, tables that order them, and the paper's rest.

Everything here can be written as JSON and read back, so a frozen month is printed again from its document alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal


class State(StrEnum):
    """Whether there is a number, and if not, why not. Zero is a number."""

    KNOWN = "ada"
    NOT_RECORDED = "belum_didata"
    NOT_APPLICABLE = "tidak_berlaku"
    DISGUISED = "disamarkan"

    @property
    def words(self) -> str:
        """As printed in place of the number."""
        return WORDS[self]


WORDS = {each: str(each).replace("_", " ") for each in State}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a month, what exactly it counts, and out of how many.

    `adds`: the values of the parts (posyandu, kelurahan …) sum to the value of the whole.
    """

    key: str
    label: str
    unit: str
    sentence: str
    state: State
    value: Number | None = None
    denominator: Number | None = None
    adds: bool = True
    sensitive: bool = False

    @property
    def is_known(self) -> bool:
        return self.state is State.KNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: the keys of its figures, "" where a column has none."""

    label: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures that stand together. With one column it is a list: number, unit, denominator."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def is_list(self) -> bool:
        return len(self.columns) == 1

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for row in self.rows for key in row.keys if key)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report; `field` is the key of a service field, or ""."""

    key: str
    title: str
    tables: tuple[Table, ...]
    field: str = ""


def names_apart(figures: Mapping[str, Figure], sections: Iterable[Section]) -> dict[str, str]:
    """What each figure is called outside its table: with the table's title where others carry the same label."""
    carried = Counter(figure.label for figure in figures.values())
    titles = {key: table.title for section in sections for table in section.tables for key in table.keys}
    return {
        key: f"{figure.label} ({titles[key]})" if carried[figure.label] > 1 and key in titles else figure.label
        for key, figure in figures.items()
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a posyandu by its path, an area by its code. `level` is posyandu, desa, kelurahan, kecamatan, …"""

    code: str
    name: str
    level: str
    title: str

    @property
    def is_posyandu(self) -> bool:
        return self.level == "posyandu"

    @property
    def is_above_village(self) -> bool:
        """Where aggregates only are seen, and small sensitive counts are hidden."""
        return self.level in {"kecamatan", "kabupaten", "kota", "provinsi"}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One open day of a posyandu, as a line of the report."""

    on: date
    place: str
    state: str
    fields: tuple[str, ...] = ()
    kader: int = 0
    officers: tuple[str, ...] = ()
    present: int = 0
    guests: int = 0
    obstacles: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """One place of the level below, with the same figures, and how many of its live posts have reported.

    `on_time` of them sent the month in time; None while the month is counted and nothing is sent. `registered` of the
    live ones have a registration number.
    """

    place: Place
    live: int
    reporting: int
    figures: Mapping[str, Figure]
    on_time: int | None = None
    registered: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: the words above, the name (or "" for dots) and, for civil servants, the NIP (or its dots)."""

    above: tuple[str, ...]
    name: str = ""
    with_nip: bool = False
    nip: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A change taken into a version after "final": what and why, and figures as "label: 12 → 13"."""

    version: int
    on: date
    what: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A month of a place. `version` is None for what is counted now; `sha256` belongs to a frozen version.

    `narrative` is (heading, text); `remarks` say what the reader must know ("Tanpa verifikasi kecamatan"). `final` is
    how many posts' months are final, of an area that adds up frozen ones; `spans` are the values behind medians;
    `sealed` are the counts of a post that only sums above it tell, and that are in no document (`figures.sealing`).
    `paper` is the district's ("A4", "F4"), `logo` its picture for the letterhead as a PNG in base64.
    """

    place: Place
    month: date
    counted_on: date
    made_on: date
    figures: Mapping[str, Figure]
    sections: tuple[Section, ...]
    letterhead: tuple[str, ...] = ()
    identity: tuple[tuple[str, str], ...] = ()
    days: tuple[DayLine, ...] = ()
    parts: tuple[PartLine, ...] = ()
    attendance: tuple[tuple[date, int | None], ...] = ()
    signatures: tuple[Signature, ...] = ()
    live: int = 1
    reporting: int = 1
    is_running: bool = False
    narrative: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()
    version: int | None = None
    final: int | None = None
    paper: str = "A4"
    logo: str = ""
    spans: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    sealed: Mapping[str, Number] = field(default_factory=dict, compare=False)
    sha256: str = field(default="", compare=False)

    @property
    def month_code(self) -> str:
        return f"{self.month:%Y-%m}"
