"""Correcting group activities: each is a record of its own, found by its id."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from services.audit.actions import Verb, note
from services.fields import registry
from services.fields.spec import Shape
from services.posyandu.actions import hold_month_open
from services.web.refusals import Refusal

from ..models import Record
from ..rules import fewer_than_named, heads, merge_answers
from .participants import came_by_name
from .saving import Clashed, Saved, write_answers


@transaction.atomic
def change_activity(
    *, record: Record, answers: Mapping[str, Any], asked: Iterable[str], base: Mapping[str, Any], by
) -> Saved:
    """Correct what was written of an activity, merged per question under a row lock.

    Raises MonthLocked and Clashed (409), and Refusal (422) for fewer participants than are named; nothing is written
    then.
    """
    hold_month_open(posyandu_id=record.encounter.posyandu_id, day=record.encounter.date)
    current = record.encounter.records.select_for_update().get(pk=record.pk, shape=Shape.ACTIVITY.value)
    merged = merge_answers(current.answers, base, answers, tuple(asked))
    if merged.clashes:
        raise Clashed(merged.clashes, current)
    _check_named(current, merged.answers)
    if merged.changed:
        write_answers(record=current, answers=merged.answers, changed=merged.changed, by=by)
        place = record.encounter.posyandu.path
        note(by=by, verb=Verb.UPDATE, on=current, place=place, changed=merged.changed, form=current.form)
    return Saved(current, merged.changed, None)


@transaction.atomic
def cancel_activity(*, record: Record, reason: str, by) -> None:
    """An activity was written twice, or never was: it is counted no more. Who took it away and why is remembered, and
    what it said stays in the record's history. Raises MonthLocked.
    """
    hold_month_open(posyandu_id=record.encounter.posyandu_id, day=record.encounter.date)
    note(by=by, verb=Verb.DELETE, on=record, place=record.encounter.posyandu.path, reason=reason, form=record.form)
    record.encounter.records.filter(pk=record.pk, shape=Shape.ACTIVITY.value).delete()


def _check_named(record: Record, answers: Mapping[str, Any]) -> None:
    spec = registry.form(record.form)
    if spec.names_participants is None:
        return
    named = heads(came_by_name(record))
    if fewer_than_named(spec, answers, named):
        said = f"Di daftar nama sudah ada {named['l']} laki-laki dan {named['p']} perempuan, jadi tidak boleh kurang. "
        raise Refusal(f"{said}Hapus dulu nama yang keliru.", status=422, field=spec.counted.key)
