"""accounts:login_again: the session ended while a form was being saved."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from services.accounts.models import User
from tests import factories
from tests.accounts.views.conftest import hidden_of, key_of

FORM = "/kader/baru/"


@pytest.fixture
def typed(as_ketua):
    """What the ketua had typed, with the key of her form."""
    return {"name": 'Sri "Ani" Wahyuni', "phone": "0813 1111 2222", "submission_key": key_of(as_ketua.get(FORM))}


def login_form(response, person, password=factories.PASSWORD):
    kept = {name: unescape(value) for name, value in hidden_of(response).items()}
    return {**kept, "username": person.username, "password": password}


def people_named(name):
    return User.objects.unscoped(reason="test").filter(name=name).count()


def test_a_form_without_session_is_answered_with_a_login_that_carries_it(client, typed):
    response = client.post(FORM, typed)
    assert response.status_code == 401
    assert response["Cache-Control"] == "no-store"
    assert "data-login" in response.content.decode()
    kept = {name: unescape(value) for name, value in hidden_of(response).items()}
    assert kept["tujuan"] == FORM
    assert kept["isian:name"] == typed["name"]
    assert kept["isian:submission_key"] == typed["submission_key"]
    assert "submission_key" not in kept, "the login itself is no form with a key"


def test_the_same_person_goes_on_saving_exactly_once(client, typed, ketua):
    asked = client.post(FORM, typed)
    page = client.post("/masuk/lagi/", login_form(asked, ketua))
    assert page.status_code == 200
    assert "Lanjutkan menyimpan" in page.content.decode()
    assert f'action="{FORM}"' in page.content.decode()
    again = {name: unescape(value) for name, value in hidden_of(page).items()}
    assert again.pop("csrfmiddlewaretoken")
    assert again == typed
    first, second = client.post(FORM, again), client.post(FORM, again)
    assert (first.status_code, second.status_code) == (302, 302)
    assert people_named(typed["name"]) == 1


def test_it_works_with_csrf_checked_all_the_way(typed, ketua):
    """The token changes at login; the page that goes on carries the new one."""
    import re

    browser = Client(enforce_csrf_checks=True)

    def token(response):
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode()).group(1)

    first = token(browser.get("/masuk/"))
    asked = browser.post(FORM, {**typed, "csrfmiddlewaretoken": first})
    assert asked.status_code == 401
    login = login_form(asked, ketua) | {"csrfmiddlewaretoken": token(asked)}
    page = browser.post("/masuk/lagi/", login)
    saved = browser.post(FORM, {**typed, "csrfmiddlewaretoken": token(page)})
    assert saved.status_code == 302
    assert people_named(typed["name"]) == 1


def test_several_values_of_one_name_are_all_kept(client, typed):
    response = client.post(FORM, {**typed, "hadir": ["a", "b"]})
    text = response.content.decode()
    assert text.count('name="isian:hadir"') == 2


def test_a_wrong_password_keeps_the_form(client, typed, ketua):
    asked = client.post(FORM, typed)
    response = client.post("/masuk/lagi/", login_form(asked, ketua, "salah"))
    assert response.status_code == 401
    assert "belum cocok" in response.content.decode()
    assert unescape(hidden_of(response)["isian:name"]) == typed["name"]


def test_another_person_is_refused_and_not_let_in_with_it(client, typed, kader):
    asked = client.post(FORM, typed)
    response = client.post("/masuk/lagi/", login_form(asked, kader))
    assert response.status_code == 409
    assert "dibuat oleh orang lain" in response.content.decode()
    assert unescape(hidden_of(response)["isian:name"]) == typed["name"]
    assert "_auth_user_id" not in client.session
    assert people_named(typed["name"]) == 0


def test_an_account_that_failed_too_often_is_locked_here_too(client, typed, ketua):
    asked = client.post(FORM, typed)
    statuses = [client.post("/masuk/lagi/", login_form(asked, ketua, "salah")).status_code for _ in range(7)]
    assert statuses == [401] * 6 + [429]


def test_a_locked_account_keeps_the_form_until_it_opens_again(client, typed, ketua, time_machine):
    time_machine.move_to("2026-11-10T08:00:00+07:00", tick=False)
    asked = client.post(FORM, typed)
    for _ in range(7):
        locked = client.post("/masuk/lagi/", login_form(asked, ketua, "salah"))
    assert unescape(hidden_of(locked)["isian:name"]) == typed["name"]
    again = client.post("/masuk/lagi/", {name: unescape(value) for name, value in hidden_of(locked).items()})
    assert again.status_code == 401
    time_machine.move_to("2026-11-10T08:16:00+07:00", tick=False)
    page = client.post("/masuk/lagi/", login_form(again, ketua))
    assert "Lanjutkan menyimpan" in page.content.decode()


def test_a_file_cannot_be_kept_and_that_is_said(client, typed):
    photo = SimpleUploadedFile("rumah.jpg", b"x", content_type="image/jpeg")
    text = client.post(FORM, {**typed, "photo": photo}).content.decode()
    assert "rumah.jpg" in text
    assert "tidak bisa dititipkan" in text


def test_a_password_never_travels_with_it(client, db):
    secret = {"old_password": "lama-sekali", "new_password": "baru-sekali", "new_password_again": "baru-sekali"}
    text = client.post("/akun/kata-sandi/", {**secret, "submission_key": "x"}).content.decode()
    assert "lama-sekali" not in text
    assert "baru-sekali" not in text


def test_a_tap_without_a_key_is_asked_again_where_it_was_made(client, ketua):
    asked = client.post("/akun/meja/", {"meja": "2"}, HTTP_REFERER="http://testserver/akun/")
    response = client.post("/masuk/lagi/", login_form(asked, ketua), follow=True)
    assert response.redirect_chain[0][0] == "/akun/"
    assert "Ulangi sekali lagi" in response.content.decode()


@pytest.mark.parametrize("target", ["https://contoh.invalid/", "//contoh.invalid", "javascript:alert(1)"])
def test_the_kept_form_is_sent_to_our_own_pages_only(client, typed, ketua, target):
    form = {**login_form(client.post(FORM, typed), ketua), "tujuan": target, "halaman": target}
    response = client.post("/masuk/lagi/", form)
    assert response.status_code == 302
    assert response.url == "/"


def test_on_a_trusted_phone_name_and_pin_are_enough(trusted, ketua):
    ketua.set_pin("4826")
    ketua.save()
    typed = {"name": "Sri", "phone": "", "submission_key": key_of(factories.client_for(ketua).get(FORM))}
    asked = trusted.post(FORM, typed)
    assert "Bu Nur" in asked.content.decode()
    kept = {name: unescape(value) for name, value in hidden_of(asked).items()}
    pin = {**kept, "person": str(ketua.assignments.get().pk), "pin": "4826"}
    assert trusted.post("/masuk/lagi/", {**pin, "pin": "9999"}).status_code == 401
    assert trusted.post("/masuk/lagi/", {**pin, "person": "siapa"}).status_code == 401
    assert trusted.post("/masuk/lagi/", pin).status_code == 200
    assert trusted.session["_auth_user_id"] == str(ketua.pk)


def test_without_a_form_there_is_nothing_to_go_on_with(client, db):
    assert client.get("/masuk/lagi/").status_code == 302
