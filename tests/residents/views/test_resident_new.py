from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from services.posyandu.models import Period
from services.residents.models import Consent, Household, Residency, Resident
from services.web.models import KeptForm
from services.web.submissions import new_key
from tests import factories

URL = reverse("residents:resident_new")
CHILD = {
    "name": "Aisyah Putri",
    "sex": "P",
    "birth_date": "2024-05-10",
    "mother_name": "Siti Aminah",
    "head_name": "Slamet",
    "rt": "02",
    "rw": "03",
}


def everybody():
    return Resident.objects.unscoped(reason="test")


def test_a_newcomer_takes_one_short_form(world, send):
    answer = send(world.client(), URL, {**CHILD, "consent_by": "ibu", "phone": "0812-3456-7890"})
    resident = everybody().get()
    assert answer.status_code == 302
    assert answer.url == reverse("profiles:resident_detail", args=[resident.pk])
    assert (resident.name, resident.sex, resident.birth_date) == ("Aisyah Putri", "P", date(2024, 5, 10))
    assert resident.phone == "081234567890"
    home = resident.residencies.select_related("household").get()
    assert (home.posyandu_id, home.household.head_name, home.household.rt) == (world.here.pk, "Slamet", "02")
    assert resident.consents.get().relation == Consent.Relation.MOTHER


def test_the_page_reads_out_the_privacy_notice_and_preselects_nothing(world):
    page = world.client().get(URL)
    assert "Bacakan dulu" in page.content.decode()
    assert b" checked" not in page.content


