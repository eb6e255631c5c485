"""Messages ready to send."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.follow_ups.conftest import TODAY

pytestmark = pytest.mark.django_db
URL = reverse("follow_ups:invitation_list")


def test_the_group_message_names_nobody_and_consent_is_respected(here):
    make.open_day(here.post, TODAY, by=here.kader, state="dijadwalkan")
    here.refresh()
    page = here.client().get(URL).content.decode()
    assert "Silakan datang" in page and "belum setuju" in page and "6281234567890" not in page


def test_without_a_planned_day_it_says_so(here):
    assert "Belum ada hari buka" in here.client().get(URL).content.decode()


def test_no_number_stands_in_an_address_of_ours(here):
    here.children[0].may_message = True
    here.children[0].save(update_fields=["may_message"])
    here.refresh()
    response = here.client().get(URL)
    page = response.content.decode()
    assert "https://wa.me/6281234567890" in page and 'href="/' in page
    assert not [part for part in page.split('"') if part.startswith("/") and "6281234567890" in part]
    assert response["Cache-Control"] == "no-store"


def test_no_permission_is_403(here):
    assert make.client_for(make.user("lurah", at="33.75.03.1003")).get(URL).status_code == 403
