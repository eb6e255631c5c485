from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from services.areas.models import Area, Holiday, Office
from services.areas.queries import forget_days_off, offices_of
from services.areas.resources import HolidayRow
from services.audit.actions import Verb, note

from ..models import RequestType, Route
from ..resources import office_rows


@transaction.atomic
def add_default_offices(*, district: Area, by) -> list[Office]:
    """Give a kab/kota the usual offices and routes (domain 2.3). Offices it has already stay as they are."""
    fields: dict[str, list[str]] = {}
    protects: dict[str, bool] = {}
    for row in office_rows():
        fields.setdefault(row.name, []).append(row.field)
        protects[row.name] = protects.get(row.name, False) or row.protects
    offices = {
        name: Office.objects.get_or_create(
            area=district, name=name, defaults={"fields": sorted(set(keys)), "protects": protects[name]}
        )[0]
        for name, keys in fields.items()
    }
    for row in office_rows():
        Route.objects.get_or_create(office=offices[row.name], field=row.field, request_type=row.request_type)
    note(by=by, verb=Verb.CREATE, on=Office, place=district.pk, jumlah=len(offices))
    return list(offices.values())


@transaction.atomic
def save_office(*, office: Office, by) -> Office:
    """Register an office of a kab/kota, or change one."""
    is_new = office._state.adding
    if is_new:
        office.save(force_insert=True)
    else:
        office.save(update_fields=["name", "fields", "protects", "email", "phone", "is_active"])
    note(by=by, verb=Verb.CREATE if is_new else Verb.UPDATE, on=office, place=office.area_id)
    return office


@transaction.atomic
def save_routes(*, district: Area, field: str, offices_by_type: Mapping[str, Collection[UUID]], by) -> None:
    """Set which offices answer each of these request types; types and offices out of use keep the routes they had."""
    here = Route.objects.filter(office__in=offices_of(district.pk), field=field, request_type__in=offices_by_type)
    wanted = {(office, key) for key, offices in offices_by_type.items() for office in offices}
    kept = set(here.values_list("office", "request_type"))
    for office, key in kept - wanted:
        here.filter(office=office, request_type=key).delete()
    for office, key in wanted - kept:
        Route.objects.get_or_create(office_id=office, field=field, request_type=key)
    note(by=by, verb=Verb.UPDATE, on=Route, place=district.pk, bidang=field)


@transaction.atomic
def save_request_type(*, request_type: RequestType, by) -> RequestType:
    """Add a request type of the district's own, or change one."""
    is_new = request_type._state.adding
    if is_new:
        request_type.save(force_insert=True)
    else:
        request_type.save(update_fields=["label", "papers", "is_active"])
    note(by=by, verb=Verb.CREATE if is_new else Verb.UPDATE, on=request_type, place=request_type.district_id)
    return request_type


@transaction.atomic
def import_holidays(*, rows: list[HolidayRow], district: Area | None, by) -> int:
    """Take over a list of days off, for the country or one kab/kota; how many. Estimated days are left out."""
    certain = [row for row in rows if not row.estimated]
    for row in certain:
        Holiday.objects.update_or_create(
            area=district, date=row.date, defaults={"name": row.name, "source": row.source, "is_working": False}
        )
    forget_days_off([district.pk] if district else _districts())
    note(by=by, verb=Verb.CREATE, on=Holiday, place=district.pk if district else "", jumlah=len(certain))
    return len(certain)


@transaction.atomic
def save_holiday(*, holiday: Holiday, by) -> Holiday:
    """A district's own day off, or a national one on which it works."""
    holiday.save(force_insert=True)
    forget_days_off([holiday.area_id] if holiday.area_id else _districts())
    note(by=by, verb=Verb.CREATE, on=holiday, place=holiday.area_id or "")
    return holiday


@transaction.atomic
def cancel_holiday(*, holiday: Holiday, by) -> None:
    """A district takes back a day of its own, such as one that was written down for the wrong date."""
    note(by=by, verb=Verb.DELETE, on=holiday, place=holiday.area_id or "", tanggal=f"{holiday.date}", nama=holiday.name)
    district = holiday.area_id
    holiday.delete()
    forget_days_off([district] if district else _districts())


def _districts() -> list[str]:
    return list(Area.objects.filter(level=Area.Level.DISTRICT).values_list("pk", flat=True))
