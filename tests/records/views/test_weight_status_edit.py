"""A health worker's word on N or T."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.posyandu.models import Period
from services.records.models import Measurement
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    child = make.resident(post, "Aisyah", age_months=23)
    day = make.open_day(post, TODAY, by=kader)
    weighed = Measurement.objects.create(
        encounter=day.encounter,
        resident=child,
        measured_on=TODAY,
        period=TODAY.replace(day=1),
        weight_g=9100,
        earlier_weight_g=9000,
        earlier_weighed_on=TODAY.replace(day=1) - timedelta(days=4),
        weight_status="T",
        status_computed="T",
        no_gain_months=1,
    )
    return post, make.user("bidan", at=post), weighed


def send(bidan, weighed, **body):
    url = reverse("records:weight_status_edit", args=[weighed.pk])
    return make.client_for(bidan).post(url, {"submission_key": new_key(bidan), **body})


def test_her_word_is_kept_beside_the_computed_one(here):
    _, bidan, weighed = here
    assert send(bidan, weighed, status="N", reason="Mengikuti garis").status_code == 302
    weighed.refresh_from_db()
    assert (weighed.weight_status, weighed.status_computed, weighed.status_override) == ("N", "T", "N")
    assert (weighed.override_note, weighed.overridden_by, weighed.no_gain_months) == ("Mengikuti garis", bidan, 0)


def test_without_a_reason_it_is_422(here):
    _, bidan, weighed = here
    response = send(bidan, weighed, status="N", reason="")
    assert response.status_code == 422 and "Tulis alasannya" in response.content.decode()


def test_a_sent_month_is_409(here):
    post, bidan, weighed = here
    Period.objects.create(posyandu=post, month=weighed.period, state="diajukan")
    assert send(bidan, weighed, status="N", reason="Garis").status_code == 409


def test_a_kader_may_not_and_a_stranger_does_not_find_it(here):
    post, _, weighed = here
    assert send(make.user("kader", at=post), weighed, status="N", reason="x").status_code == 403
    stranger = make.user("bidan", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert send(stranger, weighed, status="N", reason="x").status_code == 404
