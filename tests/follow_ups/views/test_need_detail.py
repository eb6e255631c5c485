"""One need's page."""

import pytest
from django.urls import reverse

from .posting import send

pytestmark = pytest.mark.django_db


def url(need):
    return reverse("follow_ups:need_detail", args=[need.pk])


def test_it_tells_why_since_when_and_what_happened(here):
    here.refresh()
    page = here.client().get(url(here.need())).content.decode()
    assert "2 kali tidak hadir" in page and "Dibuka" in page and here.kader.name in page


def test_a_kader_takes_it(here):
    here.refresh()
    response = send(here.client(), url(here.need()), here.kader, taker=str(here.kader.pk))
    assert response.status_code == 302
    assert here.need().assigned_to == here.kader


def test_nobody_else_can_be_named(here, elsewhere):
    here.refresh()
    assert send(here.client(), url(here.need()), here.kader, taker=str(elsewhere.kader.pk)).status_code == 422


def test_another_district_is_404_and_no_permission_403(here, elsewhere):
    from tests import factories as make

    here.refresh()
    assert elsewhere.client().get(url(here.need())).status_code == 404
    assert make.client_for(make.user("kecamatan", at="33.75.03")).get(url(here.need())).status_code == 403
