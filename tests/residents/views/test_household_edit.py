import pytest
from django.urls import reverse

from services.residents.models import Household
from tests import factories


@pytest.fixture
def household(world) -> Household:
    return factories.household(world.here, "Slamet", no_kk="3375031005249001")


def url(household) -> str:
    return reverse("residents:household_edit", args=[household.pk])


def test_an_address_is_corrected_and_the_number_stays(world, household, send):
    assert send(world.client(), url(household), {"head_name": "Slamet", "rt": "05"}).status_code == 302
    household.refresh_from_db()
    assert (household.rt, household.no_kk) == ("05", "3375031005249001")


def test_the_number_is_masked(world, household):
    text = world.client().get(url(household)).content.decode()
    assert "3375********9001" in text
    assert "3375031005249001" not in text


def test_a_household_has_a_head(world, household, send):
    assert send(world.client(), url(household), {"head_name": ""}).status_code == 422


def test_another_place_is_404_and_no_permission_403(world, household):
    assert world.client("stranger").get(url(household)).status_code == 404
    assert world.client("officer").get(url(household)).status_code == 403


def test_a_wrong_number_can_be_removed(world, household, send):
    send(world.client(), url(household), {"head_name": "Slamet", "remove_no_kk": "on"})
    household.refresh_from_db()
    assert (household.no_kk, household.kk_claim) == ("", None)
