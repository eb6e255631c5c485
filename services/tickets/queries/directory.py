"""What can be asked in a district, which papers it needs, and which office answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from services.accounts.models import Assignment
from services.areas.models import Area, Holiday, Office
from services.areas.queries import offices_of
from services.areas.resources import national_holidays
from services.areas.scope import Scope, area_filter
from services.posyandu.models import Posyandu

from ..models import RequestType, Route, Ticket
from ..resources import request_kinds
from ..rules import RequestKind

VILLAGE_DOTS = 3  # "33.75.03.1003"


def kinds_of(district: str, field: str) -> list[RequestKind]:
    """The request types of a field in a district: the list, changed and lengthened by the district's own rows."""
    kinds = {kind.key: kind for kind in request_kinds().get(field, ())}
    for row in RequestType.objects.filter(district=district, field=field).order_by("label"):
        kinds.pop(row.key, None)
        if row.is_active:
            kinds[row.key] = RequestKind(field, row.key, row.label, tuple(row.papers))
    return sorted(kinds.values(), key=lambda kind: kind.key == "lainnya")


def kind_of(district: str, field: str, key: str) -> RequestKind | None:
    """The request type of this key, or None."""
    return next((kind for kind in kinds_of(district, field) if kind.key == key), None)


def papers_of(ticket: Ticket) -> tuple[str, ...]:
    """The papers a ticket needs by its type; only a permohonan needs any."""
    kind = kind_of(ticket.district_id, ticket.field, ticket.request_type)
    return kind.papers if kind and ticket.kind == Ticket.Kind.REQUEST else ()


def proposed_offices(ticket: Ticket) -> list[Office]:
    """The offices that answer this type in the district: those named for it, else those of its field."""
    here = Route.objects.filter(office__in=offices_of(ticket.district_id), field=ticket.field)
    by_type: dict[str, list[Office]] = {}
    for route in here.select_related("office").order_by("office__name"):
        by_type.setdefault(route.request_type, []).append(route.office)
    own = [office for office in offices_of(ticket.district_id) if ticket.field in office.fields]
    return by_type.get(ticket.request_type) or by_type.get("") or own


def routes_of(district: str, field: str) -> dict[str, list[UUID]]:
    """Request type → the offices in use that answer it in this district; the empty type is all others of the field."""
    rows = Route.objects.filter(office__in=offices_of(district), field=field).order_by("office__name")
    found: dict[str, list[UUID]] = {}
    for key, office in rows.values_list("request_type", "office"):
        found.setdefault(key, []).append(office)
    return found


def people_of_offices(offices: Iterable[UUID], on: date) -> QuerySet[Assignment]:
    """Who answers for these offices today, by office and name."""
    people = Assignment.objects.unscoped(reason="whoever forwards a confidential ticket names one person of an office")
    current = people.filter(Assignment.on_day(on), office__in=list(offices), user__is_active=True)
    return current.select_related("user", "office").order_by("office__name", "user__name")


@dataclass(frozen=True)
class Places:
    """The places a list can be narrowed to: (code, name), the one that was chosen, and who or where the asker is."""

    title: str = ""
    district: str = ""
    below: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def places_of(scope: Scope, chosen: str = "") -> Places:
    """Where the asker works and the places below it, down to the posyandu of a desa: one query, two for an office."""
    if scope.offices:
        office = Office.objects.filter(pk__in=scope.offices).order_by("name").first()
        return _places(office.area_id, chosen, str(office)) if office else Places()
    if not scope.areas:
        return Places()
    code = scope.areas[0]
    if code.count(".") < VILLAGE_DOTS:
        return _places(code, chosen)
    posts = list(Posyandu.objects.within(scope).filter(area=code).select_related("area").order_by("name"))
    named = {post.path: post.name for post in posts}
    return Places(posts[0].area.title if posts else "", code, tuple(named.items()), named.get(chosen, ""))


def _places(code: str, chosen: str, title: str = "") -> Places:
    """The areas right below the chosen place; of a desa, which has none, its neighbours."""
    parents = [code, chosen, chosen.rpartition(".")[0]]
    wanted = Q(pk__in=[code, chosen]) | Q(parent__in=parents, is_active=True)
    areas = {area.pk: area for area in Area.objects.filter(wanted).order_by("name")}
    own = areas[code].title if code in areas else ""
    if chosen not in areas or not chosen.startswith(f"{code}."):
        root, name = code, ""
    else:
        has_below = any(area.parent_id == chosen for area in areas.values())
        root, name = chosen if has_below else areas[chosen].parent_id, areas[chosen].title
    below = tuple((pk, area.name) for pk, area in areas.items() if area.parent_id == root)
    return Places(title or own, code, below, name)


def office_district(scope: Scope) -> str:
    """The kab/kota of the asker's offices."""
    office = Office.objects.filter(pk__in=scope.offices).order_by("area").first()
    return office.area_id if office else ""


def district_list(scope: Scope) -> list[Area]:
    """The kab/kota that this person looks after."""
    return list(Area.objects.filter(area_filter("pk", scope.areas), level=Area.Level.DISTRICT).order_by("pk")[:50])


def request_types_of(district: str) -> QuerySet[RequestType]:
    """The district's own request types and its words on those of the list."""
    return RequestType.objects.filter(district=district).order_by("field", "label")


@dataclass(frozen=True)
class DayOff:
    """A day of the calendar: `is_worked` says that it stops no clock; `own` is the district's own row, to take back."""

    day: date
    name: str
    source: str
    is_worked: bool
    own: int | None = None


def holidays_of(district: str, year: int) -> list[DayOff]:
    """The days off of a year: the national list with the district's own days, by day."""
    days = {
        day: DayOff(day, row.name, row.kind + (" (perkiraan)" if row.estimated else ""), row.estimated)
        for day, row in national_holidays().items()
        if day.year == year
    }
    own = Holiday.objects.filter(Q(area=district) | Q(area=None), date__year=year).order_by("area")
    for row in own:
        own = row.pk if row.area_id else None
        days[row.date] = DayOff(row.date, row.name, row.source, row.is_working, own)
    return [days[day] for day in sorted(days)]
