"""From what is known to what is opened and closed: one open need per person and kind. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.residents.rules import PRESCHOOL_MONTHS, born_after

from . import body, presence
from .facts import HouseFacts, Judgement, PersonFacts, PostFacts
from .kinds import BY_PEOPLE

RULE_VERSION = "2026-1"

JUDGES: tuple[Callable[[PersonFacts, PostFacts], Judgement | None], ...] = (
    presence.judge_absence,
    body.judge_height,
    body.judge_wasting,
    body.judge_no_gain,
    body.judge_lines,
    body.judge_pregnancy,
    body.judge_birth,
    body.judge_immunisation,
    body.judge_tbc,
    presence.judge_control,
    presence.judge_mind,
    presence.judge_elder,
    presence.judge_referral,
)
# Opened by an action of people, not by a rule.
BY_HAND = frozenset({"SOSEK"})


About = tuple[UUID | None, str]
"""A person or household, and a kind."""


@dataclass(frozen=True)
class Known:
    """A need that exists: open, or closed by people not long ago. `gone_as` says how its person left, if she did."""

    id: UUID
    kind: str
    resident_id: UUID | None
    household_id: UUID | None
    is_open: bool
    due_on: date
    words: str
    state: str = "terbuka"
    closed_on: date | None = None
    closed_as: str = ""
    gone_as: str = ""

    @property
    def about(self) -> About:
        return self.resident_id or self.household_id, self.kind


@dataclass(frozen=True)
class Opening:
    """A need to open."""

    kind: str
    resident_id: UUID | None
    household_id: UUID | None
    since: date
    words: str
    due_on: date
    stage: str = ""


@dataclass(frozen=True)
class Change:
    """An open need whose words, household or due date are no longer right."""

    id: UUID
    words: str
    household_id: UUID | None
    due_on: date


@dataclass(frozen=True)
class Plan:
    """What one computation would do."""

    openings: list[Opening] = field(default_factory=list)
    closings: list[tuple[UUID, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def handled_until(known: Iterable[Known]) -> dict[UUID, dict[str, date]]:
    """Person or household → kind → the last day people dealt with it."""
    found: dict[UUID, dict[str, date]] = {}
    for need in known:
        about, kind = need.about
        if about and need.closed_on and need.closed_as in BY_PEOPLE:
            kinds = found.setdefault(about, {})
            kinds[kind] = max(need.closed_on, kinds.get(kind, need.closed_on))
    return found


def decide(
    post: PostFacts, people: Mapping[UUID, PersonFacts], houses: Iterable[HouseFacts], known: Iterable[Known]
) -> Plan:
    """Compare what holds with what is open. Needs of who moved, died or was merged end, with that reason."""
    known = list(known)
    handled = handled_until(known)
    open_needs = {need.about: need for need in known if need.is_open}
    plan = Plan()
    seen: set[About] = set()
    held = {need.resident_id for need in open_needs.values()}
    young, old = born_after(post.on, PRESCHOOL_MONTHS), born_after(post.on, post.stage_rules.elderly_from_years * 12)
    for person in people.values():
        if not (person.id in held or person.is_known or person.birth_date > young or person.birth_date <= old):
            continue  # of no priority group, and nothing is known that could open a need
        for judgement in judgements(person, post):
            about = person.id, judgement.kind
            seen.add(about)
            _settle(plan, judgement, open_needs.get(about), handled.get(person.id, {}), person, post)
    for house in houses:
        seen.add((house.id, "RUTIN"))
        called = presence.judge_round(house, post) if "RUTIN" in post.used else None
        if called:
            _settle(plan, called, open_needs.get((house.id, "RUTIN")), handled.get(house.id, {}), house, post)
    _end_the_rest(plan, open_needs, seen, people, post)
    return plan


def judgements(person: PersonFacts, post: PostFacts) -> list[Judgement]:
    """What all rules in use say of one person."""
    said = (judge(person, post) for judge in JUDGES)
    return [judgement for judgement in said if judgement and judgement.kind in post.used]


def _settle(
    plan: Plan,
    judgement: Judgement,
    need: Known | None,
    handled: Mapping[str, date],
    subject: PersonFacts | HouseFacts,
    post: PostFacts,
) -> None:
    if not judgement.holds:
        if need:
            plan.closings.append((need.id, judgement.closed_as))
        return
    person = subject if isinstance(subject, PersonFacts) else None
    household_id = person.household_id if person else subject.id
    if need is None:
        if judgement.since > handled.get(judgement.kind, date.min):
            stage = person.stages_on(post.on, post.stage_rules)[0] if person else ""
            resident_id = person.id if person else None
            plan.openings.append(
                Opening(
                    judgement.kind, resident_id, household_id, judgement.since, judgement.words, judgement.due_on, stage
                )
            )
        return
    due_on = judgement.due_on if judgement.kind == "NIFAS_BBL" else need.due_on
    if (need.words, need.household_id, need.due_on) != (judgement.words, household_id, due_on):
        plan.changes.append(Change(need.id, judgement.words, household_id, due_on))


def _end_the_rest(
    plan: Plan,
    open_needs: Mapping[About, Known],
    seen: set[About],
    people: Mapping[UUID, PersonFacts],
    post: PostFacts,
) -> None:
    for about, need in open_needs.items():
        if need.resident_id and need.resident_id not in people:
            plan.closings.append((need.id, need.gone_as or "pindah"))
        elif need.kind not in post.used and need.kind not in BY_HAND:
            plan.closings.append((need.id, "aturan_berubah"))
        elif need.kind == "RUTIN" and about not in seen:
            plan.closings.append((need.id, "pindah"))
