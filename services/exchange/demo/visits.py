"""Home visits of a month: to whom there is a reason, and the yearly round with the household forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.clinical.ages import completed_months, completed_years
from services.fields import registry
from services.home_visits.models import HomeVisit
from services.open_days.models import Invitation, OpenDay
from services.records.models import Encounter, Measurement
from services.residents.rules import is_priority, stages

from .answers import answers_of
from .chance import Chance, moment_of
from .dwellings import household_answers
from .needs import end_the_rest, open_need, visited
from .records import encounter_of, record_of, record_person
from .rows import made
from .world import House, Person, Post, Promise

Reason, Outcome, Next = HomeVisit.Reason, HomeVisit.Outcome, HomeVisit.Next

YEARLY_SHARE = 0.065
"""Of all households, in one month."""
VISITED_SHARE = 0.45
"""Of those there is a reason to visit, per month."""
TAUGHT = {
    Reason.ABSENT: ["posyandu"],
    Reason.STUNTING: ["gizi", "asi_mpasi"],
    Reason.NO_GAIN: ["gizi"],
    Reason.PREGNANT: ["gizi", "ttd"],
    Reason.NEWBORN: ["asi_mpasi", "imunisasi"],
    Reason.CHRONIC: ["obat"],
    Reason.ELDERLY: ["posyandu", "phbs"],
    Reason.ROUTINE: ["phbs", "rumah"],
}


KEPT_SHARE = 0.9
"""Of the visits that were promised for a date."""


def visit_between(post: Post, after: date, until: date, *, is_last: bool) -> None:
    """Visits between two open days; both dates are days on which one may have been.

    After the last open day the stories are left for whoever tries the demo: what is due there is still to be done.
    """
    if after > until:
        return
    _keep_promises(post, after, until)
    reasons = list(_with_reason(post, after))
    end_the_rest(post, {(person.row.pk, reason) for person, reason in reasons}, after)
    for person, reason in reasons:
        open_need(post, person.house, person, reason, after)
        told = person.house.is_story
        if not is_last if told else post.chance.likely(VISITED_SHARE):
            visit(post, person.house, post.chance.day_between(after, until), reason, person)
    waiting = [house for house in post.houses if not house.surveyed and _at_home(house, after)]
    for house in waiting[: max(2, round(len(post.houses) * YEARLY_SHARE))]:
        open_need(post, house, None, Reason.ROUTINE, after)
        visit(post, house, post.chance.day_between(after, until), Reason.ROUTINE)


def _keep_promises(post: Post, after: date, until: date) -> None:
    due = [promise for promise in post.promises if promise.on <= until]
    post.promises = [promise for promise in post.promises if promise.on > until]
    for promise in due:
        if post.chance.likely(KEPT_SHARE):
            soonest = max(after, promise.on)
            day = post.chance.day_between(soonest, min(until, soonest + timedelta(days=3)))
            visit(post, promise.house, day, promise.reason, promise.person, is_again=True)


def invite(post: Post, day: OpenDay) -> None:
    """Who was absent again and again is invited to the day that lies ahead."""
    for person in post.people:
        if person.missed >= 2 and person.lives_here(post.today) and post.chance.likely(0.3):
            by = post.kader_on_duty()
            row_id = post.chance.row_id(moment_of(post.today, 7))
            post.rows.add(
                made(Invitation, id=row_id, open_day_id=day.pk, resident_id=person.row.pk, invited_by_id=by.pk,
                           invited_at=moment_of(post.today, 7))
            )  # fmt: skip


def _at_home(house: House, on: date) -> bool:
    return any(person.lives_here(on) for person in house.people)


def _with_reason(post: Post, on: date) -> Iterator[tuple[Person, str]]:
    for person in post.people:
        if person.lives_here(on) and (reason := _reason(person, on)):
            yield person, reason


def _reason(person: Person, on: date) -> str:
    """The most urgent reason, if there is one; of absences only those of priority groups count (flows 13)."""
    latest = person.measurements[-1] if person.measurements else None
    if _is_short(person, latest) and not person.visited:
        return Reason.STUNTING
    if person.body.flat_months >= 2 and completed_months(person.row.birth_date, on) < 60:
        return Reason.NO_GAIN
    if person.script.muac_mm and not person.visited:
        return Reason.PREGNANT
    if latest is not None and (latest.systolic or 0) >= 160 and not person.visited:
        return Reason.CHRONIC
    return _absence(person, on)


def _is_short(person: Person, latest: Measurement | None) -> bool:
    if latest is None or latest.z_lhfa is None:
        return False
    return latest.z_lhfa < -2 and completed_months(person.row.birth_date, latest.measured_on) < 60


def _absence(person: Person, on: date) -> str:
    stage = stages(person.row.birth_date, on, person.spans)[0]
    if person.missed < (3 if stage == "lansia" else 2) or not is_priority(stage):
        return ""
    return Reason.ELDERLY if completed_years(person.row.birth_date, on) >= 75 else Reason.ABSENT


def visit(
    post: Post, house: House, day: date, reason: str, person: Person | None = None, *, is_again: bool = False
) -> Encounter | None:
    """A visit to a house, or to one person there; its encounter when somebody was met. None when nobody lives there."""
    if not (person.lives_here(day) if person else _at_home(house, day)):
        return None
    by, chance = post.kader_on_duty(), post.chance
    met = house.is_story or chance.likely(0.86)
    outcome = Outcome.MET if met else chance.choice((Outcome.NOT_MET, Outcome.NOT_MET, Outcome.REFUSED))
    step = _next_step(chance, reason, met, is_again)
    encounter = encounter_of(post, Encounter.Kind.HOME_VISIT, day, by)
    again = day + timedelta(days=chance.randint(10, 30)) if step == Next.VISIT_AGAIN else None
    if again:
        post.promises.append(Promise(again, house, reason, person))
    post.rows.add(
        made(
            HomeVisit,
            id=chance.row_id(moment_of(day, 16)),
            encounter_id=encounter.pk,
            posyandu_id=post.row.pk,
            household_id=house.row.pk,
            resident_id=person.row.pk if person else None,
            date=day,
            reason=reason,
            outcome=outcome,
            with_health_worker=met and reason in (Reason.STUNTING, Reason.NEWBORN) and chance.likely(0.5),
            education=TAUGHT.get(reason, ["phbs"]) if met else [],
            next_step=step,
            next_date=again,
            visited_by_id=by.pk,
            recorded_at=moment_of(day, 16),
        )
    )
    visited(post, person.row.pk if person else house.row.pk, reason, encounter, met=met, again=again, by=by)
    if not met:
        return None
    _fill_forms(post, encounter, house, person, reason, by)
    return encounter


def _next_step(chance: Chance, reason: str, met: bool, is_again: bool) -> str:
    if not met:
        return Next.TELL_MIDWIFE if is_again else Next.VISIT_AGAIN
    if is_again:
        return Next.DONE
    if reason in (Reason.ABSENT, Reason.ELDERLY):
        return Next.INVITE
    if reason in (Reason.NO_GAIN, Reason.CHRONIC, Reason.PREGNANT):
        return chance.choice((Next.TELL_MIDWIFE, Next.REFER))
    return Next.VISIT_AGAIN if reason == Reason.STUNTING else Next.EDUCATION


def _fill_forms(post: Post, encounter: Encounter, house: House, person: Person | None, reason: str, by) -> None:
    at = moment_of(encounter.date, 16, 20)
    if person is not None:
        person.visited = True
        if reason == Reason.ABSENT and not house.is_story:
            _weigh_at_home(post, encounter, person, by, at)
    if reason == Reason.ROUTINE or (house.is_story and not house.surveyed):
        house.surveyed = True
        for key, answers in household_answers(post.chance, house):
            record_of(post, encounter, registry.form(key), answers, by, at, household_id=house.row.pk)


def _weigh_at_home(post: Post, encounter: Encounter, person: Person, by, at) -> None:
    """Weighed at home counts in D, not in hadir (flows 10)."""
    if completed_months(person.row.birth_date, encounter.date) < 60 and post.chance.likely(0.4):
        spec = registry.form("kartu_balita")
        answers = answers_of(post.chance, spec, person, encounter.date)
        kept = {key: value for key, value in answers.items() if key in ("bb_kg", "pb_tb_cm", "cara_ukur")}
        record_person(post, encounter, spec, person, kept, by, at)
