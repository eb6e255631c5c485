"""The registers (names and twelve monthly ticks) for paper, and the rows of the grid that types one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from services.areas.scope import Scope
from services.fields.queries import forms_in_use
from services.fields.spec import FormSpec, Question
from services.records.models import Attendance, Encounter, Record
from services.residents.models import Residency, Resident
from services.residents.queries import Person, person, pregnancies_of, stage_rules
from services.residents.rules import group_of

from ..models import OpenDay
from .roster import expected_at, forms_of

GRID_ROWS = 25
GRID_MEASURES = ("weight_kg", "length_cm")
# The four kinds of paper (domain 3.3), each with the groups it lists.
PAPERS = (
    ("Ibu hamil, nifas, dan menyusui", {"bumil", "nifas_menyusui"}),
    ("Bayi, balita, dan prasekolah", {"balita", "apras"}),
    ("Usia sekolah dan remaja", {"usekrem"}),
    ("Usia dewasa dan lansia", {"dewasa", "lansia"}),
)


@dataclass(frozen=True)
class RegisterRow:
    """One name with its twelve cells: "✓", "–" (a month that is over, not there) or empty."""

    person: Person
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One kind of paper; `feet` are "13/15" for each month that has been."""

    title: str
    rows: tuple[RegisterRow, ...]
    feet: tuple[str, ...]


@dataclass(frozen=True)
class GridRow:
    """One line of the grid: who, which card her measures belong to, and what stands there now."""

    person: Person
    resident: Resident
    card: FormSpec | None
    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    is_present: bool


def _expected(day: OpenDay, scope: Scope):
    rules = stage_rules(day.posyandu.area_id, day.date)
    rows = expected_at(day, scope, rules).select_related("resident", "household")
    return rules, rows.order_by("resident__name_key", "pk")


def _people(day: OpenDay, rows: list[Residency], rules) -> list[Person]:
    spans = pregnancies_of([row.resident_id for row in rows])
    return [
        person(row.resident, day.date, rules, spans=spans.get(row.resident_id, ()), household=row.household)
        for row in rows
    ]


def register_of(day: OpenDay, scope: Scope) -> tuple[Register, ...]:
    """The registers of the day's year in roster order, ticked as far as the year is: five queries."""
    rules, expected = _expected(day, scope)
    people = _people(day, list(expected), rules)
    came = _months_of(day, scope, [shown.id for shown in people])
    held = {month for months in came.values() for month in months}
    return tuple(
        _register(title, [shown for shown in people if group_of(shown.stages[0]) in groups], came, held)
        for title, groups in PAPERS
    )


def _months_of(day: OpenDay, scope: Scope, ids: list[UUID]) -> dict[UUID, set[int]]:
    rows = Attendance.objects.within(scope).filter(
        encounter__posyandu=day.posyandu_id,
        encounter__kind=Encounter.Kind.OPEN_DAY,
        encounter__date__range=(date(day.date.year, 1, 1), day.date),
        state=Attendance.State.PRESENT,
        resident__in=ids,
    )
    found: dict[UUID, set[int]] = {}
    for resident_id, on in rows.values_list("resident_id", "encounter__date"):
        found.setdefault(resident_id, set()).add(on.month)
    return found


def _register(title: str, people: list[Person], came: dict[UUID, set[int]], held: set[int]) -> Register:
    def cell(shown: Person, month: int) -> str:
        return "✓" if month in came.get(shown.id, ()) else "–" if month in held else ""

    rows = tuple(RegisterRow(shown, tuple(cell(shown, month) for month in range(1, 13))) for shown in people)
    feet = tuple(
        f"{sum(row.cells[month - 1] == '✓' for row in rows)}/{len(rows)}" if month in held and rows else ""
        for month in range(1, 13)
    )
    return Register(title, rows, feet)


def grid_rows(day: OpenDay, scope: Scope, number: str | int) -> tuple[Page, list[GridRow]]:
    """One page of the grid in roster order, with what is stored of each person's card that day."""
    rules, expected = _expected(day, scope)
    chosen = Paginator(expected, GRID_ROWS).get_page(number)
    homes = list(chosen.object_list)
    enabled = forms_in_use(day.posyandu.area_id, day.date)
    stored = _stored(day, scope, [home.resident_id for home in homes])
    rows = []
    for home, shown in zip(homes, _people(day, homes, rules), strict=True):
        card = next((spec for spec in forms_of(shown, scope, enabled) if _measured(spec)), None)
        answers = stored.get((home.resident_id, card.key), {}) if card else {}
        present = home.attendance_state == Attendance.State.PRESENT
        rows.append(GridRow(shown, home.resident, card, _measured(card) if card else (), answers, present))
    return chosen, rows


def _measured(spec: FormSpec) -> tuple[Question, ...]:
    return tuple(question for question in spec.questions if question.measure in GRID_MEASURES)


def _stored(day: OpenDay, scope: Scope, ids: list[UUID]) -> dict[tuple[UUID, str], dict]:
    rows = Record.objects.within(scope).filter(encounter=day.encounter_id, resident__in=ids)
    return {(row[0], row[1]): row[2] for row in rows.values_list("resident_id", "form", "answers")}
