"""Open days month by month: who is expected, who came, what was recorded, and how the day was closed."""

from __future__ import annotations

from datetime import date, time, timedelta

from services.areas.clock import month_of
from services.clinical.ages import completed_months
from services.fields import registry
from services.open_days.models import Helper, OpenDay, Schedule
from services.open_days.rules import nth_weekday
from services.records.models import Attendance, Encounter
from services.residents.models import Consent, Residency
from services.residents.rules import is_priority, stages

from .answers import answers_of, forms_of
from .chance import moment_of
from .records import encounter_of, record_person
from .rows import made
from .world import House, Person, Post

STARTS, ENDS = time(8), time(11, 30)
MENUS = ("Bubur kacang hijau", "Nasi, sup ayam, dan jeruk", "Telur rebus dan pisang", "Nugget ikan dan sayur")
SHORTAGES = ("Pita LiLA tinggal satu", "Buku KIA habis", "Stik gula darah habis")
OBSTACLES = ("hujan", "kader_kurang", "nakes_tidak_hadir", "alat_rusak", "warga_bekerja")
CANCELLED_BECAUSE = "Banjir rob di jalan menuju posyandu"
AWAY_SHARE = 0.05
"""A whole house that is away on a day."""


def schedule_of(post: Post) -> Schedule:
    """Monthly on the weekday that lets this month's day fall where the plan wants it."""
    aim = post.today + timedelta(days=post.plan.days_ahead)
    return Schedule(
        id=post.chance.row_id(moment_of(post.plan.live_from(post.today))),
        posyandu=post.row,
        nth=(aim.day - 1) // 7 + 1,
        weekday=aim.weekday(),
        starts_at=STARTS,
        place=_place(post),
        from_date=post.plan.live_from(post.today),
    )


def dates_of(post: Post, schedule: Schedule) -> list[date]:
    """The day of every month since "mulai pakai", the running month last."""
    return [nth_weekday(month, schedule.nth, schedule.weekday) for month in post.plan.live_months(post.today)]


def plan_day(post: Post, day: date) -> OpenDay:
    """A day that lies ahead (or is today and has not begun)."""
    encounter = encounter_of(post, Encounter.Kind.OPEN_DAY, day, post.ketua)
    row = made(
        OpenDay,
        id=post.chance.row_id(moment_of(min(day, post.today), 8)),
        encounter_id=encounter.pk,
        posyandu_id=post.row.pk,
        date=day,
        opened_fields=[field.key for field in registry.FIELDS],
        place=_place(post),
    )
    row.encounter = encounter
    post.rows.add(row)
    return row


def cancel(day: OpenDay) -> None:
    """The day did not take place."""
    day.state, day.cancel_reason = OpenDay.State.CANCELLED, CANCELLED_BECAUSE


def hold_day(post: Post, day: OpenDay, back: int) -> None:
    """People come and are served; `back` counts closed days after this one (0 is the last)."""
    came = [person for person in _expected(post, day.date) if _comes(post, person, day.date, back)]
    for person in came:
        _serve(post, day, person, back)
    for person in post.visitors:
        if back < person.script.visits_elsewhere_last:
            _receive(post, day, person)
            _serve(post, day, person, back, is_guest=True)
    _close(post, day, came)


def _place(post: Post) -> str:
    return f"Balai {'Dusun ' + post.plan.dusun[0] if post.plan.dusun else 'RW ' + post.plan.rw}"


def _expected(post: Post, on: date) -> list[Person]:
    """As open_days.queries.expected_at does it in SQL: priority groups, watched, and who came before."""
    return [person for person in post.people if person.lives_here(on) and _is_expected(post, person, on)]


def _is_expected(post: Post, person: Person, on: date) -> bool:
    if person.row.birth_date > on:
        return False
    if person.came_on is not None or (person.watched_from is not None and person.watched_from <= on):
        return True
    return _joins(post, person, on) or is_priority(stages(person.row.birth_date, on, person.spans)[0])


def _joins(post: Post, person: Person, on: date) -> bool:
    """Grown-ups without a reason of their own begin to come at some day."""
    return person.comes_from_day is not None and person.comes_from_day <= len(post.days) and not person.house.is_story


