"""What posyandu handed to the desa or kelurahan."""

import pytest
from django.urls import reverse

from services.follow_ups.actions import Visited, visit_needs
from tests import factories as make
from tests.follow_ups.conftest import TODAY

from .posting import send

pytestmark = pytest.mark.django_db
URL = reverse("follow_ups:handed_list")


@pytest.fixture
def handed(here):
    here.refresh()
    for _ in range(3):
        visit_needs(needs=[here.need()], visited=Visited(TODAY, met=False), posyandu=here.post, by=here.kader)
    return here.need()


def test_the_lurah_sees_it_and_the_kaders_list_does_not(here, handed):
    lurah = make.client_for(make.user("lurah", at="33.75.03.1003"))
    page = lurah.get(URL).content.decode()
    assert "Aisyah" in page and "3 kali tidak bertemu" in page
    assert "Aisyah" not in here.client().get(reverse("home_visits:visit_list")).content.decode()


def test_the_lurah_answers(here, handed):
    lurah = make.user("lurah", at="33.75.03.1003")
    url = reverse("follow_ups:handed_answer", args=[handed.pk])
    client = make.client_for(lurah)
    assert send(client, url, lurah).status_code == 422
    assert send(client, url, lurah, result="selesai", words="sudah bertemu").status_code == 302
    assert here.need().closed_as == "ditangani_desa"
    assert send(client, url, lurah, result="selesai", words="lagi").status_code == 409


def test_another_desa_is_404_and_a_kader_403(here, handed, elsewhere):
    other = make.client_for(make.user("lurah", at="33.20.13.2004"))
    assert other.get(reverse("follow_ups:handed_answer", args=[handed.pk])).status_code == 404
    assert "Aisyah" not in other.get(URL).content.decode()
    assert here.client().get(URL).status_code == 403
