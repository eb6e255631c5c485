"""The month that runs, counted now."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_running_list_shows_who_is_silent_this_month():
    make.posyandu()
    text = make.client_for(make.user("kota", at="33.75")).get("/wilayah-kerja/berjalan/").content.decode()
    assert "Kencana Ungu" in text and "belum pernah" in text and "0 dari 1 posyandu" in text


def test_running_list_leads_only_to_reports_that_the_role_may_open():
    make.posyandu()
    text = make.client_for(make.user("auditor", at="33.75")).get("/wilayah-kerja/berjalan/").content.decode()
    assert "Kencana Ungu" in text and "/laporan/" not in text
