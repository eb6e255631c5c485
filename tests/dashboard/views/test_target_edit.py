"""Targets of a kab/kota: set, changed, taken back; by its admin alone."""

import pytest
from django.urls import reverse

from services.dashboard.models import Target
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/wilayah-kerja/sasaran/33.75/2026/"


def save(browser, **values):
    key = browser.get(URL).context["submission_key"]
    return browser.post(URL, {"source": "RKPD 2026", **values, "submission_key": key})


@pytest.fixture
def admin():
    make.posyandu()
    return make.client_for(make.user("admin", at="33.75"))


def kept() -> dict:
    return dict(Target.objects.unscoped(reason="test").values_list("indicator", "percent"))


def test_target_edit_sets_changes_and_takes_back(admin):
    assert save(admin, d_per_s="80", stunting="14,5").status_code == 302
    assert {key: str(value) for key, value in kept().items()} == {"d_per_s": "80.0", "stunting": "14.5"}
    save(admin, d_per_s="85")
    assert {key: str(value) for key, value in kept().items()} == {"d_per_s": "85.0"}
    assert "85" in admin.get(reverse("dashboard:target_list")).content.decode()


@pytest.mark.parametrize("values", [{"d_per_s": "101"}, {"d_per_s": "-1"}, {"d_per_s": "80", "source": ""}])
def test_target_edit_refuses_what_is_no_percentage_or_has_no_source(admin, values):
    assert save(admin, **values).status_code == 422
    assert kept() == {}


def test_target_edit_of_another_district_is_404_and_of_another_role_403(admin):
    assert admin.get(URL.replace("33.75", "33.20")).status_code == 404
    assert make.client_for(make.user("kota", at="33.75")).get(URL).status_code == 403
