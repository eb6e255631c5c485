from datetime import date

import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.areas.settings import DUE_SUBMIT, SETTINGS, Subject
from services.areas.settings.kinds import SUBJECTS
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


def test_the_list_is_grouped_by_subject_and_jumps_there():
    factories.area_tree()
    text = factories.client_for(factories.user("admin", at="33.75")).get(URL).content.decode()
    for subject in Subject:
        assert f'href="#{subject}-33.75"' in text and f'id="{subject}-33.75"' in text
    blood, paper = text.index("Tekanan darah tinggi mulai sistol"), text.index("Kertas laporan")
    assert text.index(f'id="{Subject.SCREENING}-33.75"') < blood < text.index(f'id="{Subject.PLACE}-33.75"')
    assert text.index(f'id="{Subject.REPORTS}-33.75"') < paper < text.index(f'id="{Subject.DAYS}-33.75"')


def test_every_setting_has_a_subject_and_every_subject_a_setting():
    assert SUBJECTS.keys() == SETTINGS.keys()
    assert set(SUBJECTS.values()) == set(Subject)


def test_a_search_leaves_the_settings_that_say_all_its_words():
    factories.area_tree()
    client = factories.client_for(factories.user("admin", at="33.75"))
    text = client.get(URL, {"cari": "SISTOL darah tinggi"}).content.decode()
    assert "Tekanan darah tinggi mulai sistol" in text
    assert "Kertas laporan" not in text and "Tekanan darah rendah" not in text
    assert "Tidak ada pengaturan dengan kata" in client.get(URL, {"cari": "zzz"}).content.decode()
