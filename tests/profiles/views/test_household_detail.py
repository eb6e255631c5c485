import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.fields import registry
from services.fields.spec import Shape
from services.records.actions import encounter_elsewhere, save_record
from services.records.models import Encounter, Record
from services.residents.models import Household
from services.tickets.actions import open_ticket
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def household(world) -> Household:
    return factories.household(world.here, "Slamet", no_kk="3375031005249001")


def url(household) -> str:
    return reverse("profiles:household_detail", args=[household.pk])


def fill(world, shape, **subject) -> Record:
    spec = registry.forms_for(shape=shape)[0]
    encounter = Encounter.objects.create(
        kind="lain", posyandu=world.here, date=TODAY, period=TODAY.replace(day=1), created_by=world.kader
    )
    return Record.objects.create(
        encounter=encounter,
        recorded_on=encounter.date,
        form=spec.key,
        field=spec.field,
        shape=shape.value,
        registry_version="x",
        author=world.kader,
        **subject,
    )


def test_the_members_and_what_is_known_of_them(world, household):
    person = factories.resident(world.here, "Siti Aminah", family=household)
    fill(world, Shape.PERSON, resident=person)
    fill(world, Shape.HOUSEHOLD, household=household)
    answer = world.client().get(url(household))
    text = answer.content.decode()
    for said in ("Keluarga Slamet", "Siti Aminah", "RT 02 / RW 03", "3375********9001", "belum pernah"):
        assert said in text
    assert "3375031005249001" not in text
    shown = answer.context["shown"]
    assert [day for day in shown.members[0].last if day] == [TODAY]
    assert [day for day in shown.own if day] == [TODAY]
    assert len(shown.own) == 6


def test_who_left_is_no_member(world, household):
    person = factories.resident(world.here, "Siti Aminah", family=household)
    person.residencies.update(to_date=TODAY, ended="pindah_keluar")
    assert "Belum ada anggota" in world.client().get(url(household)).content.decode()


def test_members_are_added_from_here(world, household):
    link = f"{reverse('residents:resident_new')}?household={household.pk}"
    assert link in world.client().get(url(household)).content.decode()
    assert link not in world.client("officer").get(url(household)).content.decode()


def test_opening_it_is_remembered(world, household):
    world.client().get(url(household))
    assert Entry.objects.unscoped(reason="test").get(verb="lihat").object_id == str(household.pk)


def test_the_query_count_does_not_grow(world, household, django_assert_max_num_queries):
    client, counts = world.client(), []
    for more in (1, 8):
        for index in range(more):
            person = factories.resident(world.here, f"Orang {index}", family=household)
            fill(world, Shape.PERSON, resident=person)
        with django_assert_max_num_queries(25) as made:
            client.get(url(household))
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_another_place_is_404_and_no_permission_403(world, household):
    assert world.client("stranger").get(url(household)).status_code == 404
    assert world.client("auditor").get(url(household)).status_code == 403


def test_what_a_house_or_its_child_needs_is_offered_until_it_is_reported(world, household):
    child = factories.resident(world.here, "Anak Putus", age_months=120, family=household)
    encounter = encounter_elsewhere(posyandu=world.here, day=TODAY, by=world.kader)
    for form, subject, answers in (
        ("rumah", household, {"atap": "bocor"}),
        ("anak_tidak_sekolah", child, {"status_sekolah": "putus_sekolah"}),
    ):
        save_record(encounter=encounter, form=form, subject=subject, answers=answers, by=world.kader)
    page = world.client().get(url(household)).content.decode()
    assert "Usulkan perbaikan rumah" in page and "Usulkan agar anak kembali sekolah" in page
    for field, kind in (("perumahan_rakyat", "rumah_tidak_layak"), ("pendidikan", "anak_tidak_sekolah")):
        open_ticket(
            posyandu=world.here,
            field=field,
            request_type=kind,
            kind="permohonan",
            household=household,
            by=world.kader,
        )
    page = world.client().get(url(household)).content.decode()
    assert "Usulkan perbaikan rumah" not in page and "Usulkan agar anak kembali sekolah" not in page
    assert "Atap rumah bocor: sudah dilaporkan" in page
    assert 'Masih terbuka di rumah ini <span class="count">2</span>' in page
