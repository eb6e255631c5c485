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
    return reverse("residents:consent_new", args=[person.pk])


def test_consent_is_one_tap_after_the_notice(world, person, send):
    client = world.client()
    assert "Bacakan dulu" in client.get(url(person)).content.decode()
    assert send(client, url(person), {"consent_by": "sendiri"}).status_code == 302
    consent = person.consents.get()
    assert (consent.relation, consent.given_on, consent.recorded_by_id) == ("sendiri", TODAY, world.kader.pk)


def test_a_guardian_agrees_for_a_child(world, send):
    child = factories.resident(world.here, "Aisyah")
    assert send(world.client(), url(child), {"consent_by": "sendiri"}).status_code == 422
    assert send(world.client(), url(child), {}).status_code == 422
    assert send(world.client(), url(child), {"consent_by": "wali"}).status_code == 302


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403
