"""Several months together: flows are summed, stocks are those of the last month, percentages have their own summed
numerators and denominators, medians are those of all values. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date

from services.fields.registry import FIELDS
from services.reports.figures.adding import count_figure, derived_figure, share_of, total
from services.reports.figures.catalogue import BY_KEY, DEFINITIONS
from services.reports.figures.definitions import Definition
from services.reports.figures.model import Figure, Number, Section, State
from services.reports.figures.summing import Frozen, summed_figures
from services.web.rules import MONTHS, month_text

# (heading, key) of the columns beside a month or a place: none of them is sensitive
HEADLINES = (
    ("Jiwa", "kependudukan.warga.jumlah"),
    ("Kader", "kelembagaan.kader.jumlah"),
    ("Hari buka", "hari_buka.semua.terlaksana"),
    ("Balita hadir", "kesehatan.balita.hadir"),
    ("Bumil hadir", "kesehatan.bumil.hadir"),
    ("Usia sekolah, remaja", "kesehatan.usekrem.hadir"),
    ("Dewasa hadir", "kesehatan.dewasa.hadir"),
    ("Lansia hadir", "kesehatan.lansia.hadir"),
    ("D/S", "kesehatan.balita.d_per_s"),
    ("N/D", "kesehatan.balita.n_per_d"),
    ("Terindikasi pendek", "kesehatan.balita.stunting"),
    ("Kunjungan perlu", "kunjungan_rumah.semua.perlu"),
    ("Dikunjungi", "kunjungan_rumah.semua.terkunjungi"),
    ("Laporan warga", "laporan_warga.semua.baru"),
    ("Selesai", "laporan_warga.semua.selesai"),
    ("Terlambat", "laporan_warga.semua.terlambat"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """The months of a recap: a year ("2026"), a half of one ("2026-s1"), or one month ("2026-10")."""

    code: str
    title: str
    months: tuple[date, ...]

    @property
    def short(self) -> str:
        """The title without its months: Semester II 2026."""
        return re.sub(r" \(.*\)", "", self.title)

    @property
    def last(self) -> date:
        return self.months[-1]


def read_span(code: str) -> Span:
    """The span of a code. Raises ValueError for anything else."""
    found = re.fullmatch(r"(20\d\d)(?:-(s[12]|\d\d))?", code)
    if not found or ((found[2] or "01")[0] != "s" and not 1 <= int(found[2] or 1) <= 12):
        raise ValueError(f"Masa “{code}” tidak dikenal. Tulis seperti 2026, 2026-s1, atau 2026-10.")
    year, part = int(found[1]), found[2] or ""
    if part.isdigit():
        month = date(year, int(part), 1)
        return Span(code, month_text(month), (month,))
    first, last = {"": (1, 12), "s1": (1, 6), "s2": (7, 12)}[part]
    half = {"": "Tahun", "s1": "Semester I (Januari–Juni)", "s2": "Semester II (Juli–Desember)"}[part]
    return Span(code, f"{half} {year}", tuple(date(year, number, 1) for number in range(first, last + 1)))


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month of a place: its figures, and the values behind its medians (name → value → how often)."""

    figures: Mapping[str, Figure]
    spans: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


def closure(keys: Iterable[str]) -> tuple[Definition, ...]:
    """The figures of these keys and all that they are made from."""
    wanted: dict[str, Definition] = {}
    for key in keys:
        definition = BY_KEY[key]
        for part in (*(definition.share or ()), definition.out_of):
            if part in BY_KEY:
                wanted[part] = BY_KEY[part]
        wanted[key] = definition
    return tuple(wanted.values())


HEADLINE_DEFINITIONS = closure(key for _, key in HEADLINES)


