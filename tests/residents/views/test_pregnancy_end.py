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
def pregnancy(person):
    return person.pregnancies.create(registered_on=TODAY - timedelta(days=200))


def url(pregnancy) -> str:
    return reverse("residents:pregnancy_end", args=[pregnancy.pk])


@pytest.mark.parametrize("outcome", ["lahir", "keguguran", "lain"])
def test_an_end_is_dated_and_nothing_more_is_asked(world, pregnancy, send, outcome):
    assert send(world.client(), url(pregnancy), {"outcome": outcome, "ended_on": TODAY.isoformat()}).status_code == 302
    pregnancy.refresh_from_db()
    assert (pregnancy.outcome, pregnancy.ended_on) == (outcome, TODAY)


def test_a_loss_is_asked_for_carefully(world, pregnancy):
    text = world.client().get(url(pregnancy)).content.decode()
    assert "Kehilangan kandungan" in text
    assert "simpati" in text
    assert " checked" not in text


@pytest.mark.parametrize("ended_on", ["", (TODAY + timedelta(days=1)).isoformat(), "2000-01-01"])
def test_an_impossible_day_is_422(world, pregnancy, send, ended_on):
    assert send(world.client(), url(pregnancy), {"outcome": "lahir", "ended_on": ended_on}).status_code == 422
    pregnancy.refresh_from_db()
    assert pregnancy.ended_on is None


def test_another_place_is_404_and_no_permission_403(world, pregnancy):
    assert world.client("stranger").get(url(pregnancy)).status_code == 404
    assert world.client("officer").get(url(pregnancy)).status_code == 403
