from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.home_visits.models import HomeVisit
from services.records.actions import add_participant, save_record, start_encounter
from services.records.models import Encounter, Measurement
from services.residents import actions
from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()
BIRTH = date(1990, 5, 10)


@pytest.fixture
def person(world) -> Resident:
    return factories.resident(
        world.here, "Siti Aminah", birth_date=BIRTH, nik="3375031005909001", mother_name="Rukmini"
    )


def url(person) -> str:
    return reverse("profiles:resident_detail", args=[person.pk])


def page(world, person, who="kader") -> str:
    answer = world.client(who).get(url(person))
    assert answer.status_code == 200
    return answer.content.decode()


def happen(world, person, days_ago: int) -> Encounter:
    day = factories.open_day(world.here, TODAY - timedelta(days=days_ago), by=world.kader)
    factories.present(day, person, by=world.kader)
    return day.encounter


def measured(encounter, person, **values) -> Measurement:
    return Measurement.objects.create(
        resident=person, encounter=encounter, measured_on=encounter.date, period=encounter.period, **values
    )


def test_who_she_is_stands_first(world, person):
    text = page(world, person)
    for said in ("Siti Aminah", "Perempuan", "Usia dewasa", "Rukmini", "Slamet", "RT 02 / RW 03", "3375********9001"):
        assert said in text
    assert "3375031005909001" not in text
    assert "belum dicatat" in text


def test_an_estimated_birth_says_so(world):
    elder = factories.resident(world.here, "Karto", birth_date=date(1950, 1, 2), birth_precision="perkiraan")
    assert "Kira-kira tahun 1950" in page(world, elder)


def test_the_last_values_stand_with_the_ones_before(world, person):
    measured(happen(world, person, 30), person, weight_g=61200, systolic=120, diastolic=80)
    measured(happen(world, person, 1), person, weight_g=60500)
    text = page(world, person)
    assert "60,5 kg" in text
    assert "sebelumnya 61,2 kg" in text
    assert "120/80 mmHg" in text


def test_the_history_holds_attendance_and_visits(world, person):
    happen(world, person, 2)
    visit = start_encounter(kind="kunjungan", posyandu=world.here, day=TODAY, by=world.kader)
    HomeVisit.objects.create(
        encounter=visit,
        posyandu=world.here,
        household=person.residencies.get().household,
        resident=person,
        date=TODAY,
        reason=HomeVisit.Reason.ROUTINE,
        outcome=HomeVisit.Outcome.MET,
        visited_by=world.kader,
    )
    text = page(world, person)
    assert "Hari buka: hadir" in text
    assert "Kunjungan rumah: bertemu" in text


def test_each_line_of_the_history_opens_its_page_for_whoever_records(world, person):
    day = happen(world, person, 2)
    place = {"lokasi": "Balai RW 03"}
    saved = save_record(encounter=day, form="kie_gender", subject="KIE", answers=place, by=world.kader).record
    add_participant(record=saved, resident=person, by=world.kader)
    pages = (
        reverse("open_days:day_detail", args=[day.open_day.pk]),
        reverse("open_days:participant_list", args=[saved.pk]),
    )
    text = page(world, person)
    assert "Ikut kegiatan: KIE" in text
    for address in pages:
        assert f'href="{address}"' in text
        assert world.client("kader").get(address).status_code == 200
    office = factories.client_for(factories.user("kelurahan", at=world.here.area_id)).get(url(person)).content.decode()
    assert "Ikut kegiatan: KIE" in office and not any(address in office for address in pages)


def test_what_is_under_watch_can_be_ended(world, person):
    pregnancy = person.pregnancies.create(registered_on=TODAY)
    condition = person.conditions.create(kind="hipertensi", from_date=TODAY)
    text = page(world, person)
    assert "Ibu hamil" in text
    assert reverse("profiles:pregnancy_detail", args=[pregnancy.pk]) in text
    assert reverse("residents:condition_end", args=[condition.pk]) in text


def test_a_nik_that_disagrees_is_noted_here(world, person):
    assert "NIK ini biasanya milik laki-laki" in page(world, person)


def test_opening_it_is_remembered(world, person):
    page(world, person)
    entry = Entry.objects.unscoped(reason="test").get(verb="lihat")
    assert (entry.object_id, entry.user_id, entry.place) == (str(person.pk), world.kader.pk, world.here.path)


def test_buttons_follow_from_permissions(world, person):
    edit, nik, merge = (
        reverse(f"residents:{name}", args=[person.pk]) for name in ("resident_edit", "resident_nik", "resident_merge")
    )
    seen = {who: page(world, person, who) for who in ("kader", "ketua", "officer")}
    assert [edit in seen[who] for who in seen] == [True, True, False]
    assert [nik in seen[who] for who in seen] == [False, True, True]
    assert [merge in seen[who] for who in seen] == [False, True, True]


def test_who_moved_away_is_read_and_not_changed_and_her_new_home_is_not_told(world, person):
    home = person.residencies.select_related("resident", "posyandu").get()
    actions.move_to(residency=home, posyandu=world.there, household=None, on=TODAY, by=world.kader)
    person.pregnancies.create(registered_on=TODAY)
    text = page(world, person)
    assert "Sudah tidak tinggal di sini" in text
    assert "amil" not in text.partition("Ukuran terakhir")[0].partition("<h1>")[2]
    assert reverse("residents:resident_edit", args=[person.pk]) not in text
    assert page(world, person, "stranger").count("Posyandu Kencana Ungu") == 0


def test_who_died_is_said_so(world, person):
    home = person.residencies.select_related("resident", "posyandu").get()
    actions.record_death(residency=home, on=TODAY, by=world.kader)
    assert "Meninggal" in page(world, person)


def test_an_old_id_leads_to_the_kept_person_who_can_be_parted_again(world, person):
    gone = factories.resident(world.here, "Sitti Aminah", birth_date=BIRTH)
    merge = actions.merge_residents(kept=person, gone=gone, by=world.ketua)
    assert world.client().get(url(gone)).url == url(person)
    assert reverse("residents:merge_undo", args=[merge.pk]) in page(world, person, "ketua")


def test_the_query_count_does_not_grow(world, person, django_assert_max_num_queries):
    client, counts = world.client(), []
    for start, stop in ((1, 2), (2, 12)):
        for days in range(start, stop):
            encounter = happen(world, person, days)
            measured(encounter, person, weight_g=60000)
        with django_assert_max_num_queries(35) as made:
            client.get(url(person))
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_another_place_is_404_and_no_permission_403(world, person):
    assert world.client("stranger").get(url(person)).status_code == 404
    assert world.client("auditor").get(url(person)).status_code == 403
