"""What the rules know of a posyandu and of one person. Values only: who fetched them is none of a rule's business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.clinical.limits import DEFAULT_LIMITS, Limits
from services.residents.rules import PregnancySpan, StageRules, stages


@dataclass(frozen=True)
class Seen:
    """The newest value of something, and its day."""

    value: Any
    on: date


@dataclass(frozen=True)
class Told:
    """What a visit was told of a treatment: is there medicine, was it taken, was she checked ("" was not asked)."""

    on: date
    has_medicine: str = ""
    took_medicine: str = ""
    was_checked: str = ""

    @property
    def goes_well(self) -> bool:
        """Checked lately, or medicine taken and nothing said against it."""
        return self.was_checked == "ya" or (self.took_medicine == "ya" and self.was_checked == "")


@dataclass(frozen=True)
class PostFacts:
    """A posyandu on a day. `days` are its closed open days since it is live, newest first: (id, date).

    `limits` are the district's settings by key, `cards` its limits of the cards; `used` the kinds it wants;
    `within` the days a visit may wait, by kind.
    While a day is open again for correction (`is_correcting`) nobody is said to have come after all.
    """

    on: date
    live_from: date
    days: tuple[tuple[UUID, date], ...]
    limits: Mapping[str, Any]
    within: Mapping[str, int]
    used: frozenset[str]
    stage_rules: StageRules = field(default_factory=StageRules)
    is_correcting: bool = False
    cards: Limits = DEFAULT_LIMITS

    def due(self, kind: str) -> date:
        return self.on + timedelta(days=self.within[kind])


@dataclass(frozen=True)
class PersonFacts:
    """One person who lives there. `measured` and `answers` hold the newest value of each column or question.

    `handled` says until when people have dealt with a kind; `visited_on` when the household was last met; `told` what
    the newest visit heard of a treatment, by kind; `seen_on` when a place she was referred to last said that she came.
    """

    id: UUID
    household_id: UUID | None
    sex: str
    birth_date: date
    from_date: date
    birth_weight_g: int | None = None
    pregnancies: tuple[PregnancySpan, ...] = ()
    conditions: tuple[tuple[str, date], ...] = ()
    came: frozenset[UUID] = frozenset()
    last_came: date | None = None
    measured: Mapping[str, Seen] = field(default_factory=dict)
    answers: Mapping[str, Seen] = field(default_factory=dict)
    visited_on: date | None = None
    referred_on: date | None = None
    seen_on: date | None = None
    told: Mapping[str, Told] = field(default_factory=dict)
    lives_alone: bool = False
    handled: Mapping[str, date] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether anything but her age could open a need."""
        return bool(self.measured or self.answers or self.conditions or self.pregnancies or self.referred_on)

    def stages_on(self, day: date, rules: StageRules) -> tuple[str, ...]:
        return stages(self.birth_date, day, self.pregnancies, rules)


@dataclass(frozen=True)
class HouseFacts:
    """A household where somebody lives: its place in the round (0 … total−1, neighbours together)."""

    id: UUID
    place: int
    total: int
    since: date
    visited_on: date | None = None


@dataclass(frozen=True)
class Judgement:
    """What a rule says of one person: the need holds since a day, in these words; or it ended, and as what.

    No judgement at all means: nothing is known that opens or ends it. `due_on` is of a need that holds.
    """

    kind: str
    holds: bool
    since: date
    due_on: date
    words: str = ""
    closed_as: str = ""


def holding(kind: str, since: date, words: str, due_on: date) -> Judgement:
    return Judgement(kind, True, since, due_on, words)


def ended(kind: str, on: date, closed_as: str) -> Judgement:
    return Judgement(kind, False, on, on, closed_as=closed_as)
