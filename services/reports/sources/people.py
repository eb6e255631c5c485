"""Who lived at the posts on a day, by the group she is counted in; the base of everything counted by person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from services.areas.scope import Scope
from services.open_days.models import OpenDay
from services.records.models import Attendance, Encounter
from services.reports.figures.ages import BANDS, OLDER, band_group, recap_group
from services.residents.models import Pregnancy, Residency
from services.residents.queries import after_birth
from services.residents.rules import BALITA_MONTHS, PRESCHOOL_MONTHS, StageRules, born_after

from .rows import current

HELD = (OpenDay.State.RUNNING, OpenDay.State.CLOSED)
ELSEWHERE = "counts of people who live at the posts of the report, wherever they were met"
Counts = dict[UUID, dict[str, int | Decimal]]


@dataclass(frozen=True)
class Frame:
    """What a month's counts stand on: whose posts, which month, and the day on which people are banded."""

    scope: Scope
    month: date
    on: date
    rules: StageRules

    @property
    def posts(self) -> frozenset[UUID]:
        return self.scope.posyandu

    @cached_property
    def living(self) -> QuerySet[Residency]:
        return living(self.scope, self.on)

    @cached_property
    def residents(self) -> QuerySet:
        """Ids of the people who live here, as a subquery."""
        return self.living.values("resident_id")

    @cached_property
    def stage(self) -> Case:
        """The group of a row's `resident` as an expression."""
        return Case(
            When(resident_id__in=pregnant(self.on), then=Value("bumil")),
            When(resident_id__in=_after_birth(self.on, self.rules), then=Value("nifas_menyusui")),
            *(When(younger(self.on, months), then=Value(group)) for group, months in _bands(self.rules)),
            default=Value("lansia"),
            output_field=CharField(),
        )

    @cached_property
    def band(self) -> Case:
        """The age band of a row's `resident` as an expression."""
        whens = (When(younger(self.on, months), then=Value(key)) for key, months in BANDS)
        return Case(*whens, default=Value(OLDER), output_field=CharField())


def living(scope: Scope, on: date) -> QuerySet[Residency]:
    """Residencies of the people who live at the posts on a day; the dead and merged duplicates are not among them."""
    return Residency.objects.within(scope).filter(
        Residency.on_day(on),
        Q(resident__died_on__isnull=True) | Q(resident__died_on__gt=on),
        kind=Residency.Kind.RESIDENT,
        resident__merged_into__isnull=True,
    )


def staged(frame: Frame) -> QuerySet[Residency]:
    """The same with the group each is counted in on that day: a mother before her age (residents.rules.stages)."""
    return frame.living.annotate(stage=frame.stage, band=frame.band)


def reaching(frame: Frame, months: int) -> Q:
    """The row's `resident` completes this many months in the month of the report."""
    day_before = frame.month - timedelta(days=1)
    return Q(
        resident__birth_date__lte=born_after(frame.on, months), resident__birth_date__gt=born_after(day_before, months)
    )


def younger(on: date, months: int) -> Q:
    """The row's `resident` has completed fewer months than this on the day."""
    return Q(resident__birth_date__gt=born_after(on, months))


def _bands(rules: StageRules) -> tuple[tuple[str, int], ...]:
    return (
        ("balita", BALITA_MONTHS),
        ("apras", PRESCHOOL_MONTHS),
        ("usekrem", rules.adult_from_years * 12),
        ("dewasa", rules.elderly_from_years * 12),
    )


def pregnant(on: date) -> QuerySet:
    """Who is bumil on a day, as a subquery of resident ids."""
    open_on_day = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Pregnancy.objects.unscoped(reason=ELSEWHERE).filter(open_on_day, registered_on__lte=on).values("resident_id")


def _after_birth(on: date, rules: StageRules) -> QuerySet:
    return Pregnancy.objects.unscoped(reason=ELSEWHERE).filter(after_birth(on, rules)).values("resident_id")


def where_they_live(rows: QuerySet, frame: Frame) -> QuerySet:
    """Rows about a `resident`, narrowed to people who live at the posts; `home` is the id of hers."""
    born = rows.filter(resident__birth_date__lte=frame.on)  # an inner join: SQLite then finds homes by resident
    return born.filter(lived_here(frame.scope, frame.on)).annotate(home=F("resident__residencies__posyandu_id"))


def last_of_each(rows: QuerySet, subject: tuple[str, ...], day: str) -> QuerySet:
    """Of these rows only the last about each subject: there is no later one among them."""
    later = Q(**{f"{day}__gt": OuterRef(day)}) | Q(**{day: OuterRef(day), "pk__gt": OuterRef("pk")})
    return rows.filter(~Exists(rows.filter(later, **{column: OuterRef(column) for column in subject})))


def grouped(rows: QuerySet, *by: str, **counts: Any) -> Iterable[dict[str, Any]]:
    """One row for each combination of these columns. The caller names `posyandu_id` or what stands for it."""
    found = current()
    return found.each(rows, by, counts) if found else list(rows.order_by().values(*by).annotate(**counts))


