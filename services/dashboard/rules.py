"""What the dashboards say about a place: shares, targets, and which posyandu need help. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.fields.registry import FIELDS
from services.residents.rules import GROUP_LABELS

Counts = Mapping[str, int]
FIELD_COUNT = 6
SILENT_DAYS = 35
FEW_FIELDS = 2
# Below this share a posyandu without a target of its district is named as one that needs help.
LOW_SHARE = Decimal(50)


@dataclass(frozen=True)
class Indicator:
    """A share that a place is judged by: `top` out of `bottom`, both keys of counts; `of` says what is counted."""

    key: str
    label: str
    top: str
    bottom: str
    of: str
    low_is_good: bool = False


def _attendance(group: str) -> Indicator:
    return Indicator(
        f"hadir_{group}", GROUP_LABELS[group], f"kesehatan.{group}.hadir", f"kesehatan.{group}.sasaran", "orang"
    )


SENT = Indicator("laporan", "Laporan masuk", "sent", "live", "posyandu")
ON_TIME = Indicator("tepat_waktu", "Tepat waktu", "on_time", "live", "posyandu")
OPENED = Indicator("hari_buka", "Hari buka", "opened", "live", "posyandu")
D_PER_S = Indicator("d_per_s", "D/S", "kesehatan.balita.d", "kesehatan.balita.s", "balita ditimbang")
N_PER_D = Indicator("n_per_d", "N/D", "kesehatan.balita.n", "kesehatan.balita.d", "balita naik")
STUNTING = Indicator(
    "stunting",
    "Dugaan stunting",
    "kesehatan.balita.stunting",
    "kesehatan.tb_u.diukur",
    "balita diukur",
    low_is_good=True,
)
VISITED = Indicator("kunjungan", "Kunjungan rumah", "visits_done", "visits_owed", "yang perlu dikunjungi")
KADER = Indicator("kader", "Kader bertugas", "hari_buka.kader.hadir", "kelembagaan.kader.jumlah", "kader")
TICKETS = Indicator("laporan_warga", "Laporan warga terlambat", "tickets_late", "tickets_open", "laporan warga", True)
TICKETS_BY_FIELD = tuple(
    Indicator(
        f"laporan_warga_{each.key}",
        each.short_label,
        f"tickets_late_{each.key}",
        f"tickets_open_{each.key}",
        "laporan warga",
        True,
    )
    for each in FIELDS
)
ATTENDANCE = tuple(_attendance(group) for group in GROUP_LABELS)
SUMMARY = (SENT, ON_TIME, OPENED, D_PER_S, N_PER_D, STUNTING, VISITED, TICKETS, KADER)
INDICATORS = {each.key: each for each in (*SUMMARY, *ATTENDANCE, *TICKETS_BY_FIELD)}
# What a kab/kota sets targets for; what cannot wait (late tickets) has no share to be content with.
WITH_TARGET = tuple(each for each in INDICATORS.values() if each not in (TICKETS, *TICKETS_BY_FIELD))


@dataclass(frozen=True)
class Share:
    """One indicator of one place. Without data `top` is None; a share is never capped."""

    indicator: Indicator
    top: int | None
    bottom: int | None
    target: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        if self.top is None or not self.bottom:
            return None
        return (Decimal(self.top) * 100 / Decimal(self.bottom)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def is_reached(self) -> bool:
        """Only with a target, and only when the share is known."""
        if self.target is None or self.percent is None:
            return False
        return self.percent <= self.target if self.indicator.low_is_good else self.percent >= self.target


def share_of(indicator: Indicator, counts: Counts, targets: Mapping[str, Decimal] | None = None) -> Share:
    """The share of an indicator; a count that is absent was not recorded, which is not zero."""
    target = (targets or {}).get(indicator.key)
    return Share(indicator, counts.get(indicator.top), counts.get(indicator.bottom), target)


def added(parts: Iterable[Counts]) -> dict[str, int]:
    """Counts of places that lie beside each other; a key known nowhere stays unknown."""
    total: dict[str, int] = {}
    for counts in parts:
        for key, value in counts.items():
            total[key] = total.get(key, 0) + value
    return total


@dataclass(frozen=True)
class Reached:
    """How many posts reached a target, of those that can be judged: "16 dari 20 posyandu"."""

    indicator: Indicator
    target: Decimal
    reached: int
    judged: int
    share: Share


def reached_by(
    indicator: Indicator, posts: Sequence[Counts], whole: Counts, targets: Mapping[str, Decimal]
) -> Reached | None:
    """The fraction of posts at the target; None where the district has set none."""
    if indicator.key not in targets:
        return None
    shares = [share_of(indicator, counts, targets) for counts in posts]
    judged = [share for share in shares if share.percent is not None]
    return Reached(
        indicator,
        targets[indicator.key],
        sum(share.is_reached for share in judged),
        len(judged),
        share_of(indicator, whole, targets),
    )


@dataclass(frozen=True)
class Need:
    """One reason why a posyandu needs help, and how much it weighs."""

    weight: int
    words: str


def needs_of(
    counts: Counts, last: date | None, today: date, targets: Mapping[str, Decimal] | None = None
) -> tuple[Need, ...]:
    """Why a live posyandu needs help, the gravest first."""
    found = []
    if not counts.get("sent"):
        found.append(Need(4, "belum mengirim laporan"))
    if counts.get("opened") == 0:
        found.append(Need(3, "tidak ada hari buka"))
    late = counts.get("tickets_late", 0)
    if late:
        found.append(Need(2, f"{late} laporan warga lewat waktu"))
    silent = (today - last).days if last else None
    if silent is None or silent > SILENT_DAYS:
        found.append(Need(2, "belum pernah mengisi" if silent is None else f"{silent} hari tanpa isian"))
    found += _low(counts, targets or {})
    active = counts.get("fields")
    if active is not None and active <= FEW_FIELDS:
        found.append(Need(1, f"{active} dari {FIELD_COUNT} bidang aktif"))
    return tuple(sorted(found, key=lambda need: -need.weight))


def _low(counts: Counts, targets: Mapping[str, Decimal]) -> list[Need]:
    """Children weighed and homes visited below the district's target, or below half."""
    found = []
    for indicator in (D_PER_S, VISITED):
        share = share_of(indicator, counts, targets)
        if share.percent is not None and share.percent < targets.get(indicator.key, LOW_SHARE):
            words = f"{share.percent:.0f}%".replace(".", ",")
            found.append(Need(2, f"{indicator.label} {words}"))
    return found


