from datetime import date

import pytest
from django.urls import reverse

from services.posyandu.models import Posyandu
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("posyandu:posyandu_new")
VALUES = {"area": "33.75.03.1004", "name": "Posyandu Melati", "rw": "4", "live_from": "2026-10"}


def added():
    return Posyandu.objects.unscoped(reason="test").filter(area_id="33.75.03.1004")


def test_a_post_is_registered(admin, send):
    answer = send(admin, URL, **VALUES, registration_number="33.75.03.1004.001", wave="gelombang_1")
    post = added().get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("posyandu:posyandu_detail", args=[post.pk])
    assert (post.name, post.path, post.rw) == ("Melati", "33.75.03.1004.1", "04")
    assert (post.live_from, post.wave) == (date(2026, 10, 1), "gelombang_1")
    assert post.registration_number == "33.75.03.1004.001"


def test_the_same_form_sent_twice_is_one_post(admin):
    key = admin.get(URL).context["submission_key"]
    answers = [admin.post(URL, {**VALUES, "submission_key": key}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert added().count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Posyandu"}, "name"),
        ({"area": ""}, "area"),
        ({"area": "33.20.13.2004"}, "area"),
        ({"area": "33.75.03"}, "area"),
        ({"rw": "empat"}, "rw"),
        ({"live_from": "nanti"}, "live_from"),
        ({"registration_number": "33.75.03.1003.001"}, "registration_number"),
        ({"registration_number": "33.75.03.1004.1"}, "registration_number"),
    ],
)
def test_what_cannot_be_right_is_422_beside_its_field_and_keeps_what_was_typed(admin, post_b, send, values, field):
    answer = send(admin, URL, **{**VALUES, "address": "Jl. Kunti", **values})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Jl. Kunti" in answer.content.decode()
    assert not added().exists()


def test_a_registration_number_is_used_once(admin, send):
    factories.posyandu("Mawar", "33.75.03.1004", registration_number="33.75.03.1004.001")
    answer = send(admin, URL, **VALUES, registration_number="33.75.03.1004.001")
    assert answer.status_code == 422
    assert "registration_number" in answer.context["form"].errors


def test_a_kader_may_not(kader):
    assert kader.get(URL).status_code == 403
