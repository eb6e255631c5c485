"""accounts:password_edit"""

import pytest

from tests import factories
from tests.accounts.views.conftest import send

URL = "/akun/kata-sandi/"
NEW = {"new_password": "jambu-merah-77", "new_password_again": "jambu-merah-77"}


@pytest.fixture
def newcomer(post):
    return factories.user("kader", at=post, must_change_password=True, name="Siti Aminah", username="siti")


def test_a_given_password_is_changed_before_anything_else(newcomer):
    client = factories.client_for(newcomer)
    for page in ("/", "/akun/", "/akun/meja/"):
        assert client.get(page).url == URL
    assert client.post("/akun/meja/", {"meja": "1"}).url == URL
    assert client.post("/keluar/").url == "/masuk/"


def test_after_the_change_the_old_one_opens_nothing_and_she_stays_in(newcomer):
    client = factories.client_for(newcomer)
    assert "Buat kata sandi sendiri" in client.get(URL).content.decode()
    assert send(client, URL, NEW).status_code == 302
    assert client.get("/akun/").status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW["new_password"])
    assert not newcomer.must_change_password


def test_whoever_is_in_is_asked_for_the_password_of_now(as_kader, kader):
    response = send(as_kader, URL, {**NEW, "old_password": "salah"})
    assert response.status_code == 422
    assert "belum cocok" in response.content.decode()
    assert send(as_kader, URL, {**NEW, "old_password": factories.PASSWORD}).status_code == 302
    kader.refresh_from_db()
    assert kader.check_password(NEW["new_password"])


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("pendek", "pendek", "new_password"),
        ("password123", "password123", "new_password"),
        ("siti aminah", "siti aminah", "new_password"),
        (factories.PASSWORD, factories.PASSWORD, "new_password"),
        ("jambu-merah-77", "jambu-merah-78", "new_password_again"),
    ],
)
def test_a_weak_old_or_mistyped_password_is_refused_beside_its_field(newcomer, first, second, field):
    response = send(factories.client_for(newcomer), URL, {"new_password": first, "new_password_again": second})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_other_browsers_of_hers_are_logged_out(as_kader, kader):
    other = factories.client_for(kader)
    send(as_kader, URL, {**NEW, "old_password": factories.PASSWORD})
    assert other.get("/akun/").status_code == 302


def test_guessing_the_password_here_locks_the_account(as_kader):
    statuses = [send(as_kader, URL, {**NEW, "old_password": "salah"}).status_code for _ in range(7)]
    assert statuses == [422] * 6 + [429]
