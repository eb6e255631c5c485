import threading
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from services.areas.scope import Scope
from services.audit.models import Entry
from services.posyandu.actions import MonthLocked
from services.posyandu.models import Period
from services.residents import actions
from services.residents.actions.merging import NOT_MOVED, relations
from services.residents.models import Merge, Pregnancy, Residency, Resident
from services.residents.queries import find_guest
from services.web.refusals import Refusal
from tests import factories

NIK = "3375035005249001"
TODAY = timezone.localdate()
BIRTH = date(2000, 1, 1)


def add(world, *, at=None, **details):
    post = at or world.here
    given = {"name": "Siti", "sex": "P", "birth_date": BIRTH, "since": TODAY, **details}
    return actions.add_resident(posyandu=post, household=None, by=world.kader, **given)


def home(person) -> Residency:
    return person.residencies.select_related("resident", "posyandu").get(to_date__isnull=True, kind="warga")


def lock(post, day=TODAY):
    rows = Period.objects.unscoped(reason="test")
    rows.update_or_create(posyandu=post, month=day.replace(day=1), defaults={"state": Period.State.SUBMITTED})


def test_adding_is_remembered_without_values(world):
    person = add(world, nik=NIK)
    entry = Entry.objects.unscoped(reason="test").get(model="resident", verb="buat")
    assert (entry.object_id, entry.user_id, entry.place) == (str(person.pk), world.kader.pk, world.here.path)
    assert NIK not in str(entry.detail)
    assert "Siti" not in str(entry.detail)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
        ({"since": BIRTH - timedelta(days=1)}, "since"),
        ({"nik": "123"}, "nik"),
    ],
)
def test_impossible_dates_and_numbers_are_refused_beside_their_field(world, details, field):
    with pytest.raises(Refusal) as refused:
        add(world, **details)
    assert (refused.value.field, refused.value.status) == (field, 422)
    assert not Resident.objects.unscoped(reason="test").exists()


def test_every_dated_action_asks_for_the_month(world):
    person = add(world)
    pregnancy = Pregnancy.objects.create(resident=person, registered_on=TODAY)
    condition = person.conditions.create(kind="hipertensi", from_date=TODAY)
    other, residency, by = factories.resident(world.here), home(person), world.kader
    lock(world.here)
    dated = [
        lambda: add(world, name="Budi"),
        lambda: actions.move_out(residency=residency, on=TODAY, destination="Tegal", by=by),
        lambda: actions.move_to(residency=residency, posyandu=world.there, household=None, on=TODAY, by=by),
        lambda: actions.record_death(residency=residency, on=TODAY, by=by),
        lambda: actions.add_pregnancy(residency=home(other), registered_on=TODAY, by=by),
        lambda: actions.end_pregnancy(
            residency=residency, pregnancy=pregnancy, ended_on=TODAY, outcome=Pregnancy.Outcome.BIRTH, by=by
        ),
        lambda: actions.add_condition(residency=residency, kind="diabetes", from_date=TODAY, by=by),
        lambda: actions.end_condition(residency=residency, condition=condition, to_date=TODAY, by=by),
        lambda: actions.receive_guest(resident=other, posyandu=world.here, on=TODAY, by=by),
        lambda: actions.merge_residents(kept=person, gone=other, by=by),
    ]
    for act in dated:
        with pytest.raises(MonthLocked):
            act()


def test_a_move_also_asks_for_the_month_of_the_post_moved_to(world):
    person = add(world)
    lock(world.there)
    with pytest.raises(MonthLocked):
        actions.move_to(residency=home(person), posyandu=world.there, household=None, on=TODAY, by=world.kader)
    assert home(person).posyandu_id == world.here.pk


def test_a_nik_seen_through_the_writers_other_posts_is_refused(world):
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    add(world, at=near, nik=NIK)
    with pytest.raises(Refusal):
        add(world, nik=NIK, scope=Scope(user_id=1, posyandu=frozenset({world.here.pk, near.pk})))
    assert add(world, nik=NIK, scope=Scope(user_id=1, posyandu=frozenset({world.here.pk}))).nik == ""


