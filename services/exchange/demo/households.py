"""Who lives with whom: births, parents and elders put together into households of the usual kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .chance import Chance

HEAD, WIFE, CHILD, PARENT = "Kepala keluarga", "Istri", "Anak", "Orang tua"
# Shares of all people (sizing of a usual posyandu: 55 balita, 11 of them bayi, 150 of 6 to 17, 90 elders in 765).
SHARE_UNDER_ONE, SHARE_ONE_TO_FOUR, SHARE_FIVE, SHARE_SCHOOL, SHARE_ELDERS = 0.0144, 0.0575, 0.0157, 0.196, 0.1176
YEAR = 365.25
MOTHER_YOUNGEST, MOTHER_OLDEST = 19, 43


@dataclass(frozen=True)
class Member:
    """Somebody who is to be: sex, birth and place in the household."""

    sex: str
    birth: date
    relation: str


def households_of(chance: Chance, count: int, today: date) -> list[list[Member]]:
    """About `count` people in households, the head first in each."""
    children = sorted(_births_of_children(chance, count, today))
    elders = [_born(chance, today, 60, 88) for _ in range(round(count * SHARE_ELDERS))]
    found = [_parents_and_children(chance, births, today) for births in _siblings(chance, children)]
    for members in found:
        if elders and chance.likely(0.42):
            members.append(Member(chance.choice("PPL"), elders.pop(), PARENT))
    found += list(_of_elders(chance, elders))
    left = count - sum(len(members) for members in found)
    return found + list(_of_grown_ups(chance, left, today))


def _births_of_children(chance: Chance, count: int, today: date) -> Iterable[date]:
    groups = ((SHARE_UNDER_ONE, 0, 1), (SHARE_ONE_TO_FOUR, 1, 5), (SHARE_FIVE, 5, 6), (SHARE_SCHOOL, 6, 18))
    for share, youngest, oldest in groups:
        for _ in range(max(1, round(count * share))):
            yield _born(chance, today, youngest, oldest)


def _born(chance: Chance, today: date, youngest: float, oldest: float) -> date:
    """A birth date of somebody between two ages in years, the upper one not reached."""
    return today - timedelta(days=chance.randint(int(youngest * YEAR) + 1, int(oldest * YEAR) - 1))


def _siblings(chance: Chance, births: list[date]) -> Iterable[list[date]]:
    """Children with the same mother: one to three, two to six years apart."""
    waiting = list(births)
    while waiting:
        together = [waiting.pop(chance.randrange(len(waiting)))]
        for _ in range(chance.choices((0, 1, 2), weights=(30, 47, 23))[0]):
            near = [birth for birth in waiting if all(700 < abs((birth - other).days) < 2200 for other in together)]
            if near:
                together.append(chance.choice(near))
                waiting.remove(together[-1])
        yield sorted(together)


def _parents_and_children(chance: Chance, births: list[date], today: date) -> list[Member]:
    earliest = max(MOTHER_YOUNGEST, (births[-1] - births[0]).days / YEAR + MOTHER_YOUNGEST - 5)
    mother = births[0] - timedelta(days=int(chance.uniform(max(MOTHER_YOUNGEST, earliest - 5), 31) * YEAR))
    father = mother - timedelta(days=chance.randint(-200, 2600))
    children = [Member(chance.choice("LP"), birth, CHILD) for birth in births]
    if chance.likely(0.05):
        return [Member("P", mother, HEAD), *children]
    return [Member("L", father, HEAD), Member("P", mother, WIFE), *children]


def _of_elders(chance: Chance, births: list[date]) -> Iterable[list[Member]]:
    """Elders without children in the house: couples, and some alone."""
    births = sorted(births)
    while births:
        if len(births) > 1 and chance.likely(0.62):
            yield [Member("L", births.pop(0), HEAD), Member("P", births.pop(0), WIFE)]
        else:
            yield [Member(chance.choice("PPPL"), births.pop(0), HEAD)]


def _of_grown_ups(chance: Chance, count: int, today: date) -> Iterable[list[Member]]:
    """The rest: parents with grown-up children, young couples, people alone."""
    while count > 0:
        drawn = chance.random()
        if drawn < 0.55 and count >= 3:
            mother = _born(chance, today, 44, 59)
            father = mother - timedelta(days=chance.randint(-200, 400))
            grown = [
                Member(chance.choice("LP"), _born(chance, today, 18, 25), CHILD)
                for _ in range(min(count - 2, chance.randint(1, 3)))
            ]
            members = [Member("L", father, HEAD), Member("P", mother, WIFE), *grown]
        elif drawn < 0.93 and count >= 2:
            wife = _born(chance, today, 20, 44)
            members = [Member("L", wife - timedelta(days=chance.randint(0, 1800)), HEAD), Member("P", wife, WIFE)]
        else:
            members = [Member(chance.choice("LP"), _born(chance, today, 22, 58), HEAD)]
        yield members
        count -= len(members)
