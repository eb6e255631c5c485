"""What happens to people: pregnancies and births, moving in and away in the middle of a month, deaths."""

from __future__ import annotations

from datetime import date, timedelta

from services.clinical.ages import completed_years
from services.residents.models import Pregnancy, Residency
from services.residents.rules import PregnancySpan

from .births import Delivery, add_antenatal, add_birth
from .chance import moment_of
from .people import mother_of
from .rows import made
from .world import House, Person, Post

PREGNANCY_DAYS = 280
SHARE_PREGNANT, SHARE_LOST = 0.012, 0.0026
SHARE_MOVED_IN, SHARE_MOVED_OUT = 0.03, 0.02
DEATHS_A_YEAR = 0.007
DESTINATIONS = ("Kabupaten Batang", "Kabupaten Pekalongan", "Kota Semarang", "Jakarta", "Kabupaten Tegal")


def happen(post: Post) -> None:
    """Let all of it happen between "mulai pakai" and today. Stories are left alone."""
    mothers = _after_births(post)
    _expect(post, besides=mothers)
    quiet = [house for house in post.houses if not house.is_story]
    movers = post.chance.sample(quiet, k=min(len(quiet), 1 + round(len(quiet) * (SHARE_MOVED_IN + SHARE_MOVED_OUT))))
    arrivals = max(1, round(len(quiet) * SHARE_MOVED_IN))
    for house in movers[:arrivals]:
        _move_in(post, house)
    for house in movers[arrivals:]:
        _move_out(post, house)
    _die(post, besides={person for house in movers for person in house.people})


def add_pregnancy(
    post: Post, person: Person, lmp: date, *, ended: date | None = None, outcome: str = "", number: int = 1
) -> Pregnancy:
    """A pregnancy that was written down some weeks after it began."""
    registered = min(lmp + timedelta(days=post.chance.randint(48, 80)), post.today)
    if ended is not None:
        registered = min(registered, ended)
    row = made(
        Pregnancy,
        id=post.chance.row_id(moment_of(registered)),
        resident_id=person.row.pk,
        registered_on=registered,
        lmp_on=lmp,
        is_estimate=post.chance.likely(0.2),
        ended_on=ended,
        outcome=outcome,
        number=number,
    )
    person.spans.append(PregnancySpan(registered, ended, outcome == Pregnancy.Outcome.BIRTH))
    post.rows.add(row)
    if (ended or post.today) >= post.plan.live_from(post.today):
        add_antenatal(post, row)
    return row


def _after_births(post: Post) -> set[Person]:
    """Mothers of children under one year and a half were pregnant before."""
    found = set()
    for house in post.houses:
        mother = mother_of(house)
        children = [person for person in house.people if person.home.relation == "Anak"]
        for child in children:
            if mother is None or (post.today - child.row.birth_date).days > 540:
                continue
            born = child.row.birth_date
            lmp = born - timedelta(days=PREGNANCY_DAYS - post.chance.randint(0, 20))
            older = sum(other.row.birth_date < born for other in children)
            row = add_pregnancy(post, mother, lmp, ended=born, outcome=Pregnancy.Outcome.BIRTH, number=older + 1)
            if born >= post.plan.live_from(post.today):
                add_birth(post, Delivery(row, mother, child))
            found.add(mother)
    return found


def _expect(post: Post, besides: set[Person]) -> None:
    chance = post.chance
    women = [
        mother
        for house in post.houses
        if not house.is_story and (mother := mother_of(house)) and mother not in besides
        if 19 <= completed_years(mother.row.birth_date, post.today) <= 40
    ]
    chance.shuffle(women)
    running, lost = max(1, round(post.plan.people * SHARE_PREGNANT)), max(1, round(post.plan.people * SHARE_LOST))
    for woman in women[:running]:
        add_pregnancy(post, woman, post.today - timedelta(days=chance.randint(75, 262)), number=_children(woman) + 1)
    for woman in women[running : running + lost]:
        lmp = chance.day_between(post.plan.live_from(post.today), post.today - timedelta(days=100))
        ended = lmp + timedelta(days=chance.randint(82, 98))
        add_pregnancy(post, woman, lmp, ended=ended, outcome=Pregnancy.Outcome.LOSS, number=_children(woman) + 1)


def _children(woman: Person) -> int:
    return sum(person.home.relation == "Anak" for person in woman.house.people)


def _move_in(post: Post, house: House) -> None:
    first, last = post.plan.live_from(post.today) + timedelta(days=12), post.today - timedelta(days=8)
    day = post.chance.day_between(first, last)
    for person in house.people:
        if person.row.birth_date < day:
            person.home.from_date, person.home.began = day, Residency.Began.MOVED_IN
            person.home.recorded_at = moment_of(day)
            person.watched_from = max(person.watched_from, day) if person.watched_from else None


def _move_out(post: Post, house: House) -> None:
    """The whole house leaves on one day, the last known birth behind it."""
    born = max(person.row.birth_date for person in house.people)
    first = max(born, post.plan.live_from(post.today)) + timedelta(days=40)
    if first >= post.today or any(span.ended_on is None for person in house.people for span in person.spans):
        return
    day, destination = post.chance.day_between(first, post.today - timedelta(days=1)), post.chance.choice(DESTINATIONS)
    for person in house.people:
        person.home.to_date, person.home.ended = day, Residency.Ended.MOVED_OUT
        person.home.destination = destination
        person.home.end_reason = "Ikut pekerjaan"


def _die(post: Post, besides: set[Person]) -> None:
    elders = [
        person
        for person in post.people
        if completed_years(person.row.birth_date, post.today) >= 62 and not (person in besides or person.house.is_story)
    ]
    count = max(1, round(post.plan.people * DEATHS_A_YEAR * post.plan.months / 12))
    for person in post.chance.sample(elders, k=min(count, len(elders))):
        first = post.plan.live_from(post.today) + timedelta(days=35)
        day = post.chance.day_between(first, post.today - timedelta(days=2))
        person.row.died_on = day
        person.home.to_date, person.home.ended = day, Residency.Ended.DIED
