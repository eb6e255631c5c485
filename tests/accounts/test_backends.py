"""Login by username or phone, counted under one account; PIN only on a trusted phone."""

import pytest
from axes.models import AccessAttempt
from django.test import RequestFactory

from services.accounts.actions import trust_phone
from services.accounts.backends import account_key, check_login, find_user, normal_phone
from services.accounts.queries import phone_of
from tests import factories


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("siti.nur", ""),
        ("12", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_phone_number_is_read_in_any_spelling(typed, phone):
    assert normal_phone(typed) == phone


@pytest.fixture
def request_(db):
    return RequestFactory().post("/masuk/", {"isian:nama": "Aisyah Putri", "password": "rahasia sekali"})


@pytest.fixture
def post(db):
    return factories.posyandu()


@pytest.fixture
def kader(post):
    person = factories.user("kader", at=post, username="nur", phone="+6281234567890")
    person.set_pin("4826")
    person.save()
    return person


@pytest.fixture
def phone(post):
    return phone_of(trust_phone(posyandu=post, label="HP meja 1", by=factories.user("ketua", at=post)))


@pytest.mark.parametrize("login", ["nur", " NUR ", "0812 3456 7890", "+6281234567890", "62 8123 4567 890"])
def test_a_person_is_found_by_username_and_phone(kader, login):
    assert find_user(login) == kader
    assert account_key(None, {"username": login}) == "nur"


def test_an_unknown_login_is_counted_without_keeping_what_was_typed(db):
    key = account_key(None, {"username": "kata-sandi-salah-kolom"})
    assert "kata-sandi" not in key
    assert key == account_key(None, {"username": " KATA-sandi-salah-kolom"})


def test_the_password_opens_and_a_closed_account_does_not(kader, request_):
    assert check_login(request_, username="nur", password=factories.PASSWORD) == kader
    assert check_login(request_, username="nur", password="salah") is None
    kader.is_active = False
    kader.save()
    assert check_login(request_, username="nur", password=factories.PASSWORD) is None


def test_what_was_posted_is_not_kept_with_a_failure(kader, request_):
    check_login(request_, username="nur", password="salah")
    attempt = AccessAttempt.objects.get(username="nur")
    assert "Aisyah" not in attempt.post_data + attempt.get_data
    assert "rahasia" not in attempt.post_data


def test_a_pin_opens_on_its_posts_phone_only(kader, phone, request_):
    assert check_login(request_, username="nur", pin="4826", phone=phone) == kader
    assert check_login(request_, username="nur", pin="4827", phone=phone) is None
    assert check_login(request_, username="nur", pin="4826", phone=None) is None
    other = factories.posyandu("Margo Utomo", "33.20.13.2004")
    elsewhere = phone_of(trust_phone(posyandu=other, label="HP lain", by=factories.user("ketua", at=other)))
    assert check_login(request_, username="nur", pin="4826", phone=elsewhere) is None


def test_a_pin_is_no_password(kader, request_):
    assert check_login(request_, username="nur", password="4826") is None


def test_an_empty_pin_opens_nothing(post, phone, request_):
    nobody = factories.user("kader", at=post, username="tanpa.pin")
    assert check_login(request_, username=nobody.username, pin="", phone=phone) is None


@pytest.mark.parametrize("given", [{"password": "salah"}, {"pin": "1111"}])
def test_passwords_and_pins_count_on_one_account(kader, phone, request_, given):
    for _ in range(6):
        check_login(request_, username="nur", phone=phone, **given)
    other = {"pin": "2222"} if "password" in given else {"password": "salah"}
    check_login(request_, username="0812 3456 7890" if "password" in other else "nur", phone=phone, **other)
    assert request_.axes_locked_out
    assert check_login(request_, username="nur", password=factories.PASSWORD) is None
