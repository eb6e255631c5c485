import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def url(post):
    return reverse("posyandu:posyandu_detail", args=[post.pk])


def test_a_post_is_shown_with_its_place_in_time(admin, post_a):
    text = admin.get(url(post_a)).content.decode()
    for told in ("Kencana Ungu", "33.75.03.1003.1", "Kelurahan Kandang Panjang", "Kota Pekalongan", "Januari 2025"):
        assert told in text


def test_a_post_of_another_district_is_404(admin, post_b):
    assert admin.get(url(post_b)).status_code == 404


def test_a_kader_may_not(kader, post_a):
    assert kader.get(url(post_a)).status_code == 403
