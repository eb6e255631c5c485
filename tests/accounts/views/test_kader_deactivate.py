"""accounts:kader_deactivate, accounts:kader_activate"""

import pytest

from tests import factories
from tests.accounts.views.conftest import send


def url(person, what="berhenti"):
    return f"/kader/{person.assignments.order_by('from_date').first().pk}/{what}/"


def test_a_kader_who_stops_is_out_at_once(as_ketua, as_kader, kader):
    assert as_kader.get("/akun/").status_code == 200
    assert send(as_ketua, url(kader)).url == "/kader/"
    assert as_kader.get("/akun/").status_code == 302


def test_she_comes_back_with_her_old_password(as_ketua, kader, client):
    send(as_ketua, url(kader))
    assert send(as_ketua, url(kader, "aktif-lagi")).url == "/kader/"
    response = client.post("/masuk/", {"username": "siti", "password": factories.PASSWORD})
    assert response.status_code == 302


def test_a_second_tap_changes_nothing_and_says_so(as_ketua, kader):
    send(as_ketua, url(kader))
    assert as_ketua.get(url(kader)).status_code == 409


def test_who_is_still_there_cannot_be_made_active(as_ketua, kader):
    assert as_ketua.get(url(kader, "aktif-lagi")).status_code == 409


@pytest.mark.parametrize("what", ["berhenti", "aktif-lagi"])
def test_a_kader_of_another_place_is_not_there(as_ketua, other_post, what):
    page = url(factories.user("kader", at=other_post), what)
    assert as_ketua.get(page).status_code == 404
    assert as_ketua.post(page).status_code == 404


@pytest.mark.parametrize("what", ["berhenti", "aktif-lagi"])
def test_a_kader_may_not(as_kader, kader, what):
    assert as_kader.get(url(kader, what)).status_code == 403
