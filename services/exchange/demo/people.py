"""Households and residents as rows: who lives where since when, with numbers that can only be of a demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from services.clinical.ages import completed_months, completed_years
from services.residents.fields import claim_hash
from services.residents.models import Household, Residency, Resident, WatchedCondition
from services.residents.rules import name_key

from .bodies import body_of
from .chance import moment_of
from .households import Member, households_of
from .names import name_of
from .rows import made
from .world import NO_SCRIPT, House, Person, Post, Script

FIRST_SERIAL, LAST_SERIAL = 9001, 9999
"""No civil registry has come so far on one day; a NIK with such a serial is nobody's."""


class Numbers:
    """NIK and no_kk that follow the rules of the real ones, each given once in the whole demo.

    Of `neighbours` posyandu of one kecamatan each has its own `turn` and takes every so-manieth serial.
    """

    def __init__(self, turn: int = 0, neighbours: int = 1) -> None:
        self.given: Counter[str] = Counter()
        self.first, self.step = FIRST_SERIAL + turn, neighbours

    def next_of(self, subdistrict: str, day: date, sex: str = "L") -> str:
        """16 digits: kecamatan, day (+40 for women), month, year, serial. '' when a day has no serial left."""
        prefix = f"{subdistrict.replace('.', '')}{day.day + 40 * (sex == 'P'):02}{day:%m%y}"
        serial = self.first + self.step * self.given[prefix]
        self.given[prefix] += 1
        return f"{prefix}{serial}" if serial <= LAST_SERIAL else ""


def settle(post: Post, numbers: Numbers) -> None:
    """Fill the posyandu with households and people."""
    settled = sum(len(house.people) for house in post.houses)
    for members in households_of(post.chance, max(12, post.plan.people - settled), post.today):
        house = add_house(post, numbers, name_of(post.chance, members[0].sex, members[0].birth.year))
        for member in members:
            name = house.row.head_name if member is members[0] else ""
            add_person(post, numbers, house, member, name=name)
    _name_mothers(post.houses)


def add_house(post: Post, numbers: Numbers, head_name: str, **details) -> House:
    """A household at an address of the posyandu's area."""
    chance, plan = post.chance, post.plan
    since = moment_of(plan.live_from(post.today), 8)
    no_kk = numbers.next_of(plan.subdistrict, chance.day_between(date(2008, 1, 1), date(2024, 12, 31)))
    no_kk = "" if chance.likely(0.05) else no_kk
    row = made(
        Household,
        id=chance.row_id(since),
        posyandu_id=post.row.pk,
        head_name=head_name,
        no_kk=no_kk,
        kk_claim=claim_hash(no_kk, plan.area),
        address=f"Jl. Contoh No. {len(post.houses) + 1}",
        dusun=chance.choice(plan.dusun) if plan.dusun else "",
        rw=plan.rw,
        rt=chance.choice(plan.rts),
        phone=f"+62285000{chance.randint(1000, 9999)}" if chance.likely(0.3) else "",
        created_at=since,
    )
    house = House(row=row, is_poor=chance.likely(0.12), leaks=chance.likely(0.05), latrine=_latrine(post), **details)
    post.houses.append(house)
    post.rows.add(row)
    return house


def _latrine(post: Post) -> str:
    return post.chance.choices(("ada", "numpang", "tidak"), weights=(90, 6, 4))[0]


def add_person(
    post: Post, numbers: Numbers, house: House, member: Member, *, name: str = "", script: Script = NO_SCRIPT, **details
) -> Person:
    """A resident of a household since the posyandu went live, or since her birth."""
    chance, plan = post.chance, post.plan
    since = max(plan.live_from(post.today), member.birth)
    name = name or name_of(chance, member.sex, member.birth.year)
    row = made(
        Resident,
        id=chance.row_id(moment_of(since, 8, 30)),
        name=name,
        name_key=name_key(name),
        sex=member.sex,
        created_at=moment_of(since, 8, 30),
        **{**_birth(post, member), **details},
    )
    row.nik = _nik(post, numbers, row)
    home = _residency(post, house, row, member.relation, since)
    body = body_of(chance, row.sex, row.birth_date, post.today, script.z_length, script.z_weight)
    person = Person(row=row, home=home, body=body, comes=_habit(post, house), house=house, script=script)
    _add_habit(post, person)
    house.people.append(person)
    post.people.append(person)
    post.rows.add(row)
    post.rows.add(home)
    return person


