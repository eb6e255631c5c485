import pytest
from django.urls import reverse

from services.posyandu.models import Facility
from tests import factories

pytestmark = pytest.mark.django_db
VALUES = {"name": "Kencana Ungu", "rw": "8", "state": "aktif"}


def url(post):
    return reverse("posyandu:posyandu_edit", args=[post.pk])


def test_a_post_is_changed(admin, post_a, send):
    facility = Facility.objects.create(name="Krapyak", area_id="33.75")
    values = {**VALUES, "facility": str(facility.pk), "dusun": "Krajan", "state": "tidak_aktif"}
    answer = send(admin, url(post_a), **values)
    assert answer.status_code == 302
    post_a.refresh_from_db()
    assert (post_a.rw, post_a.dusun, post_a.facility, post_a.state) == ("08", "Krajan", facility, "tidak_aktif")


def test_a_forged_place_or_path_changes_nothing(admin, post_a, send):
    send(admin, url(post_a), **VALUES, area="33.75.03.1004", path="33.20", serial="9")
    post_a.refresh_from_db()
    assert post_a.path == "33.75.03.1003.1"


def test_a_registration_number_must_be_of_the_posts_village(admin, post_a, send):
    answer = send(admin, url(post_a), **VALUES, registration_number="33.75.03.1004.001")
    assert answer.status_code == 422
    assert "33.75.03.1003" in answer.context["form"].errors["registration_number"][0]


def test_a_registration_number_of_an_earlier_village_may_stay(admin, post_a, send):
    post_a.memberships.update(to_date=factories.LONG_AGO)
    post_a.memberships.create(area_id="33.75.03.1004", path="33.75.03.1004.1", from_date=factories.LONG_AGO)
    assert send(admin, url(post_a), **VALUES, registration_number="33.75.03.1004.001").status_code == 302


def test_a_facility_of_another_district_cannot_be_chosen(admin, post_a, post_b, send):
    facility = Facility.objects.create(name="Kalinyamatan", area_id="33.20")
    assert send(admin, url(post_a), **VALUES, facility=str(facility.pk)).status_code == 422


def test_a_post_of_another_district_is_404(admin, post_b):
    assert admin.get(url(post_b)).status_code == 404
    assert admin.post(url(post_b), VALUES).status_code == 404


def test_a_kader_may_not(kader, post_a):
    assert kader.get(url(post_a)).status_code == 403
