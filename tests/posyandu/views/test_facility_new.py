import pytest
from django.urls import reverse

from services.posyandu.models import Facility

pytestmark = pytest.mark.django_db
URL = reverse("posyandu:facility_new")
VALUES = {"kind": "puskesmas", "name": "Puskesmas Krapyak", "area": "33.75", "phone": "(0285) 421234"}


def facilities():
    return Facility.objects.unscoped(reason="test")


def test_a_facility_is_registered_without_the_word_of_its_kind(admin, send):
    assert send(admin, URL, **VALUES).status_code == 302
    assert str(facilities().get()) == "Puskesmas Krapyak"


@pytest.mark.parametrize("values", [{"name": ""}, {"phone": "telepon saja"}, {"area": "33.20"}, {"kind": "toko"}])
def test_what_cannot_be_right_is_422(admin, post_b, send, values):
    assert send(admin, URL, **{**VALUES, **values}).status_code == 422
    assert not facilities().exists()


def test_a_facility_stands_once_in_a_district(admin, send):
    Facility.objects.create(name="Krapyak", area_id="33.75")
    answer = send(admin, URL, **VALUES)
    assert answer.status_code == 422
    assert "sudah ada" in answer.content.decode()


def test_a_kader_may_not(kader):
    assert kader.get(URL).status_code == 403
