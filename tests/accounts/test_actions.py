"""Who gets an account, who loses it, and what is remembered of it."""

from datetime import timedelta

import pytest

from services.accounts import actions
from services.accounts.models import Assignment, TrustedPhone
from services.accounts.queries import access_of, phone_of
from services.areas import clock
from services.areas.access import Permission as P
from services.audit.models import Entry
from services.web.refusals import Refusal
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def post():
    return factories.posyandu()


@pytest.fixture
def ketua(post):
    return factories.user("ketua", at=post)


def add(post, ketua, **details):
    given = {"name": "Siti Nur Aminah", "phone": "", "role": "kader", "place": post, "by": ketua, "on": TODAY}
    return actions.add_person(**{**given, **details})


def entries(**conditions):
    return Entry.objects.unscoped(reason="test").filter(**conditions)


def test_a_new_kader_logs_in_once_with_the_given_password(post, ketua):
    given = add(post, ketua, phone="+6281234567890")
    given.user.refresh_from_db()
    assert given.user.username == "siti.nur"
    assert given.user.check_password(given.password)
    assert given.user.must_change_password
    assert access_of(given.user).scope(P.RECORD).posyandu == {post.pk}
    remembered = entries(verb="buat", model="user", object_id=str(given.user.pk)).get()
    assert (remembered.user, remembered.place) == (ketua, post.path)


def test_two_people_of_one_name_get_two_usernames(post, ketua):
    assert [add(post, ketua).user.username for _ in range(3)] == ["siti.nur", "siti.nur2", "siti.nur3"]


def test_a_phone_of_somebody_anywhere_is_refused_without_telling_whose(post, ketua):
    other = factories.posyandu("Margo Utomo", "33.20.13.2004")
    owner = factories.user("kader", at=other, phone="+6281234567890", name="Sri Wahyuni")
    with pytest.raises(Refusal) as refused:
        add(post, ketua, phone="+6281234567890")
    assert refused.value.field == "phone"
    assert owner.name not in refused.value.message
    assert "Margo" not in refused.value.message
    assert not Assignment.objects.unscoped(reason="test").filter(user__name="Siti Nur Aminah").exists()


@pytest.mark.parametrize("role", ["lurah", "puskesmas", "admin"])
def test_a_role_is_held_only_at_its_kind_of_place(post, ketua, role):
    with pytest.raises(Refusal):
        add(post, ketua, role=role)


def test_an_area_role_is_held_at_its_level(ketua):
    tree = factories.area_tree()
    assert actions.add_assignment(user=ketua, role="lurah", place=tree["33.75.03.1003"], by=ketua, on=TODAY).area_id
    with pytest.raises(Refusal):
        actions.add_assignment(user=ketua, role="lurah", place=tree["33.75"], by=ketua, on=TODAY)


def test_the_same_role_is_not_given_twice(post, ketua):
    with pytest.raises(Refusal):
        actions.add_assignment(user=ketua, role="ketua", place=post, by=ketua, on=TODAY)


def test_a_kader_who_stops_loses_access_the_same_day_and_her_account(post, ketua):
    kader = factories.user("kader", at=post)
    actions.end_assignment(assignment=kader.assignments.get(), by=ketua, on=TODAY)
    kader.refresh_from_db()
    assert not kader.is_active
    assert access_of(kader).grants == ()
    assert entries(model="assignment", verb="ubah", place=post.path).exists()


def test_who_has_another_role_keeps_the_account(post, ketua):
    kader = factories.user("kader", at=post)
    factories.assign(kader, "kader", factories.posyandu("Melati", "33.75.03.1004"))
    actions.end_assignment(assignment=kader.assignments.get(posyandu=post), by=ketua, on=TODAY)
    kader.refresh_from_db()
    assert kader.is_active
    assert post.pk not in access_of(kader).scope(P.RECORD).posyandu


