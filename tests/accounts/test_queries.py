"""What a person may do and where: each permission has the places of the assignments that grant it, and no other."""

from datetime import timedelta

import pytest

from services.accounts.models import Assignment
from services.accounts.queries import access_of, people_on_phone, phone_of, place_of, stands_only_in
from services.areas import clock
from services.areas.access import Permission as P
from services.areas.models import Area
from services.posyandu.models import Facility, Posyandu
from tests import factories

pytestmark = pytest.mark.django_db
YESTERDAY = clock.today() - timedelta(days=1)


@pytest.fixture
def post_a():
    return factories.posyandu()


@pytest.fixture
def post_b():
    return factories.posyandu("Margo Utomo", "33.20.13.2004")


def posts_of(person, permission):
    scope = access_of(person).scope(permission)
    return None if scope is None else set(Posyandu.objects.within(scope))


def test_two_roles_of_one_person_never_add_up_to_a_third(post_a, post_b):
    person = factories.user("kader", at=post_a)
    factories.assign(person, "kelurahan", "33.20.13.2004")
    assert posts_of(person, P.RECORD) == {post_a}
    assert posts_of(person, P.VERIFY_MONTH) == {post_b}
    assert posts_of(person, P.SEE_NAMES) == {post_a, post_b}
    assert posts_of(person, P.MANAGE_KADER) is None


def test_somebody_without_assignment_has_no_scope_at_all(post_a):
    person = factories.user()
    assert all(access_of(person).scope(permission) is None for permission in P)


def test_an_ended_assignment_gives_nothing(post_a):
    person = factories.user()
    factories.assign(person, "ketua", post_a)
    Assignment.objects.unscoped(reason="test").update(to_date=clock.today())
    assert access_of(person).grants == ()
    assert access_of(person, YESTERDAY).may(P.SUBMIT_MONTH)


def test_an_assignment_of_tomorrow_gives_nothing_today(post_a):
    person = factories.user()
    factories.assign(person, "kader", post_a, since=clock.today() + timedelta(days=1))
    assert posts_of(person, P.RECORD) is None


@pytest.mark.parametrize(
    ("code", "inside"),
    [("33.75.03.1003", True), ("33.75.03", True), ("33.75", True), ("33.20", False), ("33.75.03.1004", False)],
)
def test_an_area_holds_its_posts_and_no_others(post_a, code, inside):
    assert posts_of(factories.user("auditor", at=code), P.SEE_PLACES) == ({post_a} if inside else set())


def test_a_code_is_inside_its_own_prefix_only(post_a):
    """Kabupaten Pekalongan (33.26) and Kota Pekalongan (33.75) share a name; 33.7 is only the beginning of a code."""
    for code in ("33.26", "33.7"):
        Area.objects.create(code=code, name="Pekalongan", level="kabkota", kind="kabupaten")
        person = factories.user("kota", at=code)
        scope = access_of(person).scope(P.SEE_PLACES)
        assert posts_of(person, P.SEE_PLACES) == set()
        assert scope.holds_area(code)
        assert not scope.holds_area("33.75")


def test_a_facility_serves_its_list_of_posts_wherever_they_are(post_a):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    wetan = factories.posyandu("Melati", "33.75.03.1004", facility=facility)
    factories.posyandu("Mawar", "33.75.03.1004")
    Posyandu.objects.unscoped(reason="test").filter(pk=post_a.pk).update(facility=facility)
    person = factories.user()
    Assignment.objects.create(user=person, role="puskesmas", facility=facility, from_date=factories.LONG_AGO)
    assert posts_of(person, P.CONFIRM_HEALTH) == {post_a, wetan}
    assert access_of(person).scope(P.CONFIRM_HEALTH).areas == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([""], None),
        (["sosial"], {"sosial"}),
        (["sosial", "kesehatan"], {"sosial", "kesehatan"}),
        (["sosial", ""], None),
    ],
)
def test_a_kader_serves_all_fields_unless_every_assignment_is_bound(post_a, fields, expected):
    person = factories.user()
    for field in fields:
        factories.assign(person, "kader", post_a, field=field)
    assert access_of(person).scope(P.RECORD).fields == expected


def test_access_takes_two_queries_however_many_roles_there_are(post_a, post_b, django_assert_num_queries):
    person = factories.user("kader", at=post_a)
    factories.assign(person, "kelurahan", "33.20.13.2004")
    factories.assign(person, "kota", "33.75")
    with django_assert_num_queries(2):
        access_of(person)


def test_a_person_stands_only_in_scope_when_all_her_current_roles_do(post_a, post_b):
    ketua = access_of(factories.user("ketua", at=post_a)).scope(P.MANAGE_KADER)
    person, today = factories.user("kader", at=post_a), clock.today()
    assert stands_only_in(person, ketua, today, roles=["kader"])
    elsewhere = factories.assign(person, "kader", post_b)
    assert not stands_only_in(person, ketua, today, roles=["kader"])
    elsewhere.delete()
    factories.assign(person, "bidan", post_a)
    assert not stands_only_in(person, ketua, today, roles=["kader"])


def test_a_phone_shows_only_its_own_people_who_have_a_pin(post_a, post_b):
    from services.accounts.actions import trust_phone

    ketua = factories.user("ketua", at=post_a, name="Bu Nur")
    with_pin, without = factories.user("kader", at=post_a, name="Siti"), factories.user("kader", at=post_a)
    for person in (ketua, with_pin, factories.user("kader", at=post_b), factories.user("bidan", at=post_a)):
        person.set_pin("4826")
        person.save()
    phone = phone_of(trust_phone(posyandu=post_a, label="HP meja 1", by=ketua))
    assert [person.user for person in people_on_phone(phone)] == [ketua, with_pin]
    assert without not in [person.user for person in people_on_phone(phone)]
    assert phone_of("another token") is None


def test_a_log_in_is_remembered_under_the_persons_place(post_a):
    assert place_of(factories.user("kader", at=post_a)) == post_a.path
    assert place_of(factories.user("kota", at="33.75")) == "33.75"
    assert place_of(factories.user()) == ""
