from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from services.residents.fields import SealedCharField, claim_hash, keyed_hash
from services.residents.models import Household, Residency, Resident
from tests import factories

NIK = "3375035005249001"


def stored(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return cursor.fetchone()[0]


def test_a_nik_is_unreadable_at_rest_and_found_by_its_hash(world):
    person = factories.resident(world.here, nik=NIK)
    assert NIK not in stored("residents_resident", "nik")
    person.refresh_from_db()
    assert person.nik == NIK
    assert person.nik_hash == keyed_hash(NIK)
    assert person.masked_nik == "3375********9001"


def test_without_a_nik_the_column_is_empty_and_has_no_hash(world):
    person = factories.resident(world.here)
    person.refresh_from_db()
    assert (person.nik, person.nik_hash, person.masked_nik) == ("", None, "")


def test_a_nik_stays_readable_under_another_secret_key(settings):
    sealed = SealedCharField(max_length=16).get_prep_value(NIK)
    settings.SECRET_KEY = "another" * 10
    assert SealedCharField(max_length=16).to_python(sealed) == NIK


def test_a_bulk_write_fills_the_hash_too(db):
    Resident.objects.bulk_create([Resident(name="A", name_key="a", sex="L", birth_date=date(2000, 1, 1), nik=NIK)])
    assert Resident.objects.unscoped(reason="test").get().nik_hash == keyed_hash(NIK)


def test_the_history_of_a_person_holds_no_nik(world):
    person = factories.resident(world.here, nik=NIK)
    assert not hasattr(person.history.first(), "nik")


def claimed(world, post, **details):
    person = factories.resident(post)
    rows = Residency.objects.unscoped(reason="test").filter(resident=person)
    rows.update(nik_claim=claim_hash(NIK, post.area_id), **details)
    return rows


def test_the_database_knows_one_open_home_per_nik_and_district(world):
    claimed(world, world.here)
    with pytest.raises(IntegrityError), transaction.atomic():
        claimed(world, factories.posyandu("Contoh", area="33.75.03.1004"))


def test_a_nik_is_free_again_when_its_owner_left_and_in_another_district(world):
    claimed(world, world.here, to_date=date(2026, 1, 1), ended="pindah_keluar")
    claimed(world, world.here)
    claimed(world, world.there)


def test_a_person_has_one_open_home(world):
    person = factories.resident(world.here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.create(resident=person, posyandu=world.there, from_date=date(2024, 1, 1))


@pytest.mark.parametrize(
    "details",
    [
        {"to_date": date(2019, 1, 1), "ended": "pindah_keluar"},
        {"to_date": date(2024, 1, 1), "ended": ""},
        {"to_date": None, "ended": "pindah_keluar"},
    ],
)
def test_a_residency_ends_after_it_began_and_with_a_reason(world, details):
    person = factories.resident(world.here, since=date(2020, 1, 1), birth_date=date(2000, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        person.residencies.update(**details)


def test_nobody_dies_before_her_birth_or_is_her_own_alias(world):
    person = factories.resident(world.here)
    for details in ({"died_on": date(1900, 1, 1)}, {"merged_into": person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resident.objects.unscoped(reason="test").filter(pk=person.pk).update(**details)


def test_one_household_per_no_kk_and_district(world):
    for _ in range(2):
        factories.household(world.here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.unscoped(reason="test").update(kk_claim="x")
