"""Open days, home visits, and the posts themselves, counted by posyandu."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from services.accounts.models import Assignment, Role
from services.home_visits.models import HomeVisit
from services.open_days.models import Helper, OpenDay
from services.posyandu.models import Period
from services.records.models import Attendance, Encounter
from services.reports.figures import DayLine

from .people import HELD, Counts, Frame, add, grouped
from .rows import about

KADER = Helper.Kind.KADER
# Of each posyandu, its open days.
Lines = dict[UUID, tuple[DayLine, ...]]
TEAM = (Role.KADER, Role.KETUA, Role.SEKRETARIS)


def count_open_days(frame: Frame, counts: Counts, held: Sequence[OpenDay]) -> Lines:
    """Held and cancelled days, who came in all, who worked there, and meals; returns the days as lines of the report.

    `held` are those of days_of. Two queries, whatever the number of posts.
    """
    days = {day.encounter_id: day for day in held}
    for day in days.values():
        about("hari_buka", day.pk)
        if day.state == OpenDay.State.CANCELLED:
            add(counts, day.posyandu_id, "hari_buka.semua.batal", 1)
        elif day.state in HELD:
            add(counts, day.posyandu_id, "hari_buka.semua.terlaksana", 1)
            add(counts, day.posyandu_id, "hari_buka.pmt.hari", day.meals is not None)
            add(counts, day.posyandu_id, "hari_buka.pmt.porsi", day.meals)
    present = _count_arrivals(frame, counts, days)
    helpers = _count_helpers(frame, counts, days)
    lines: Lines = defaultdict(tuple)
    for encounter, day in days.items():
        if day.state != OpenDay.State.PLANNED:
            lines[day.posyandu_id] += (_line(day, helpers[day.pk], present[encounter]),)
    return lines


def days_of(frame: Frame) -> QuerySet[OpenDay]:
    """The open days of the month up to the day, also planned and cancelled ones."""
    days = OpenDay.objects.within(frame.scope).filter(encounter__period=frame.month, date__lte=frame.on)
    return days.order_by("date")


def _count_arrivals(frame: Frame, counts: Counts, days: dict[UUID, OpenDay]) -> dict[UUID, dict[bool, int]]:
    """Of each day, how many came who live here (False) and how many guests (True)."""
    present: dict[UUID, dict[bool, int]] = defaultdict(lambda: defaultdict(int))
    rows = Attendance.objects.within(frame.scope).filter(state=Attendance.State.PRESENT, encounter__in=days)
    for row in grouped(rows, "encounter_id", "is_guest", n=Count("pk")):
        day = days[row["encounter_id"]]
        present[day.encounter_id][row["is_guest"]] += row["n"]
        if day.state in HELD:
            add(counts, day.posyandu_id, "hari_buka.semua.kedatangan", row["n"])
    return present


def _count_helpers(frame: Frame, counts: Counts, days: dict[UUID, OpenDay]) -> dict[UUID, list[str]]:
    """Of each day, the kinds of all who worked there. In a month a kader counts once, however often she came."""
    about()
    kinds: dict[UUID, list[str]] = defaultdict(list)
    known: set[tuple[UUID, UUID]] = set()
    by_id = {day.pk: day for day in days.values()}
    rows = Helper.objects.within(frame.scope).filter(open_day__in=by_id)
    for pk, kind, user in rows.values_list("open_day_id", "kind", "user_id"):
        kinds[pk].append(kind)
        day = by_id[pk]
        if day.state not in HELD:
            continue
        if kind != KADER:
            add(counts, day.posyandu_id, "hari_buka.petugas.hadir", 1)
        elif user is None or (day.posyandu_id, user) not in known:
            known.add((day.posyandu_id, user))
            add(counts, day.posyandu_id, "hari_buka.kader.hadir", 1)
    return kinds


def count_visits(frame: Frame, counts: Counts) -> None:
    """Home visits by reason, outcome and next step."""
    visits = HomeVisit.objects.within(frame.scope).filter(encounter__period=frame.month, date__lte=frame.on)
    for row in grouped(visits, "posyandu_id", "reason", "outcome", "next_step", n=Count("pk")):
        post, number = row["posyandu_id"], row["n"]
        met = "bertemu" if row["outcome"] == HomeVisit.Outcome.MET else "tidak_bertemu"
        for reason in (row["reason"].lower(), "semua"):
            add(counts, post, f"kunjungan_rumah.{reason}.dikunjungi", number)
            add(counts, post, f"kunjungan_rumah.{reason}.{met}", number)
        if row["next_step"]:
            add(counts, post, f"kunjungan_rumah.langkah.{row['next_step']}", number)


def count_institution(frame: Frame, counts: Counts) -> None:
    """Kader of each post and months sent."""
    team = Assignment.objects.within(frame.scope).filter(
        Assignment.on_day(frame.on), role__in=TEAM, posyandu__isnull=False, user__is_active=True
    )
    for row in grouped(team, "posyandu_id", n=Count("user_id", distinct=True)):
        add(counts, row["posyandu_id"], "kelembagaan.kader.jumlah", row["n"])
    sent = Period.objects.within(frame.scope).filter(month=frame.month).exclude(state__in=Period.OPEN_STATES)
    for post in sent.values_list("posyandu_id", flat=True):
        add(counts, post, "kelembagaan.posyandu.terkirim", 1)


def posts_with_entries(frame: Frame) -> set[UUID]:
    """Posts that held an open day, visited, or filled a form this month; a day that is only planned is no entry."""
    made = Encounter.objects.within(frame.scope).filter(period=frame.month, date__lte=frame.on)
    entries = made.exclude(open_day__state__in=(OpenDay.State.PLANNED, OpenDay.State.CANCELLED))
    return set(entries.order_by().values_list("posyandu_id", flat=True).distinct())


def _line(day: OpenDay, kinds: list[str], present: dict[bool, int]) -> DayLine:
    others = [kind for kind in dict.fromkeys(kinds) if kind != KADER]
    troubles = [str(each).replace("_", " ") for each in day.obstacles] + [day.obstacle_note, day.cancel_reason]
    return DayLine(
        on=day.date,
        place=day.place,
        state=day.get_state_display(),
        fields=tuple(day.opened_fields),
        kader=kinds.count(KADER),
        officers=tuple(Helper.Kind(kind).label for kind in others),
        present=present.get(False, 0),
        guests=present.get(True, 0),
        obstacles="; ".join(each for each in troubles if each),
    )