def add(counts: Counts, post: UUID, key: str, value: float | None) -> None:
    if (found := current()) is not None:
        found.add(key, value)
    """Add a count, or a sum with at most two decimals."""
    if value:
        counts[post][key] += int(value) if float(value).is_integer() else Decimal(f"{value:.2f}")


def empty_counts(posts: frozenset[UUID]) -> Counts:
    return {post: defaultdict(int) for post in posts}


def count_residents(frame: Frame, counts: Counts) -> None:
    """Jiwa, L/P, sasaran by group, KK, and who came and went this month."""
    grown = Count("pk", filter=reaching(frame, 36))
    for row in grouped(staged(frame), "posyandu_id", "stage", "band", "resident__sex", n=Count("pk"), grown=grown):
        post, number = row["posyandu_id"], row["n"]
        add(counts, post, "kependudukan.warga.jumlah", number)
        add(counts, post, f"kependudukan.warga.{'laki_laki' if row['resident__sex'] == 'L' else 'perempuan'}", number)
        add(counts, post, f"kesehatan.{row['stage']}.sasaran", number)
        add(counts, post, "kesehatan.semua.sasaran", number)
        _add_finer(counts, post, row, "sasaran")
        if row["stage"] == "balita":
            add(counts, post, "kesehatan.balita.s", number)
            add(counts, post, "kesehatan.balita.s36", row["grown"])
            add(counts, post, f"skdn.{band_group(row['band'], row['resident__sex'])}.s", number)
    for row in grouped(frame.living, "posyandu_id", n=Count("household_id", distinct=True)):
        add(counts, row["posyandu_id"], "kependudukan.keluarga.jumlah", row["n"])
    _count_moves(frame, counts)


def _add_finer(counts: Counts, post: UUID, row: dict[str, Any], measure: str) -> None:
    group = recap_group(row["stage"], row["band"])
    if group != row["stage"]:
        add(counts, post, f"rekap.{group}.{measure}", row["n"])


def _count_moves(frame: Frame, counts: Counts) -> None:
    mine = Residency.objects.within(frame.scope).filter(kind=Residency.Kind.RESIDENT)
    began = mine.filter(from_date__range=(frame.month, frame.on), began__in=("lahir", "pindah_masuk"))
    ended = mine.filter(to_date__range=(frame.month, frame.on), ended__in=("pindah_keluar", "meninggal"))
    alive = began.filter(resident__merged_into__isnull=True)
    for rows, column in ((alive, "began"), (ended.filter(resident__merged_into__isnull=True), "ended")):
        for row in grouped(rows, "posyandu_id", column, n=Count("resident_id", distinct=True)):
            add(counts, row["posyandu_id"], f"kependudukan.warga.{row[column]}", row["n"])


def lived_here(scope: Scope, on: Any) -> Q:
    """The row's `resident` lived at the posts on a day (a date, or a column of the row), as `living` says."""
    home, person = "resident__residencies__", "resident__"
    return Q(
        Q(**{f"{home}to_date__isnull": True}) | Q(**{f"{home}to_date__gt": on}),
        Q(**{f"{person}died_on__isnull": True}) | Q(**{f"{person}died_on__gt": on}),
        **{
            f"{home}posyandu__in": scope.posyandu,
            f"{home}kind": Residency.Kind.RESIDENT,
            f"{home}from_date__lte": on,
            f"{person}merged_into__isnull": True,
        },
    )


def came(months: Sequence[date]) -> Q:
    """Attendances of held open days in these months, by people who were no guests there."""
    return Q(
        state=Attendance.State.PRESENT,
        is_guest=False,
        encounter__kind=Encounter.Kind.OPEN_DAY,
        encounter__period__in=months,
        encounter__open_day__state__in=HELD,
    )


def count_attendance(frame: Frame, counts: Counts) -> None:
    """Hadir and tidak hadir by group, where people live; guests where they were served."""
    present = Attendance.objects.unscoped(reason=ELSEWHERE).filter(came([frame.month]), resident_id__in=frame.residents)
    for row in grouped(
        staged(frame).filter(resident_id__in=present.values("resident_id")),
        "posyandu_id",
        "stage",
        "band",
        n=Count("pk"),
    ):
        _add_finer(counts, row["posyandu_id"], row, "hadir")
        add(counts, row["posyandu_id"], f"kesehatan.{row['stage']}.hadir", row["n"])
        add(counts, row["posyandu_id"], "kesehatan.semua.hadir", row["n"])
    for tally in counts.values():
        for key in [key for key in tally if key.endswith(".sasaran")]:
            base = key.removesuffix(".sasaran")
            tally[f"{base}.tidak_hadir"] = tally[key] - tally.get(f"{base}.hadir", 0)
    guests = Attendance.objects.within(frame.scope).filter(
        state=Attendance.State.PRESENT,
        is_guest=True,
        encounter__period=frame.month,
        encounter__open_day__state__in=HELD,
    )
    for row in grouped(guests, "encounter__posyandu_id", n=Count("resident_id", distinct=True)):
        add(counts, row["encounter__posyandu_id"], "kesehatan.tamu.hadir", row["n"])