def test_a_nik_is_free_again_after_a_death(world):
    person = add(world, nik=NIK)
    actions.record_death(residency=home(person), on=TODAY, by=world.kader)
    assert add(world, name="Salah Ketik", nik=NIK).nik == NIK


@pytest.mark.django_db(transaction=True)
def test_two_posts_writing_one_nik_at_once_leave_it_with_one():
    posts = [factories.posyandu("A"), factories.posyandu("B", area="33.75.03.1004")]
    users = [factories.user("kader", at=post) for post in posts]
    ready, faults = threading.Barrier(2), []

    def write(post, user):
        try:
            ready.wait(5)
            actions.add_resident(
                posyandu=post, household=None, name="Siti", sex="P", birth_date=BIRTH, since=TODAY, by=user, nik=NIK
            )
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in zip(posts, users, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    rows = Resident.objects.unscoped(reason="test")
    assert sorted(row.nik for row in rows) == ["", NIK]
    assert next(row for row in rows if not row.nik).nik_to_match


def test_a_nik_can_be_taken_away_and_given_to_the_right_person(world):
    wrong, right = add(world, nik=NIK), add(world, name="Rini")
    with pytest.raises(Refusal):
        actions.change_resident(residency=home(right), by=world.kader, nik=NIK)
    actions.change_resident(residency=home(wrong), by=world.kader, nik="")
    actions.change_resident(residency=home(right), by=world.kader, nik=NIK)
    right.refresh_from_db()
    assert right.nik == NIK
    assert home(wrong).nik_claim is None


def test_a_no_kk_is_unique_and_let_go_by_an_empty_house(world):
    first = actions.add_household(posyandu=world.here, head_name="Slamet", by=world.kader, no_kk=NIK)
    with pytest.raises(Refusal) as refused:
        actions.add_household(posyandu=world.here, head_name="Parto", by=world.kader, no_kk=NIK)
    assert refused.value.field == "no_kk"
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    unseen = actions.add_household(posyandu=near, head_name="Parto", by=world.kader, no_kk=NIK)
    assert (unseen.no_kk, unseen.no_kk_to_match) == ("", True)
    person = factories.resident(world.here, family=first, birth_date=BIRTH)
    actions.move_out(residency=home(person), on=TODAY, destination="Tegal", by=world.kader)
    assert actions.change_household(household=unseen, by=world.kader, no_kk=NIK).no_kk == NIK


def test_a_move_ends_one_home_and_begins_the_next_on_the_same_day(world):
    person = add(world, since=TODAY - timedelta(days=3), nik=NIK)
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    actions.move_to(residency=home(person), posyandu=near, household=None, on=TODAY, by=world.kader)
    old, new = person.residencies.order_by("from_date")
    assert (old.to_date, old.ended, old.destination) == (TODAY, "pindah_keluar", "Posyandu Contoh")
    assert (new.posyandu_id, new.from_date, new.began, new.to_date) == (near.pk, TODAY, "pindah_masuk", None)
    assert new.nik_claim == old.nik_claim


def test_a_move_within_the_post_is_neither_in_nor_out(world):
    person, other = add(world), factories.household(world.here, "Parto")
    actions.move_to(residency=home(person), posyandu=world.here, household=other, on=TODAY, by=world.kader)
    old, new = person.residencies.order_by("recorded_at")
    assert (old.ended, new.began, new.household_id) == ("pindah_kk", "pindah_kk", other.pk)


def test_a_nik_known_in_the_new_district_stays_hers_but_waits_for_matching(world):
    person = add(world, nik=NIK)
    add(world, at=world.there, name="Rini", nik=NIK)
    near = factories.posyandu("Contoh Jepara", area="33.20.13.2004")
    moved = actions.move_to(residency=home(person), posyandu=near, household=None, on=TODAY, by=world.kader)
    person.refresh_from_db()
    assert (person.nik, person.nik_to_match, moved.nik_claim) == (NIK, True, None)


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), TODAY - timedelta(days=10)])
def test_nobody_leaves_ahead_of_time_or_before_she_came(world, on):
    person = add(world, since=TODAY - timedelta(days=3))
    for act in (
        lambda: actions.move_out(residency=home(person), on=on, destination="Tegal", by=world.kader),
        lambda: actions.record_death(residency=home(person), on=on, by=world.kader),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.field, refused.value.status) == ("on", 422)


