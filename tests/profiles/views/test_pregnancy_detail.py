from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.residents.actions import NewBaby, record_birth
from services.residents.models import Pregnancy
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def pregnancy(world) -> Pregnancy:
    mother = factories.resident(world.here, "Siti", birth_date=date(1996, 2, 3))
    lmp = TODAY - timedelta(days=24 * 7 + 3)
    return factories.pregnancy(mother, registered_on=lmp + timedelta(days=60), lmp_on=lmp, number=2)


def url(pregnancy) -> str:
    return reverse("profiles:pregnancy_detail", args=[pregnancy.pk])


def page(world, pregnancy, who="kader") -> str:
    answer = world.client(who).get(url(pregnancy))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_the_week_the_due_date_and_what_is_next(world, pregnancy):
    text = page(world, pregnancy)
    for said in ("Hamil 24 minggu", "Perkiraan lahir", "Berikutnya K1", "K6", "Sudah melahirkan"):
        assert said in text
    assert "KF1" not in text


def test_after_the_birth_both_have_their_contacts(world, pregnancy):
    Pregnancy.objects.unscoped(reason="test").update(lmp_on=TODAY - timedelta(days=280))
    pregnancy.refresh_from_db()
    home = pregnancy.resident.residencies.select_related("resident", "posyandu", "household").get()
    baby = NewBaby(condition="hidup", sex="P", weight_g=2900)
    record_birth(residency=home, pregnancy=pregnancy, born_on=TODAY, babies=[baby], by=world.kader)
    text = page(world, pregnancy)
    for said in ("Melahirkan", "Bayi Ny. Siti", "2.900 gram", "KF1", "KN1", "Ibu: KF1 waktunya sekarang"):
        assert said in text
    assert "Sudah melahirkan" not in text
    seen = world.client().get(reverse("profiles:resident_detail", args=[pregnancy.resident_id])).content.decode()
    assert "Ibu nifas" in seen and url(pregnancy) in seen
    child = pregnancy.births.get().child
    about = world.client().get(reverse("profiles:resident_detail", args=[child.pk])).content.decode()
    assert reverse("profiles:resident_detail", args=[pregnancy.resident_id]) in about


def test_an_officer_reads_and_writes_nothing(world, pregnancy):
    text = page(world, pregnancy, "officer")
    assert "Hamil 24 minggu" in text
    assert reverse("residents:birth_new", args=[pregnancy.pk]) not in text
    assert reverse("residents:contact_edit", args=[pregnancy.pk, "K1"]) not in text


def test_opening_it_is_remembered(world, pregnancy):
    page(world, pregnancy)
    entry = Entry.objects.unscoped(reason="test").get(verb="lihat")
    assert (entry.object_id, entry.place) == (str(pregnancy.resident_id), world.here.path)


def test_another_place_is_404_and_no_permission_403(world, pregnancy):
    assert world.client("stranger").get(url(pregnancy)).status_code == 404
    assert world.client("auditor").get(url(pregnancy)).status_code == 403


def test_the_query_count_does_not_grow(world, pregnancy, django_assert_max_num_queries):
    for number in range(1, 7):
        pregnancy.contacts.create(kind=f"K{number}", on=TODAY, recorded_by=world.kader)
    client = world.client()
    client.get(url(pregnancy))
    with django_assert_max_num_queries(17):
        client.get(url(pregnancy))
