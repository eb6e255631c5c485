"""Births, losses, contacts, and what is counted of them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.areas.scope import Scope
from services.audit.models import Entry
from services.posyandu.actions import MonthLocked
from services.posyandu.models import Correction, Period
from services.residents import actions
from services.residents.actions import NewBaby
from services.residents.models import Birth, Pregnancy, PregnancyContact, Residency, Resident
from services.residents.queries import birth_figures, group_filter, pregnancies_of, pregnancy_page
from services.residents.rules import PregnancySpan, StageRules, mother_stage
from services.web.refusals import Refusal
from tests import factories

TODAY = timezone.localdate()
BORN = TODAY - timedelta(days=3)
LMP = BORN - timedelta(days=280)
ALIVE, STILLBORN, DIED = Birth.Condition.ALIVE, Birth.Condition.STILLBORN, Birth.Condition.DIED


@pytest.fixture
def mother(world) -> Resident:
    return factories.resident(world.here, "Siti", birth_date=date(1996, 2, 3))


@pytest.fixture
def pregnancy(mother) -> Pregnancy:
    return factories.pregnancy(mother, registered_on=LMP + timedelta(days=60), lmp_on=LMP)


def home(person) -> Residency:
    return (
        Residency.objects.unscoped(reason="test")
        .select_related("resident", "posyandu", "household")
        .get(resident=person, to_date__isnull=True)
    )


def anyone(pk) -> Resident:
    return Resident.objects.unscoped(reason="test").get(pk=pk)


def again(pregnancy) -> Pregnancy:
    return Pregnancy.objects.unscoped(reason="test").get(pk=pregnancy.pk)


def give_birth(world, pregnancy, *babies, born_on=BORN, **details):
    babies = babies or (NewBaby(condition=ALIVE, sex="P", weight_g=3100, length_mm=490),)
    return actions.record_birth(
        residency=home(pregnancy.resident),
        pregnancy=pregnancy,
        born_on=born_on,
        babies=babies,
        by=world.kader,
        **details,
    )


def stage(person, on=TODAY) -> str:
    return mother_stage(on, pregnancies_of([person.pk])[person.pk])


def is_counted_after_birth(scope, person) -> bool:
    return (
        Resident.objects.within(scope)
        .filter(group_filter("nifas_menyusui", scope, TODAY, StageRules()), pk=person.pk)
        .exists()
    )


@pytest.fixture
def seen(world):
    """The kader's scope."""
    return Scope(user_id=None, posyandu=frozenset({world.here.pk}))


def test_a_birth_makes_the_child_of_her_mother_in_her_household(world, mother, pregnancy):
    (birth,) = give_birth(world, pregnancy, place="puskesmas", helper="bidan", way="normal")
    child, living = birth.child, home(birth.child)
    assert (child.name, child.mother, child.mother_name, child.birth_date) == ("Bayi Ny. Siti", mother, "Siti", BORN)
    assert (child.birth_weight_g, child.birth_length_mm, child.sex) == (3100, 490, "P")
    assert (living.household, living.began, living.from_date) == (home(mother).household, "lahir", BORN)
    pregnancy.refresh_from_db()
    assert (pregnancy.ended_on, pregnancy.outcome, pregnancy.birth_place) == (BORN, "lahir", "puskesmas")
    assert list(mother.children.all()) == [child]


def test_twins_are_two_children_and_no_duplicates(world, mother, pregnancy):
    twin = NewBaby(condition=ALIVE, sex="L")
    births = give_birth(world, pregnancy, twin, twin)
    assert [birth.child.name for birth in births] == ["Bayi 1 Ny. Siti", "Bayi 2 Ny. Siti"]
    assert mother.children.count() == 2


def test_a_stillborn_is_counted_and_is_no_resident_and_her_mother_is_nifas_only(world, mother, pregnancy, seen):
    (birth,) = give_birth(world, pregnancy, NewBaby(condition=STILLBORN))
    assert birth.child is None
    assert not mother.children.exists()
    assert again(pregnancy).outcome == "lahir_mati"
    assert stage(mother) == "nifas"
    assert stage(mother, BORN + timedelta(days=43)) == ""
    assert is_counted_after_birth(seen, mother)


def test_of_twins_one_may_live(world, mother, pregnancy):
    give_birth(world, pregnancy, NewBaby(condition=ALIVE, sex="P"), NewBaby(condition=STILLBORN))
    assert mother.children.count() == 1
    assert stage(mother, BORN + timedelta(days=50)) == "menyusui"