def test_a_role_that_ends_next_year_keeps_the_account_too(post, ketua):
    kader = factories.user("kader", at=post)
    other = factories.assign(kader, "kader", factories.posyandu("Melati", "33.75.03.1004"))
    other.to_date = TODAY + timedelta(days=300)
    other.save()
    actions.end_assignment(assignment=kader.assignments.get(posyandu=post), by=ketua, on=TODAY)
    kader.refresh_from_db()
    assert kader.is_active


def test_a_role_ends_once(post, ketua):
    kader = factories.user("kader", at=post)
    ended = kader.assignments.get()
    actions.end_assignment(assignment=ended, by=ketua, on=TODAY - timedelta(days=5))
    actions.end_assignment(assignment=ended, by=ketua, on=TODAY)
    ended.refresh_from_db()
    assert ended.to_date == TODAY - timedelta(days=5)


def test_a_role_given_today_can_end_today(post, ketua):
    kader = add(post, ketua).user
    actions.end_assignment(assignment=kader.assignments.get(), by=ketua, on=TODAY)
    assert access_of(kader).grants == ()


def test_a_kader_comes_back_with_a_new_dated_role(post, ketua):
    kader = factories.user("kader", at=post)
    actions.end_assignment(assignment=kader.assignments.get(), by=ketua, on=TODAY - timedelta(days=30))
    actions.resume_assignment(assignment=kader.assignments.get(), by=ketua, on=TODAY)
    kader.refresh_from_db()
    assert kader.is_active
    assert kader.assignments.count() == 2
    assert access_of(kader, TODAY - timedelta(days=10)).grants == ()
    assert access_of(kader).may(P.RECORD)


def test_a_new_password_ends_the_old_one_the_pin_and_the_lock(post, ketua, rf):
    from services.accounts.backends import check_login

    kader = factories.user("kader", at=post, username="nur")
    kader.set_pin("4826")
    kader.save()
    for _ in range(8):
        check_login(rf.post("/masuk/"), username="nur", password="salah")
    given = actions.give_password(assignment=kader.assignments.get(), by=ketua)
    kader.refresh_from_db()
    assert not kader.check_pin("4826")
    assert kader.must_change_password
    assert check_login(rf.post("/masuk/"), username="nur", password=factories.PASSWORD) is None
    assert check_login(rf.post("/masuk/"), username="nur", password=given.password) == kader


def test_correcting_a_person_names_the_columns_and_not_their_values(post, ketua):
    kader = factories.user("kader", at=post, name="Siti")
    actions.change_person(assignment=kader.assignments.get(), name="Siti Nur", phone="", field="", by=ketua)
    entry = entries(verb="ubah", model="user").get()
    assert entry.detail == {"kolom": ["name"]}
    actions.change_person(assignment=kader.assignments.get(), name="Siti Nur", phone="", field="", by=ketua)
    assert entries(verb="ubah", model="user").count() == 1


def test_a_person_may_keep_her_own_phone(post, ketua):
    kader = factories.user("kader", at=post, phone="+6281234567890")
    actions.change_person(assignment=kader.assignments.get(), name="Siti", phone=kader.phone, field="", by=ketua)


def test_a_trusted_phone_keeps_only_the_hash_of_its_token_until_it_is_revoked(post, ketua):
    token = actions.trust_phone(posyandu=post, label="HP meja 1", by=ketua)
    phone = TrustedPhone.objects.unscoped(reason="test").get()
    assert token not in phone.token_hash
    assert phone_of(token) == phone
    actions.revoke_phone(phone=phone, by=ketua)
    actions.revoke_phone(phone=phone, by=ketua)
    assert phone_of(token) is None
    assert entries(model="trustedphone").count() == 2


def test_own_password_and_pin_are_remembered_without_their_values(post):
    kader = factories.user("kader", at=post, must_change_password=True)
    actions.change_password(user=kader, password="sandi-baru-sekali", by=kader)
    actions.change_pin(user=kader, pin="4826", by=kader)
    kader.refresh_from_db()
    assert not kader.must_change_password
    details = [entry.detail for entry in entries(model="user").order_by("at")]
    assert details == [{"kolom": ["password"]}, {"kolom": ["pin"]}]
