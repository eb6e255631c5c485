"""tickets:office_list, office_new, office_edit, office_defaults, request_type_new, request_type_edit, holiday_new,
holiday_cancel."""

from datetime import date

import pytest

from services.areas.models import Holiday, Office
from services.audit.models import Entry
from services.tickets.models import RequestType
from services.tickets.queries import calendar_of, kinds_of
from tests import factories

from .asking import get, send

pytestmark = pytest.mark.django_db
PAGES = ("office_list", "office_new", "office_defaults", "request_type_new", "holiday_new")


@pytest.fixture
def admin(town):
    return factories.user("admin", at="33.75")


def test_an_admin_sees_her_offices_types_and_days(admin):
    text = get(admin, "tickets:office_list").content.decode()
    assert "DPUPR" in text
    assert "Hari Kemerdekaan" in text


def test_an_office_is_added_changed_and_stands_once(admin):
    data = {"name": "Baznas", "fields_answered": ["sosial"], "email": "baznas@contoh.go.id", "is_active": "on"}
    assert send(admin, "tickets:office_new", **data).status_code == 302
    office = Office.objects.get(name="Baznas")
    assert (office.fields, office.area_id) == (["sosial"], "33.75")
    assert send(admin, "tickets:office_new", **data).status_code == 422
    assert send(admin, "tickets:office_edit", office.pk, **{**data, "name": "Baznas Kota"}).status_code == 302
    assert send(admin, "tickets:office_edit", office.pk, name="").status_code == 422
    office.refresh_from_db()
    assert office.name == "Baznas Kota"


def test_the_usual_offices_come_at_once(town):
    admin = factories.user("admin", at="33.20")
    assert send(admin, "tickets:office_defaults").status_code == 302
    assert Office.objects.filter(area="33.20").count() == Office.objects.filter(area="33.75").count()


def test_a_local_type_is_offered_from_now_on(admin):
    data = {"field": "pendidikan", "label": "Pertanian", "papers_text": "Surat RT\n\nKTP"}
    assert send(admin, "tickets:request_type_new", **data).status_code == 302
    assert RequestType.objects.get().papers == ["Surat RT", "KTP"]
    assert "pertanian" in [kind.key for kind in kinds_of("33.75", "pendidikan")]
    assert send(admin, "tickets:request_type_new", **data).status_code == 422


def test_a_day_off_stops_the_clock_from_now_on(admin):
    day = date(2026, 11, 11)
    assert calendar_of("33.75", day).is_working(day)
    data = {"date": "2026-11-11", "name": "Hari jadi", "source": "SK 1"}
    assert send(admin, "tickets:holiday_new", **data).status_code == 302
    assert not calendar_of("33.75", day).is_working(day)
    assert send(admin, "tickets:holiday_new", **data).status_code == 422
    assert send(admin, "tickets:holiday_new", **{**data, "date": "2026-13-40"}).status_code == 422
    assert Holiday.objects.count() == 1


def test_a_day_written_down_by_mistake_is_taken_back_by_its_own_district(town, admin):
    day = date(2026, 11, 11)
    send(admin, "tickets:holiday_new", date="2026-11-11", name="Salah ketik", source="SK 1")
    national = Holiday.objects.create(area=None, date=date(2026, 11, 12), name="Nasional", source="SKB")
    own = Holiday.objects.get(area="33.75")
    assert f"/laporan-warga/libur/{own.pk}/hapus/" in get(admin, "tickets:office_list").content.decode()
    assert get(factories.user("admin", at="33.20"), "tickets:holiday_cancel", own.pk).status_code == 404
    assert get(admin, "tickets:holiday_cancel", national.pk).status_code == 404
    assert get(town.kader, "tickets:holiday_cancel", own.pk).status_code == 403
    assert send(admin, "tickets:holiday_cancel", own.pk).status_code == 302
    assert calendar_of("33.75", day).is_working(day)
    assert Entry.objects.unscoped(reason="test").get(verb="hapus", model="holiday").detail["nama"] == "Salah ketik"


def test_another_district_is_404_and_no_permission_403(town, admin):
    elsewhere = factories.user("admin", at="33.20")
    office = town.offices["DPUPR"]
    assert get(elsewhere, "tickets:office_edit", office.pk).status_code == 404
    for name in PAGES:
        assert get(town.kota, f"tickets:{name}").status_code == 403


def test_a_type_of_the_list_gets_the_districts_own_papers_or_is_left_out(admin):
    page = get(admin, "tickets:request_type_edit", "sosial", "bansos").context["form"]
    assert "Fotokopi KTP" in page.initial["papers_text"]
    data = {"label": "Bantuan sembako", "papers_text": "Surat RT\n", "is_active": "on"}
    assert send(admin, "tickets:request_type_edit", "sosial", "bansos", **data).status_code == 302
    changed = next(kind for kind in kinds_of("33.75", "sosial") if kind.key == "bansos")
    assert (changed.label, changed.papers) == ("Bantuan sembako", ("Surat RT",))
    assert "Fotokopi KTP" in next(kind for kind in kinds_of("33.20", "sosial") if kind.key == "bansos").papers
    assert send(admin, "tickets:request_type_edit", "sosial", "bansos", label="").status_code == 422
    assert send(admin, "tickets:request_type_edit", "sosial", "bansos", label="Bantuan").status_code == 302
    assert "bansos" not in [kind.key for kind in kinds_of("33.75", "sosial")]
    assert get(admin, "tickets:request_type_edit", "sosial", "bansos").status_code == 200
    assert get(admin, "tickets:request_type_edit", "sosial", "tidak_ada").status_code == 404
