from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.posyandu.models import Period
from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Mbah Karto", age_months=900)


def url(person) -> str:
    return reverse("residents:resident_death", args=[person.pk])


def test_a_death_is_said_carefully_and_dated(world, person, send):
    client = world.client()
    assert "turut berduka cita" in client.get(url(person)).content.decode()
    assert send(client, url(person), {"on": TODAY.isoformat()}).status_code == 302
    person.refresh_from_db()
    assert person.died_on == TODAY
    assert person.residencies.get().ended == "meninggal"


def test_the_same_form_twice_is_one_death_with_one_receipt(world, person):
    client = world.client()
    key = client.get(url(person)).context["submission_key"]
    answers = [client.post(url(person), {"on": TODAY.isoformat(), "submission_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize("on", ["", "kemarin", (TODAY + timedelta(days=1)).isoformat(), "1900-01-01"])
def test_an_impossible_day_is_422_and_changes_nothing(world, person, send, on):
    answer = send(world.client(), url(person), {"on": on})
    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.died_on is None
    assert person.residencies.get().to_date is None


def test_a_month_that_was_sent_is_409(world, person, send):
    Period.objects.create(posyandu=world.here, month=TODAY.replace(day=1), state=Period.State.SUBMITTED)
    assert send(world.client(), url(person), {"on": TODAY.isoformat()}).status_code == 409


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403