def _birth(post: Post, member: Member) -> dict:
    """The birth date; of some elders only the year or about how old they are is known."""
    years, chance = completed_years(member.birth, post.today), post.chance
    if years >= 60 and chance.likely(0.1):
        year_only = chance.likely(0.6)
        day = date(member.birth.year, 7, 1) if year_only else member.birth
        precision = Resident.BirthPrecision.YEAR if year_only else Resident.BirthPrecision.AGE
        return {"birth_date": day, "birth_precision": precision}
    if years < 6:
        weight = round(chance.around(3050, 380, 1900, 4200) / 50) * 50
        return {
            "birth_date": member.birth,
            "birth_weight_g": weight,
            "birth_length_mm": round(chance.around(490, 17, 430, 540)),
        }
    return {"birth_date": member.birth}


def _nik(post: Post, numbers: Numbers, row: Resident) -> str:
    """Newborns have none yet, nor has whoever does not know her birthday; a few have lost it."""
    young = completed_months(row.birth_date, post.today) < 3
    missing = row.birth_precision != Resident.BirthPrecision.DAY or post.chance.likely(0.7 if young else 0.03)
    return "" if missing else numbers.next_of(post.plan.subdistrict, row.birth_date, row.sex)


def _residency(post: Post, house: House, row: Resident, relation: str, since: date) -> Residency:
    born_here = since > post.plan.live_from(post.today)
    return made(
        Residency,
        id=post.chance.row_id(moment_of(since, 8, 30)),
        resident_id=row.pk,
        household_id=house.row.pk,
        posyandu_id=post.row.pk,
        relation=relation,
        from_date=since,
        began=Residency.Began.BIRTH if born_here else Residency.Began.REGISTERED,
        nik_claim=claim_hash(row.nik, post.plan.area),
        recorded_by_id=post.kader_on_duty().pk,
        recorded_at=moment_of(since, 8, 30),
    )


def _habit(post: Post, house: House) -> float:
    """How often somebody comes. People of one house are alike."""
    usual = house.people[0].comes if house.people else post.chance.betavariate(11, 2)
    return min(0.98, max(0.3, usual + post.chance.gauss(0, 0.06)))


def _add_habit(post: Post, person: Person) -> None:
    """Some grown-ups come because of a condition under watch, a few without one."""
    chance, years = post.chance, completed_years(person.row.birth_date, post.today)
    if years >= 18 and person.body.systolic >= 140 and chance.likely(0.6):
        add_condition(post, person, WatchedCondition.Kind.HYPERTENSION)
    elif years >= 18 and person.body.glucose >= 200 and chance.likely(0.7):
        add_condition(post, person, WatchedCondition.Kind.DIABETES)
    elif 6 <= years < 60 and chance.likely(0.035):
        person.comes_from_day = chance.randint(0, post.plan.months)


def add_condition(post: Post, person: Person, kind: str) -> None:
    """Put a condition under watch, from the first months of the posyandu's live time."""
    since = post.plan.live_from(post.today)
    day = max(person.home.from_date, post.chance.day_between(since, min(post.today, since.replace(day=28))))
    person.watched_from = day
    post.rows.add(
        made(
            WatchedCondition, id=post.chance.row_id(moment_of(day)), resident_id=person.row.pk, kind=kind, from_date=day
        )
    )


def _name_mothers(houses: Iterable[House]) -> None:
    for house in houses:
        mother = mother_of(house)
        for person in house.people:
            if mother is not None and person.home.relation == "Anak":
                person.row.mother_name = mother.row.name


def mother_of(house: House) -> Person | None:
    """The woman whose children live here: the wife, or a head who is a woman."""
    for person in house.people:
        if person.row.sex == "P" and person.home.relation in ("Istri", "Kepala keluarga"):
            return person
    return None