def definitions_of(section: Section) -> tuple[Definition, ...]:
    """The figures of a section, and all others of their fields: which small counts are hidden depends on those."""
    fields = {key.split(".")[0] for table in section.tables for key in table.keys}
    return tuple(each for each in DEFINITIONS if each.key.split(".")[0] in fields)


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete the months of a place are, in post-months; `posts` and `registered` are those of the last month.

    `on_time` and `late` were sent; of `counted` a report is in the figures. `fields` are the fields with entries, of
    six for each report that is counted.
    """

    owing: int = 0
    on_time: int = 0
    late: int = 0
    counted: int = 0
    final: int = 0
    fields: int = 0
    posts: int = 0
    registered: int = 0

    def __add__(self, other: Standing) -> Standing:
        return Standing(*(getattr(self, each.name) + getattr(other, each.name) for each in dataclass_fields(self)))

    @property
    def missing(self) -> int:
        """Reports that are owed and were not sent, or were given back."""
        return self.owing - self.on_time - self.late

    @property
    def of_fields(self) -> int:
        return self.counted * len(FIELDS)


@dataclass(slots=True)
class _Kept:
    """One figure over the months so far: its sum (of a share: its numerators), what is beside it, its states."""

    value: Number = 0
    beside: Number | None = None
    states: set[State] = field(default_factory=set)


class OverMonths:
    """Months of a place put together one after the other, so that no two of them need be in memory.

    Flows are summed, percentages have their summed numerators and denominators, medians those of all values.
    """

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._definitions = definitions
        self._kept = {each.key: _Kept() for each in definitions}
        self._spans = Frozen()

    def add(self, month: MonthFigures) -> None:
        """The next month."""
        for each in self._definitions:
            if found := month.figures.get(each.key):
                _keep(self._kept[each.key], each, found, month.figures)
        for name, counter in month.spans.items():
            self._spans.spans.setdefault(name, Counter()).update(counter)

    def figures(self, last: Mapping[str, Figure]) -> dict[str, Figure]:
        """The months together. `last` has what was there at the end: each post's last month."""
        return {each.key: last[each.key] if is_stock(each) else self._over(each) for each in self._definitions}

    def _over(self, definition: Definition) -> Figure:
        kept = self._kept[definition.key]
        if definition.median:
            asked = State.NOT_RECORDED in kept.states
            return summed_figures([definition], self._spans, owes=asked)[definition.key]
        state, _ = total((each, 0) for each in kept.states)
        if not definition.share:
            return count_figure(definition, state, kept.value, kept.beside)
        value = share_of(kept.value, kept.beside or 0)
        state = state if value is None else State.KNOWN
        return derived_figure(definition, state, value, None if value is None else kept.beside)


def _keep(kept: _Kept, definition: Definition, found: Figure, figures: Mapping[str, Figure]) -> None:
    kept.states.add(found.state)
    if definition.share:
        if found.is_known:  # a month without the share adds neither to its numerators nor to its denominators
            top, bottom = (figures[key].value or 0 for key in definition.share)
            kept.value, kept.beside = kept.value + top, (kept.beside or 0) + bottom
    elif not definition.median:
        kept.value += found.value or 0
        if found.denominator is not None:
            kept.beside = (kept.beside or 0) + found.denominator


def over_months(
    definitions: Sequence[Definition], months: Mapping[date, MonthFigures], last: Mapping[str, Figure]
) -> dict[str, Figure]:
    """The figures of a place over these months. `last` has what was there at the end: each post's last month."""
    over = OverMonths(definitions)
    for month in months.values():
        over.add(month)
    return over.figures(last)


def is_stock(definition: Definition) -> bool:
    """Whether the last month counts: what there is, and a share of what there is in what there is."""
    return definition.stock or (bool(definition.share) and all(BY_KEY[key].stock for key in definition.share or ()))


def rule_words(definition: Definition) -> str:
    """How months are put together, as the key to a workbook says it."""
    if is_stock(definition):
        return "bulan terakhir"
    if definition.median:
        return "median semua nilai"
    return "dari jumlah pembilang dan penyebut" if definition.share else "jumlah"


def names_of(months: Iterable[date]) -> str:
    """Januari, Maret, April."""
    return ", ".join(MONTHS[month.month - 1] for month in months)
