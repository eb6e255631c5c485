from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.residents.models import Birth, Pregnancy, Resident
from tests import factories

TODAY = timezone.localdate()
BORN = TODAY - timedelta(days=1)


@pytest.fixture
def pregnancy(world) -> Pregnancy:
    mother = factories.resident(world.here, "Siti", birth_date=date(1996, 2, 3))
    lmp = BORN - timedelta(days=275)
    return factories.pregnancy(mother, registered_on=lmp + timedelta(days=60), lmp_on=lmp)


def url(pregnancy, babies: int = 1) -> str:
    return reverse("residents:birth_new", args=[pregnancy.pk]) + (f"?bayi={babies}" if babies > 1 else "")


def told(**more) -> dict:
    first = {"born_on": BORN.isoformat(), "place": "puskesmas", "helper": "bidan", "way": "normal"}
    return {**first, "condition_1": "hidup", "sex_1": "P", "weight_g_1": "3100", "length_cm_1": "49,5", **more}


def children(mother) -> list[Resident]:
    return list(mother.children.order_by("name"))


def test_a_birth_is_written_down_and_leads_to_the_pregnancy(world, pregnancy, send):
    answer = send(world.client(), url(pregnancy), told(name_1="Bintang"))
    assert answer.status_code == 302
    assert answer.url == reverse("profiles:pregnancy_detail", args=[pregnancy.pk])
    (child,) = children(pregnancy.resident)
    assert (child.name, child.birth_weight_g, child.birth_length_mm) == ("Bintang", 3100, 495)


def test_twins_are_one_form(world, pregnancy, send):
    second = {"condition_2": "hidup", "sex_2": "L"}
    assert send(world.client(), url(pregnancy, 2), told(**second)).status_code == 302
    assert [child.name for child in children(pregnancy.resident)] == ["Bayi 1 Ny. Siti", "Bayi 2 Ny. Siti"]


def test_sent_twice_it_is_one_birth(world, pregnancy, send):
    client = world.client()
    key = client.get(url(pregnancy)).context["submission_key"]
    assert [send(client, url(pregnancy), told(), key=key).status_code for _ in range(2)] == [302, 302]
    assert len(children(pregnancy.resident)) == 1


def test_a_stillborn_needs_no_more_than_a_day(world, pregnancy, send):
    few = {"born_on": BORN.isoformat(), "condition_1": "lahir_mati"}
    assert send(world.client(), url(pregnancy), few).status_code == 302
    assert not children(pregnancy.resident)
    page = world.client().get(reverse("profiles:pregnancy_detail", args=[pregnancy.pk])).content.decode()
    assert "Lahir mati" in page and "KF1" in page and "KN1" not in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"born_on": ""}, "Isi tanggalnya."),
        ({"born_on": (TODAY + timedelta(days=1)).isoformat()}, "belum tiba"),
        ({"born_on": (BORN - timedelta(days=200)).isoformat()}, "minggu pada tanggal ini"),
        ({"condition_1": ""}, "Pilih salah satu."),
        ({"sex_1": ""}, "Pilih salah satu."),
        ({"weight_g_1": "31"}, "300"),
        ({"weight_g_1": "NaN"}, "angka"),
        ({"length_cm_1": "495"}, "70"),
        ({"condition_1": "meninggal"}, "Isi tanggal meninggalnya."),
        ({"condition_1": "meninggal", "died_on_1": (BORN - timedelta(days=1)).isoformat()}, "sebelum tanggal lahir"),
    ],
)
def test_what_cannot_be_is_422_and_nothing_is_written(world, pregnancy, send, more, said):
    answer = send(world.client(), url(pregnancy), told(**more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Birth.objects.unscoped(reason="test").exists()


@pytest.mark.parametrize("asked", ["0", "9", "x", "-1"])
def test_an_odd_number_of_babies_is_one(world, pregnancy, asked):
    text = world.client().get(reverse("residents:birth_new", args=[pregnancy.pk]) + f"?bayi={asked}").content.decode()
    assert "condition_1" in text and "condition_2" not in text


def test_another_place_is_404_and_no_permission_403(world, pregnancy):
    assert world.client("stranger").get(url(pregnancy)).status_code == 404
    assert world.client("officer").get(url(pregnancy)).status_code == 403
