"""accounts:pin_login"""

import pytest

from services.audit.models import Entry
from tests import factories
from tests.accounts.views.conftest import trust


def url(person):
    return f"/masuk/{person.assignments.get().pk}/"


def test_only_the_pin_is_asked(trusted, kader):
    text = trusted.get(url(kader)).content.decode()
    assert "Siti Aminah" in text
    assert "Pilih nama lain" in text
    assert 'inputmode="numeric"' in text
    assert 'name="password"' not in text


def test_the_pin_opens_an_ordinary_session(trusted, kader):
    response = trusted.post(url(kader), {"pin": "4826", "next": "/akun/"})
    assert response.url == "/akun/"
    assert trusted.get("/akun/").status_code == 200
    assert Entry.objects.unscoped(reason="test").get(verb="masuk").detail == {"cara": "pin"}


def test_a_wrong_pin_stands_beside_its_field(trusted, kader):
    response = trusted.post(url(kader), {"pin": "4827"})
    assert response.status_code == 422
    assert "PIN belum cocok" in response.content.decode()


def test_seven_wrong_pins_lock_the_account_for_passwords_too(trusted, kader):
    for _ in range(6):
        assert trusted.post(url(kader), {"pin": "1111"}).status_code == 422
    assert trusted.post(url(kader), {"pin": "1111"}).status_code == 429
    password = {"username": "siti", "password": factories.PASSWORD}
    assert trusted.post("/masuk/", password).status_code == 429


def test_without_a_trusted_phone_there_is_no_such_page(client, kader):
    assert client.get(url(kader)).status_code == 404
    assert client.post(url(kader), {"pin": "4826"}).status_code == 404


def test_a_phone_of_another_post_does_not_know_her(client, kader, other_post):
    phone = trust(client, other_post, factories.user("ketua", at=other_post))
    assert phone.post(url(kader), {"pin": "4826"}).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"pin": ""}, {"must_change_password": True}])
def test_a_closed_or_reset_account_has_no_name_on_the_phone(trusted, kader, change):
    for column, value in change.items():
        setattr(kader, column, value)
    kader.save()
    assert trusted.get(url(kader)).status_code == 404


def test_a_bidan_comes_in_with_her_password(trusted, post):
    bidan = factories.user("bidan", at=post)
    bidan.set_pin("4826")
    bidan.save()
    assert trusted.get(url(bidan)).status_code == 404
