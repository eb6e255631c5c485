"""A posyandu while it is being made: its people, houses and days in memory, until they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from services.accounts.models import User
from services.follow_ups.models import Need
from services.open_days.models import OpenDay
from services.posyandu.models import Posyandu
from services.records.models import Measurement
from services.residents.models import Household, Residency, Resident
from services.residents.rules import PregnancySpan

from .bodies import Body
from .chance import Chance
from .plans import PostPlan
from .rows import Rows

if TYPE_CHECKING:
    from .births import Delivery


@dataclass(frozen=True)
class Script:
    """What a story fixes about a person. Months are counted back from the last closed open day."""

    absent_last: int = 0
    flat_last: int = 0
    always_comes: bool = False
    visits_elsewhere_last: int = 0
    z_length: float | None = None
    z_weight: float | None = None
    systolic: int | None = None
    muac_mm: int | None = None
    aks: str = ""
    no_doses_from: int | None = None  # months of age


NO_SCRIPT = Script()


@dataclass(eq=False, slots=True)
class Person:
    """Somebody with a body that grows and a habit of coming or not."""

    row: Resident
    home: Residency
    body: Body
    comes: float
    house: House | None = None
    script: Script = NO_SCRIPT
    spans: list[PregnancySpan] = field(default_factory=list)
    watched_from: date | None = None
    comes_from_day: int | None = None  # grown-ups who are not in a priority group and come all the same
    came_on: date | None = None
    missed: int = 0
    asked: dict[str, date] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)
    doses: dict[str, date] = field(default_factory=dict)
    has_consent: bool = False
    visited: bool = False

    def lives_here(self, day: date) -> bool:
        return self.home.from_date <= day and (self.home.to_date is None or day < self.home.to_date)


@dataclass(eq=False, slots=True)
class House:
    """A household with its people and what a kader finds there."""

    row: Household
    people: list[Person] = field(default_factory=list)
    is_poor: bool = False
    leaks: bool = False
    latrine: str = "ada"
    surveyed: bool = False
    is_story: bool = False
    away_on: date | None = None
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A house that is to be visited again on a day."""

    on: date
    house: House
    reason: str
    person: Person | None


@dataclass(eq=False)
class Post:
    """Everything about one posyandu that the steps hand on."""

    plan: PostPlan
    row: Posyandu
    chance: Chance
    rows: Rows
    today: date
    ketua: User
    kader: list[User]
    turn: int = 0  # among the `neighbours` of its kecamatan, so that none gives out the number of another
    neighbours: int = 1
    houses: list[House] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    days: list[OpenDay] = field(default_factory=list)
    visitors: list[Person] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    needs: dict[tuple[UUID, str], Need] = field(default_factory=dict)
    """Open ones, by person (or house) and kind."""
    deliveries: list[Delivery] = field(default_factory=list)

    def forget(self) -> None:
        """All is written: what was made need not be kept in memory any longer."""
        for made in (self.houses, self.people, self.days, self.visitors, self.promises, self.needs, self.deliveries):
            made.clear()

    def kader_on_duty(self) -> User:
        return self.chance.choice(self.kader)
