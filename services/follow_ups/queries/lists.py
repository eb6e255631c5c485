"""Open needs as lists show them, and the history of one."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from services.accounts.models import Assignment, User
from services.areas.scope import Scope
from services.posyandu.models import Posyandu
from services.residents.models import Resident
from services.web.rules import date_text

from ..models import Need, NeedEvent, ReferralEvent
from ..rules import CLOSED_AS, HIDDEN_WORDS, KINDS, DueHousehold, Task, grouped

STORY_AT_MOST = 24
TELLING = (NeedEvent.What.OPENED, NeedEvent.What.REFERRED, NeedEvent.What.CLOSED)  # their notes give a reason away


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; "" is everything. `kader` is an account's id, or "tanpa" for nobody's; `until` is the
    last day, as 2026-10-31, by which a visit was to be made."""

    dusun: str = ""
    rw: str = ""
    rt: str = ""
    field: str = ""
    kader: str = ""
    until: str = ""

    @property
    def is_set(self) -> bool:
        return any(astuple(self))


@dataclass(frozen=True)
class Reader:
    """Who reads: her scope, and whether she may see sensitive reasons (design 4). On paper nobody may."""

    scope: Scope
    sees_sensitive: bool = False
    on_paper: bool = False

    def hides(self, need: Need) -> bool:
        if not KINDS[need.kind].is_sensitive:
            return False
        return self.on_paper or not (self.sees_sensitive or need.assigned_to_id == self.scope.user_id)


@dataclass(frozen=True)
class DueList:
    """The visit list, with what it can be narrowed to."""

    lines: list[DueHousehold]
    tasks: int
    late: int
    choices: dict[str, list[tuple[str, str]]]


def open_needs(scope: Scope) -> QuerySet[Need]:
    """Needs that wait for a visit of the posyandu; those handed to the desa wait there."""
    return (
        Need.objects.within(scope)
        .filter(closed_on__isnull=True, state=Need.State.OPEN)
        .select_related("resident", "household", "assigned_to")
        .defer("resident__nik", "household__no_kk")
        .annotate(due=Coalesce(F("planned_on"), F("due_on")))
    )


def task_of(need: Need, reader: Reader) -> Task:
    """A need as lists show it. The row carries resident, household and assignee."""
    home, person = need.household, need.resident
    return Task(
        id=need.pk,
        kind=need.kind,
        words=need.words,
        due_on=need.planned_on or need.due_on,
        is_planned=need.planned_on is not None,
        priority=need.priority,
        household_id=need.household_id,
        resident_id=need.resident_id,
        resident_name=person.name if person else "",
        household_name=str(home) if home else "",
        stage=need.stage,
        rt=home.rt if home else "",
        rw=home.rw if home else "",
        dusun=home.dusun if home else "",
        field=need.field,
        assigned_id=need.assigned_to_id,
        assigned_name=need.assigned_to.name if need.assigned_to else "",
        attempts=need.attempts,
        is_hidden=reader.hides(need),
    )


def due_households(reader: Reader, on: date) -> list[DueHousehold]:
    """A line per household that somebody should visit: one query."""
    return grouped([task_of(need, reader) for need in open_needs(reader.scope)], on)


def due_list(reader: Reader, on: date, filters: Filters = Filters()) -> DueList:
    """The visit list and its filters, in one query; the open needs of a posyandu are few, its past ones many."""
    tasks = [task_of(need, reader) for need in open_needs(reader.scope)]
    chosen = [task for task in tasks if _fits(task, filters)]
    lines = grouped(chosen, on)
    return DueList(lines, len(chosen), sum(1 for line in lines if line.is_late), _choices(tasks, filters))


def _fits(task: Task, filters: Filters) -> bool:
    wanted = {"dusun": task.dusun, "rw": task.rw, "rt": task.rt}
    if any(getattr(filters, name) and getattr(filters, name) != value for name, value in wanted.items()):
        return False
    if filters.field and filters.field != task.field:
        return False
    if filters.until and task.due_on.isoformat() > filters.until:
        return False
    if not filters.kader:
        return True
    return task.assigned_id is None if filters.kader == "tanpa" else str(task.assigned_id) == filters.kader


