"""A corrected birth date stays before all that is known of a person, and says what is in the way."""

from datetime import date

import pytest

from services.open_days.actions import tick
from services.records.actions import mark_present, save_record
from services.records.models import Encounter, Measurement
from services.residents.actions import change_resident, record_death
from services.web.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
BORN, MET = date(2026, 1, 5), date(2026, 3, 10)


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    baby = make.resident(post, "Aisyah", birth_date=BORN)
    day = make.open_day(post, MET, by=kader)
    return baby, day, kader


def correct(baby, kader, born):
    return change_resident(residency=baby.residencies.get(), birth_date=born, by=kader)


def _weigh(baby, day, kader):
    said = {"answers": {"bb_kg": 5.0}, "asked": ["bb_kg"]}
    save_record(encounter=day.encounter, form="kartu_balita", subject=baby, by=kader, **said)


def _book(baby, day, kader):
    said = {"punya_buku_kia": "ya", "bb_sebelumnya_kg": 4.0, "tanggal_bb_sebelumnya": "2026-02-12", "bb_kg": 5.0}
    save_record(encounter=day.encounter, form="kartu_balita", subject=baby, answers=said, by=kader)


def _come(baby, day, kader):
    mark_present(encounter=day.encounter, resident_id=baby.pk, by=kader)


def _answer(baby, day, kader):
    said = {"answers": {"vitamin_a": "tidak"}, "asked": ["vitamin_a"]}
    save_record(encounter=day.encounter, form="kartu_balita", subject=baby, by=kader, **said)


def _watch(baby, day, kader):
    baby.conditions.create(kind="hipertensi", from_date=MET)


# What is known, and what is said of a birth date after it; on that day itself it may be.
IN_THE_WAY = [
    (_weigh, date(2026, 3, 11), "ditimbang atau diukur 10 Mar 2026"),
    (_book, date(2026, 2, 13), "ditimbang (Buku KIA) 12 Feb 2026"),
    (_come, date(2026, 3, 11), "hadir 10 Mar 2026"),
    (_answer, date(2026, 3, 11), "mengisi kartu 10 Mar 2026"),
    (_watch, date(2026, 3, 11), "dipantau sejak 10 Mar 2026"),
]


@pytest.mark.parametrize(("happen", "born", "words"), IN_THE_WAY)
def test_a_birth_date_after_what_is_known_names_the_day_in_the_way(here, happen, born, words):
    baby, day, kader = here
    happen(baby, day, kader)
    with pytest.raises(Refusal) as refused:
        correct(baby, kader, born)
    assert (refused.value.status, refused.value.field) == (422, "birth_date")
    assert words in refused.value.message
    baby.refresh_from_db()
    assert baby.birth_date == BORN


def test_on_that_very_day_she_may_be_born_and_lives_here_since_then(here):
    baby, day, kader = here
    _weigh(baby, day, kader)
    correct(baby, kader, MET)
    assert baby.residencies.get().from_date == MET
    assert baby.measurements.get().z_wfa is not None


def test_who_moved_here_is_not_born_after_that(here):
    _, day, kader = here
    other = make.resident(day.posyandu, "Budi", birth_date=BORN, since=date(2026, 2, 1))
    with pytest.raises(Refusal, match="sejak 1 Feb 2026"):
        correct(other, kader, date(2026, 2, 2))
    correct(other, kader, date(2026, 2, 1))


def test_nobody_is_born_after_her_death_or_comes_before_her_birth(here):
    baby, day, kader = here
    with pytest.raises(Refusal, match="sebelum tanggal lahir"):
        record_death(residency=baby.residencies.get(), on=date(2026, 1, 4), by=kader)
    late = make.resident(day.posyandu, "Nanti", birth_date=date(2026, 3, 11))
    with pytest.raises(Refusal, match="lahir 11 Mar 2026, sesudah hari buka"):
        tick(open_day=day, resident=late, by=kader)
    record_death(residency=baby.residencies.get(), on=date(2026, 4, 1), by=kader)
    with pytest.raises(Refusal, match="sesudah tanggal meninggal"):
        correct(baby, kader, date(2026, 4, 2))


def test_a_mistyped_century_that_was_weighed_is_computed_again(here):
    """The other way it is free: an earlier birth date leaves everything after it."""
    baby, day, kader = here
    _weigh(baby, day, kader)
    before = Measurement.objects.unscoped(reason="test").get().z_wfa
    correct(baby, kader, date(2025, 12, 5))
    assert Measurement.objects.unscoped(reason="test").get().z_wfa < before
    assert Encounter.objects.unscoped(reason="test").count() == 1
