"""Several months together: flows are summed, stocks are those of the last month, percentages have their own summed
numerators and denominators, medians are those of all values. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.reports.figures.adding import count_figure, derived_figure, share_of, total
from services.reports.figures.catalogue import BY_KEY
from services.reports.figures.definitions import Definition
from services.reports.figures.model import Figure, State
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


def over_months(
    definitions: Sequence[Definition], months: Mapping[date, MonthFigures], last: Mapping[str, Figure]
) -> dict[str, Figure]:
    """The figures of a place over these months. `last` has what was there at the end: each post's last month."""
    return {each.key: _over(each, list(months.values()), last) for each in definitions}


def _over(definition: Definition, months: Sequence[MonthFigures], last: Mapping[str, Figure]) -> Figure:
    if is_stock(definition):
        return last[definition.key]
    if definition.median:
        return _median(definition, months)
    if definition.share:
        return _share(definition, [month.figures for month in months])
    found = [month.figures[definition.key] for month in months if definition.key in month.figures]
    state, value = total((each.state, each.value or 0) for each in found)
    wholes = [each.denominator for each in found if each.denominator is not None]
    return count_figure(definition, state, value, sum(wholes) if wholes else None)


def _median(definition: Definition, months: Sequence[MonthFigures]) -> Figure:
    """Of all values of all months, and never of the medians."""
    frozen = Frozen()
    for month in months:
        frozen.spans.setdefault(definition.median, Counter()).update(month.spans.get(definition.median, {}))
    asked = any(month.figures[definition.key].state is State.NOT_RECORDED for month in months)
    return summed_figures([definition], frozen, owes=asked)[definition.key]


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


def _share(definition: Definition, months: Sequence[Mapping[str, Figure]]) -> Figure:
    """Numerators over denominators of the months that have the share."""
    top_key, bottom_key = definition.share or ("", "")
    known = [figures for figures in months if figures[definition.key].is_known]
    top = sum(figures[top_key].value or 0 for figures in known)
    bottom = sum(figures[bottom_key].value or 0 for figures in known)
    value = share_of(top, bottom)
    state = State.KNOWN if value is not None else _state(figures[definition.key] for figures in months)
    return derived_figure(definition, state, value, bottom if value is not None else None)


def _state(figures: Iterable[Figure]) -> State:
    return total((each.state, 0) for each in figures)[0]


def names_of(months: Iterable[date]) -> str:
    """Januari, Maret, April."""
    return ", ".join(MONTHS[month.month - 1] for month in months)
