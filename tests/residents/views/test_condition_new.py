from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Siti", age_months=400)


def url(person) -> str:
    return reverse("residents:condition_new", args=[person.pk])


def test_a_condition_is_put_under_watch(world, person, send):
    assert send(world.client(), url(person), {"kind": "hipertensi", "from_date": TODAY.isoformat()}).status_code == 302
    assert person.conditions.get().kind == "hipertensi"


def test_what_cannot_be_is_422(world, person, send):
    ahead = (TODAY + timedelta(days=1)).isoformat()
    for told in ({}, {"kind": "hipertensi", "from_date": ahead}, {"kind": "x", "from_date": TODAY.isoformat()}):
        assert send(world.client(), url(person), told).status_code == 422
    assert not person.conditions.exists()


def test_one_condition_is_watched_once(world, person, send):
    person.conditions.create(kind="hipertensi", from_date=TODAY)
    assert send(world.client(), url(person), {"kind": "hipertensi", "from_date": TODAY.isoformat()}).status_code == 422


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403
