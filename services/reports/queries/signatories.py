"""Who signs for which place, and whose signatories somebody keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from services.areas.access import Permission
from services.areas.models import Area
from services.areas.scope import Access, area_filter
from services.posyandu.models import Facility

from ..models import Signatory
from ..rules import HEADS

LEVELS = (Area.Level.DISTRICT, Area.Level.SUBDISTRICT, Area.Level.VILLAGE)


@dataclass(frozen=True)
class SignedPlace:
    """A place that somebody signs for: who does today, and who did before or will."""

    code: str
    title: str
    office: str
    holder: Signatory | None = None
    others: tuple[Signatory, ...] = ()


def kept_areas(access: Access):
    """The areas whose signatories this person keeps: her own, and all of a district for its admin."""
    own, whole = access.scope(Permission.SIGN), access.scope(Permission.MANAGE_POSTS)
    mine = Q(pk__in=own.areas if own else ()) | area_filter("pk", whole.areas if whole else ())
    return Area.objects.filter(mine, level__in=LEVELS, is_active=True).order_by("pk")


def kept_facilities(access: Access):
    """The health facilities likewise: whoever works there, and the district's admin."""
    own, whole = access.scope(Permission.SIGN), access.scope(Permission.MANAGE_POSTS)
    found = Facility.objects.within(whole) if whole else Facility.objects.none()
    if own and not own.areas:
        return (found | Facility.objects.within(own) if whole else Facility.objects.within(own)).order_by("name")
    return found.order_by("name")


def acts_for(access: Access, code: str) -> bool:
    """Whether somebody acts for places of this level: an area's officer for hers, a puskesmas for facilities."""
    own = access.scope(Permission.SIGN)
    if own is None or access.may(Permission.MANAGE_POSTS):
        return own is not None
    levels = {area.count(".") for area in own.areas}
    return code.count(".") in levels if "." in code else not levels


def signed_places(access: Access, today: date) -> list[SignedPlace]:
    """Every place whose signatories this person keeps; four queries."""
    return [
        *(
            _signed(area.pk, area.title, HEADS[area.kind], area.signatories.all(), today)
            for area in kept_areas(access).prefetch_related("signatories")
        ),
        *(
            _signed(str(each.pk), str(each), facility_office(each), each.signatories.all(), today)
            for each in kept_facilities(access).prefetch_related("signatories")
        ),
    ]


def facility_office(facility: Facility) -> str:
    return f"Kepala {facility.get_kind_display()}"


def _signed(code: str, title: str, office: str, found: Iterable[Signatory], today: date) -> SignedPlace:
    rows = sorted(found, key=lambda row: row.from_date, reverse=True)
    holder = next((row for row in rows if row.from_date <= today and (not row.to_date or today <= row.to_date)), None)
    return SignedPlace(code, title, office, holder, tuple(row for row in rows if row is not holder))
