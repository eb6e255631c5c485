"""Who is due, in which order, and in which words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Need:
    """One reason to visit one house. `household` and `resident` are rows; a smaller `priority` comes first."""

    household: Any
    resident: Any
    reason: str
    words: str
    due_on: date
    priority: int


@dataclass(frozen=True)
class DueHousehold:
    """One line of the visit list: a house with its reasons in words."""

    household_id: UUID
    resident_id: UUID | None
    name: str
    address: str
    words: str
    reason: str
    due_on: date
    is_late: bool


def absent_in_a_row(came: Iterable[bool]) -> int:
    """How many of the newest open days in a row were missed; `came` is newest first."""
    missed = 0
    for present in came:
        if present:
            break
        missed += 1
    return missed


def grouped(needs: Iterable[Need], on: date) -> list[DueHousehold]:
    """A line per household, overdue first, then by priority; families are absent together (flows 16)."""
    houses: dict[UUID, list[Need]] = {}
    for need in needs:
        houses.setdefault(need.household.pk, []).append(need)
    lines = [_line(sorted(own, key=_order), on) for own in houses.values()]
    first = {pk: min(_order(need) for need in own) for pk, own in houses.items()}
    return sorted(lines, key=lambda line: (not line.is_late, *first[line.household_id], line.name))


def _order(need: Need) -> tuple[int, date]:
    return need.priority, need.due_on


def _line(needs: list[Need], on: date) -> DueHousehold:
    chief = needs[0]
    people = {need.resident.pk for need in needs if need.resident}
    alone = chief.resident if len(people) == 1 else None
    due_on = min(need.due_on for need in needs)
    return DueHousehold(
        household_id=chief.household.pk,
        resident_id=alone.pk if alone else None,
        name=alone.name if alone else str(chief.household),
        address=f"RT {chief.household.rt}" if chief.household.rt else chief.household.dusun,
        words=" · ".join(dict.fromkeys(need.words for need in needs)),
        reason=chief.reason,
        due_on=due_on,
        is_late=due_on < on,
    )
