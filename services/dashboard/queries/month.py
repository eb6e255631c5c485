from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission
from services.areas.clock import month_of
from services.areas.scope import Access, Scope
from services.open_days.models import OpenDay
from services.posyandu.models import Period, Posyandu
from services.records.models import Attendance, Encounter, Record
from services.reports.models import MonthMove
from services.reports.queries.months import month_row
from services.reports.queries.rows import ShownRow, shown_row
from services.reports.queries.tray import kept_forms
from services.reports.rules import State
from services.web.rules import month_text, short_date_text


@dataclass(frozen=True)
class Missing:
    """One thing that is not complete yet, with the page where it is mended."""

    words: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """Something of a month that waits at the posyandu itself; without `url` this person has no page for it."""

    words: str
    meta: str
    note: str = ""
    url: str = ""
    is_late: bool = False


def waiting_at(scope: Scope, access: Access, on: date) -> list[Waiting]:
    """Months given back, last month's report that was not sent, and forms that came too late (flows 22).

    A kader reads what to mend; only who sends the month is told that it is unsent. Three queries, and a few for each
    month that waits.
    """
    return [*_returned_and_unsent(scope, access, on), *_late_forms(scope)]


def _returned_and_unsent(scope: Scope, access: Access, on: date) -> list[Waiting]:
    closed, sending = clock.previous_month(month_of(on)), access.scope(Permission.SUBMIT_MONTH)
    posts = {post.pk: post for post in Posyandu.objects.within(scope).select_related("area")}
    periods = Period.objects.within(scope).filter(Q(month=closed) | Q(state=State.RETURNED))
    states = {(period.posyandu_id, period.month): period.state for period in periods}
    returned = [each for each, state in states.items() if state == State.RETURNED]
    mine = sending.posyandu if sending else frozenset()
    unsent = [
        (pk, closed)
        for pk, post in posts.items()
        if pk in mine and post.is_live(closed) and states.get((pk, closed), State.DRAFT) == State.DRAFT
    ]
    waiting = (*returned, *unsent)
    return [_month(posts[pk], month, access, scope, is_mine=pk in mine) for pk, month in waiting]


def _month(post: Posyandu, month: date, access: Access, scope: Scope, *, is_mine: bool) -> Waiting:
    row = month_row(post, access, month)
    is_returned = row.state == State.RETURNED
    told, written = row.last if is_returned else None, f"{month:%Y-%m}"
    pointed = shown_row(told.row, scope) if told else None
    own_page = reverse("reports:month_detail", args=[post.pk, written]) if is_mine else ""
    return Waiting(
        words=f"Laporan {month_text(month)} {'dikembalikan' if is_returned else 'belum dikirim'}",
        meta=f"{post.name} · paling lambat {short_date_text(row.due)}",
        note=" · ".join(filter(None, (pointed.name if pointed else "", told.note))) if told else "",
        url=own_page or _to_mend(post, written, told, pointed),
        is_late=row.is_late,
    )


def _to_mend(post: Posyandu, month: str, told: MonthMove | None, pointed: ShownRow | None) -> str:
    """The page of the row that a note points at, else of its figure, else none."""
    if pointed and pointed.url:
        return pointed.url
    if told and told.figure:
        return reverse("reports:figure_detail", args=[post.path, month, told.figure])
    return ""


def _late_forms(scope: Scope) -> list[Waiting]:
    number = kept_forms(scope).count()
    what = "Datang sesudah laporan bulannya dikirim"
    return [Waiting(f"{number} isian perlu koreksi", what, url=reverse("reports:tray_list"))] if number else []


def missing_this_month(scope: Scope, on: date) -> list[Missing]:
    """What is missing in this month, each a link (flows 22): three queries."""
    return [*_days(scope, on), *_people_without_forms(scope, on), *_no_day(scope, on)]


def _days(scope: Scope, on: date) -> list[Missing]:
    unfinished = OpenDay.objects.within(scope).filter(
        state__in=[OpenDay.State.PLANNED, OpenDay.State.RUNNING], date__lt=on
    )
    words = {
        OpenDay.State.PLANNED: "belum diisi",
        OpenDay.State.RUNNING: "belum ditutup",
    }
    return [
        Missing(f"Hari buka {short_date_text(day.date)} {words[day.state]}", _day_url(day.pk))
        for day in unfinished.order_by("date")
    ]


def _people_without_forms(scope: Scope, on: date) -> list[Missing]:
    filled = Record.objects.within(scope).filter(encounter=OuterRef("encounter"), resident=OuterRef("resident"))
    empty = Attendance.objects.within(scope).filter(
        ~Exists(filled),
        state=Attendance.State.PRESENT,
        encounter__kind=Encounter.Kind.OPEN_DAY,
        encounter__period=month_of(on),
    )
    days = empty.values_list("encounter__open_day__pk", "encounter__date").order_by("encounter__date")
    counted: dict = {}
    for pk, day in days:
        counted[(pk, day)] = counted.get((pk, day), 0) + 1
    return [
        Missing(f"{count} orang hadir {short_date_text(day)} belum ada isiannya", f"{_day_url(pk)}?tab=hadir")
        for (pk, day), count in counted.items()
    ]


def _no_day(scope: Scope, on: date) -> list[Missing]:
    if OpenDay.objects.within(scope).filter(date__gte=month_of(on), encounter__period=month_of(on)).exists():
        return []
    return [Missing(f"Belum ada hari buka di bulan {month_text(on)}", reverse("open_days:day_new"))]


def _day_url(pk) -> str:
    return reverse("open_days:day_detail", args=[pk])
