from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from services.areas.clock import month_of
from services.areas.scope import Scope
from services.open_days.models import OpenDay
from services.records.models import Attendance, Encounter, Record
from services.web.rules import month_text, short_date_text


@dataclass(frozen=True)
class Missing:
    """One thing that is not complete yet, with the page where it is mended."""

    words: str
    url: str


def missing_this_month(scope: Scope, on: date) -> list[Missing]:
    """What is missing in this month and the one before, each a link (flows 22): three queries."""
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
