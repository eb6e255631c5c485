from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.posyandu.models import Period
from services.residents import actions
from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()
NIK = "3375035005909001"
BACK = {"kind": "kembali", "on": TODAY.isoformat()}


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Siti", age_months=400, nik=NIK)


def home(person):
    return person.residencies.select_related("resident", "posyandu").get()


def url(person) -> str:
    return reverse("residents:resident_return", args=[person.pk])


def leave(world, person, on=TODAY):
    actions.move_out(residency=home(person), on=on, destination="Tegal", by=world.kader)


def test_who_comes_back_has_a_second_home_and_her_nik(world, person, send):
    leave(world, person, TODAY - timedelta(days=10))
    assert send(world.client(), url(person), BACK).status_code == 302
    old, new = person.residencies.order_by("from_date")
    assert (old.to_date, new.from_date, new.began) == (TODAY - timedelta(days=10), TODAY, "pindah_masuk")
    assert new.household_id == old.household_id
    assert new.nik_claim


def test_a_death_written_down_wrongly_is_taken_back(world, person, send):
    pregnancy = person.pregnancies.create(registered_on=TODAY)
    actions.record_death(residency=home(person), on=TODAY, by=world.kader)
    client = world.client()
    assert send(client, url(person), BACK).status_code == 422
    assert send(client, url(person), {"kind": "salah"}).status_code == 302
    person.refresh_from_db()
    pregnancy.refresh_from_db()
    assert (person.died_on, pregnancy.ended_on) == (None, None)
    assert (home(person).to_date, home(person).ended) == (None, "")


def test_a_leaving_in_a_month_that_was_sent_is_not_taken_back(world, person, send):
    leave(world, person)
    Period.objects.unscoped(reason="test").update(state=Period.State.SUBMITTED)
    assert send(world.client(), url(person), {"kind": "salah"}).status_code == 409


def test_the_same_form_twice_is_one_return(world, person):
    leave(world, person)
    client = world.client()
    key = client.get(url(person)).context["submission_key"]
    answers = [client.post(url(person), {**BACK, "submission_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert person.residencies.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "kembali"},
        {"kind": "kembali", "on": (TODAY + timedelta(days=1)).isoformat()},
        {"kind": "kembali", "on": (TODAY - timedelta(days=5)).isoformat()},
    ],
)
def test_an_impossible_day_is_422(world, person, send, typed):
    leave(world, person)
    assert send(world.client(), url(person), typed).status_code == 422
    assert home(person).to_date == TODAY


def test_who_lives_somewhere_is_not_back(world, person, send):
    assert send(world.client(), url(person), BACK).status_code == 409


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403
