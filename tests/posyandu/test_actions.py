from datetime import date

import pytest
from django.core.exceptions import ValidationError

from services.audit.models import Entry
from services.posyandu.actions import (
    MonthLocked,
    UnknownDecisions,
    add_posyandu,
    change_posyandu,
    hold_month_open,
    import_posyandu,
    move_posyandu,
    next_serial,
    save_facility,
)
from services.posyandu.models import AreaMembership, Facility, Period, Posyandu
from services.posyandu.queries import NEW
from services.posyandu.resources import PostRow
from services.web.refusals import Refusal
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
KANDANG, WETAN = "33.75.03.1003", "33.75.03.1004"


@pytest.fixture
def tree():
    return factories.area_tree()


@pytest.fixture
def admin(tree):
    return factories.user("admin", at="33.75")


def posts():
    return Posyandu.objects.unscoped(reason="test")


def test_a_new_post_gets_the_next_serial_a_path_a_place_in_time_and_an_entry(tree, admin):
    first = add_posyandu(area=tree[KANDANG], name="Melati", by=admin, on=TODAY)
    second = add_posyandu(area=tree[KANDANG], name="Mawar", by=admin, on=TODAY, live_from=date(2026, 3, 1))
    assert [first.path, second.path] == [f"{KANDANG}.1", f"{KANDANG}.2"]
    assert [post.memberships.get().from_date for post in (first, second)] == [TODAY, date(2026, 3, 1)]
    assert Entry.objects.unscoped(reason="test").filter(verb="buat", place=second.path, user=admin).exists()


def test_a_registration_number_of_a_wrong_form_is_refused_by_the_action_too(tree, admin):
    with pytest.raises(ValidationError):
        add_posyandu(area=tree[KANDANG], name="Melati", by=admin, on=TODAY, registration_number="1")
    assert not posts().exists()


def test_a_change_names_its_columns_and_keeps_the_old_values(admin):
    post = factories.posyandu(rw="09")
    assert change_posyandu(posyandu=post, by=admin, name="Kencana Ungu", rw="08") == ("rw",)
    post.refresh_from_db()
    assert post.rw == "08"
    entry = Entry.objects.unscoped(reason="test").get(verb="ubah")
    assert entry.detail["kolom"] == ["rw"]
    assert "08" not in str(entry.detail)
    assert change_posyandu(posyandu=post, by=admin, rw="08") == ()
    assert Entry.objects.unscoped(reason="test").filter(verb="ubah").count() == 1


def test_a_post_that_began_earlier_was_in_its_village_from_then_on(admin):
    post = add_posyandu(area=factories.area_tree()[KANDANG], name="Melati", by=admin, on=TODAY)
    change_posyandu(posyandu=post, by=admin, live_from=date(2026, 2, 1))
    assert post.memberships.get().from_date == date(2026, 2, 1)


def test_a_moved_post_has_a_new_path_and_keeps_its_past(tree, admin):
    post = factories.posyandu()
    old = post.path
    move_posyandu(posyandu=post, area=tree[WETAN], on=date(2026, 11, 1), by=admin)
    assert post.path == f"{WETAN}.1"
    past, present = post.memberships.order_by("from_date")
    assert (past.path, past.to_date) == (old, date(2026, 11, 1))
    assert (present.path, present.from_date, present.to_date) == (post.path, date(2026, 11, 1), None)
    on_day = AreaMembership.objects.unscoped(reason="test").filter(AreaMembership.on_day(date(2026, 10, 31)))
    assert [membership.path for membership in on_day] == [old]


def test_a_serial_is_never_used_again_after_a_move(tree, admin):
    post = factories.posyandu()
    move_posyandu(posyandu=post, area=tree[WETAN], on=date(2026, 11, 1), by=admin)
    assert next_serial(KANDANG) == 2
    assert add_posyandu(area=tree[KANDANG], name="Baru", by=admin, on=TODAY).path == f"{KANDANG}.2"
    move_posyandu(posyandu=post, area=tree[KANDANG], on=date(2026, 11, 2), by=admin)
    assert post.path == f"{KANDANG}.3"


@pytest.mark.parametrize("day", [factories.LONG_AGO, date(2019, 1, 1)])
def test_a_post_moves_only_after_it_came(tree, admin, day):
    with pytest.raises(Refusal, match="sesudah"):
        move_posyandu(posyandu=factories.posyandu(), area=tree[WETAN], on=day, by=admin)


def test_a_post_does_not_move_to_where_it_is(tree, admin):
    with pytest.raises(Refusal, match="memang di tempat itu"):
        move_posyandu(posyandu=factories.posyandu(), area=tree[KANDANG], on=TODAY, by=admin)


