from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from services.accounts.models import Assignment, User
from services.areas.scope import Scope
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


@pytest.mark.parametrize("places", [{}, {"posyandu", "area"}])
def test_an_assignment_has_exactly_one_place(places):
    post, person = factories.posyandu(), factories.user()
    values = {name: {"posyandu": post, "area": post.area}[name] for name in places}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(user=person, role="kader", from_date=DAY, **values)


def test_an_assignment_cannot_end_before_it_begins():
    post, person = factories.posyandu(), factories.user()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            user=person, role="kader", posyandu=post, from_date=DAY, to_date=DAY - timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (DAY, None, True),
        (DAY, DAY + timedelta(days=1), True),
        (DAY, DAY, False),
        (DAY - timedelta(days=9), DAY, False),
        (DAY + timedelta(days=1), None, False),
    ],
)
def test_an_assignment_holds_from_its_first_day_until_the_day_before_it_ends(since, until, holds):
    post, person = factories.posyandu(), factories.user()
    row = Assignment.objects.create(user=person, role="kader", posyandu=post, from_date=since, to_date=until)
    found = Assignment.objects.unscoped(reason="test").filter(Assignment.on_day(DAY)).exists()
    assert (found, row.holds_on(DAY)) == (holds, holds)


def test_two_people_cannot_log_in_with_one_phone():
    factories.user(phone="+6281234567890")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.user(phone="+6281234567890")


def test_people_are_seen_by_whoever_sees_their_assignment_and_by_themselves():
    ours, theirs = factories.posyandu(), factories.posyandu("Margo Utomo", "33.20.13.2004")
    mine, other = factories.user(at=ours), factories.user(at=theirs)
    scope = Scope(user_id=None, posyandu=frozenset([ours.pk]))
    assert list(User.objects.within(scope)) == [mine]
    assert list(User.objects.within(Scope(user_id=other.pk))) == [other]


def test_a_pin_is_kept_as_a_hash_and_an_empty_one_fits_nothing():
    person = factories.user()
    assert not person.check_pin("")
    person.set_pin("4826")
    assert "4826" not in person.pin
    assert person.check_pin("4826")
    assert not person.check_pin("4827")
