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


@pytest.fixture
def condition(person):
    return person.conditions.create(kind="hipertensi", from_date=TODAY - timedelta(days=30))


def url(condition) -> str:
    return reverse("residents:condition_end", args=[condition.pk])


def test_a_condition_is_watched_no_more(world, condition, send):
    assert send(world.client(), url(condition), {"to_date": TODAY.isoformat()}).status_code == 302
    condition.refresh_from_db()
    assert condition.to_date == TODAY


@pytest.mark.parametrize("to_date", ["", (TODAY + timedelta(days=1)).isoformat(), "2000-01-01"])
def test_an_impossible_day_is_422(world, condition, send, to_date):
    assert send(world.client(), url(condition), {"to_date": to_date}).status_code == 422


def test_another_place_is_404_and_no_permission_403(world, condition):
    assert world.client("stranger").get(url(condition)).status_code == 404
    assert world.client("officer").get(url(condition)).status_code == 403
