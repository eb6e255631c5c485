"""accounts:login"""

import pytest
from django.urls import reverse

from services.audit.models import Entry
from tests import factories

URL = "/masuk/"


def sign_in(client, username="siti", password=factories.PASSWORD, **more):
    return client.post(URL, {"username": username, "password": password, **more})


def test_the_page_asks_for_name_and_password_and_is_not_kept(client, db):
    response = client.get(URL)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Demo" not in response.content.decode()


@pytest.mark.parametrize("name", ["siti", "SITI ", "0812 3456 7890", "+62 812-3456-7890", "62 812 3456 7890"])
def test_a_kader_comes_in_by_name_or_phone(client, kader, name):
    response = sign_in(client, name)
    assert response.status_code == 302
    assert response.url == reverse("dashboard:home")
    assert client.session["_auth_user_id"] == str(kader.pk)


def test_a_wrong_password_is_said_kindly_and_the_name_stays(client, kader):
    response = sign_in(client, password="salah")
    assert response.status_code == 422
    text = response.content.decode()
    assert "Nama atau kata sandi belum cocok. Coba lagi, atau hubungi ketua posyandu." in text
    assert 'value="siti"' in text
    assert "salah" not in text


def test_an_unknown_name_reads_the_same_as_a_wrong_password(client, kader):
    wrong, unknown = sign_in(client, password="salah"), sign_in(client, "siapa")
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_an_empty_form_says_what_is_missing(client, db):
    assert client.post(URL, {}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/akun/meja/?a=1&b=2", "/akun/meja/?a=1&b=2"),
        ("https://contoh.invalid/", "/"),
        ("//contoh.invalid/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\contoh.invalid", "/"),
        ("", "/"),
    ],
)
def test_after_login_one_goes_on_to_our_own_pages_only(client, kader, asked, target):
    assert sign_in(client, next=asked).url == target


def test_a_page_that_needs_a_login_is_shown_after_it_with_its_whole_address(client, kader):
    away = client.get("/akun/?cari=a&bulan=2026-10")
    assert away.status_code == 302
    page = client.get(away.url)
    assert page.context["next"] == "/akun/?cari=a&bulan=2026-10"


def test_the_seventh_failure_locks_the_account_and_says_until_when(client, kader):
    for number in range(6):
        assert sign_in(client, "siti" if number % 2 else "0812 3456 7890", "salah").status_code == 422
    response = sign_in(client, password="salah")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 15 * 60
    assert "Coba lagi pukul" in response.content.decode()
    assert sign_in(client).status_code == 429


def test_trying_during_the_lock_does_not_move_its_end(client, kader, time_machine):
    time_machine.move_to("2026-11-10T08:00:00+07:00", tick=False)
    for _ in range(7):
        sign_in(client, password="salah")
    time_machine.move_to("2026-11-10T08:10:00+07:00", tick=False)
    assert "pukul 08.15" in sign_in(client).content.decode()
    time_machine.move_to("2026-11-10T08:16:00+07:00", tick=False)
    assert sign_in(client).status_code == 302


def test_the_lock_is_the_accounts_and_not_the_addresses(client, kader, ketua):
    """A village shares one address, and one browser on the table."""
    for _ in range(8):
        sign_in(client, password="salah")
    assert sign_in(client, ketua.username).status_code == 302


def test_the_lock_holds_from_another_address_too(client, kader):
    for number in range(7):
        client.post(URL, {"username": "siti", "password": "salah"}, REMOTE_ADDR=f"10.0.0.{number}")
    assert client.post(URL, {"username": "siti", "password": factories.PASSWORD}).status_code == 429


def test_a_success_before_the_seventh_failure_starts_the_count_again(client, kader):
    for _ in range(2):
        for _ in range(6):
            sign_in(client, password="salah")
        assert sign_in(client).status_code == 302
        client.post("/keluar/")


def test_a_login_is_remembered_under_the_persons_post(client, kader, post):
    sign_in(client)
    entry = Entry.objects.unscoped(reason="test").get(verb="masuk")
    assert (entry.user, entry.place, entry.detail) == (kader, post.path, {"cara": "kata_sandi"})


def test_somebody_who_is_in_is_sent_on(as_kader):
    assert "Ganti kader" not in as_kader.get("/akun/").content.decode()
    assert as_kader.get(URL).url == reverse("dashboard:home")


def test_the_demo_shows_who_can_be_tried(client, post, settings):
    factories.user("kader", at=post, username="kader", name="Contoh Kader")
    settings.DEMO, settings.DEMO_PASSWORD = True, "sandi-demo"
    text = client.get(URL).content.decode()
    assert "sandi-demo" in text
    assert "Contoh Kader" in text
    settings.DEMO = False
    assert "sandi-demo" not in client.get(URL).content.decode()


def test_a_trusted_phone_shows_its_kader_by_name(trusted, kader, ketua):
    text = trusted.get(URL).content.decode()
    assert "Siti Aminah" in text
    assert f"/masuk/{kader.assignments.get().pk}/" in text
    assert "Bu Nur" not in text, "she has no PIN yet"


def test_a_phone_with_a_forged_or_revoked_cookie_shows_no_names(trusted, kader):
    from services.accounts.models import TrustedPhone
    from services.accounts.views.phones import COOKIE

    value = trusted.cookies[COOKIE].value
    trusted.cookies[COOKIE] = "x" + value
    assert "Siti Aminah" not in trusted.get(URL).content.decode()
    trusted.cookies[COOKIE] = value
    TrustedPhone.objects.unscoped(reason="test").update(revoked_at="2026-01-01T00:00Z")
    assert "Siti Aminah" not in trusted.get(URL).content.decode()


def test_kader_are_switched_in_two_taps_on_a_trusted_phone(trusted, kader, ketua):
    trusted.force_login(ketua, backend="services.accounts.backends.NameOrPhoneBackend")
    assert "Ganti kader" in trusted.get("/akun/").content.decode()
    assert "Siti Aminah" in trusted.get(URL).content.decode()
    trusted.post(f"/masuk/{kader.assignments.get().pk}/", {"pin": "4826"})
    assert trusted.session["_auth_user_id"] == str(kader.pk)


def test_the_session_lasts_four_hours_from_the_last_work(client, kader, time_machine):
    time_machine.move_to("2026-11-10T08:00:00+07:00", tick=False)
    sign_in(client)
    for moment, status in [("11:00", 200), ("14:30", 200), ("18:20", 200), ("22:30", 302)]:
        time_machine.move_to(f"2026-11-10T{moment}:00+07:00", tick=False)
        assert client.get("/akun/").status_code == status, moment
