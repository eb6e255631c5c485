"""The rows behind a number as people read them: live while the month is open, the frozen list when it is closed."""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from services.accounts.models import Assignment
from services.areas.access import Permission
from services.areas.scope import Access, Scope
from services.fields import registry
from services.follow_ups.models import Need
from services.follow_ups.rules import HIDDEN_WORDS, KINDS
from services.home_visits.models import HomeVisit
from services.open_days.models import OpenDay
from services.posyandu.models import Period, Posyandu
from services.records.models import Attendance, Record
from services.residents.models import Household, Resident
from services.web.rules import short_date_text

from ..figures import DEFINITIONS, SEALED
from ..models import MonthlyReport
from ..monthly import month_rows

ELSEWHERE = "Warga posyandu lain"
_SENSITIVE_FIGURES = SEALED | {definition.key for definition in DEFINITIONS if definition.sensitive}
_SENSITIVE_REASONS = frozenset(code.lower() for code, kind in KINDS.items() if kind.is_sensitive)


@dataclass(frozen=True)
class ShownRow:
    """A row behind a number: who or what, and its page. `key` is "kind:id"."""

    key: str
    name: str
    meta: str = ""
    url: str = ""


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure of a posyandu-month; `is_frozen` as they were when the month was sent."""

    rows: tuple[ShownRow, ...]
    total: int
    is_frozen: bool


def may_list(key: str, access: Access) -> bool:
    """Whether the rows of this figure may be listed at all: sensitive ones are in no list (design 4)."""
    if key in _SENSITIVE_FIGURES:
        return False
    _, group, *_ = key.split(".")
    is_secret = key.startswith("kunjungan_rumah.") and group in _SENSITIVE_REASONS
    return not is_secret or access.may(Permission.SEE_SENSITIVE)


def rows_behind(post: Posyandu, month: date, key: str, scope: Scope) -> Behind:
    """The rows of one figure; of a month that was sent, those that were frozen with it."""
    frozen = _frozen(post, month)
    found = frozen if frozen is not None else month_rows(post.path, month, scope=None)
    keys = found.get(key, [])
    return Behind(shown_rows(keys, scope), len(keys), frozen is not None)


def _frozen(post: Posyandu, month: date) -> dict[str, list[str]] | None:
    here = Scope(None, frozenset([post.pk]))
    period = Period.objects.within(here).filter(month=month).first()
    if period is None or period.is_open(timezone.now()):
        return None
    report = MonthlyReport.objects.within(here).filter(posyandu=post, month=month, is_latest=True)
    row = report.select_related("rows").first()
    return json.loads(zlib.decompress(row.rows.content)) if row and row.rows else None


def shown_rows(keys: Iterable[str], scope: Scope) -> tuple[ShownRow, ...]:
    """Rows with their names, by name; somebody who lives at another post is not named."""
    ids: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _, identifier = key.partition(":")
        ids[kind].append(identifier)
    shown = [row for kind, own in ids.items() if kind in _READERS for row in _READERS[kind](own, scope)]
    return tuple(sorted(shown, key=lambda row: (row.name == ELSEWHERE, row.name)))


def shown_row(key: str, scope: Scope) -> ShownRow | None:
    """One row that a note points at, or None when it is gone."""
    return next(iter(shown_rows([key], scope)), None) if key else None


def _people(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = Resident.objects.within(scope).filter(pk__in=ids).defer("nik")
    rows = [
        ShownRow(
            f"warga:{person.pk}",
            person.name,
            f"lahir {short_date_text(person.birth_date)}",
            reverse("profiles:resident_detail", args=[person.pk]),
        )
        for person in found
    ]
    known = {row.key for row in rows}
    return rows + [ShownRow(f"warga:{pk}", ELSEWHERE) for pk in ids if f"warga:{pk}" not in known]


def _households(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = Household.objects.within(scope).filter(pk__in=ids).defer("no_kk")
    return [
        ShownRow(
            f"keluarga:{home.pk}",
            f"Keluarga {home.head_name}",
            f"RT {home.rt}" if home.rt else "",
            reverse("profiles:household_detail", args=[home.pk]),
        )
        for home in found
    ]


def _days(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = OpenDay.objects.within(scope).filter(pk__in=ids)
    return [
        ShownRow(
            f"hari_buka:{day.pk}",
            f"Hari buka {short_date_text(day.date)}",
            day.get_state_display(),
            reverse("open_days:day_detail", args=[day.pk]),
        )
        for day in found
    ]


def _visits(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = HomeVisit.objects.within(scope).filter(pk__in=ids).select_related("household", "resident")
    found = found.defer("household__no_kk", "resident__nik")
    return [
        ShownRow(
            f"kunjungan:{visit.pk}",
            f"Keluarga {visit.household.head_name}" if visit.household_id else str(visit.resident.name),
            f"{short_date_text(visit.date)} · {visit.get_outcome_display()}",
            reverse("home_visits:visit_detail", args=[visit.pk]),
        )
        for visit in found
    ]


def _arrivals(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = Attendance.objects.within(scope).filter(pk__in=ids).select_related("resident", "encounter__open_day")
    return [
        ShownRow(
            f"kehadiran:{row.pk}",
            "Tamu dari posyandu lain" if row.is_guest else row.resident.name,
            short_date_text(row.encounter.date),
            reverse("open_days:day_detail", args=[row.encounter.open_day.pk]),
        )
        for row in found.defer("resident__nik")
    ]


def _records(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = Record.objects.within(scope).filter(pk__in=ids).select_related("resident", "household", "asset")
    return [_record(row) for row in found.select_related("encounter").defer("resident__nik", "household__no_kk")]


def _record(row: Record) -> ShownRow:
    title = registry.form(row.form).title
    day = short_date_text(row.encounter.date)
    if row.resident_id:
        url = reverse("profiles:resident_detail", args=[row.resident_id])
        return ShownRow(f"isian:{row.pk}", row.resident.name, f"{title} · {day}", url)
    if row.household_id:
        url = reverse("profiles:household_detail", args=[row.household_id])
        return ShownRow(f"isian:{row.pk}", f"Keluarga {row.household.head_name}", f"{title} · {day}", url)
    return ShownRow(f"isian:{row.pk}", row.asset.name if row.asset_id else title, f"{title} · {day}")


def _needs(ids: list[str], scope: Scope) -> list[ShownRow]:
    """Who had a visit coming, without the reason; a sensitive one names nobody, here as elsewhere."""
    found = Need.objects.within(scope).filter(pk__in=ids).select_related("household", "resident")
    needs = list(found.defer("household__no_kk", "resident__nik"))
    here = Resident.objects.within(scope).filter(pk__in=[need.resident_id for need in needs if need.resident_id])
    known = set(here.values_list("pk", flat=True))
    return [_need(need, known) for need in needs]


def _need(need: Need, known: set[UUID]) -> ShownRow:
    key, due = f"keperluan:{need.pk}", f"jatuh tempo {short_date_text(need.due_on)}"
    if need.kind.lower() in _SENSITIVE_REASONS:
        return ShownRow(key, HIDDEN_WORDS)
    if need.resident_id and need.resident_id not in known:
        return ShownRow(key, ELSEWHERE, due)
    if need.resident_id:
        return ShownRow(key, need.resident.name, due, reverse("profiles:resident_detail", args=[need.resident_id]))
    address = reverse("profiles:household_detail", args=[need.household_id])
    return ShownRow(key, f"Keluarga {need.household.head_name}", due, address)


def _workers(ids: list[str], scope: Scope) -> list[ShownRow]:
    found = Assignment.objects.within(scope).filter(user_id__in=ids).select_related("user").order_by("from_date")
    roles = {each.user_id: (each.user.name, each.get_role_display()) for each in found}
    return [ShownRow(f"petugas:{pk}", name, role) for pk, (name, role) in roles.items()]


_READERS: dict[str, Callable[[list[str], Scope], list[ShownRow]]] = {
    "warga": _people,
    "keluarga": _households,
    "hari_buka": _days,
    "kunjungan": _visits,
    "kehadiran": _arrivals,
    "isian": _records,
    "keperluan": _needs,
    "petugas": _workers,
}