def test_a_death_ends_the_home_and_the_pregnancy(world):
    person = add(world)
    pregnancy = Pregnancy.objects.create(resident=person, registered_on=TODAY)
    actions.record_death(residency=home(person), on=TODAY, by=world.kader)
    person.refresh_from_db()
    pregnancy.refresh_from_db()
    assert person.died_on == TODAY
    assert person.residencies.get().ended == "meninggal"
    assert (pregnancy.ended_on, pregnancy.outcome) == (TODAY, "lain")


@pytest.mark.parametrize(
    "details",
    [
        {"registered_on": TODAY + timedelta(days=1)},
        {"registered_on": TODAY - timedelta(days=30)},
        {"registered_on": TODAY, "lmp_on": TODAY + timedelta(days=1)},
    ],
)
def test_a_pregnancy_has_possible_dates(world, details):
    person = add(world)
    with pytest.raises(Refusal):
        actions.add_pregnancy(residency=home(person), by=world.kader, **details)
    assert not person.pregnancies.exists()


def test_only_a_woman_is_pregnant_and_once_at_a_time(world):
    man, woman = add(world, sex="L"), add(world, name="Rini")
    with pytest.raises(Refusal):
        actions.add_pregnancy(residency=home(man), registered_on=TODAY, by=world.kader)
    actions.add_pregnancy(residency=home(woman), registered_on=TODAY, by=world.kader)
    with pytest.raises(Refusal):
        actions.add_pregnancy(residency=home(woman), registered_on=TODAY, by=world.kader)


def test_a_guest_is_served_for_a_day_and_stays_out_of_sight(world):
    guest = factories.resident(world.there, "Tamu", birth_date=BIRTH, mother_name="Siti")
    found = find_guest(posyandu=world.here, name="tamu", birth_date=BIRTH, mother_name="SITI")
    assert (found.resident_id, found.lives_here) == (guest.pk, False)
    for _ in range(2):
        actions.receive_guest(resident=guest, posyandu=world.here, on=TODAY, by=world.kader)
    assert guest.residencies.filter(kind="tamu").count() == 1
    scope = Scope(user_id=1, posyandu=frozenset({world.here.pk}))
    assert not Resident.objects.within(scope).exists()


def test_a_guest_whom_nobody_knows_has_one_day_and_no_home(world):
    guest = actions.add_guest(
        posyandu=world.here, name="Tamu", sex="P", birth_date=BIRTH, on=TODAY, by=world.kader, nik=NIK
    )
    assert guest.residencies.get().kind == "tamu"
    assert find_guest(posyandu=world.here, nik=NIK).resident_id == guest.pk
    with pytest.raises(Refusal):
        actions.add_guest(
            posyandu=world.here, name="Bayi", sex="P", birth_date=TODAY, on=TODAY - timedelta(days=1), by=world.kader
        )


def test_a_child_does_not_agree_for_herself(world):
    child = add(world, birth_date=TODAY - timedelta(days=900))
    with pytest.raises(Refusal):
        actions.give_consent(resident=child, relation="sendiri", by=world.kader, place=world.here.path, on=TODAY)
    actions.give_consent(resident=child, relation="ibu", by=world.kader, place=world.here.path, on=TODAY)
    assert child.consents.get().given_on == TODAY


def pair(world):
    kept = factories.resident(world.here, "Aisyah", birth_date=BIRTH, since=date(2026, 1, 1))
    gone = factories.resident(world.here, "Aisah", birth_date=BIRTH, since=date(2025, 1, 1), mother_name="Siti")
    return kept, gone


def merged(world, kept, gone) -> Merge:
    return actions.merge_residents(kept=kept, gone=gone, by=world.ketua)


