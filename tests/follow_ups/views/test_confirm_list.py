"""The bidan's batch: "hari ini perlu dikonfirmasi"."""

import pytest
from django.urls import reverse

from services.accounts.models import Assignment
from services.follow_ups.models import Referral
from services.posyandu.models import Facility
from services.records.actions import save_record
from tests import factories as make
from tests.follow_ups.conftest import REASON, TODAY

from .posting import send

pytestmark = pytest.mark.django_db
URL = reverse("follow_ups:confirm_list")


@pytest.fixture
def batch(here):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    here.post.facility = facility
    here.post.save(update_fields=["facility"])
    bidan = make.user("bidan")
    Assignment.objects.create(user=bidan, role="bidan", facility=facility, from_date=make.LONG_AGO)
    day = make.open_day(here.post, TODAY, by=here.kader)
    here.children.append(make.resident(here.post, "Ahmad", age_months=30, family=here.family))
    for child in here.children:
        save_record(encounter=day.encounter, form="kartu_balita", subject=child, answers={"bb_kg": 6.5}, by=here.kader)
    keys = [f"{day.encounter.pk}_{child.pk}" for child in here.children]
    return here, bidan, facility, keys


def test_a_days_findings_are_settled_in_one_batch(batch):
    here, bidan, facility, (first, second) = batch
    client = make.client_for(bidan)
    page = client.get(URL).content.decode()
    assert "Aisyah" in page and "Ahmad" in page and "Berat badan sangat kurang" in page
    response = send(client, URL, bidan, **{first: "di_tempat", second: "dirujuk", "facility": str(facility.pk)})
    assert response.status_code == 302
    states = dict(Referral.objects.unscoped(reason=REASON).values_list("resident__name", "state"))
    assert states == {"Aisyah": "di_tempat", "Ahmad": "dibuat"}
    assert "Tidak ada temuan" in client.get(URL).content.decode()


def test_who_is_left_for_later_stays(batch):
    _, bidan, _, (first, second) = batch
    client = make.client_for(bidan)
    send(client, URL, bidan, **{first: "di_tempat", second: ""})
    page = client.get(URL).content.decode()
    assert "Ahmad" in page and "Aisyah" not in page


def test_nothing_chosen_and_nowhere_to_send_is_422(batch):
    _, bidan, _, (first, _) = batch
    client = make.client_for(bidan)
    assert send(client, URL, bidan).status_code == 422
    assert send(client, URL, bidan, **{first: "dirujuk"}).status_code == 422
    assert not Referral.objects.unscoped(reason=REASON).exists()


def test_a_kader_may_not_and_another_district_sees_nothing(batch, elsewhere):
    here, *_ = batch
    assert here.client().get(URL).status_code == 403


def test_the_number_of_queries_does_not_grow(batch, django_assert_max_num_queries):
    here, bidan, _, _ = batch
    day = make.open_day(here.post, TODAY.replace(day=1), by=here.kader) if TODAY.day > 1 else None
    for number in range(12):
        child = make.resident(here.post, f"Anak {number}", age_months=24, family=here.family)
        if day:
            save_record(
                encounter=day.encounter, form="kartu_balita", subject=child, answers={"bb_kg": 6}, by=here.kader
            )
    client = make.client_for(bidan)
    client.get(URL)
    with django_assert_max_num_queries(20):
        client.get(URL)