@dataclass(frozen=True)
class Line:
    """One place of the table: its counts, how fresh they are, and why it needs help."""

    code: str
    name: str
    title: str
    counts: Counts
    posts: int = 1
    last: date | None = None
    needs: tuple[Need, ...] = ()
    needy: int = 0
    is_post: bool = True
    on_paper: int = 0
    lies_in: str = ""
    shares: Mapping[str, Share] = field(default_factory=dict)

    @property
    def live(self) -> int:
        return self.counts.get("live", 0)

    @property
    def weight(self) -> Decimal:
        """How badly help is needed: of a post its reasons, of a larger place their sum for each live post."""
        total = sum(need.weight for need in self.needs)
        return Decimal(total) / max(self.live, 1)

    @property
    def words(self) -> str:
        if not self.live:
            return "dari kertas, tidak ikut dijumlah" if self.is_post and self.on_paper else "belum mulai pakai"
        if self.is_post:
            return ", ".join(need.words for need in self.needs[:3])
        return f"{self.needy} dari {self.live} posyandu perlu dibantu" if self.needy else ""


def worst_first(lines: Iterable[Line]) -> list[Line]:
    """Those that need help most first; who has not started owes nothing and comes last."""
    return sorted(lines, key=lambda line: (not line.live, -line.weight, line.name, line.code))


def sorted_by(lines: Iterable[Line], column: str, *, down: bool = False) -> list[Line]:
    """By one column, from the side where help is needed; places without a number come last, equal ones by name."""
    named = sorted(lines, key=lambda line: (line.name, line.code))
    if column == "nama":
        return named[::-1] if down else named
    valued = [(_value(line, column), line) for line in named]
    known = [(value, line) for value, line in valued if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [*(line for _, line in known), *(line for value, line in valued if value is None)]


def _value(line: Line, column: str) -> Decimal | None:
    if not line.live:
        return None
    if column == "terakhir":
        return Decimal(line.last.toordinal()) if line.last else None
    if column == "bidang":
        return Decimal(line.counts["fields"]) if "fields" in line.counts else None
    share = line.shares.get(column)
    return None if share is None else share.percent


def worst_is_high(column: str) -> bool:
    """Whether a high value is the one to look at first (suspected stunting, late tickets)."""
    indicator = INDICATORS.get(column)
    return bool(indicator and indicator.low_is_good)
