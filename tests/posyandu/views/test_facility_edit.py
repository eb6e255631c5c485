import pytest
from django.urls import reverse

from services.posyandu.models import Facility

pytestmark = pytest.mark.django_db


def url(facility):
    return reverse("posyandu:facility_edit", args=[facility.pk])


@pytest.fixture
def facility(post_a):
    return Facility.objects.create(name="Krapyak", area_id="33.75")


def test_a_phone_number_is_added(admin, facility, send):
    answer = send(admin, url(facility), kind="pustu", name="Krapyak", area="33.75", phone="0812 3456 7890")
    assert answer.status_code == 302
    facility.refresh_from_db()
    assert (facility.kind, facility.phone) == ("pustu", "0812 3456 7890")


def test_an_invalid_phone_number_is_422(admin, facility, send):
    assert send(admin, url(facility), kind="pustu", name="Krapyak", area="33.75", phone="x").status_code == 422


def test_a_facility_of_another_district_is_404(admin, post_b):
    assert admin.get(url(Facility.objects.create(name="Kalinyamatan", area_id="33.20"))).status_code == 404


def test_a_facility_of_another_district_that_serves_a_post_here_is_not_changed_here(admin, post_a, post_b):
    facility = Facility.objects.create(name="Kalinyamatan", area_id="33.20")
    post_a.facility = facility
    post_a.save(update_fields=["facility"])
    assert admin.get(url(facility)).status_code == 404


def test_a_kader_may_not(kader, facility):
    assert kader.get(url(facility)).status_code == 403
