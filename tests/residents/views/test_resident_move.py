from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(world.here, "Siti", age_months=400)


def url(person) -> str:
    return reverse("residents:resident_move", args=[person.pk])


AWAY = {"kind": "keluar", "on": TODAY.isoformat(), "destination": "Kota Tegal", "reason": "ikut suami"}


def test_moving_away_is_dated_with_where_and_why(world, person, send):
    assert send(world.client(), url(person), AWAY).status_code == 302
    home = person.residencies.get()
    assert (home.to_date, home.ended, home.destination, home.end_reason) == (
        TODAY,
        "pindah_keluar",
        "Kota Tegal",
        "ikut suami",
    )


def test_the_same_form_twice_is_one_move_with_one_receipt(world, person):
    client = world.client()
    key = client.get(url(person)).context["submission_key"]
    for _ in range(2):
        answer = client.post(url(person), {**AWAY, "submission_key": key})
        assert answer.status_code == 302


def test_moving_to_another_household_offers_those_with_such_a_head(world, person, send):
    family = factories.household(world.here, "Parto")
    client, move = world.client(), {"kind": "keluarga", "on": TODAY.isoformat(), "head_name": "Parto"}
    asked = send(client, url(person), move)
    assert asked.status_code == 422
    assert "Keluarga Parto" in asked.content.decode()
    assert send(client, url(person), {**move, "household": str(family.pk)}).status_code == 302
    assert person.residencies.get(to_date__isnull=True).household_id == family.pk


def test_a_new_household_is_made_for_her(world, person, send):
    send(world.client(), url(person), {"kind": "keluarga", "on": TODAY.isoformat(), "head_name": "Siti Sendiri"})
    assert person.residencies.get(to_date__isnull=True).household.head_name == "Siti Sendiri"


def test_moving_to_a_post_by_the_name_of_its_kelurahan(world, person, send):
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    move = {"kind": "posyandu", "on": TODAY.isoformat(), "place_name": "Panjang Wetan"}
    assert send(world.client(), url(person), move).status_code == 302
    assert person.residencies.get(to_date__isnull=True).posyandu_id == near.pk
    assert factories.client_for(factories.user("kader", at=near)).get(url(person)).status_code == 200


def test_where_a_kelurahan_has_several_posts_one_is_chosen(world, person, send):
    posts = [factories.posyandu(name, area="33.75.03.1004") for name in ("Satu", "Dua")]
    move = {"kind": "posyandu", "on": TODAY.isoformat(), "place_name": "Panjang Wetan"}
    asked = send(world.client(), url(person), move)
    assert asked.status_code == 422
    assert "Pilih posyandunya." in asked.content.decode()
    assert send(world.client(), url(person), {**move, "posyandu": str(posts[1].pk)}).status_code == 302


def family_of(world, person):
    household = person.residencies.get().household
    household.no_kk, household.kk_claim = "3375031005249001", "x"
    household.save()
    child = factories.resident(world.here, "Aisyah", family=household)
    return household, child


def test_a_whole_family_moves_in_one_form(world, person, send):
    household, child = family_of(world, person)
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    move = {"kind": "posyandu", "on": TODAY.isoformat(), "place_name": "Contoh", "together": "on"}
    assert send(world.client(), url(person), move).status_code == 302
    homes = [one.residencies.get(to_date__isnull=True) for one in (person, child)]
    assert {home.posyandu_id for home in homes} == {near.pk}
    assert homes[0].household_id == homes[1].household_id
    assert homes[0].household_id != household.pk
    assert homes[0].household.no_kk == "3375031005249001"


def test_a_whole_family_moves_away(world, person, send):
    _, child = family_of(world, person)
    assert send(world.client(), url(person), {**AWAY, "together": "on"}).status_code == 302
    assert child.residencies.get().destination == "Kota Tegal"


def test_one_of_a_family_moves_alone(world, person, send):
    _, child = family_of(world, person)
    send(world.client(), url(person), AWAY)
    assert child.residencies.get().to_date is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "Pilih salah satu."),
        ({"destination": ""}, "Isi kota atau daerah tujuannya."),
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "belum tiba"),
        ({"on": "1990-01-01"}, "sebelum"),
        ({"kind": "keluarga"}, "Isi nama kepala keluarga yang baru."),
        ({"kind": "posyandu"}, "Isi nama desa/kelurahan"),
        ({"kind": "posyandu", "place_name": "Entah"}, "Tidak ada posyandu dengan nama itu"),
        ({"kind": "posyandu", "place_name": "Kencana Ungu"}, "sudah tinggal di posyandu ini"),
    ],
)
def test_what_cannot_be_is_422_and_moves_nobody(world, person, send, change, said):
    answer = send(world.client(), url(person), {**AWAY, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert person.residencies.get().to_date is None


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("officer").get(url(person)).status_code == 403
