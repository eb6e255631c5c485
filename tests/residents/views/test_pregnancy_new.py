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
    return reverse("residents:pregnancy_new", args=[person.pk])


def test_a_pregnancy_is_written_down(world, person, send):
    told = {"registered_on": TODAY.isoformat(), "lmp_on": (TODAY - timedelta(days=60)).isoformat(), "number": "2"}
    assert send(world.client(), url(person), told).status_code == 302
    assert person.pregnancies.get().number == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Isi tanggalnya."),
        ({"registered_on": (TODAY + timedelta(days=1)).isoformat()}, "belum tiba"),
        ({"registered_on": TODAY.isoformat(), "lmp_on": (TODAY + timedelta(days=1)).isoformat()}, "Haid terakhir"),
        ({"registered_on": "1990-01-01"}, "sebelum"),
    ],
)
def test_what_cannot_be_is_422(world, person, send, told, said):
    answer = send(world.client(), url(person), told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not person.pregnancies.exists()


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403


def test_about_how_many_weeks_is_enough(world, person, send):
    assert send(world.client(), url(person), {"registered_on": TODAY.isoformat(), "weeks": "12"}).status_code == 302
    pregnancy = person.pregnancies.get()
    assert (pregnancy.lmp_on, pregnancy.is_estimate) == (TODAY - timedelta(days=84), True)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"weeks": "12", "lmp_on": (TODAY - timedelta(days=80)).isoformat()}, "Isi salah satu"),
        ({"weeks": "50"}, "43"),
        ({"lmp_on": (TODAY - timedelta(days=400)).isoformat()}, "57 minggu"),
    ],
)
def test_a_start_that_cannot_be_is_422(world, person, send, told, said):
    answer = send(world.client(), url(person), {"registered_on": TODAY.isoformat(), **told})
    assert answer.status_code == 422
    assert said in answer.content.decode()
