"""Who lives where, and a person as lists show her."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from services.areas.scope import Scope, inside
from services.areas.settings import ADULT_FROM_YEARS, BREASTFEEDING_MONTHS, ELDERLY_FROM_YEARS, values_of
from services.clinical.ages import completed_months, describe_age
from services.posyandu.models import Posyandu

from ..models import Pregnancy, Residency, Resident
from ..rules import POSTPARTUM_DAYS, PregnancySpan, StageRules, born_after, stages

DELIVERED = (Pregnancy.Outcome.BIRTH, Pregnancy.Outcome.STILLBIRTH)
MERGED_AT_MOST = 8  # merges of merges followed before giving up


@dataclass(frozen=True)
class Person:
    """A resident as lists show her on a day: no query is made when these are drawn."""

    id: UUID
    name: str
    sex: str
    birth_date: date
    stages: tuple[str, ...]
    age: str
    age_months: int
    address: str
    mother_name: str
    household_id: UUID | None
    is_guest: bool = False

    @property
    def stage(self) -> str:
        return self.stages[0]


def stage_rules(area_code: str, on: date) -> StageRules:
    """The ages this district has set, in one query."""
    found = values_of((ADULT_FROM_YEARS, ELDERLY_FROM_YEARS, BREASTFEEDING_MONTHS), area_code, on)
    return StageRules(found[ADULT_FROM_YEARS.key], found[ELDERLY_FROM_YEARS.key], found[BREASTFEEDING_MONTHS.key])


def posts_of(scope: Scope) -> QuerySet[Posyandu]:
    """The posyandu of the scope, for choosing one."""
    return Posyandu.objects.within(scope).order_by("name")


TARGETS_SHOWN = 12


def posts_called(text: str, *, district: str) -> list[Posyandu]:
    """Active posyandu of the same kab/kota with this name, or in the desa/kelurahan of this name, for moving there.

    Names and places of posts are public; nobody's rows are reached by this.
    """
    words = text.replace("\0", "").lower().removeprefix("posyandu").strip()
    if not words:
        return []
    posts = Posyandu.objects.unscoped(reason="names and places of posts are public: where somebody moved to")
    named = Q(name__icontains=words) | Q(area__name__icontains=words)
    found = posts.filter(named, inside("path", district[:5]), state=Posyandu.State.ACTIVE)
    return list(found.select_related("area").order_by("area__name", "name")[:TARGETS_SHOWN])


def kept_of(resident_id: UUID, scope: Scope) -> Resident | None:
    """The person this id stands for, in scope: herself, or whoever she was merged into; None when there is none."""
    everybody = Resident.objects.unscoped(reason="an alias leads to the kept person, who is then asked for in scope")
    for _ in range(MERGED_AT_MOST):
        row = everybody.filter(pk=resident_id).values_list("merged_into", flat=True).first()
        if row is None:
            return Resident.objects.within(scope).filter(pk=resident_id, merged_into__isnull=True).first()
        resident_id = row
    return None


def current_residency(resident: Resident, scope: Scope) -> Residency | None:
    """Where she lives now if that is in the scope, else None (moved away, died, or lives where one cannot see)."""
    rows = Residency.objects.within(scope).filter(resident=resident, to_date__isnull=True, kind=Residency.Kind.RESIDENT)
    return rows.select_related("resident", "household", "posyandu").first()


def last_residency(resident: Resident, scope: Scope) -> Residency:
    """Where in the scope she lived last; whoever is reached in scope has one."""
    rows = Residency.objects.within(scope).filter(resident=resident, kind=Residency.Kind.RESIDENT)
    return rows.select_related("resident", "household", "posyandu").order_by("from_date", "recorded_at").last()


def household_mates(residency: Residency) -> list[Residency]:
    """The residencies of all who live in her household now, hers among them; only hers without a household."""
    if residency.household_id is None:
        return [residency]
    mates = residency.household.residencies.filter(to_date__isnull=True, kind=Residency.Kind.RESIDENT)
    return list(mates.select_related("resident", "posyandu", "household"))


def living_at(scope: Scope, on: date) -> QuerySet[Residency]:
    """Who lives in the posts of the scope on a day."""
    return Residency.objects.within(scope).filter(Residency.on_day(on), kind=Residency.Kind.RESIDENT)


def reachable(scope: Scope) -> QuerySet[Resident]:
    """Residents of the scope, and guests its posts have served: for reading a form at an encounter, not for a file."""
    here = Residency.objects.within(scope).values("resident_id")
    return Resident.objects.within(scope) | Resident.objects.unscoped(
        reason="guests served at posts of the scope"
    ).filter(pk__in=here)


def pregnancies_of(resident_ids: Iterable[UUID]) -> dict[UUID, list[PregnancySpan]]:
    """Pregnancies of people already reached in scope, in one query."""
    rows = Pregnancy.objects.unscoped(reason="pregnancies of people already reached in scope").filter(
        resident_id__in=list(resident_ids)
    )
    found: dict[UUID, list[PregnancySpan]] = {}
    for row in rows:
        born, stillborn = (row.outcome == each for each in (Pregnancy.Outcome.BIRTH, Pregnancy.Outcome.STILLBIRTH))
        span = PregnancySpan(row.registered_on, row.ended_on, born, stillborn, row.nursing_until)
        found.setdefault(row.resident_id, []).append(span)
    return found


def after_birth(on: date, rules: StageRules) -> Q:
    """Pregnancies whose mother is nifas or menyusui on a day (`rules.mother_stage` in SQL)."""
    nifas = Q(ended_on__gte=on - timedelta(days=POSTPARTUM_DAYS), outcome__in=DELIVERED)
    nursing = Q(ended_on__gt=born_after(on, rules.breastfeeding_months), outcome=Pregnancy.Outcome.BIRTH)
    alive = Q(nursing_until__isnull=True) | Q(nursing_until__gt=on)
    return Q(registered_on__lte=on, ended_on__lte=on) & (nifas | nursing & alive)


def person(
    resident: Resident,
    on: date,
    rules: StageRules,
    *,
    spans: Iterable[PregnancySpan] = (),
    household=None,
    is_guest: bool = False,
) -> Person:
    """A resident as lists show her; all rows it needs are handed in."""
    return Person(
        id=resident.pk,
        name=resident.name,
        sex=resident.sex,
        birth_date=resident.birth_date,
        stages=stages(resident.birth_date, on, spans, rules),
        age=describe_age(resident.birth_date, on),
        age_months=completed_months(resident.birth_date, on),
        address=short_address(household) if household else "",
        mother_name=resident.mother_name,
        household_id=household.pk if household else None,
        is_guest=is_guest,
    )


def short_address(household) -> str:
    """'RT 02 / RW 03 · Dusun Krajan', as far as known."""
    numbers = " / ".join(f"{label} {value}" for label, value in (("RT", household.rt), ("RW", household.rw)) if value)
    return " · ".join(part for part in (numbers, household.dusun and f"Dusun {household.dusun}") if part)