def test_a_baby_who_died_was_a_resident_and_her_mother_is_asked_about_nursing_no_more(world, mother, pregnancy):
    (birth,) = give_birth(world, pregnancy, NewBaby(condition=DIED, sex="L", died_on=BORN + timedelta(days=1)))
    child = anyone(birth.child_id)
    assert child.died_on == BORN + timedelta(days=1)
    assert child.residencies.get().ended == "meninggal"
    assert stage(mother) == "nifas"
    assert stage(mother, BORN + timedelta(days=50)) == ""


def test_nursing_ends_with_the_last_child_and_comes_back_with_her(world, mother, pregnancy):
    births = give_birth(world, pregnancy, NewBaby(condition=ALIVE, sex="L"), NewBaby(condition=ALIVE, sex="P"))
    later = BORN + timedelta(days=60)
    for birth in births:
        assert stage(mother, later) == "menyusui"
        actions.record_death(residency=home(birth.child), on=TODAY, by=world.kader)
    assert stage(mother, later) == ""


@pytest.mark.parametrize(
    ("born_on", "field"),
    [
        (TODAY + timedelta(days=1), "born_on"),
        (LMP + timedelta(days=59), "born_on"),
        (LMP + timedelta(days=139), "born_on"),
    ],
)
def test_a_birth_on_a_day_that_cannot_be_is_refused_and_nothing_written(world, pregnancy, born_on, field):
    with pytest.raises(Refusal) as refused:
        give_birth(world, pregnancy, born_on=born_on)
    assert (refused.value.status, refused.value.field) == (422, field)
    assert not Birth.objects.unscoped(reason="test").exists()


@pytest.mark.parametrize("died_on", [None, BORN - timedelta(days=1), TODAY + timedelta(days=1)])
def test_a_death_on_a_day_that_cannot_be_takes_the_birth_back(world, mother, pregnancy, died_on):
    with pytest.raises(Refusal) as refused:
        give_birth(world, pregnancy, NewBaby(condition=DIED, sex="L", died_on=died_on))
    assert refused.value.field == "died_on_1"
    assert not mother.children.exists()
    assert again(pregnancy).ended_on is None


def test_she_gives_birth_once(world, pregnancy):
    give_birth(world, pregnancy)
    with pytest.raises(Refusal):
        give_birth(world, pregnancy)


def lock(post, day):
    period, _ = Period.objects.unscoped(reason="test").get_or_create(posyandu=post, month=day.replace(day=1))
    period.state = Period.State.SUBMITTED
    period.save(update_fields=["state"])


def test_a_month_that_was_sent_takes_no_birth_and_no_contact(world, pregnancy):
    lock(world.here, BORN)
    with pytest.raises(MonthLocked):
        give_birth(world, pregnancy)
    with pytest.raises(MonthLocked):
        contact(world, pregnancy, "K1", BORN)
    assert not pregnancy.contacts.exists()


def test_a_birth_is_remembered_without_values(world, pregnancy):
    give_birth(world, pregnancy)
    entries = Entry.objects.unscoped(reason="test").filter(model="pregnancy")
    assert entries.get().user_id == world.kader.pk


def contact(world, pregnancy, kind, on, **details):
    return actions.save_contact(
        residency=home(pregnancy.resident), pregnancy=pregnancy, kind=kind, on=on, by=world.kader, **details
    )


def test_a_contact_is_written_once_and_corrected(world, pregnancy):
    contact(world, pregnancy, "K1", LMP + timedelta(days=50), place="puskesmas", officer="bidan")
    contact(world, pregnancy, "K1", LMP + timedelta(days=55), place="rs", officer="dokter")
    only = pregnancy.contacts.get()
    assert (only.on, only.place, only.officer) == (LMP + timedelta(days=55), "rs", "dokter")


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        ("K1", -1, "sebelum haid terakhir"),
        ("K3", 99, "sebelum K2"),
        ("K1", 101, "sesudah K2"),
        ("K4", 281, "sesudah kehamilan berakhir"),
        ("KF1", 279, "sebelum melahirkan"),
        ("KF1", 284, "belum tiba"),
    ],
)
def test_a_contact_on_a_day_that_cannot_be_is_refused(world, pregnancy, kind, days, said):
    contact(world, pregnancy, "K2", LMP + timedelta(days=100))
    give_birth(world, pregnancy)
    with pytest.raises(Refusal) as refused:
        contact(world, pregnancy, kind, LMP + timedelta(days=days))
    assert said in refused.value.message


def test_a_contact_after_birth_needs_a_birth(world, pregnancy):
    with pytest.raises(Refusal):
        contact(world, pregnancy, "KF1", TODAY)


def test_each_of_twins_has_her_own_contacts(world, pregnancy):
    twin = NewBaby(condition=ALIVE, sex="L")
    for birth in give_birth(world, pregnancy, twin, twin):
        contact(world, pregnancy, "KN1", TODAY, birth=birth)
    assert pregnancy.contacts.filter(kind="KN1").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        PregnancyContact.objects.create(pregnancy=pregnancy, kind="KN2", on=TODAY, recorded_by=world.kader)


