"""A guest of another posyandu is served without her file being opened."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from services.records.models import Attendance
from services.residents.models import Resident
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BORN = date(2024, 5, 6)


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader)


def send(kader, day, **facts):
    body = {"submission_key": new_key(kader), "name": "Aisyah Putri", "sex": "P", "birth_date": BORN, **facts}
    return make.client_for(kader).post(reverse("open_days:guest_new", args=[day.pk]), body)


def test_a_guest_known_elsewhere_is_one_person_counted_as_guest(here):
    _, kader, day = here
    elsewhere = make.posyandu("Margo Utomo", "33.20.13.2004")
    known = make.resident(elsewhere, "Aisyah Putri", birth_date=BORN, mother_name="Siti")
    send(kader, day, mother_name="siti")

    ticked = Attendance.objects.unscoped(reason="test").get()
    assert (ticked.resident_id, ticked.is_guest) == (known.pk, True)
    assert Resident.objects.unscoped(reason="test").count() == 1
    assert make.client_for(kader).get(reverse("profiles:resident_detail", args=[known.pk])).status_code == 404


def test_a_guest_nobody_knows_is_written_down_and_served(here):
    _, kader, day = here
    assert send(kader, day).status_code == 302
    ticked = Attendance.objects.unscoped(reason="test").get()
    assert ticked.is_guest
    card = reverse("open_days:record_edit", args=[day.pk, ticked.resident_id, "kartu_balita"])
    assert make.client_for(kader).get(card).status_code == 200


def test_whoever_lives_here_is_ticked_like_everybody_else(here):
    post, kader, day = here
    own = make.resident(post, "Aisyah Putri", birth_date=BORN, mother_name="Siti")
    send(kader, day, mother_name="Siti")
    ticked = Attendance.objects.unscoped(reason="test").get()
    assert (ticked.resident_id, ticked.is_guest) == (own.pk, False)


@pytest.mark.parametrize("nik", ["337501650101900", "33750165010190011"])
def test_a_nik_of_15_or_17_digits_is_422_beside_the_field(here, nik):
    _, kader, day = here
    answer = send(kader, day, nik=nik)
    assert answer.status_code == 422
    assert "16 angka" in answer.content.decode()


@pytest.mark.parametrize(("told", "precision"), [({"age_years": "70"}, "perkiraan"), ({"birth_year": "1956"}, "tahun")])
def test_an_elder_who_does_not_know_her_birth_date_is_served_all_the_same(here, told, precision):
    _, kader, day = here
    assert send(kader, day, name="Ny. Sa'diyah, S.Pd.", birth_date="", **told).status_code == 302
    guest = Resident.objects.unscoped(reason="test").get()
    assert guest.birth_precision == precision
    assert TODAY.year - guest.birth_date.year in {70, TODAY.year - 1956}
    assert Attendance.objects.unscoped(reason="test").get().is_guest


def test_without_date_year_or_age_it_is_422(here):
    _, kader, day = here
    answer = send(kader, day, birth_date="")
    assert answer.status_code == 422
    assert "perkiraan umurnya" in answer.content.decode()


def test_a_nik_may_be_typed_with_spaces(here):
    _, kader, day = here
    assert send(kader, day, nik="3375 0165 0101 9001").status_code == 302
    assert Resident.objects.unscoped(reason="test").get().nik == "3375016501019001"
