"""A pregnancy's page, and the births and deaths of a month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from services.areas import clock
from services.areas.settings import NEONATAL_CONTACTS, POSTNATAL_CONTACTS, values_of
from services.clinical.ages import completed_months
from services.clinical.pregnancy import (
    ANTENATAL,
    LOW_BIRTH_WEIGHT_G,
    NEONATAL,
    POSTNATAL,
    Timed,
    after_birth_advice,
    due_date,
    gestation_weeks,
    pregnancy_advice,
    timed,
    windows_of,
)

from ..models import Birth, Pregnancy, PregnancyContact, Residency
from ..rules import POSTPARTUM_DAYS

COUNTED = "births and deaths of posts the caller has reached; only counts are given"
INFANT_MONTHS = 12
NEONATAL_DAYS_LAST = 28
LOW_WEIGHT = "berat lahir di bawah 2.500 gram, perlu dirujuk ke Puskesmas."


@dataclass(frozen=True)
class BirthFigures:
    """Births and deaths of one posyandu in one month. `low_weight` counts among `live` those below 2500 g;
    `weighed` those whose birth weight is known; `infant_deaths` those below 12 months, the neonatal among them."""

    live: int = 0
    weighed: int = 0
    low_weight: int = 0
    stillborn: int = 0
    losses: int = 0
    maternal_deaths: int = 0
    infant_deaths: int = 0
    neonatal_deaths: int = 0


def birth_figures(posyandu_ids: Iterable[UUID], month: date) -> dict[UUID, BirthFigures]:
    """Births, stillbirths, losses and deaths of a month (its first day) by posyandu, in at most five queries."""
    ids, last = list(posyandu_ids), clock.last_day(month)
    found: dict[str, Counter] = {
        **_live(ids, month, last),
        "stillborn": _stillborn(ids, month, last),
        "losses": _losses(ids, month, last),
        **_deaths(ids, month, last),
    }
    return {pk: BirthFigures(**{name: counts[pk] for name, counts in found.items()}) for pk in ids}


_WEIGHT = "resident__birth_weight_g"
# Which of the children born alive each count is of.
_LIVE = {
    "live": Q(),
    "weighed": Q(**{f"{_WEIGHT}__isnull": False}),
    "low_weight": Q(**{f"{_WEIGHT}__lt": LOW_BIRTH_WEIGHT_G}),
}


def _homes(ids: list[UUID]) -> QuerySet[Residency]:
    return Residency.objects.unscoped(reason=COUNTED).filter(posyandu__in=ids, kind=Residency.Kind.RESIDENT)


def born_rows(posyandu_ids: Iterable[UUID], month: date) -> Iterator[tuple[str, UUID]]:
    """(name of the count, child) of each child behind the live births of a month, under the same conditions."""
    born = _born(list(posyandu_ids), month, clock.last_day(month)).order_by()
    for name, which in _LIVE.items():
        for child in born.filter(which).values_list("resident", flat=True).distinct():
            yield name, child


def _born(ids: list[UUID], first: date, last: date) -> QuerySet[Residency]:
    """Children who began to live here by being born in the month; an entry made twice and merged counts once."""
    return _homes(ids).filter(
        began=Residency.Began.BIRTH,
        resident__birth_date__range=(first, last),
        resident__merged_into__isnull=True,
    )


def _live(ids: list[UUID], first: date, last: date) -> dict[str, Counter]:
    counts = {name: Count("resident", distinct=True, filter=which) for name, which in _LIVE.items()}
    rows = _born(ids, first, last).values_list("posyandu").annotate(**counts)
    counted: dict[str, Counter] = {name: Counter() for name in _LIVE}
    for posyandu, *numbers in rows:
        for name, number in zip(counted, numbers, strict=True):
            counted[name][posyandu] = number
    return counted


def _stillborn(ids: list[UUID], first: date, last: date) -> Counter:
    rows = Birth.objects.unscoped(reason=COUNTED).filter(
        posyandu__in=ids, condition=Birth.Condition.STILLBORN, born_on__range=(first, last)
    )
    return Counter(dict(rows.order_by().values_list("posyandu").annotate(Count("pk"))))


def _losses(ids: list[UUID], first: date, last: date) -> Counter:
    """Pregnancies lost in the month, at the post where the woman lived that day, or died on it."""
    span = "resident__pregnancies__"
    homes = _homes(ids).filter(
        Q(to_date__isnull=True) | Q(to_date__gte=first),
        **{f"{span}outcome": Pregnancy.Outcome.LOSS, f"{span}ended_on__range": (first, last)},
    )
    lost = homes.values_list("posyandu", "from_date", "to_date", "ended", f"{span}pk", f"{span}ended_on")
    losses = {(pk, at) for at, begin, end, why, pk, on in lost if begin <= on and _is_here(on, end, why)}
    return Counter(at for _, at in losses)


def _is_here(on: date, end: date | None, why: str) -> bool:
    """Not gone yet on this day; who died on it was still here."""
    return end is None or on < end or (on == end and why == Residency.Ended.DIED)


def _deaths(ids: list[UUID], first: date, last: date) -> dict[str, Counter]:
    """Infants and newborn who died in the month, and women while pregnant or within 42 days after."""
    rows = _homes(ids).filter(ended=Residency.Ended.DIED, to_date__range=(first, last))
    dead = {pk: each for pk, *each in rows.values_list("resident", "posyandu", "resident__birth_date", "to_date")}
    infants = [(at, born, on) for at, born, on in dead.values() if completed_months(born, on) < INFANT_MONTHS]
    return {
        "infant_deaths": Counter(at for at, _, _ in infants),
        "neonatal_deaths": Counter(at for at, born, on in infants if (on - born).days <= NEONATAL_DAYS_LAST),
        "maternal_deaths": Counter(dead[pk][0] for pk in _mothers(ids, {pk: on for pk, (_, _, on) in dead.items()})),
    }


def _mothers(ids: list[UUID], died_on: dict[UUID, date]) -> set[UUID]:
    """Who of these died while pregnant or within 42 days after."""
    if not died_on:
        return set()
    ends = _homes(ids).filter(resident__in=died_on, resident__pregnancies__registered_on__lte=max(died_on.values()))
    pairs = ends.values_list("resident", "resident__pregnancies__ended_on")
    return {pk for pk, ended in pairs if ended and ended >= died_on[pk] - timedelta(days=POSTPARTUM_DAYS)}


@dataclass(frozen=True)
class ContactRow:
    """A contact as the page shows it: when and by whom, or the days in which it is due."""

    kind: str
    contact: PregnancyContact | None
    timed: Timed | None = None

    @property
    def is_due(self) -> bool:
        return self.timed is not None and self.timed.state == "sekarang"

    @property
    def is_late(self) -> bool:
        return self.timed is not None and self.timed.state == "lewat"


@dataclass(frozen=True)
class BabyRows:
    """One baby and her KN1–KN3; none are asked for who is not alive."""

    birth: Birth
    rows: tuple[ContactRow, ...]

    @property
    def is_small(self) -> bool:
        """Born with a low weight (BBLR)."""
        return self.birth.weight_g is not None and self.birth.weight_g < LOW_BIRTH_WEIGHT_G


@dataclass(frozen=True)
class PregnancyPage:
    """What a pregnancy's page shows."""

    weeks: int | None
    due_on: date | None
    is_open: bool
    antenatal: tuple[ContactRow, ...]
    postnatal: tuple[ContactRow, ...]
    babies: tuple[BabyRows, ...]
    advice: tuple[str, ...]