def test_merging_moves_everything_and_leaves_an_alias(world):
    kept, gone = pair(world)
    day = factories.open_day(world.here, TODAY, by=world.kader)
    factories.present(day, gone, by=world.kader)
    pregnancy = Pregnancy.objects.create(resident=gone, registered_on=TODAY)
    merge = merged(world, kept, gone)
    gone.refresh_from_db()
    pregnancy.refresh_from_db()
    assert gone.merged_into_id == kept.pk
    assert pregnancy.resident_id == kept.pk
    assert day.encounter.attendances.get().resident_id == kept.pk
    assert str(pregnancy.pk) in merge.moved["rows"]["residents.pregnancy"]["resident"]
    assert kept.residencies.get().from_date == date(2025, 1, 1)
    assert gone.residencies.get().ended == "gabung"
    kept.refresh_from_db()
    assert kept.mother_name == "Siti"


def test_what_both_have_is_counted_once_and_comes_back_when_undone(world):
    kept, gone = pair(world)
    day = factories.open_day(world.here, TODAY, by=world.kader)
    for person in (kept, gone):
        factories.present(day, person, by=world.kader)
    merge = merged(world, kept, gone)
    assert day.encounter.attendances.count() == 1
    actions.undo_merge(merge=merge, by=world.ketua)
    assert {row.resident_id for row in day.encounter.attendances.all()} == {kept.pk, gone.pk}
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.merged_into_id is None
    assert home(gone).from_date == date(2025, 1, 1)
    assert home(kept).from_date == date(2026, 1, 1)
    assert kept.mother_name == ""


def test_a_month_that_was_sent_keeps_both_rows(world):
    kept, gone = pair(world)
    before = TODAY.replace(day=1) - timedelta(days=1)
    day = factories.open_day(world.here, before, by=world.kader)
    for person in (kept, gone):
        factories.present(day, person, by=world.kader)
    lock(world.here, before)
    merge = merged(world, kept, gone)
    assert day.encounter.attendances.count() == 2
    assert merge.moved["stays"]["records.attendance"]


def test_a_nik_follows_the_merge_and_its_undoing(world):
    kept, gone = add(world), add(world, name="Sitti", nik=NIK)
    merge = merged(world, kept, gone)
    kept.refresh_from_db()
    assert (kept.nik, bool(home(kept).nik_claim)) == (NIK, True)
    actions.undo_merge(merge=merge, by=world.ketua)
    kept.refresh_from_db()
    assert (kept.nik, home(kept).nik_claim) == ("", None)
    assert home(gone).nik_claim


def test_an_earlier_home_elsewhere_becomes_part_of_her_story(world):
    kept = factories.resident(world.here, "Aisyah", birth_date=BIRTH, since=date(2026, 1, 1))
    gone = factories.resident(world.there, "Aisyah", birth_date=BIRTH, since=date(2024, 1, 1))
    actions.move_out(residency=home(gone), on=date(2025, 6, 1), destination="Pekalongan", by=world.kader)
    merge = merged(world, kept, gone)
    assert kept.residencies.count() == 2
    actions.undo_merge(merge=merge, by=world.ketua)
    assert (kept.residencies.count(), gone.residencies.count()) == (1, 1)


def test_a_merge_is_undone_once_and_an_alias_is_not_merged_again(world):
    kept, gone = pair(world)
    merge = merged(world, kept, gone)
    with pytest.raises(Refusal):
        merged(world, factories.resident(world.here, "Rini"), gone)
    with pytest.raises(Refusal):
        merged(world, kept, kept)
    actions.undo_merge(merge=merge, by=world.ketua)
    with pytest.raises(Refusal):
        actions.undo_merge(merge=merge, by=world.ketua)


def test_no_table_that_points_at_a_resident_is_forgotten():
    pointing = {
        (model, field.name)
        for model in apps.get_models()
        if not hasattr(model, "history_object") and model not in NOT_MOVED
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Resident
    }
    assert set(relations()) == pointing
