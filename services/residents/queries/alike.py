"""Who may be the same: likely duplicates in sight, households by their head, and a guest whom another post knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from services.areas.scope import Scope
from services.posyandu.models import Posyandu
from services.web.rules import short_date_text

from ..fields import keyed_hash
from ..models import Household, Residency, Resident
from ..rules import NEAR_BIRTH_YEARS, Likeness, begins_so, likely_same, name_key, names_alike
from .people import short_address

DUPLICATES_SHOWN = 5
HOUSEHOLDS_SHOWN = 8


def likely_duplicates(scope: Scope, likeness: Likeness, *, besides: UUID | None = None) -> list[Resident]:
    """People in sight who are probably the one described, the nearest birth first; at most five."""
    near = timedelta(days=NEAR_BIRTH_YEARS * 365)
    around = Q(birth_date__range=(likeness.birth_date - near, likeness.birth_date + near))
    candidates = Resident.objects.within(scope).filter(around, merged_into__isnull=True).exclude(pk=besides)
    found = [resident for resident in candidates.defer("nik") if likely_same(likeness, likeness_of(resident))]
    found.sort(key=lambda resident: abs(resident.birth_date - likeness.birth_date))
    return found[:DUPLICATES_SHOWN]


def likeness_of(resident: Resident) -> Likeness:
    """What this person is compared by."""
    exact = resident.birth_precision == Resident.BirthPrecision.DAY
    return Likeness(resident.name, resident.birth_date, resident.mother_name, exact)


def households_like(scope: Scope, head_name: str) -> list[Household]:
    """Households in sight whose head's name is alike, for choosing instead of adding a second one."""
    words = name_key(head_name).split()
    if not words:
        return []
    begins = Q()
    for word in words:
        begins |= Q(head_name__istartswith=word[:3]) | Q(head_name__icontains=f" {word[:3]}")
    candidates = Household.objects.within(scope).filter(begins).defer("no_kk").order_by("head_name", "rw", "rt")
    found = [
        household
        for household in candidates
        if begins_so(head_name, household.head_name) or names_alike(head_name, household.head_name)
    ]
    return found[:HOUSEHOLDS_SHOWN]


@dataclass(frozen=True)
class FoundGuest:
    """Somebody a register knows. Only the id is told: her file stays closed at a post that is not hers."""

    resident_id: UUID
    lives_here: bool


def find_guest(
    *, posyandu: Posyandu, nik: str = "", name: str = "", birth_date: date | None = None, mother_name: str = ""
) -> FoundGuest | None:
    """The one person with this NIK, or with exactly this name, birth date and mother; None when there is no or more
    than one such. For serving a guest: pass the id to `receive_guest`."""
    known = Resident.objects.unscoped(
        reason="a guest is found by what she says of herself; nothing of her file is shown"
    )
    known = known.filter(merged_into__isnull=True, died_on__isnull=True)
    if nik:
        known = known.filter(nik_hash=keyed_hash(nik))
    elif name and birth_date and mother_name:
        known = known.filter(name_key=name_key(name), birth_date=birth_date)
        known = known.filter(
            pk__in=[row.pk for row in known.defer("nik") if name_key(row.mother_name) == name_key(mother_name)]
        )
    else:
        return None
    found = list(known.defer("nik")[:2])
    if len(found) != 1:
        return None
    here = found[0].residencies.filter(posyandu=posyandu, to_date__isnull=True, kind=Residency.Kind.RESIDENT)
    return FoundGuest(found[0].pk, here.exists())


def compared(first: Resident, second: Resident, scope: Scope) -> list[tuple[str, str, str]]:
    """Two entries side by side: (what, of the first, of the second), for a person who decides whether they are one."""
    return [
        (label, one, other)
        for (label, one), (_, other) in zip(_facts(first, scope), _facts(second, scope), strict=True)
    ]


def _facts(resident: Resident, scope: Scope) -> list[tuple[str, str]]:
    lived = Residency.objects.within(scope).filter(resident=resident, kind=Residency.Kind.RESIDENT)
    last = lived.select_related("household", "posyandu").order_by("from_date").last()
    household = last.household if last else None
    return [
        ("Nama", resident.name),
        ("Jenis kelamin", resident.get_sex_display()),
        ("Tanggal lahir", short_date_text(resident.birth_date)),
        ("Nama ibu", resident.mother_name or "–"),
        ("NIK", resident.masked_nik or "–"),
        ("Keluarga", household.head_name if household else "–"),
        ("Alamat", short_address(household) if household else "–"),
        ("Posyandu", last.posyandu.name if last else "–"),
        ("Di sini sejak", short_date_text(last.from_date) if last else "–"),
    ]
