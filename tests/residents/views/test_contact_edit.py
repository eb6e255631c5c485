from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from services.residents.actions import NewBaby, record_birth
from services.residents.models import Pregnancy
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def pregnancy(world) -> Pregnancy:
    mother = factories.resident(world.here, "Siti", birth_date=date(1996, 2, 3))
    lmp = TODAY - timedelta(days=281)
    return factories.pregnancy(mother, registered_on=lmp + timedelta(days=60), lmp_on=lmp)


def url(pregnancy, kind: str = "K1", baby=None) -> str:
    address = reverse("residents:contact_edit", args=[pregnancy.pk, kind])
    return f"{address}?bayi={baby}" if baby else address


def born(world, pregnancy):
    home = pregnancy.resident.residencies.select_related("resident", "posyandu", "household").get()
    babies = [NewBaby(condition="hidup", sex="P")]
    (birth,) = record_birth(residency=home, pregnancy=pregnancy, born_on=TODAY, babies=babies, by=world.kader)
    return birth


def test_a_contact_is_written_corrected_and_taken_back(world, pregnancy, send):
    client, day = world.client(), TODAY - timedelta(days=200)
    assert (
        send(client, url(pregnancy), {"on": day.isoformat(), "place": "pustu", "officer": "bidan"}).status_code == 302
    )
    assert "Ternyata belum" in client.get(url(pregnancy)).content.decode()
    assert send(client, url(pregnancy), {"on": TODAY.isoformat(), "place": "", "officer": ""}).status_code == 302
    contact = pregnancy.contacts.get()
    assert (contact.on, contact.place) == (TODAY, "")
    assert send(client, url(pregnancy), {"on": TODAY.isoformat(), "remove": "on"}).status_code == 302
    assert not pregnancy.contacts.exists()


def test_a_babys_contact_names_the_baby(world, pregnancy, send):
    birth = born(world, pregnancy)
    page = world.client().get(url(pregnancy, "KN1", birth.pk)).content.decode()
    assert "Bayi Ny. Siti" in page
    assert send(world.client(), url(pregnancy, "KN1", birth.pk), {"on": TODAY.isoformat()}).status_code == 302
    assert birth.contacts.get().kind == "KN1"


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "Isi tanggalnya."), ((TODAY + timedelta(days=1)).isoformat(), "belum tiba"), ("2020-01-01", "sebelum haid")],
)
def test_what_cannot_be_is_422(world, pregnancy, send, day, said):
    answer = send(world.client(), url(pregnancy), {"on": day})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "baby"), [("K9", None), ("KN1", None), ("KN1", "x"), ("KN1", uuid4()), ("K9", uuid4())]
)
def test_a_contact_that_is_not_there_is_404(world, pregnancy, kind, baby):
    assert world.client().get(url(pregnancy, kind, baby)).status_code == 404


def test_another_place_is_404_and_no_permission_403(world, pregnancy):
    assert world.client("stranger").get(url(pregnancy)).status_code == 404
    assert world.client("officer").get(url(pregnancy)).status_code == 403
