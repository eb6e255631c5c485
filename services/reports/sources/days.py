"""Open days, home visits, and the posts themselves, counted by posyandu."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from services.accounts.models import Assignment, Role
from services.areas.scope import Scope
from services.home_visits.models import HomeVisit
from services.open_days.models import Helper, OpenDay
from services.posyandu.models import Period
from services.records.models import Attendance, Encounter
from services.reports.figures import DayLine

from .people import HELD, Counts, Frame, add, grouped
from .rows import about

KADER = Helper.Kind.KADER
TEAM = (Role.KADER, Role.KETUA, Role.SEKRETARIS)


def count_open_days(frame: Frame, counts: Counts) -> None:
    """Held and cancelled days, who came in all, who worked there, and meals."""
    days = OpenDay.objects.within(frame.scope).filter(encounter__period=frame.month, date__lte=frame.on)
    for pk, post, state, meals in days.values_list("pk", "posyandu_id", "state", "meals"):
        about("hari_buka", pk)
        if state == OpenDay.State.CANCELLED:
            add(counts, post, "hari_buka.semua.batal", 1)
        elif state in HELD:
            add(counts, post, "hari_buka.semua.terlaksana", 1)
            add(counts, post, "hari_buka.pmt.hari", meals is not None)
            add(counts, post, "hari_buka.pmt.porsi", meals)
    arrivals = Attendance.objects.within(frame.scope).filter(
        state=Attendance.State.PRESENT, encounter__period=frame.month, encounter__open_day__state__in=HELD
    )
    for row in grouped(arrivals, "encounter__posyandu_id", n=Count("pk")):
        add(counts, row["encounter__posyandu_id"], "hari_buka.semua.kedatangan", row["n"])
    helpers = Helper.objects.within(frame.scope).filter(
        open_day__encounter__period=frame.month, open_day__state__in=HELD
    )
    kader = Count("user_id", distinct=True, filter=Q(kind=KADER))
    unnamed = Count("pk", filter=Q(kind=KADER, user__isnull=True))
    for row in grouped(
        helpers, "open_day__posyandu_id", kader=kader, unnamed=unnamed, others=Count("pk", filter=~Q(kind=KADER))
    ):
        add(counts, row["open_day__posyandu_id"], "hari_buka.kader.hadir", row["kader"] + row["unnamed"])
        add(counts, row["open_day__posyandu_id"], "hari_buka.petugas.hadir", row["others"])


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


def count_institution(frame: Frame, counts: Counts) -> set[UUID]:
    """Kader of each post and months sent; returns the posts that have entries this month."""
    team = Assignment.objects.within(frame.scope).filter(
        Assignment.on_day(frame.on), role__in=TEAM, posyandu__isnull=False, user__is_active=True
    )
    for row in grouped(team, "posyandu_id", n=Count("user_id", distinct=True)):
        add(counts, row["posyandu_id"], "kelembagaan.kader.jumlah", row["n"])
    sent = Period.objects.within(frame.scope).filter(month=frame.month).exclude(state__in=Period.OPEN_STATES)
    for post in sent.values_list("posyandu_id", flat=True):
        add(counts, post, "kelembagaan.posyandu.terkirim", 1)
    return posts_with_entries(frame)


def posts_with_entries(frame: Frame) -> set[UUID]:
    """Posts that held an open day, visited, or filled a form this month; a day that is only planned is no entry."""
    made = Encounter.objects.within(frame.scope).filter(period=frame.month, date__lte=frame.on)
    entries = made.exclude(open_day__state__in=(OpenDay.State.PLANNED, OpenDay.State.CANCELLED))
    return set(entries.order_by().values_list("posyandu_id", flat=True).distinct())


def open_days_of(scope: Scope, month: date, on: date) -> dict[UUID, tuple[DayLine, ...]]:
    """The open days of a month as lines of each posyandu's report, with constant queries."""
    days = list(
        OpenDay.objects.within(scope)
        .filter(encounter__period=month, date__lte=on)
        .exclude(state="dijadwalkan")
        .order_by("date")
    )
    helpers: dict[UUID, list[str]] = defaultdict(list)
    for day, kind in (
        Helper.objects.within(scope).filter(open_day__in=[day.pk for day in days]).values_list("open_day_id", "kind")
    ):
        helpers[day].append(kind)
    present: dict[UUID, dict[bool, int]] = defaultdict(dict)
    rows = Attendance.objects.within(scope).filter(state="hadir", encounter__in=[day.encounter_id for day in days])
    for row in grouped(rows, "encounter_id", "is_guest", n=Count("pk")):
        present[row["encounter_id"]][row["is_guest"]] = row["n"]
    lines: dict[UUID, tuple[DayLine, ...]] = defaultdict(tuple)
    for each in days:
        lines[each.posyandu_id] += (_line(each, helpers[each.pk], present[each.encounter_id]),)
    return lines


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
