"""What a card comes to while it is filled: words under each measure, and nothing is written."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.records.models import Measurement, Record
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader), make.resident(post, "Aisyah Putri", age_months=23)


def ask(client, day, person, form="kartu_balita", **answers):
    return client.post(reverse("open_days:record_preview", args=[day.pk, person.pk, form]), answers)


def test_the_result_stands_under_its_measure_and_nothing_is_written(here):
    _, kader, day, child = here
    response = ask(make.client_for(kader), day, child, bb_kg="7,1", pb_tb_cm="80.5")
    page = response.content.decode()

    assert response.status_code == 200
    assert 'id="id_bb_kg_result"' in page and 'hx-swap-oob="true"' in page
    assert "Di bawah garis merah (BGM)" in page and "Perlu dirujuk" in page
    assert not Record.objects.unscoped(reason="test").exists()
    assert not Measurement.objects.unscoped(reason="test").exists()
    assert response["Cache-Control"] == "no-store"


def test_a_wrong_box_does_not_hide_the_results_of_the_others(here):
    _, kader, day, child = here
    page = ask(make.client_for(kader), day, child, bb_kg="9800", pb_tb_cm="70").content.decode()
    assert "TB/U: Sangat pendek" in page and "BB/U" not in page


def test_a_danger_sign_shows_whom_to_call(here):
    _, kader, day, child = here
    page = ask(make.client_for(kader), day, child, tanda_bahaya_balita="napas").content.decode()
    assert "Segera: Ada tanda bahaya" in page and 'href="tel:119"' in page


def test_an_odd_change_is_said_softly(here):
    _, kader, day, child = here
    child.birth_length_mm = 900
    child.save()
    page = ask(make.client_for(kader), day, child, pb_tb_cm="80").content.decode()
    assert "turun 10 cm" in page


def test_it_asks_the_database_little(here):
    _, kader, day, child = here
    client = make.client_for(kader)
    with at_most(12):
        ask(client, day, child, bb_kg="9,8")


def test_other_place_is_404_and_reading_is_405(here):
    _, _, day, child = here
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert ask(make.client_for(stranger), day, child, bb_kg="9").status_code == 404
    url = reverse("open_days:record_preview", args=[day.pk, child.pk, "kartu_balita"])
    assert make.client_for(stranger).get(url).status_code == 405
