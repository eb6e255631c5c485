"""Decrees of the Tim Pembina: posyandu:team_list, posyandu:team_new, posyandu:team_edit."""

import pytest
from django.urls import reverse

from services.posyandu.models import CoachingTeam
from tests import factories as make

pytestmark = pytest.mark.django_db
TEAM = {"decree_number": "12/2026", "decree_date": "2026-01-05", "chair": "Ani Lestari"}


def send(browser, url, **values):
    return browser.post(url, {**TEAM, **values, "submission_key": browser.get(url).context["submission_key"]})


def test_a_kelurahan_writes_down_its_team_and_corrects_it():
    make.area_tree()
    browser = make.client_for(make.user("kelurahan", at="33.75.03.1003"))
    assert send(browser, reverse("posyandu:team_new", args=["33.75.03.1003"])).status_code == 302
    team = CoachingTeam.objects.unscoped(reason="test").get()
    assert send(browser, reverse("posyandu:team_edit", args=[team.pk]), chair="Budi").status_code == 302
    text = browser.get(reverse("posyandu:team_list")).content.decode()
    assert "12/2026" in text and "Budi" in text and "Ani Lestari" not in text


def test_the_team_of_a_place_outside_is_404():
    make.area_tree()
    browser = make.client_for(make.user("kelurahan", at="33.75.03.1003"))
    assert browser.get(reverse("posyandu:team_new", args=["33.75.03.1004"])).status_code == 404
