"""Who came to an activity by name. Its numbers follow the list (`rules.follow_names`), under the lock of its record."""

from collections.abc import Iterable

from django.db import transaction

from services.audit.actions import Verb, note
from services.fields import registry
from services.fields.spec import Shape
from services.posyandu.actions import hold_month_open
from services.residents.actions import change_resident
from services.residents.models import Residency, Resident
from services.web.refusals import Refusal

from ..models import Participant, Record
from ..rules import Came, follow_names
from .saving import write_answers


def came_by_name(record: Record) -> tuple[Came, ...]:
    """The participants of a record as its figures need them."""
    rows = record.participants.values_list("resident__sex", "sex", "groups")
    return tuple(Came(known or typed, tuple(groups)) for known, typed, groups in rows)


@transaction.atomic
def add_participant(
    *,
    record: Record,
    by,
    resident: Resident | None = None,
    home: Residency | None = None,
    name: str = "",
    sex: str = "",
    phone: str = "",
    groups: Iterable[str] = (),
) -> Participant:
    """Name somebody who came: a resident, or a person from elsewhere with what was typed of her.

    `home` is where a resident lives in the writer's sight; a phone her file lacks goes there. Raises MonthLocked, and
    Refusal (409) for a resident who is named already.
    """
    current, before = _held(record), came_by_name(record)
    own: dict = {"name": name.strip(), "sex": sex, "phone": phone}
    if resident is not None:
        if current.participants.filter(resident=resident).exists():
            raise Refusal(f"{resident.name} sudah ada di daftar peserta.")
        _keep_phone(home, phone, by)
        own = {"resident": resident}
    participant = Participant.objects.create(record=current, groups=list(groups), added_by=by, **own)
    _follow(current, before, by)
    note(by=by, verb=Verb.CREATE, on=participant, place=record.encounter.posyandu.path, form=record.form)
    return participant


@transaction.atomic
def change_participant(
    *, participant: Participant, by, home: Residency | None = None, groups: Iterable[str] = (), **typed
) -> Participant:
    """Correct what was written of a participant; of a resident only her groups, and a phone her file lacks.

    Raises MonthLocked.
    """
    record = participant.record
    current, before = _held(record), came_by_name(record)
    if participant.resident_id:
        _keep_phone(home, typed.get("phone", ""), by)
        typed = {}
    new = {**typed, "groups": list(groups)}
    changed = [name for name, value in new.items() if getattr(participant, name) != value]
    if changed:
        for name in changed:
            setattr(participant, name, new[name])
        participant.save(update_fields=changed)
        _follow(current, before, by)
        place = record.encounter.posyandu.path
        note(by=by, verb=Verb.UPDATE, on=participant, place=place, changed=tuple(changed), form=record.form)
    return participant


@transaction.atomic
def remove_participant(*, participant: Participant, by) -> None:
    """She was named by mistake. Raises MonthLocked."""
    record = participant.record
    current, before = _held(record), came_by_name(record)
    note(by=by, verb=Verb.DELETE, on=participant, place=record.encounter.posyandu.path, form=record.form)
    current.participants.filter(pk=participant.pk).delete()
    _follow(current, before, by)


def _held(record: Record) -> Record:
    """The record under its row lock, in an open month."""
    hold_month_open(posyandu_id=record.encounter.posyandu_id, day=record.encounter.date)
    return record.encounter.records.select_for_update().get(pk=record.pk, shape=Shape.ACTIVITY.value)


def _keep_phone(home: Residency | None, phone: str, by) -> None:
    if home is not None and phone and not home.resident.phone:
        change_resident(residency=home, by=by, phone=phone)


def _follow(record: Record, before: tuple[Came, ...], by) -> None:
    spec = registry.form(record.form)
    answers = follow_names(spec, record.answers, before, came_by_name(record))
    keys = {*answers, *record.answers}
    changed = tuple(sorted(key for key in keys if answers.get(key) != record.answers.get(key)))
    if changed:
        write_answers(record=record, answers=answers, changed=changed, by=by)