def pregnancy_page(pregnancy: Pregnancy, area_code: str, today: date) -> PregnancyPage:
    """A pregnancy reached in scope, in three queries."""
    births = list(pregnancy.births.select_related("child"))
    contacts = {(contact.kind, contact.birth_id): contact for contact in pregnancy.contacts.all()}
    days = values_of((POSTNATAL_CONTACTS, NEONATAL_CONTACTS), area_code, today)
    own = {kind for kind, birth_id in contacts if birth_id is None}
    after = _after(pregnancy, days[POSTNATAL_CONTACTS.key], own, today)
    babies = tuple(_baby(birth, days[NEONATAL_CONTACTS.key], contacts, today) for birth in births)
    is_open = pregnancy.ended_on is None
    return PregnancyPage(
        weeks=gestation_weeks(pregnancy.lmp_on, pregnancy.ended_on or today) if pregnancy.lmp_on else None,
        due_on=due_date(pregnancy.lmp_on) if pregnancy.lmp_on else None,
        is_open=is_open,
        antenatal=tuple(ContactRow(kind, contacts.get((kind, None))) for kind in ANTENATAL),
        postnatal=tuple(ContactRow(one.kind, contacts.get((one.kind, None)), one) for one in after),
        babies=babies,
        advice=pregnancy_advice(pregnancy.lmp_on, own, today) if is_open else _after_words(after, babies),
    )


def _after(pregnancy: Pregnancy, days: str, done: set[str], today: date) -> tuple[Timed, ...]:
    delivered = pregnancy.outcome in (Pregnancy.Outcome.BIRTH, Pregnancy.Outcome.STILLBIRTH)
    if not delivered or pregnancy.ended_on is None or pregnancy.resident.died_on is not None:
        return ()
    return timed(windows_of(POSTNATAL, days), pregnancy.ended_on, done, today)


def _baby(birth: Birth, days: str, contacts: dict, today: date) -> BabyRows:
    lives = birth.child is not None and birth.child.died_on is None
    done = {kind for kind, birth_id in contacts if birth_id == birth.pk}
    due = timed(windows_of(NEONATAL, days), birth.born_on, done, today) if lives else ()
    return BabyRows(birth, tuple(ContactRow(one.kind, contacts.get((one.kind, birth.pk)), one) for one in due))


def _after_words(after: tuple[Timed, ...], babies: tuple[BabyRows, ...]) -> tuple[str, ...]:
    said = [f"{_called(baby, babies)}: {LOW_WEIGHT}" for baby in babies if baby.rows and baby.is_small]
    said += [f"Ibu: {words}" for words in (after_birth_advice(after) if after else ())]
    for baby in babies:
        if baby.rows:
            due = [row.timed for row in baby.rows if row.timed]
            said += [f"{_called(baby, babies)}: {words}" for words in after_birth_advice(due)]
    return tuple(said)


def _called(baby: BabyRows, babies: tuple[BabyRows, ...]) -> str:
    return f"Bayi {baby.birth.order}" if len(babies) > 1 else "Bayi"
