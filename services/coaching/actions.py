from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from django.db import transaction

from services.areas.models import Area
from services.audit.actions import Verb, note
from services.files.actions import keep_photo
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from .models import (
    ActionPoint,
    CoachingVisit,
    Decision,
    Meeting,
    PlanItem,
    RecheckGrant,
    Sample,
    SampledRecord,
)
from .queries import sampled_ids
from .rules import draw


@transaction.atomic
def add_visit(*, posyandu: Posyandu, by, points: Iterable[Mapping] = (), photo=None, **values) -> CoachingVisit:
    """Keep a visit with what was agreed on. Raises BadImage."""
    kept = keep_photo(upload=photo, posyandu=posyandu, by=by) if photo else None
    visit = CoachingVisit(posyandu=posyandu, visited_by=by, photo=kept, **values)
    visit.save(force_insert=True)
    ActionPoint.objects.bulk_create(ActionPoint(visit=visit, **point) for point in points)
    note(by=by, verb=Verb.CREATE, on=visit, place=posyandu.path)
    return visit


@transaction.atomic
def close_point(*, point: ActionPoint, on: date, remark: str, by) -> None:
    """What was agreed on is done."""
    point.done_on, point.done_note = on, remark
    point.save(update_fields=["done_on", "done_note"])
    note(by=by, verb=Verb.UPDATE, on=point, place=point.visit.posyandu.path, changed=("done_on",))


@transaction.atomic
def draw_sample(*, posyandu: Posyandu, month: date, by) -> Sample:
    """Draw a month's sample with a new seed, once. Raises Refusal where there is one, or nothing to draw from."""
    if posyandu.samples.filter(month=month).exists():
        raise Refusal("Sampel bulan ini sudah diambil. Buka sampel itu; tidak diambil ulang.", status=422)
    candidates = sampled_ids(posyandu, month)
    if not candidates:
        raise Refusal("Belum ada isian di bulan itu yang dapat diperiksa ulang.", status=422)
    sample = Sample(posyandu=posyandu, month=month, seed=uuid4().hex, candidates=len(candidates), drawn_by=by)
    sample.save(force_insert=True)
    drawn = draw(candidates, sample.seed)
    SampledRecord.objects.bulk_create(SampledRecord(sample=sample, record_id=record) for record in drawn)
    note(by=by, verb=Verb.CREATE, on=sample, place=posyandu.path, bulan=f"{month:%Y-%m}", jumlah=len(drawn))
    return sample


@transaction.atomic
def check_record(*, item: SampledRecord, outcome: str, remark: str, on: date, by) -> None:
    """What was found when a sampled record was looked at again."""
    item.outcome, item.note, item.checked_by, item.checked_on = outcome, remark, by, on
    item.save(update_fields=["outcome", "note", "checked_by", "checked_on"])
    note(by=by, verb=Verb.UPDATE, on=item, place=item.sample.posyandu.path, changed=("outcome",))


@transaction.atomic
def give_grant(*, posyandu: Posyandu, user, reason: str, until: date, by) -> RecheckGrant:
    """Let somebody re-check one posyandu's sample until a day; it is in the audit log with its reason."""
    grant = RecheckGrant(posyandu=posyandu, user=user, reason=reason, until=until, granted_by=by)
    grant.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=grant, place=posyandu.path, reason=reason, sampai=until.isoformat())
    return grant


@transaction.atomic
def call_meeting(*, area: Area, by, **values) -> Meeting:
    """Call a coordination meeting of an area's Tim Pembina."""
    meeting = Meeting(area=area, called_by=by, **values)
    meeting.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=meeting, place=area.pk)
    return meeting


@transaction.atomic
def add_decision(*, meeting: Meeting, by, **values) -> Decision:
    """Write down what a meeting decided and who answers for it."""
    decision = Decision(meeting=meeting, **values)
    decision.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=decision, place=meeting.area_id)
    return decision


@transaction.atomic
def change_decision(*, decision: Decision, by, **values) -> None:
    """What was written down of an open decision is put right; its history keeps what stood there."""
    _change(decision, values)
    note(by=by, verb=Verb.UPDATE, on=decision, place=decision.meeting.area_id, changed=tuple(values))


@transaction.atomic
def close_decision(*, decision: Decision, on: date, by) -> None:
    """What was decided is done."""
    decision.done_on = on
    decision.save(update_fields=["done_on"])
    note(by=by, verb=Verb.UPDATE, on=decision, place=decision.meeting.area_id, changed=("done_on",))


@transaction.atomic
def change_plan_item(*, item: PlanItem, by, **values) -> None:
    """A line of a plan is put right."""
    _change(item, values)
    note(by=by, verb=Verb.UPDATE, on=item, place=item.area_id, changed=tuple(values))


def _change(row, values: Mapping) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


@transaction.atomic
def add_plan_item(*, area: Area, by, **values) -> PlanItem:
    """One more line of an area's plan of a year."""
    item = PlanItem(area=area, added_by=by, **values)
    item.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=item, place=area.pk)
    return item
