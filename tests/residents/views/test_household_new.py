import pytest
from django.urls import reverse

from services.residents.models import Household

URL = reverse("residents:household_new")


def households():
    return Household.objects.unscoped(reason="test")


def test_a_household_is_added_with_dusun_rw_and_rt(world, send):
    answer = send(
        world.client(), URL, {"head_name": "Slamet", "dusun": "Krajan", "rt": "02", "no_kk": "3375 0310 0524 9001"}
    )
    household = households().get()
    assert answer.url == reverse("profiles:household_detail", args=[household.pk])
    assert (household.dusun, household.no_kk, household.posyandu_id) == ("Krajan", "3375031005249001", world.here.pk)


@pytest.mark.parametrize("typed", ["2", "02", "RT 02", "rt.2"])
def test_an_rt_is_one_however_it_is_written(world, send, typed):
    send(world.client(), URL, {"head_name": "Slamet", "rt": typed, "rw": "RW 9"})
    assert households().values_list("rt", "rw").get() == ("02", "09")


def test_what_cannot_be_is_422(world, send):
    assert "Yang diisi 3 angka" in send(world.client(), URL, {"head_name": "A", "no_kk": "123"}).content.decode()
    assert send(world.client(), URL, {"head_name": ""}).status_code == 422
    assert "misalnya 03" in send(world.client(), URL, {"head_name": "A", "rt": "dua"}).content.decode()
    assert not households().exists()


def test_a_no_kk_of_another_household_here_is_422(world, send):
    send(world.client(), URL, {"head_name": "Slamet", "no_kk": "3375031005249001"})
    answer = send(world.client(), URL, {"head_name": "Parto", "no_kk": "3375031005249001"})
    assert answer.status_code == 422
    assert "sudah dipakai keluarga Slamet" in answer.content.decode()


def test_without_the_permission_it_is_403(world):
    assert world.client("officer").get(URL).status_code == 403
