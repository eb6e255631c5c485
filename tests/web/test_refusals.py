"""What is refused is refused with a page that says what to do, never with a broken one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from services.accounts.queries import access_of
from services.posyandu.models import Period
from services.web.middleware import RefusalMiddleware
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader, state="dijadwalkan")


def test_a_form_without_csrf_is_403_with_advice(here):
    _, kader, day = here
    client = Client(enforce_csrf_checks=True)
    client.force_login(kader, backend="services.accounts.backends.NameOrPhoneBackend")
    answer = client.post(reverse("open_days:day_start", args=[day.pk]))
    assert answer.status_code == 403
    assert "uat ulang" in answer.content.decode()


@pytest.mark.parametrize(("state", "advice"), [("diajukan", "mengembalikan laporan"), ("final", "untuk koreksi")])
def test_a_refusal_outside_a_form_is_a_page_that_says_who_opens_the_month(here, state, advice):
    post, kader, day = here
    Period.objects.create(posyandu=post, month=TODAY.replace(day=1), state=state)
    answer = make.client_for(kader).post(reverse("open_days:day_start", args=[day.pk]))
    assert answer.status_code == 409
    assert advice in answer.content.decode()


def test_pages_with_personal_data_are_not_stored(here):
    _, kader, day = here
    answer = make.client_for(kader).get(reverse("open_days:day_detail", args=[day.pk]))
    assert "no-store" in answer["Cache-Control"]


def test_the_policy_allows_no_inline_script_or_style(here):
    _, kader, day = here
    policy = make.client_for(kader).get(reverse("open_days:day_detail", args=[day.pk]))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_a_locked_exception_opens_the_month_until_its_end(here):
    post, kader, day = here
    later = timezone.now() + timedelta(hours=1)
    period = Period.objects.create(
        posyandu=post,
        month=TODAY.replace(day=1),
        state="diajukan",
        exception_until=later,
        exception_reason="salah timbang",
    )
    assert make.client_for(kader).post(reverse("open_days:day_start", args=[day.pk])).status_code == 302
    period.exception_until = timezone.now()
    period.save(update_fields=["exception_until"])
    body = {"submission_key": new_key(kader), "kader": [kader.pk]}
    assert make.client_for(kader).post(reverse("open_days:day_close", args=[day.pk]), body).status_code == 409


@pytest.mark.parametrize("address", ["/tidak-ada/", "/hari-buka/00000000-0000-7000-8000-000000000000/"])
def test_what_does_not_exist_is_404_in_indonesian(here, address):
    _, kader, _ = here
    answer = make.client_for(kader).get(address)
    assert answer.status_code == 404
    assert "idak" in answer.content.decode()


def test_the_second_of_two_writers_in_one_instant_gets_advice_and_no_broken_page(rf, here):
    """The page's own check passed for both; only the database's constraint stopped the second."""
    _, kader, day = here
    request = rf.post("/hari-buka/")
    request.user, request.access = kader, access_of(kader)
    request.resolver_match = resolve("/hari-buka/")
    answer = RefusalMiddleware(lambda asked: None).process_exception(request, IntegrityError("one_of_a_kind"))
    assert answer.status_code == 409
    assert "coba lagi" in answer.content.decode()
    assert "one_of_a_kind" not in answer.content.decode()
