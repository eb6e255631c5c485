"""tickets:route_edit: which office answers which request type of a field."""

import pytest

from services.audit.models import Entry
from services.tickets.models import Route
from services.tickets.queries import proposed_offices, routes_of
from tests import factories

from .asking import get, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(town):
    return factories.user("admin", at="33.75")


def own_type(town, **change):
    office = town.offices["Dinas Sosial"]
    return {"kind_": [town.offices["DPUPR"].pk], "kind_sumur": [office.pk], **change}


def test_the_offices_of_today_are_ticked(town, admin):
    form = get(admin, "tickets:route_edit", "pekerjaan_umum").context["form"]
    assert form["kind_"].initial == [str(town.offices["DPUPR"].pk)]
    assert form["kind_sumur"].initial == []
    assert "Sumur" in str(form["kind_sumur"].label)


def test_a_type_goes_to_its_own_office_from_now_on_and_back(town, admin, well):
    assert send(admin, "tickets:route_edit", "pekerjaan_umum", **own_type(town)).status_code == 302
    assert [office.name for office in proposed_offices(well)] == ["Dinas Sosial"]
    assert Entry.objects.unscoped(reason="test").filter(user=admin, model="route", verb="ubah").count() == 1
    back = own_type(town, kind_sumur=[])
    assert send(admin, "tickets:route_edit", "pekerjaan_umum", **back).status_code == 302
    assert [office.name for office in proposed_offices(well)] == ["DPUPR"]


def test_other_fields_districts_and_offices_out_of_use_keep_their_routes(town, admin):
    resting = town.offices["Dinas Pendidikan"]
    resting.is_active = False
    resting.save(update_fields=["is_active"])
    Route.objects.create(office=resting, field="pekerjaan_umum", request_type="sumur")
    social = routes_of("33.75", "sosial")
    assert send(admin, "tickets:route_edit", "pekerjaan_umum").status_code == 302
    assert routes_of("33.75", "pekerjaan_umum") == {}
    assert Route.objects.filter(office=resting, field="pekerjaan_umum").count() == 1
    assert routes_of("33.75", "sosial") == social


def test_three_offices_or_one_of_another_district_are_422_and_change_nothing(town, admin):
    before = routes_of("33.75", "pekerjaan_umum")
    three = [office.pk for office in town.offices.values()][:3]
    refused = send(admin, "tickets:route_edit", "pekerjaan_umum", **own_type(town, kind_sumur=three))
    assert refused.status_code == 422
    assert "Paling banyak dua OPD" in refused.content.decode()
    stranger = factories.area_tree()["33.20"].offices.create(name="Dinas Jauh")
    far = own_type(town, kind_sumur=[stranger.pk])
    assert send(admin, "tickets:route_edit", "pekerjaan_umum", **far).status_code == 422
    assert routes_of("33.75", "pekerjaan_umum") == before


def test_an_unknown_field_is_404_and_no_permission_403(town, admin):
    assert get(admin, "tickets:route_edit", "entah").status_code == 404
    assert get(town.kota, "tickets:route_edit", "sosial").status_code == 403
