"""Whom to visit, in which order, and in which words: a line per household (lessons 4, flows 13 to 16). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.residents.rules import GROUP_LABELS, group_of

from .kinds import HIDDEN_WORDS, KINDS

STAGE_WORDS = {
    "bayi": "bayi",
    "balita": "balita",
    "apras": "anak prasekolah",
    "bumil": "ibu hamil",
    "nifas": "ibu nifas",
    "menyusui": "ibu menyusui",
    "usekrem": "anak sekolah/remaja",
    "dewasa": "dewasa",
    "lansia": "lansia",
}


@dataclass(frozen=True)
class Task:
    """One open need as lists show it. `priority` 0 comes first; `is_hidden` says kind and words may not be shown."""

    id: UUID | None
    kind: str
    words: str
    due_on: date
    is_planned: bool
    priority: int
    household_id: UUID | None
    resident_id: UUID | None
    resident_name: str
    household_name: str
    stage: str = ""
    rt: str = ""
    rw: str = ""
    dusun: str = ""
    field: str = "kesehatan"
    assigned_id: int | None = None
    assigned_name: str = ""
    attempts: int = 0
    is_hidden: bool = False

    @property
    def shown(self) -> str:
        """The reason in words, as this reader may see it."""
        if self.is_hidden:
            return HIDDEN_WORDS
        tried = f" ({self.attempts} kali tidak bertemu)" if self.attempts else ""
        return (f"Dikunjungi lagi: {self.words}" if self.is_planned else self.words) + tried

    @property
    def shown_kind(self) -> str:
        return "" if self.is_hidden else self.kind


@dataclass(frozen=True)
class DueHousehold:
    """One line of the visit list: a house with its reasons in words."""

    household_id: UUID | None
    resident_id: UUID | None
    need_id: UUID | None
    name: str
    address: str
    words: str
    reason: str
    due_on: date
    is_late: bool
    is_waiting: bool = False
    rw: str = ""
    assigned_name: str = ""
    count: int = 1


def grouped(tasks: Iterable[Task], on: date) -> list[DueHousehold]:
    """A line per household: overdue first, then by priority; those that wait for their date come last."""
    houses: dict[UUID | None, list[Task]] = {}
    for task in tasks:
        houses.setdefault(task.household_id or task.resident_id, []).append(task)
    lines = [(_line(sorted(own, key=_order), on), min(_order(task) for task in own)) for own in houses.values()]
    lines.sort(key=lambda pair: (not pair[0].is_late, pair[0].is_waiting, *pair[1], pair[0].name))
    return [line for line, _ in lines]


def _order(task: Task) -> tuple[int, date]:
    return task.priority, task.due_on


def _line(tasks: list[Task], on: date) -> DueHousehold:
    chief = tasks[0]
    people = {task.resident_id for task in tasks if task.resident_id}
    alone = len(people) == 1 and chief.resident_id is not None
    due_on = min(task.due_on for task in tasks)
    names = dict.fromkeys(task.assigned_name for task in tasks if task.assigned_name)
    return DueHousehold(
        household_id=chief.household_id,
        resident_id=chief.resident_id if alone else None,
        need_id=chief.id,
        name=chief.resident_name if alone else chief.household_name or chief.resident_name,
        address=f"RT {chief.rt}" if chief.rt else chief.dusun,
        words=reasons_in_words(tasks),
        reason=chief.shown_kind,
        due_on=due_on,
        is_late=due_on < on,
        is_waiting=due_on > on and all(task.is_planned for task in tasks),
        rw=chief.rw,
        assigned_name=", ".join(names),
        count=len(tasks),
    )


def reasons_in_words(tasks: Iterable[Task]) -> str:
    """ "Balita dan ibu hamil, 2 kali tidak hadir · BB tidak naik 2 bulan": each reason once, whom it concerns first."""
    concerned: dict[str, list[str]] = {}
    for task in tasks:
        stages = concerned.setdefault(task.shown, [])
        word = "" if task.is_hidden else STAGE_WORDS.get(task.stage, "")
        if word and word not in stages:
            stages.append(word)
    parts, named = [], ""
    for words, stages in concerned.items():
        who = _joined(stages)
        parts.append(f"{who}, {words}" if who and who != named else words)
        named = who or named
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _joined(words: list[str]) -> str:
    return " dan ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def left_in_words(count: int) -> str:
    """What is said after a visit (lessons 4)."""
    return f"Masih ada {count} hal di rumah ini" if count else "Tidak ada lagi yang menunggu di rumah ini"


def group_label(stage: str) -> str:
    """The group of the report a stage is counted in, as people read it."""
    return GROUP_LABELS.get(group_of(stage), "")


def kind_label(code: str) -> str:
    return KINDS[code].label if code in KINDS else HIDDEN_WORDS
