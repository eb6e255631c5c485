"""One tap for present: idempotent by day and resident."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.open_days.models import Invitation
from services.records.models import Attendance
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return make.client_for(kader), make.open_day(post, TODAY, by=kader), make.resident(post, "Aisyah", age_months=20)


def url(day):
    return reverse("open_days:attendance_edit", args=[day.pk])


def ticks():
    return Attendance.objects.unscoped(reason="test")


def test_two_taps_are_one_attendance(here):
    client, day, child = here
    for _ in range(2):
        assert client.post(url(day), {"hadir": child.pk}).status_code == 302
    assert ticks().count() == 1


def test_with_htmx_the_answer_is_the_row_and_the_new_counts(here):
    client, day, child = here
    answer = client.post(url(day), {"hadir": child.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "1 dari 1 hadir" in answer
    assert answer.count("<li") == 1
    assert 'Belum <span class="tab-count">0</span>' in answer
    assert 'Dilayani <span class="tab-count">1</span>' in answer
    assert "<html" not in answer


def test_a_tick_is_taken_back_until_a_form_was_filled(here):
    client, day, child = here
    client.post(url(day), {"hadir": child.pk})
    client.post(url(day), {"batal": child.pk})
    assert not ticks().exists()


@pytest.mark.parametrize("value", ["", "bukan-id", "01a1ffd0-0426-7543-9d88-c5a5dba3e755"])
def test_a_tampered_person_is_404(here, value):
    client, day, _ = here
    assert client.post(url(day), {"hadir": value}).status_code == 404


def test_get_is_not_allowed(here):
    client, day, _ = here
    assert client.get(url(day)).status_code == 405


def test_ticking_costs_few_queries(here):
    client, day, child = here
    with at_most(16):
        client.post(url(day), {"hadir": child.pk}, headers={"HX-Request": "true"})


def test_an_invited_person_is_expected(here):
    client, day, _ = here
    adult = make.resident(day.posyandu, "Wartono", age_months=500)
    client.post(reverse("open_days:person_invite", args=[day.pk, adult.pk]))
    assert Invitation.objects.unscoped(reason="test").count() == 1
    page = client.get(reverse("open_days:day_detail", args=[day.pk])).content.decode()
    assert "Wartono" in page