def test_a_contact_can_be_taken_back(world, pregnancy):
    contact(world, pregnancy, "K1", LMP + timedelta(days=50))
    actions.remove_contact(residency=home(pregnancy.resident), pregnancy=pregnancy, kind="K1", by=world.kader)
    assert not pregnancy.contacts.exists()


def test_the_page_says_what_is_next_for_both(world, pregnancy):
    give_birth(world, pregnancy)
    pregnancy.refresh_from_db()
    shown = pregnancy_page(pregnancy, world.here.area_id, TODAY)
    assert [row.kind for row in shown.postnatal if row.is_due] == ["KF2"]
    assert shown.advice[0].startswith("Ibu: KF2 waktunya sekarang")
    assert any(words.startswith("Bayi: KN2") for words in shown.advice)


@pytest.mark.parametrize(("grams", "small"), [(2499, True), (2500, False), (None, False)])
def test_a_small_baby_is_said_first(world, pregnancy, grams, small):
    give_birth(world, pregnancy, NewBaby(condition=ALIVE, sex="L", weight_g=grams))
    pregnancy.refresh_from_db()
    first = pregnancy_page(pregnancy, world.here.area_id, TODAY).advice[0]
    assert ("di bawah 2.500 gram" in first) is small


def test_who_died_has_no_contacts_ahead(world, pregnancy):
    give_birth(world, pregnancy, NewBaby(condition=DIED, sex="L", died_on=TODAY))
    pregnancy.refresh_from_db()
    assert pregnancy_page(pregnancy, world.here.area_id, TODAY).babies[0].rows == ()


@pytest.mark.parametrize(
    ("span", "days", "stage"),
    [
        ({"born": True}, 42, "nifas"),
        ({"born": True}, 43, "menyusui"),
        ({"stillborn": True}, 42, "nifas"),
        ({"stillborn": True}, 43, ""),
        ({"born": True, "nursing_until": 50}, 49, "menyusui"),
        ({"born": True, "nursing_until": 50}, 50, ""),
        ({"born": True, "nursing_until": 5}, 20, "nifas"),
        ({}, 1, ""),
    ],
)
def test_the_stage_of_a_mother_follows(span, days, stage):
    ended = date(2026, 1, 10)
    until = ended + timedelta(days=span.pop("nursing_until")) if "nursing_until" in span else None
    spans = [PregnancySpan(date(2025, 6, 1), ended, **span, nursing_until=until)]
    assert mother_stage(ended + timedelta(days=days), spans) == stage


@pytest.mark.parametrize(
    ("outcome", "days", "mourned", "counted"),
    [
        ("lahir", 60, None, True),
        ("lahir", 60, 1, False),
        ("lahir", 60, 0, False),
        ("lahir", 30, 1, True),
        ("lahir_mati", 42, None, True),
        ("lahir_mati", 43, None, False),
        ("keguguran", 5, None, False),
    ],
)
def test_the_list_of_mothers_follows_the_same_rule(mother, seen, outcome, days, mourned, counted):
    ended = TODAY - timedelta(days=days)
    until = None if mourned is None else TODAY - timedelta(days=mourned)
    registered = ended - timedelta(days=100)
    factories.pregnancy(mother, registered_on=registered, ended_on=ended, outcome=outcome, nursing_until=until)
    assert is_counted_after_birth(seen, mother) is counted
    assert (stage(mother) in {"nifas", "menyusui"}) is counted


def test_births_and_deaths_of_a_month_are_counted_at_each_post(world, django_assert_num_queries):
    month = BORN.replace(day=1)
    mothers = [factories.resident(world.here, f"Ibu {number}", birth_date=date(1996, 2, 3)) for number in range(5)]
    spans = [factories.pregnancy(each, registered_on=LMP, lmp_on=LMP) for each in mothers]
    give_birth(world, spans[0], NewBaby(condition=ALIVE, sex="L", weight_g=2499))
    give_birth(world, spans[1], NewBaby(condition=ALIVE, sex="L", weight_g=2500), NewBaby(condition=ALIVE, sex="P"))
    give_birth(world, spans[2], NewBaby(condition=STILLBORN), NewBaby(condition=DIED, sex="P", died_on=BORN))
    actions.end_pregnancy(
        residency=home(mothers[3]), pregnancy=spans[3], ended_on=BORN, outcome="keguguran", by=world.kader
    )
    actions.record_death(residency=home(mothers[4]), on=BORN, by=world.kader)
    with django_assert_num_queries(5):
        found = birth_figures([world.here.pk, world.there.pk], month)
    here = found[world.here.pk]
    assert (here.live, here.weighed, here.low_weight, here.stillborn) == (4, 2, 1, 1)
    assert (here.losses, here.maternal_deaths, here.infant_deaths, here.neonatal_deaths) == (1, 1, 1, 1)
    assert found[world.there.pk].live == 0
    assert birth_figures([world.here.pk], (month - timedelta(days=1)).replace(day=1))[world.here.pk].live == 0


