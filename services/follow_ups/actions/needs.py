"""The one writer of needs: by rule, by hand, by visits."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from services.areas.scope import Scope
from services.areas.settings import VISIT_DAYS, value_of
from services.audit.actions import Verb, note
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..models import Need, NeedEvent
from ..queries.facts import Facts, facts_at, scope_at
from ..rules import KINDS, RULE_VERSION, Change, Known, Opening, Plan, decide

What = NeedEvent.What


@dataclass(frozen=True)
class Changes:
    """How many needs one computation opened and closed."""

    opened: int = 0
    closed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.opened + other.opened, self.closed + other.closed)

    @property
    def words(self) -> str:
        """ "3 kunjungan baru, 2 selesai"; "" when nothing changed."""
        parts = ((self.opened, "kunjungan baru"), (self.closed, "tidak perlu lagi"))
        return ", ".join(f"{count} {label}" for count, label in parts if count)


def refresh_needs(*, posyandu: Posyandu, by=None, on: date | None = None) -> Changes:
    """Open and close what the rules say of one posyandu on a day (default: today there). Twice is as good as once.

    Nine queries whatever the size. Two computations at once: the second sees what the first opened and starts again.
    """
    for last in (False, True):
        try:
            with transaction.atomic():
                return _refresh(posyandu, by, on)
        except IntegrityError:
            if last:
                raise
    raise AssertionError


def _refresh(posyandu: Posyandu, by, on: date | None) -> Changes:
    facts = facts_at(posyandu, on=on)
    if facts is None:
        return Changes()
    plan = decide(facts.post, facts.people, facts.houses, facts.known)
    day = facts.post.on
    events = _open(plan.openings, posyandu, day, by) + _close(plan, facts, posyandu, by)
    if events:
        NeedEvent.objects.bulk_create(events)
    return Changes(len(plan.openings), len(plan.closings))


def _open(openings: list[Opening], posyandu: Posyandu, day: date, by) -> list[NeedEvent]:
    needs = [_need(opening, posyandu, day) for opening in openings]
    if needs:
        Need.objects.bulk_create(needs)
    return [NeedEvent(need=need, what=What.OPENED, on=day, note=need.words, author=by) for need in needs]


def _need(opening: Opening, posyandu: Posyandu, day: date) -> Need:
    kind = KINDS[opening.kind]
    return Need(
        posyandu=posyandu,
        household_id=opening.household_id,
        resident_id=opening.resident_id,
        kind=kind.code,
        field=kind.field,
        priority=kind.priority,
        words=opening.words[:160],
        stage=opening.stage,
        since=opening.since,
        opened_on=day,
        due_on=opening.due_on,
        rule_version=RULE_VERSION,
    )


CHANGED = ["state", "closed_on", "closed_as", "words", "household", "due_on"]


def _close(plan: Plan, facts: Facts, posyandu: Posyandu, by) -> list[NeedEvent]:
    """Close what ended and correct what changed, in one query."""
    day, ended, corrected = facts.post.on, dict(plan.closings), {change.id: change for change in plan.changes}
    rows = [_changed(need, ended.get(need.id, ""), corrected.get(need.id, need), day)
            for need in facts.known if need.id in ended or need.id in corrected]  # fmt: skip
    if rows:
        Need.objects.within(scope_at(posyandu)).bulk_update(rows, CHANGED)
    return [NeedEvent(need_id=pk, what=What.CLOSED, on=day, note=reason, author=by) for pk, reason in ended.items()]


def _changed(need: Known, reason: str, to: Known | Change, day: date) -> Need:
    closed = {"state": Need.State.CLOSED, "closed_on": day, "closed_as": reason} if reason else {"state": need.state}
    return Need(pk=need.id, words=to.words[:160], household_id=to.household_id, due_on=to.due_on, **closed)


@transaction.atomic
def open_need(
    *,
    posyandu: Posyandu,
    kind: str,
    words: str,
    on: date,
    by,
    household=None,
    resident=None,
    due_on: date | None = None,
    assigned_to=None,
) -> Need:
    """Open a need by hand (a ticket to verify: SOSEK). One that is open already is given back unchanged.

    `due_on` defaults to the district's days for this kind. Raises Refusal when nobody is named.
    """
    if household is None and resident is None:
        raise Refusal("Pilih keluarga atau orang yang dikunjungi.", status=422)
    about = {"resident": resident} if resident else {"household": household, "resident": None}
    found = Need.objects.within(scope_at(posyandu)).filter(kind=kind, closed_on__isnull=True, **about).first()
    if found:
        return found
    days = VISIT_DAYS[kind]
    opening = Opening(
        kind=kind,
        resident_id=getattr(resident, "pk", None),
        household_id=getattr(household, "pk", None),
        since=on,
        words=words,
        due_on=due_on or date.fromordinal(on.toordinal() + value_of(days, posyandu.area_id, on)),
    )
    need = _need(opening, posyandu, on)
    need.assigned_to = assigned_to
    need.save(force_insert=True)
    remember(need=need, what=What.OPENED, on=on, by=by, words=words)
    note(by=by, verb=Verb.CREATE, on=need, place=posyandu.path)
    return need


@transaction.atomic
def close_need(*, need: Need, closed_as: str, on: date, by, encounter=None) -> None:
    """Say that a need is done, and as what. One that is closed already stays as it is."""
    held = hold(need=need)
    if held.closed_on is not None:
        return
    held.state, held.closed_on, held.closed_as = Need.State.CLOSED, max(on, held.opened_on), closed_as
    held.save(update_fields=["state", "closed_on", "closed_as"])
    remember(need=held, what=What.CLOSED, on=held.closed_on, by=by, words=closed_as, encounter=encounter)


@transaction.atomic
def assign_needs(*, needs, to, on: date, by) -> int:
    """Hand needs over to a kader (None: to nobody in particular); how many changed hands."""
    moved = [need for need in needs if need.assigned_to_id != getattr(to, "pk", None) and need.closed_on is None]
    if not moved:
        return 0
    rows = Need.objects.within(_scope_of(moved)).filter(pk__in=[need.pk for need in moved])
    rows.update(assigned_to=to)
    NeedEvent.objects.bulk_create(
        NeedEvent(need=need, what=What.ASSIGNED, on=on, note=str(to or "siapa saja")[:160], author=by) for need in moved
    )
    note(by=by, verb=Verb.UPDATE, on=Need, place=moved[0].posyandu.path, changed=("assigned_to",), jumlah=len(moved))
    return len(moved)


@transaction.atomic
def hand_to_village(*, need: Need, on: date, by, encounter=None) -> None:
    """Several visits met nobody: the desa or kelurahan looks into it."""
    need.state = Need.State.HANDED
    need.save(update_fields=["state"])
    remember(need=need, what=What.HANDED, on=on, by=by, encounter=encounter)


@transaction.atomic
def answer_handed(*, need: Need, result: str, words: str, on: date, by) -> None:
    """The desa or kelurahan says what it found: done, or back to the posyandu. Raises Refusal for any other need."""
    held = hold(need=need)
    if held.state != Need.State.HANDED:
        raise Refusal("Keperluan ini sudah tidak menunggu desa/kelurahan. Muat ulang daftarnya.")
    if result == "kembali":
        held.state, held.attempts, held.planned_on = Need.State.OPEN, 0, None
        held.save(update_fields=["state", "attempts", "planned_on"])
        remember(need=held, what=What.RETURNED, on=on, by=by, words=words)
        return
    close_need(need=held, closed_as="pindah" if result == "pindah" else "ditangani_desa", on=on, by=by)
    note(by=by, verb=Verb.UPDATE, on=held, place=held.posyandu.path, changed=("state",))


def hold(*, need: Need) -> Need:
    """The need under a row lock."""
    return (
        Need.objects.within(_scope_of([need]))
        .select_for_update(of=("self",))
        .select_related("posyandu")
        .get(pk=need.pk)
    )


def remember(*, need: Need, what: str, on: date, by, words: str = "", encounter=None) -> NeedEvent:
    """One step of a need's history."""
    days = max(0, (on - need.opened_on).days)
    return NeedEvent.objects.create(
        need=need, what=what, on=on, days=days, note=words[:160], encounter=encounter, author=by
    )


def _scope_of(needs: list[Need]):
    return Scope(user_id=None, posyandu=frozenset(need.posyandu_id for need in needs))
