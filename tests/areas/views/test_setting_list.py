from datetime import date

import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.areas.settings import DUE_SUBMIT
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("areas:setting_list")


def test_an_admin_sees_her_districts_settings_with_their_source():
    area = factories.area_tree()["33.75"]
    set_district_setting(
        area=area, setting=DUE_SUBMIT, value=7, valid_from=date(2026, 1, 1), source="SE 440/1", by=None
    )
    text = factories.client_for(factories.user("admin", at="33.75")).get(URL).content.decode()
    assert "Kota Pekalongan" in text
    assert "paling lambat tanggal: 7" in text
    assert "SE 440/1" in text
    logo = reverse("reports:logo_edit", args=["33.75"])
    assert text.index(logo) < text.index("paling lambat tanggal: 7"), "below a hundred settings nobody finds it"


def test_another_districts_settings_are_not_shown():
    area = factories.area_tree()["33.20"]
    set_district_setting(
        area=area, setting=DUE_SUBMIT, value=7, valid_from=date(2026, 1, 1), source="SE Jepara", by=None
    )
    text = factories.client_for(factories.user("admin", at="33.75")).get(URL).content.decode()
    assert "Jepara" not in text


def test_a_kader_may_not():
    assert factories.client_for(factories.user("kader", at=factories.posyandu())).get(URL).status_code == 403
