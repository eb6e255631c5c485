import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.residents.models import Resident
from tests import factories

NIK = "3375035005909001"


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Siti", nik=NIK)


def url(person) -> str:
    return reverse("residents:resident_nik", args=[person.pk])


def reveals():
    return Entry.objects.unscoped(reason="test").filter(verb="buka_nik")


def test_a_nik_is_opened_once_for_a_reason_that_is_remembered(world, person):
    client = world.client("ketua")
    assert NIK not in client.get(url(person)).content.decode()
    answer = client.post(url(person), {"reason": "Mencocokkan KTP"})
    assert NIK in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    entry = reveals().get()
    assert (entry.reason, entry.user_id, entry.place) == ("Mencocokkan KTP", world.ketua.pk, world.here.path)
    assert NIK not in client.get(url(person)).content.decode()


@pytest.mark.parametrize("reason", ["", "x"])
def test_without_a_reason_it_stays_closed(world, person, reason):
    answer = world.client("ketua").post(url(person), {"reason": reason})
    assert answer.status_code == 422
    assert NIK not in answer.content.decode()
    assert not reveals().exists()


def test_another_place_is_404_and_no_permission_403(world, person):
    far = factories.user("ketua", at=world.there)
    assert factories.client_for(far).post(url(person), {"reason": "ingin tahu"}).status_code == 404
    assert world.client().post(url(person), {"reason": "ingin tahu"}).status_code == 403