def _choices(tasks: list[Task], filters: Filters) -> dict[str, list[tuple[str, str]]]:
    """What occurs in the list, for narrowing it; a last day only where one was asked."""
    until = [(filters.until, f"Sampai {date_text(date.fromisoformat(filters.until))}")] if filters.until else []
    kader = {(str(task.assigned_id), task.assigned_name) for task in tasks if task.assigned_id}
    return {
        "dusun": sorted({(task.dusun, task.dusun) for task in tasks if task.dusun}),
        "rw": sorted({(task.rw, f"RW {task.rw}") for task in tasks if task.rw}),
        "rt": sorted({(task.rt, f"RT {task.rt}") for task in tasks if task.rt}),
        "field": sorted({(task.field, task.field.replace("_", " ").capitalize()) for task in tasks if task.field}),
        "kader": [*sorted(kader, key=lambda pair: pair[1]), *([("tanpa", "Belum ada")] if kader else [])],
        "until": until,
    }


def tasks_at(household_id: UUID, reader: Reader) -> list[Task]:
    """What waits at one house, the most urgent first: one query."""
    needs = open_needs(reader.scope).filter(household=household_id).order_by("priority", "due")
    return [task_of(need, reader) for need in needs]


@dataclass(frozen=True)
class Step:
    """One line of a need's history."""

    on: date
    what: str
    note: str
    author: str


def history_of(need: Need, *, is_hidden: bool) -> list[Step]:
    """What happened to a need, oldest first: one query."""
    steps = []
    for event in need.events.select_related("author").order_by("at"):
        words = CLOSED_AS.get(event.note, event.note) if event.what == NeedEvent.What.CLOSED else event.note
        hidden = is_hidden and event.what in TELLING
        steps.append(Step(event.on, event.get_what_display(), "" if hidden else words, str(event.author or "aturan")))
    return steps


def story_of(resident: Resident, scope: Scope) -> list[tuple[date, str, str]]:
    """Needs and referrals of a person as (day, what, note), for her page, sensitive reasons hidden: two queries."""
    events = NeedEvent.objects.within(scope).filter(need__resident=resident)
    events = events.exclude(what__in=NeedEvent.VISITS)  # told by the visits themselves
    lines = [
        (event.on, f"Keperluan kunjungan: {event.get_what_display().lower()}", _note_of(event))
        for event in events.select_related("need").order_by("-at")[:STORY_AT_MOST]
    ]
    steps = ReferralEvent.objects.within(scope).filter(referral__resident=resident).select_related("referral__facility")
    for step in steps.order_by("-at")[:STORY_AT_MOST]:
        told = " (kabar lisan)" if step.is_verbal else ""
        note = step.note or step.referral.destination
        lines.append((step.on, f"Rujukan: {step.get_state_display().lower()}{told}", note))
    return lines


def _note_of(event: NeedEvent) -> str:
    if KINDS[event.need.kind].is_sensitive:
        return HIDDEN_WORDS
    return CLOSED_AS.get(event.note, event.note)


def kader_at(posyandu_ids: Iterable[UUID], scope: Scope, on: date) -> QuerySet[User]:
    """Who works at these posts on a day and may be asked to visit."""
    at_work = Assignment.objects.within(scope).filter(Assignment.on_day(on), posyandu__in=list(posyandu_ids))
    return User.objects.within(scope).filter(pk__in=at_work.values("user_id"), is_active=True).order_by("name")


def needs_handed(scope: Scope) -> list[Need]:
    """Needs that wait for the desa or kelurahan: one query."""
    rows = Need.objects.within(scope).filter(state=Need.State.HANDED)
    rows = rows.select_related("resident", "household", "posyandu").defer("resident__nik", "household__no_kk")
    return list(rows.order_by("posyandu__name", "opened_on"))


def posts_in(scope: Scope) -> list[Posyandu]:
    """The posts of the scope, by name: one query."""
    return list(Posyandu.objects.within(scope).select_related("facility").order_by("name"))
