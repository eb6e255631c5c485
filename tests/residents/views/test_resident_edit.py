from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.records.growth import keep_measurement
from services.residents.models import Resident
from tests import factories

BIRTH = date(1990, 5, 10)
NIK = "3375035005909001"


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Siti", birth_date=BIRTH, nik=NIK)


def url(person) -> str:
    return reverse("residents:resident_edit", args=[person.pk])


GOOD = {"name": "Siti Aminah", "sex": "P", "birth_date": "1990-05-11", "phone": "081234567890"}


def test_what_was_wrong_is_corrected_and_the_nik_stays(world, person, send):
    assert send(world.client(), url(person), GOOD).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.name_key, person.birth_date) == ("Siti Aminah", "siti aminah", date(1990, 5, 11))
    assert person.nik == NIK


def test_the_nik_is_never_shown_in_full(world, person):
    text = world.client().get(url(person)).content.decode()
    assert "3375********9001" in text
    assert NIK not in text


def test_an_unknown_day_stays_as_it_was_stored(world, send):
    elder = factories.resident(world.here, "Karto", birth_date=date(1958, 4, 3), birth_precision="perkiraan")
    send(world.client(), url(elder), {"name": "Mbah Karto", "sex": "L", "birth_year": "1958"})
    elder.refresh_from_db()
    assert (elder.birth_date, elder.birth_precision, elder.name) == (date(1958, 4, 3), "perkiraan", "Mbah Karto")


def test_a_nik_can_be_removed(world, person, send):
    send(world.client(), url(person), {**GOOD, "remove_nik": "on"})
    person.refresh_from_db()
    assert person.nik == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Isi namanya."),
        ({"birth_date": (timezone.localdate() + timedelta(days=1)).isoformat()}, "belum tiba"),
        ({"nik": "1"}, "Yang diisi 1 angka"),
    ],
)
def test_what_cannot_be_is_422(world, person, send, change, said):
    answer = send(world.client(), url(person), {**GOOD, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    person.refresh_from_db()
    assert person.name == "Siti"


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403


def test_who_moved_away_is_not_changed_here(world, person, send):
    person.residencies.update(to_date=timezone.localdate(), ended="pindah_keluar")
    answer = world.client().get(url(person))
    assert answer.status_code == 409
    assert "tidak tinggal di sini" in answer.content.decode()


def test_a_corrected_birth_date_computes_ten_visits_again(world, send):
    child = factories.resident(world.here, "Aisyah", age_months=14)
    for months in range(10):
        day = factories.open_day(world.here, timezone.localdate() - timedelta(days=1 + 30 * months), by=world.kader)
        columns = {"weight_g": 9500 - 200 * months, "length_mm": 760 - 10 * months, "position": "L"}
        keep_measurement(encounter=day.encounter, resident=child, columns=columns)
    before = list(child.measurements.order_by("measured_on").values_list("z_wfa", flat=True))
    told = {"name": "Aisyah", "sex": "P", "birth_date": (child.birth_date - timedelta(days=100)).isoformat()}
    assert send(world.client(), url(child), told).status_code == 302
    after = list(child.measurements.order_by("measured_on").values_list("z_wfa", flat=True))
    assert len(after) == 10
    assert all(now < then for now, then in zip(after, before, strict=True))
