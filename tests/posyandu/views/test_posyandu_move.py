from datetime import timedelta

import pytest
from django.urls import reverse

from services.areas import clock
from services.posyandu.models import Period

pytestmark = pytest.mark.django_db


def url(post):
    return reverse("posyandu:posyandu_move", args=[post.pk])


def test_a_post_moves_from_a_day_on(admin, post_a, send):
    answer = send(admin, url(post_a), area="33.75.03.1004", on=clock.today().isoformat())
    assert answer.status_code == 302
    post_a.refresh_from_db()
    assert post_a.path == "33.75.03.1004.1"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"area": "33.75.03.1003"}, "area"),
        ({"area": "33.20.13.2004"}, "area"),
        ({"on": "2019-01-01"}, "on"),
        ({"on": (clock.today() + timedelta(days=2)).isoformat()}, "on"),
        ({"on": "31/02/2026"}, "on"),
    ],
)
def test_an_impossible_move_is_422_beside_its_field(admin, post_a, post_b, send, values, field):
    answer = send(admin, url(post_a), **{"area": "33.75.03.1004", "on": clock.today().isoformat(), **values})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    post_a.refresh_from_db()
    assert post_a.path == "33.75.03.1003.1"


def test_a_move_in_a_sent_month_is_409(admin, post_a, send):
    today = clock.today()
    Period.objects.create(posyandu=post_a, month=today.replace(day=1), state="diajukan")
    assert send(admin, url(post_a), area="33.75.03.1004", on=today.isoformat()).status_code == 409


def test_a_post_of_another_district_is_404(admin, post_b):
    assert admin.get(url(post_b)).status_code == 404


def test_a_kader_may_not(kader, post_a):
    assert kader.get(url(post_a)).status_code == 403