def correct(world, child, **details):
    return actions.change_resident(residency=home(child), by=world.kader, **details)


def test_a_birth_and_its_pregnancy_follow_the_childs_corrected_birth_date_and_sex(world, mother, pregnancy):
    (birth,) = give_birth(world, pregnancy)
    day = BORN - timedelta(days=2)
    correct(world, birth.child, birth_date=day, sex="L")
    birth.refresh_from_db()
    assert (birth.born_on, birth.sex, again(pregnancy).ended_on, home(birth.child).from_date) == (day, "L", day, day)


def test_a_birth_that_moves_out_of_a_sent_month_is_a_proposed_correction_of_it(world, mother, pregnancy):
    (birth,) = give_birth(world, pregnancy, born_on=BORN)
    Period.objects.unscoped(reason="test").update(state="final")
    day = BORN.replace(day=1) - timedelta(days=1)
    Pregnancy.objects.unscoped(reason="test").update(lmp_on=day - timedelta(days=270))
    correct(world, birth.child, birth_date=day)
    (asked,) = Correction.objects.unscoped(reason="test").all()
    assert (asked.period.month, asked.proposed_by) == (BORN.replace(day=1), None)
    assert birth_figures([world.here.pk], day.replace(day=1))[world.here.pk].live == 1


def test_the_pregnancy_of_twins_ends_with_the_last_of_them(world, mother, pregnancy):
    first, second = give_birth(world, pregnancy, *(NewBaby(condition=ALIVE, sex="P"),) * 2)
    for child, days, ended in ((first.child, 2, BORN), (second.child, 1, BORN - timedelta(days=1))):
        correct(world, child, birth_date=BORN - timedelta(days=days))
        assert again(pregnancy).ended_on == ended


@pytest.mark.parametrize("known", ["registered", "menstruation", "KF1", "K6"])
def test_a_birth_date_that_does_not_fit_the_pregnancy_is_refused(world, mother, pregnancy, known):
    day = {"KF1": BORN + timedelta(days=2), "registered": LMP + timedelta(days=59)}.get(known, BORN - timedelta(days=3))
    if known in ("KF1", "K6"):
        at = {"KF1": BORN, "K6": BORN - timedelta(days=2)}[known]
        pregnancy.contacts.create(kind=known, on=at, recorded_by=world.kader)
    if known in ("registered", "menstruation"):
        pregnancy.is_estimate = known == "registered"
        pregnancy.lmp_on = BORN - timedelta(days=142)
        pregnancy.save()
    (birth,) = give_birth(world, pregnancy)
    with pytest.raises(Refusal) as refused:
        correct(world, birth.child, birth_date=day)
    assert refused.value.field == "birth_date"
    assert Birth.objects.unscoped(reason="test").get().born_on == BORN


@pytest.mark.parametrize(("days", "counted"), [(42, 1), (43, 0)])
def test_a_mother_who_died_later_than_42_days_is_not_a_maternal_death(world, mother, days, counted):
    born = TODAY - timedelta(days=days)
    span = factories.pregnancy(mother, registered_on=born - timedelta(days=100))
    give_birth(world, span, born_on=born)
    actions.record_death(residency=home(mother), on=TODAY, by=world.kader)
    assert birth_figures([world.here.pk], TODAY.replace(day=1))[world.here.pk].maternal_deaths == counted


def test_a_loss_counts_also_where_the_woman_died_of_it_the_same_day(world, mother):
    first = TODAY.replace(day=1)
    span = factories.pregnancy(mother, registered_on=first - timedelta(days=60))
    actions.end_pregnancy(residency=home(mother), pregnancy=span, ended_on=first, outcome="keguguran", by=world.kader)
    actions.record_death(residency=home(mother), on=first, by=world.kader)
    found = birth_figures([world.here.pk], first)[world.here.pk]
    assert (found.losses, found.maternal_deaths) == (1, 1)


def test_children_go_along_when_a_mother_was_registered_twice(world, mother, pregnancy):
    gone = factories.resident(world.here, "Sitti", birth_date=mother.birth_date)
    child = factories.resident(world.here, "Bintang", age_months=3, mother=gone)
    merge = actions.merge_residents(kept=mother, gone=gone, by=world.ketua)
    assert anyone(child.pk).mother == mother
    actions.undo_merge(merge=merge, by=world.ketua)
    assert anyone(child.pk).mother == gone