def _comes(post: Post, person: Person, on: date, back: int) -> bool:
    script, chance = person.script, post.chance
    if back < script.absent_last or back < script.visits_elsewhere_last:
        comes = False
    elif script.always_comes:
        comes = True
    else:
        comes = not _away(post, person.house, on) and chance.likely(person.comes)
    person.missed = 0 if comes else person.missed + 1
    return comes


def _away(post: Post, house: House, on: date) -> bool:
    """Whether a whole house is away that day, drawn once for all of it."""
    if house.away_on != on:
        house.away_on, house.is_away = on, post.chance.likely(AWAY_SHARE)
    return house.is_away


def _serve(post: Post, day: OpenDay, person: Person, back: int, *, is_guest: bool = False) -> None:
    chance, on, by = post.chance, day.date, post.kader_on_duty()
    at = moment_of(on, 8) + timedelta(minutes=chance.randint(2, 190))
    post.rows.add(
        made(
            Attendance,
            id=chance.row_id(at),
            encounter_id=day.encounter_id,
            resident_id=person.row.pk,
            is_guest=is_guest,
            is_done=True,
            marked_by_id=by.pk,
            marked_at=at,
        )
    )
    person.came_on = on
    _agree(post, person, on, by)
    months, script = completed_months(person.row.birth_date, on), person.script
    gains = back >= script.flat_last if script.flat_last else None
    for spec in forms_of(stages(person.row.birth_date, on, person.spans), person.row.sex, months):
        answers = answers_of(chance, spec, person, on, gains=gains)
        if answers:
            record_person(post, day.encounter, spec, person, answers, by, at + timedelta(minutes=7))


def _receive(post: Post, day: OpenDay, person: Person) -> None:
    """A guest's one day here; her file stays where she lives."""
    at = moment_of(day.date, 8)
    post.rows.add(
        made(
            Residency,
            id=post.chance.row_id(at),
            resident_id=person.row.pk,
            posyandu_id=post.row.pk,
            kind=Residency.Kind.GUEST,
            from_date=day.date,
            to_date=day.date,
            began=Residency.Began.GUEST,
            ended=Residency.Ended.GUEST,
            recorded_by_id=post.kader_on_duty().pk,
            recorded_at=at,
        )
    )


def _agree(post: Post, person: Person, on: date, by) -> None:
    """The privacy notice and the consent, at the first visit."""
    if person.has_consent or post.chance.likely(0.1):
        return
    person.has_consent = True
    grown_up = completed_months(person.row.birth_date, on) >= 216
    relation = Consent.Relation.SELF if grown_up else post.chance.choice(("ibu", "ibu", "ibu", "ayah", "wali"))
    post.rows.add(
        made(
            Consent,
            id=post.chance.row_id(moment_of(on)),
            resident_id=person.row.pk,
            relation=relation,
            given_on=on,
            recorded_by_id=by.pk,
        )
    )


def _close(post: Post, day: OpenDay, came: list[Person]) -> None:
    chance = post.chance
    children = sum(completed_months(person.row.birth_date, day.date) < 60 for person in came)
    day.state, day.starts_at, day.ends_at = OpenDay.State.CLOSED, STARTS, ENDS
    day.meals, day.meal_menu = children + chance.randint(0, 4), chance.choice(MENUS)
    day.shortages = chance.choice(SHORTAGES) if chance.likely(0.25) else ""
    day.obstacles = [chance.choice(OBSTACLES)] if chance.likely(0.35) else []
    day.closed_by_id, day.closed_at = post.ketua.pk, moment_of(day.date, 12)
    workers = [(Helper.Kind.KADER, kader) for kader in post.kader if kader is post.kader[0] or chance.likely(0.85)]
    others = [Helper.Kind.BIDAN, *(Helper.Kind.PKK for _ in range(chance.randint(0, 1)))]
    if chance.likely(0.2):
        others.append(Helper.Kind.PAUD)
    for kind, user in [*workers, *((kind, None) for kind in others)]:
        post.rows.add(
            made(
                Helper,
                id=chance.row_id(day.closed_at),
                open_day_id=day.pk,
                kind=kind,
                user_id=user.pk if user else None,
            )
        )


def months_ago(today: date, day: date) -> int:
    """How many calendar months lie between a day and today."""
    month = month_of(day)
    return (today.year - month.year) * 12 + today.month - month.month
