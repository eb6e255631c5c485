from datetime import date

import pytest
from django.db import IntegrityError, transaction

from services.areas.scope import Scope
from services.posyandu.models import AreaMembership, Facility, Posyandu
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_facility_that_serves_two_posts_of_the_scope_comes_once():
    facility = Facility.objects.create(name="Krapyak", area=factories.area_tree()["33.75"])
    posts = [factories.posyandu(name, facility=facility) for name in ("Melati", "Mawar")]
    factories.posyandu("Tanpa Puskesmas")
    scope = Scope(None, posyandu=frozenset(post.pk for post in posts))
    assert list(Facility.objects.within(scope)) == [facility]


def test_a_facility_of_another_district_is_out_of_scope():
    Facility.objects.create(name="Kalinyamatan", area=factories.area_tree()["33.20"])
    assert not Facility.objects.within(Scope(None, areas=("33.75",))).exists()


@pytest.mark.parametrize(
    "values",
    [{"live_from": date(2026, 10, 2)}, {"serial": 1}, {"path": "33.75.03.1003.1"}, {"registration_number": "1"}],
)
def test_the_table_itself_refuses_what_must_not_be(values):
    first = factories.posyandu()
    factories.posyandu("Melati", registration_number="1")
    other = Posyandu(**{"area": first.area, "name": "Mawar", "serial": 9, "path": f"{first.area_id}.9", **values})
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


def test_a_post_is_in_one_village_at_a_time():
    post = factories.posyandu()
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaMembership.objects.create(posyandu=post, area=post.area, path="x", from_date=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("live_from", "state", "live"),
    [
        (date(2026, 10, 1), "aktif", True),
        (date(2026, 11, 1), "aktif", False),
        (None, "aktif", False),
        (date(2026, 1, 1), "tidak_aktif", False),
        (date(2026, 1, 1), "digabung", False),
    ],
)
def test_only_a_live_post_owes_a_month(live_from, state, live):
    assert Posyandu(live_from=live_from, state=state).is_live(date(2026, 10, 1)) is live
