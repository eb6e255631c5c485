from datetime import date

import pytest
from django.urls import reverse

from services.areas.models import DistrictSetting
from services.areas.settings import DUE_SUBMIT, FIELD_BOUND_KADER, TIME_ZONE, value_of
from services.fields.queries import forms_in_use
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    factories.area_tree()
    return factories.client_for(factories.user("admin", at="33.75"))


def url(key="batas_kirim", code="33.75"):
    return reverse("areas:setting_edit", args=[code, key])


def post(client, key="batas_kirim", **values):
    data = {
        "valid_from": "2026-12-01",
        "source": "SE 440/12",
        "submission_key": client.get(url(key)).context["submission_key"],
        **values,
    }
    return client.post(url(key), data)


@pytest.mark.parametrize(
    ("setting", "typed", "stored"),
    [(DUE_SUBMIT, "7", 7), (TIME_ZONE, "Asia/Makassar", "Asia/Makassar"), (FIELD_BOUND_KADER, "ya", True)],
)
def test_a_new_value_holds_from_its_day_on(admin, setting, typed, stored):
    assert post(admin, setting.key, value=typed).status_code == 302
    assert value_of(setting, "33.75", date(2026, 11, 30)) == setting.default
    assert value_of(setting, "33.75", date(2026, 12, 1)) == stored


@pytest.mark.parametrize(
    "values", [{"value": "31"}, {"value": ""}, {"value": "7", "source": ""}, {"value": "7", "valid_from": "x"}]
)
def test_an_invalid_value_is_422_and_writes_nothing(admin, values):
    answer = post(admin, **values)
    assert answer.status_code == 422
    assert not DistrictSetting.objects.unscoped(reason="test").exists()


def test_a_district_chooses_its_forms_by_ticking_their_names(admin):
    page = admin.get(url("formulir_dipakai"))
    assert "Pekerjaan umum: Jalan desa" in page.content.decode()
    assert post(admin, "formulir_dipakai", value=["jalan_desa", "rumah"]).status_code == 302
    used = forms_in_use("33.75.03.1003", date(2026, 12, 1))
    assert {"jalan_desa", "rumah", "kartu_balita"} <= used
    assert not {"fakir_miskin", "embung"} & used
    assert "jalan_desa" not in forms_in_use("33.75.03.1003", date(2026, 11, 30))
    assert "jalan_desa" not in forms_in_use("33.20.13.2004", date(2026, 12, 1))
    listed = admin.get(reverse("areas:setting_list")).content.decode()
    assert "Formulir lima bidang yang dipakai" in listed


def test_a_form_that_is_none_is_422(admin):
    assert post(admin, "formulir_dipakai", value=["rumah", "tidak_ada"]).status_code == 422


@pytest.mark.parametrize("where", [("33.20", "batas_kirim"), ("33.75.03", "batas_kirim"), ("33.75", "tidak_ada")])
def test_another_district_or_an_unknown_setting_is_404(admin, where):
    code, key = where
    assert admin.get(url(key, code)).status_code == 404


def test_an_officer_without_the_permission_is_403():
    factories.area_tree()
    assert factories.client_for(factories.user("kota", at="33.75")).get(url()).status_code == 403
