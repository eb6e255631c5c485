"""Burden per kader, and handing over."""

import pytest
from django.urls import reverse

from .posting import send

pytestmark = pytest.mark.django_db
URL = reverse("follow_ups:load_list")


def test_a_ketua_hands_over_what_nobody_has(here):
    here.refresh()
    client = here.client(here.ketua)
    assert "Belum ada yang ditugasi" in client.get(URL).content.decode()
    response = send(client, URL, here.ketua, giver="", taker=str(here.kader.pk))
    assert response.status_code == 302 and here.need().assigned_to == here.kader


def test_only_the_chosen_rt_is_handed_over(here):
    here.refresh()
    send(here.client(here.ketua), URL, here.ketua, giver="", taker=str(here.kader.pk), rt="09")
    assert here.need().assigned_to is None


def test_from_one_to_the_same_is_422(here):
    same = str(here.kader.pk)
    assert send(here.client(here.ketua), URL, here.ketua, giver=same, taker=same).status_code == 422


def test_a_kader_of_another_district_cannot_be_named(here, elsewhere):
    response = send(here.client(here.ketua), URL, here.ketua, giver="", taker=str(elsewhere.kader.pk))
    assert response.status_code == 422


def test_a_kader_may_not(here):
    assert here.client().get(URL).status_code == 403