@pytest.mark.parametrize(
    ("typed", "precision", "year"),
    [({"birth_year": "1958"}, "tahun", 1958), ({"age_years": "70"}, "perkiraan", timezone.localdate().year - 70)],
)
def test_an_elder_without_a_birth_date_is_flagged(world, send, typed, precision, year):
    send(world.client(), URL, {"name": "Mbah Karto", "sex": "L", "head_name": "Karto", **typed})
    resident = everybody().get()
    assert (resident.birth_precision, resident.birth_date.year) == (precision, year)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Isi namanya."),
        ({"sex": ""}, "Pilih salah satu."),
        ({"birth_date": ""}, "Isi tanggal lahir."),
        ({"birth_date": "40-13-2024"}, "Tulis tanggalnya"),
        ({"birth_date": (timezone.localdate() + timedelta(days=2)).isoformat()}, "belum tiba"),
        ({"birth_date": "1800-01-01"}, "lebih dari 120 tahun"),
        ({"head_name": ""}, "Isi nama kepala keluarganya."),
        ({"nik": "337503100524000"}, "NIK harus 16 angka. Yang diisi 15 angka."),
        ({"nik": "33750310052400011"}, "NIK harus 16 angka. Yang diisi 17 angka."),
        ({"nik": "3375031005240O01"}, "NIK hanya berisi angka."),
        ({"phone": "halo"}, "Tulis nomor HP dengan angka"),
        ({"since": "2020-01-01"}, "sebelum tanggal lahir"),
        ({"consent_by": "sendiri"}, "ibu, ayah, atau walinya"),
        ({"birth_date": "", "birth_year": "58"}, "empat angka"),
    ],
)
def test_what_cannot_be_is_422_and_keeps_what_was_typed(world, send, change, said):
    answer = send(world.client(), URL, {**CHILD, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Siti Aminah" in answer.content.decode()
    assert not everybody().exists()
    assert not Household.objects.unscoped(reason="test").exists()


def test_the_same_form_sent_twice_is_one_person(world):
    client = world.client()
    key = client.get(URL).context["submission_key"]
    first = client.post(URL, {**CHILD, "submission_key": key})
    second = client.post(URL, {**CHILD, "submission_key": key})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert everybody().count() == 1


def test_a_likely_duplicate_is_shown_beside_what_was_typed_and_can_be_another_person(world, send):
    factories.resident(world.here, "Aisyah Putrie", birth_date=date(2024, 5, 12), mother_name="Siti Aminah")
    client = world.client()
    key = client.get(URL).context["submission_key"]
    typed = {**CHILD, "household": "baru"}
    warned = send(client, URL, typed, key=key)
    text = warned.content.decode()
    assert warned.status_code == 422
    assert "Aisyah Putrie" in text
    assert "Yang Ibu/Bapak tulis" in text
    assert "Ini orang lain, tetap simpan" in text
    assert everybody().count() == 1
    saved = send(client, URL, {**typed, "is_other_person": "on"}, key=key)
    assert saved.status_code == 302
    assert everybody().count() == 2


def test_a_duplicate_at_another_posts_register_is_not_told(world, send):
    factories.resident(world.there, "Aisyah Putri", birth_date=date(2024, 5, 10), mother_name="Siti Aminah")
    assert send(world.client(), URL, CHILD).status_code == 302


def test_a_household_with_such_a_head_is_offered_before_a_second_one_is_made(world, send):
    family = factories.household(world.here, "Slamet Riyadi")
    client = world.client()
    asked = send(client, URL, CHILD)
    assert asked.status_code == 422
    assert "Keluarga Slamet Riyadi" in asked.content.decode()
    assert send(client, URL, {**CHILD, "household": str(family.pk)}).status_code == 302
    assert everybody().get().residencies.get().household_id == family.pk


def test_typing_the_heads_name_offers_households_in_a_part_of_the_same_page(world):
    factories.household(world.here, "Slamet Riyadi")
    page = world.client().get(URL, {"head_name": "Slam"}, headers={"HX-Request": "true"})
    assert 'id="keluarga"' in page.content.decode()
    assert "Keluarga Slamet Riyadi" in page.content.decode()


def test_a_household_of_another_place_cannot_be_chosen(world, send):
    other = factories.household(world.there, "Slamet")
    assert send(world.client(), URL, {**CHILD, "household": str(other.pk)}).status_code == 302
    assert everybody().get().residencies.get().household_id != other.pk
    assert world.client().get(URL, {"household": str(other.pk)}).status_code == 404


def test_a_member_is_added_from_the_households_page(world, send):
    family = factories.household(world.here, "Slamet")
    child = {name: CHILD[name] for name in ("name", "sex", "birth_date")}
    assert send(world.client(), f"{URL}?household={family.pk}", child).status_code == 302
    assert family.residencies.count() == 1


def test_a_nik_that_disagrees_warns_and_is_saved(world, send):
    client = world.client()
    answer = send(client, URL, {**CHILD, "nik": "3375031005249001"})
    assert answer.status_code == 302
    assert everybody().get().nik == "3375031005249001"
    assert any("laki-laki" in str(message) for message in get_messages(answer.wsgi_request))


def test_a_nik_of_somebody_here_is_refused_beside_its_field(world, send):
    send(world.client(), URL, {**CHILD, "nik": "3375035005249001"})
    second = {"name": "Budi", "sex": "L", "birth_date": "1990-01-02", "head_name": "Parto", "nik": "3375035005249001"}
    answer = send(world.client(), URL, second)
    assert answer.status_code == 422
    assert "sudah dipakai warga lain" in answer.content.decode()
    assert everybody().count() == 1


def test_a_nik_of_somebody_one_cannot_see_is_saved_without_it_and_nothing_is_shown(world, send):
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    neighbour = factories.user("kader", at=near)
    send(factories.client_for(neighbour), URL, {**CHILD, "name": "Rahasia", "nik": "3375035005249001"})
    client = world.client()
    answer = send(client, URL, {**CHILD, "nik": "3375035005249001"})
    assert answer.status_code == 302
    mine, other = everybody().get(name="Aisyah Putri"), everybody().get(name="Rahasia")
    assert (mine.nik, mine.nik_to_match) == ("", True)
    assert other.nik_to_match
    assert "Rahasia" not in client.get(answer.url).content.decode()


def test_the_same_nik_may_stand_in_another_district(world, send):
    send(factories.client_for(world.stranger), URL, {**CHILD, "nik": "3375035005249001"})
    send(world.client(), URL, {**CHILD, "nik": "3375035005249001"})
    assert [row.nik for row in everybody()] == ["3375035005249001"] * 2


def test_a_month_that_was_sent_takes_no_newcomer(world, send):
    today = timezone.localdate()
    Period.objects.create(posyandu=world.here, month=today.replace(day=1), state=Period.State.SUBMITTED)
    answer = send(world.client(), URL, CHILD)
    assert answer.status_code == 409
    assert "sudah dikirim" in answer.content.decode()
    assert not everybody().exists()


def test_a_baby_born_in_a_month_that_was_sent_is_served_today_and_leaves_the_tray(world, send):
    today, client = timezone.localdate(), world.client()
    born = today.replace(day=1) - timedelta(days=3)
    Period.objects.create(posyandu=world.here, month=born.replace(day=1), state=Period.State.SUBMITTED)
    baby = {**CHILD, "birth_date": born.isoformat(), "began": "lahir"}
    key = new_key(world.kader)
    refused = send(client, URL, baby, key=key)
    assert refused.status_code == 409
    assert "Supaya ia bisa dilayani sekarang" in refused.context["form"].errors["since"][0]
    assert KeptForm.objects.get().state == KeptForm.State.WAITING
    assert send(client, URL, {**baby, "since": today.isoformat()}, key=key).status_code == 302
    assert Residency.objects.unscoped(reason="test").get().from_date == today
    left = KeptForm.objects.get()
    assert (left.state, left.content, left.closed_by) == (KeptForm.State.SAVED, "", world.kader)


def test_a_birth_begins_living_here_on_its_day(world, send):
    born = timezone.localdate().replace(day=1)
    send(world.client(), URL, {**CHILD, "birth_date": born.isoformat(), "began": "lahir"})
    home = Residency.objects.unscoped(reason="test").get()
    assert (home.began, home.from_date) == ("lahir", born)


def test_an_officer_with_two_posts_chooses_one(world, send):
    second = factories.posyandu("Contoh")
    bidan = factories.user("bidan", at="33.75.03.1003")
    client = factories.client_for(bidan)
    assert send(client, URL, CHILD).status_code == 422
    assert send(client, URL, {**CHILD, "posyandu": str(world.there.pk)}).status_code == 422
    assert send(client, URL, {**CHILD, "posyandu": str(second.pk)}).status_code == 302
    assert Residency.objects.unscoped(reason="test").get().posyandu_id == second.pk


def test_without_the_permission_it_is_403(world):
    assert world.client("officer").get(URL).status_code == 403


def test_a_form_without_its_key_is_refused(world):
    assert world.client().post(URL, CHILD).status_code == 400
    assert not everybody().exists()
