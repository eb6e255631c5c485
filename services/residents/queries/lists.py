"""The list of residents: search, groups by life stage, and its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from services.areas.scope import Scope
from services.web.rules import short_date_text

from ..models import Household, Pregnancy, Residency, Resident
from ..rules import BALITA_MONTHS, GROUP_LABELS, PRESCHOOL_MONTHS, StageRules, born_after, name_key
from .people import Person, after_birth, living_at, person, pregnancies_of

GROUP_CHIPS = (
    ("", "Semua"),
    ("balita", "Balita"),
    ("apras", "Prasekolah"),
    ("bumil", "Ibu hamil"),
    ("nifas_menyusui", "Nifas/menyusui"),
    ("usekrem", "Sekolah/remaja"),
    ("dewasa", "Dewasa"),
    ("lansia", "Lansia"),
    ("pernah", "Pindah/meninggal"),
)


@dataclass(frozen=True)
class Row:
    """One line of the list: the person, the head of her household, and why she lives here no more, if so."""

    person: Person
    head_name: str
    left: str


def search(scope: Scope, text: str, on: date) -> QuerySet[Resident]:
    """Residents, those who left among them, whose name or whose head of household has words that begin so, or who
    were born on the date typed ("10-11-2024", "2024-11-10")."""
    found = Resident.objects.within(scope).filter(merged_into__isnull=True)
    day = _as_date(text)
    if day:
        return found.filter(birth_date=day).order_by("name_key", "pk")
    own, of_head = Q(), Q()
    for word in name_key(text).split():
        own &= Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
        of_head &= Q(head_name__istartswith=word) | Q(head_name__icontains=f" {word}")
    if own:
        homes = living_at(scope, on).filter(household__in=Household.objects.within(scope).filter(of_head))
        found = found.filter(own | Q(pk__in=homes.values("resident")))
    return found.order_by("name_key", "pk")


def group_filter(group: str, scope: Scope, on: date, rules: StageRules) -> Q:
    """Residents of the scope counted in this group on a day; '' is everybody who lives here, 'pernah' who left."""
    here = Q(pk__in=living_at(scope, on).values("resident"))
    if group == "pernah":
        return ~here
    mothers = {"bumil": _pregnant(scope, on), "nifas_menyusui": _recent(scope, on, rules)}
    if group in mothers:
        return here & mothers[group]
    if group not in GROUP_LABELS:
        return here
    return here & _ages(group, on, rules) & ~mothers["bumil"] & ~mothers["nifas_menyusui"]


def _pregnant(scope: Scope, on: date) -> Q:
    now = Pregnancy.objects.within(scope).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), registered_on__lte=on)
    return Q(pk__in=now.values("resident"))


def _recent(scope: Scope, on: date, rules: StageRules) -> Q:
    births = Pregnancy.objects.within(scope).filter(after_birth(on, rules))
    return Q(pk__in=births.values("resident")) & ~_pregnant(scope, on)


def _ages(group: str, on: date, rules: StageRules) -> Q:
    adult, elderly = rules.adult_from_years * 12, rules.elderly_from_years * 12
    low, high = {
        "balita": (0, BALITA_MONTHS),
        "apras": (BALITA_MONTHS, PRESCHOOL_MONTHS),
        "usekrem": (PRESCHOOL_MONTHS, adult),
        "dewasa": (adult, elderly),
        "lansia": (elderly, None),
    }[group]
    old_enough = Q(birth_date__lte=born_after(on, low) if low else on)
    return old_enough & Q(birth_date__gt=born_after(on, high)) if high else old_enough


def rows(residents: Iterable[Resident], scope: Scope, on: date, rules: StageRules) -> list[Row]:
    """The lines of one page of residents, in two queries however many they are."""
    people = list(residents)
    ids = [resident.pk for resident in people]
    homes: dict[UUID, Residency] = {}
    lived = Residency.objects.within(scope).filter(resident__in=ids, kind=Residency.Kind.RESIDENT)
    for residency in lived.select_related("household").order_by("from_date", "recorded_at"):
        homes[residency.resident_id] = residency
    spans = pregnancies_of(ids)
    return [_row(resident, homes.get(resident.pk), spans.get(resident.pk, ()), on, rules) for resident in people]


def _row(resident: Resident, home: Residency | None, spans, on: date, rules: StageRules) -> Row:
    household = home.household if home else None
    lives_here = home is not None and home.to_date is None
    return Row(
        person=person(resident, on, rules, spans=spans if lives_here else (), household=household),
        head_name=household.head_name if household else "",
        left=_left(resident, home),
    )


def _left(resident: Resident, home: Residency | None) -> str:
    if resident.died_on:
        return f"Meninggal {short_date_text(resident.died_on)}"
    return f"Pindah {short_date_text(home.to_date)}" if home and home.to_date else ""


def household_members(household: Household, on: date) -> QuerySet[Residency]:
    """Who lives in a household, reached in scope, on a day; the head's relations first, then by age."""
    living = household.residencies.filter(Residency.on_day(on), kind=Residency.Kind.RESIDENT)
    return living.select_related("resident").order_by("resident__birth_date")


def _as_date(text: str) -> date | None:
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3:
        return None
    try:
        first, second, third = (int(part) for part in parts)
        return date(first, second, third) if first > 31 else date(third, second, first)
    except (ValueError, OverflowError):
        return None
