"""A rule that opens visits says what it would do before it is saved."""

import pytest
from django.urls import reverse

from services.areas.models import DistrictSetting
from tests import factories as make
from tests.follow_ups.conftest import REASON, TODAY

from .posting import send

pytestmark = pytest.mark.django_db


def url(key="absen_berulang_prioritas", district="33.75"):
    return reverse("follow_ups:trigger_edit", args=[district, key])


@pytest.fixture
def admin(here):
    return make.user("admin", at="33.75")


def data(value, **more):
    return {"value": value, "valid_from": TODAY.isoformat(), "source": "SE Dinkes 1/2026", **more}


def rows():
    return DistrictSetting.objects.unscoped(reason=REASON).filter(key="absen_berulang_prioritas")


def test_the_first_press_shows_the_effect_the_second_saves(here, admin):
    client = make.client_for(admin)
    shown = send(client, url(), admin, **data("1"))
    assert shown.status_code == 200 and "membuka 1 kunjungan" in shown.content.decode() and not rows().exists()
    assert send(client, url(), admin, **data("1", dilihat="1")).status_code == 302
    assert rows().get().value == 1


def test_another_value_than_the_one_shown_is_shown_again(here, admin):
    response = send(make.client_for(admin), url(), admin, **data("3", dilihat="1"))
    assert response.status_code == 200 and not rows().exists()


@pytest.mark.parametrize("value", ["0", "-1", "13", "dua", ""])
def test_zero_below_zero_and_words_are_422_and_say_so(here, admin, value):
    response = send(make.client_for(admin), url(), admin, **data(value, dilihat=value))
    assert response.status_code == 422 and not rows().exists()
    assert "field-error" in response.content.decode()


def test_a_rule_can_be_switched_off(here, admin):
    client = make.client_for(admin)
    key = "kunjungan_rutin_dipakai"
    assert send(client, url(key), admin, **data("tidak")).status_code == 200
    assert send(client, url(key), admin, **data("tidak", dilihat="False")).status_code == 302


def test_another_district_and_an_unknown_rule_are_404_and_a_kader_403(here, admin):
    client = make.client_for(admin)
    assert client.get(url(district="33.20")).status_code == 404
    assert client.get(url("tidak_ada")).status_code == 404
    assert here.client().get(url()).status_code == 403
    assert "follow_ups" not in client.get(reverse("areas:setting_list")).content.decode()
    assert (
        "/tindak-lanjut/aturan/33.75/absen_berulang_prioritas/"
        in client.get(reverse("areas:setting_list")).content.decode()
    )