@pytest.mark.parametrize("month", [date(2026, 9, 1), date(2026, 10, 1)])
def test_a_post_does_not_move_in_or_before_a_month_that_was_sent(tree, admin, month):
    post = factories.posyandu()
    Period.objects.create(posyandu=post, month=month, state="diajukan")
    with pytest.raises(MonthLocked):
        move_posyandu(posyandu=post, area=tree[WETAN], on=date(2026, 9, 15), by=admin)
    assert posts().get().path == f"{KANDANG}.1"


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        ("draf", True),
        ("dikembalikan", True),
        ("diajukan", False),
        ("diverifikasi", False),
        ("direkap", False),
        ("final", False),
    ],
)
def test_a_month_is_open_until_it_is_sent_and_again_when_returned(state, is_open):
    post = factories.posyandu()
    Period.objects.create(posyandu=post, month=date(2026, 10, 1), state=state)
    if is_open:
        assert hold_month_open(posyandu_id=post.pk, day=date(2026, 10, 31)).state == state
    else:
        with pytest.raises(MonthLocked, match="Oktober 2026"):
            hold_month_open(posyandu_id=post.pk, day=date(2026, 10, 31))
    assert hold_month_open(posyandu_id=post.pk, day=date(2026, 11, 1)).state == "draf"


def test_a_facility_is_kept_without_its_kind_and_noted(tree, admin):
    facility = save_facility(facility=Facility(name="Puskesmas Dukuh", area=tree["33.75"]), by=admin)
    assert str(facility) == "Puskesmas Dukuh"
    facility.phone = "0285 421"
    save_facility(facility=facility, by=admin)
    verbs = Entry.objects.unscoped(reason="test").filter(place="33.75").values_list("verb", flat=True)
    assert sorted(verbs) == ["buat", "ubah"]


def load(*rows, areas=None, **options):
    return import_posyandu(rows=rows, areas=areas, by=options.pop("by", None), on=TODAY, **options)


def test_new_posts_of_a_list_are_written_with_serials_history_place_and_facility(tree, admin):
    factories.posyandu("Ada", rw="01")
    load(
        PostRow(2, "Melati", KANDANG, rw="02", facility="Dukuh", live_from=date(2026, 5, 1)),
        PostRow(3, "Mawar", KANDANG, rw="03", facility="DUKUH", note="tdk aktif"),
        PostRow(4, "Ada", KANDANG, rw="01"),
        by=admin,
    )
    melati, mawar = posts().filter(name__in=["Melati", "Mawar"]).order_by("serial")
    assert [melati.path, mawar.path] == [f"{KANDANG}.2", f"{KANDANG}.3"]
    assert melati.memberships.get().from_date == date(2026, 5, 1)
    assert melati.facility == mawar.facility == Facility.objects.unscoped(reason="test").get()
    assert mawar.state == "tidak_aktif"
    assert melati.history.get().history_user == admin
    entry = Entry.objects.unscoped(reason="test").get(model="posyandu", verb="buat")
    assert (entry.place, entry.detail["jumlah"]) == (KANDANG, 2)


def test_a_list_taken_over_twice_is_there_once(tree):
    rows = [PostRow(2, "Melati", KANDANG), PostRow(3, "Melati", WETAN)]
    assert load(*rows).counts["baru"] == 2
    assert load(*rows).counts == {"baru": 0, "sama": 2, "mirip": 0, "ditolak": 0}
    assert posts().count() == 2


def test_similar_and_refused_rows_are_not_written(tree):
    factories.posyandu("Kencana Ungu")
    load(PostRow(2, "Kencono Ungu", KANDANG), PostRow(3, "Melati", "33.99.99.1001"))
    assert posts().count() == 1


def test_a_decided_row_is_written_as_decided_and_again_the_same(tree):
    factories.posyandu("Kencana Ungu")
    load(PostRow(2, "Kencono Ungu", KANDANG), decisions={2: NEW})
    assert posts().count() == 2
    assert load(PostRow(2, "Kencono Ungu", KANDANG)).counts["sama"] == 1


def test_a_wrong_decision_writes_nothing_of_the_list(tree):
    with pytest.raises(UnknownDecisions, match="baris 9"):
        load(PostRow(2, "Melati", KANDANG), decisions={9: NEW})
    assert not posts().exists()


def test_a_row_outside_the_asked_area_is_not_written(tree):
    assert load(PostRow(2, "Melati", KANDANG), areas=["33.20"]).counts["ditolak"] == 1
    assert not posts().exists()
