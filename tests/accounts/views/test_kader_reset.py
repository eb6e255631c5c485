"""accounts:kader_reset"""

import pytest

from tests import factories
from tests.accounts.views.conftest import send


def url(person):
    return f"/kader/{person.assignments.get().pk}/kata-sandi/"


def test_a_forgotten_password_is_replaced(as_ketua, kader):
    page = url(kader)
    assert "tidak berlaku lagi" in as_ketua.get(page).content.decode()
    as_ketua.get(send(as_ketua, page).url)
    kader.refresh_from_db()
    assert kader.must_change_password
    assert not kader.check_password(factories.PASSWORD)


def test_who_loses_her_pin_is_told_before_and_after(as_ketua, kader, trusted):
    page = url(kader)
    assert "PIN-nya ikut dihapus" in as_ketua.get(page).content.decode()
    assert kader.name in trusted.get("/masuk/").content.decode()
    given = as_ketua.get(send(as_ketua, page).url).content.decode()
    assert "PIN-nya sudah dihapus" in given
    assert "0812-3456-7890" in given
    assert kader.name not in trusted.get("/masuk/").content.decode()


def test_who_has_no_pin_hears_nothing_of_one(as_ketua, kader):
    kader.pin = ""
    kader.save(update_fields=["pin"])
    page = url(kader)
    assert "PIN" not in as_ketua.get(page).content.decode()
    assert "PIN" not in as_ketua.get(send(as_ketua, page).url).content.decode()


@pytest.mark.parametrize("role", ["kader", "kelurahan", "admin"])
def test_a_ketua_cannot_take_over_an_account_that_reaches_further(as_ketua, kader, other_post, role):
    page = url(kader)
    factories.assign(
        kader, role, other_post if role == "kader" else "33.75.03.1003" if role == "kelurahan" else "33.75"
    )
    response = send(as_ketua, page)
    assert response.status_code == 403
    assert "admin kab/kota" in response.content.decode()
    kader.refresh_from_db()
    assert kader.check_password(factories.PASSWORD)


def test_a_kader_of_another_place_is_not_there(as_ketua, other_post):
    page = url(factories.user("kader", at=other_post))
    assert as_ketua.get(page).status_code == 404
    assert as_ketua.post(page).status_code == 404


def test_a_kader_may_not(as_kader, kader):
    assert as_kader.get(url(kader)).status_code == 403
