"""What the admin of a kab/kota decides for tickets: offices, request types of its own, days off."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.models import Area, Holiday, Office
from services.areas.queries import offices_of
from services.fields import registry
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_default_offices, cancel_holiday, save_holiday, save_office, save_request_type, save_routes
from ..forms import HolidayForm, OfficeForm, OpenForm, RequestTypeEditForm, RequestTypeForm, RouteForm
from ..models import RequestType
from ..queries import district_list, holidays_of, kind_of, kinds_of, request_types_of, routes_of


@requires(Permission.MANAGE_POSTS)
def office_list(request):
    """Offices, request types and days off of the asker's kab/kota, on one page."""
    district = _district(request)
    year = clock.today(district.pk).year
    context = {
        "district": district,
        "offices": district.offices.order_by("-is_active", "name"),
        "fields": registry.FIELDS,
        "request_types": request_types_of(district.pk),
        "listed": [(one, kinds_of(district.pk, one.key)) for one in registry.FIELDS],
        "holidays": holidays_of(district.pk, year),
        "year": year,
        "form": OpenForm(),
    }
    return page(request, "tickets/office_list.html", context)


def _district(request) -> Area:
    districts = district_list(request.scope)
    if not districts:
        raise Http404
    return districts[0]


@requires(Permission.MANAGE_POSTS)
def office_defaults(request):
    """The usual offices and routes at once; those that are there stay."""
    district = _district(request)
    form = OpenForm(request.POST or None)
    context = {"district": district}
    if request.method != "POST":
        return page(request, "tickets/office_defaults.html", {**context, "form": form})

    def write():
        offices = add_default_offices(district=district, by=request.user)
        return _receipt(f"{len(offices)} kantor siap dipakai")

    return respond(request, form, write, "tickets/office_defaults.html", context)


def _receipt(message: str) -> Receipt:
    return Receipt(reverse("tickets:office_list"), message)


@requires(Permission.MANAGE_POSTS)
def office_new(request):
    return _office(request, Office(area=_district(request)), "tickets/office_new.html")


@requires(Permission.MANAGE_POSTS)
def office_edit(request, office_id):
    office = get_object_or_404(_district(request).offices, pk=office_id)
    return _office(request, office, "tickets/office_edit.html")


def _office(request, office: Office, template: str):
    form = OfficeForm(request.POST or None, instance=office)
    if request.method != "POST":
        return page(request, template, {"form": form, "office": office})

    def write():
        _refuse_twin(office)
        return _receipt(f"{save_office(office=form.instance, by=request.user)} tersimpan")

    return respond(request, form, write, template, {"office": office})


def _refuse_twin(office: Office) -> None:
    if office.area.offices.filter(name__iexact=office.name).exclude(pk=office.pk).exists():
        raise Refusal("Kantor dengan nama ini sudah ada.", status=422, field="name")


@requires(Permission.MANAGE_POSTS)
def route_edit(request, field):
    """Which office answers each request type of a field; whoever forwards finds it ticked."""
    district = _district(request)
    chosen = next((one for one in registry.FIELDS if one.key == field), None)
    if chosen is None:
        raise Http404
    form = RouteForm(
        request.POST or None,
        kinds=kinds_of(district.pk, field),
        offices=list(offices_of(district.pk)),
        routes=routes_of(district.pk, field),
    )
    context = {"district": district, "chosen": chosen}
    if request.method != "POST":
        return page(request, "tickets/route_edit.html", {**context, "form": form})

    def write():
        save_routes(district=district, field=field, offices_by_type=form.offices_by_type(), by=request.user)
        return _receipt(f"OPD tujuan {chosen.label} tersimpan")

    return respond(request, form, write, "tickets/route_edit.html", context)


@requires(Permission.MANAGE_POSTS)
def request_type_new(request):
    """A request of the district's own, such as pertanian in Jepara."""
    district = _district(request)
    form = RequestTypeForm(request.POST or None, instance=RequestType(district=district))
    if request.method != "POST":
        return page(request, "tickets/request_type_new.html", {"form": form})

    def write():
        made = form.instance
        if request_types_of(district.pk).filter(field=made.field, key=made.key).exists():
            raise Refusal("Jenis dengan nama ini sudah ada di bidang itu.", status=422, field="label")
        save_request_type(request_type=made, by=request.user)
        return _receipt("Jenis laporan ditambahkan")

    return respond(request, form, write, "tickets/request_type_new.html", {})


@requires(Permission.MANAGE_POSTS)
def request_type_edit(request, field, key):
    """One request type as this kab/kota takes it in: its name, its papers, and whether at all."""
    district = _district(request)
    own = request_types_of(district.pk).filter(field=field, key=key).first() or _of_the_list(district, field, key)
    form = RequestTypeEditForm(request.POST or None, instance=own)
    context = {"chosen": own}
    if request.method != "POST":
        return page(request, "tickets/request_type_edit.html", {**context, "form": form})

    def write():
        save_request_type(request_type=form.instance, by=request.user)
        return _receipt(f"{form.instance.label} tersimpan")

    return respond(request, form, write, "tickets/request_type_edit.html", context)


def _of_the_list(district: Area, field: str, key: str) -> RequestType:
    """A type of the list, as the district's word on it would begin; 404 when there is none."""
    kind = kind_of(district.pk, field, key)
    if kind is None:
        raise Http404
    return RequestType(district=district, field=field, key=key, label=kind.label, papers=list(kind.papers))


@requires(Permission.MANAGE_POSTS)
def holiday_new(request):
    district = _district(request)
    form = HolidayForm(request.POST or None, instance=Holiday(area=district))
    if request.method != "POST":
        return page(request, "tickets/holiday_new.html", {"form": form})

    def write():
        if district.holidays.filter(date=form.instance.date).exists():
            raise Refusal("Tanggal ini sudah ada di daftar daerah.", status=422, field="date")
        save_holiday(holiday=form.instance, by=request.user)
        return _receipt("Hari tersimpan")

    return respond(request, form, write, "tickets/holiday_new.html", {})


@requires(Permission.MANAGE_POSTS)
def holiday_cancel(request, holiday_id):
    """Take back a day of the district's own; a national one is overridden instead."""
    holiday = get_object_or_404(_district(request).holidays, pk=holiday_id)
    form = OpenForm(request.POST or None)
    if request.method != "POST":
        return page(request, "tickets/holiday_cancel.html", {"form": form, "holiday": holiday})

    def write():
        cancel_holiday(holiday=holiday, by=request.user)
        return _receipt("Hari dihapus dari daftar daerah")

    return respond(request, form, write, "tickets/holiday_cancel.html", {"holiday": holiday})
