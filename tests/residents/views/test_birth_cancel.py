"""A birth written down by mistake is taken back, with a reason, while nothing else is known of the child."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.follow_ups.models import Need
from services.posyandu.models import Period
from services.residents.actions import NewBaby, cancel_birth, record_birth, save_contact
from services.residents.models import Birth, Pregnancy, Residency, Resident, WatchedCondition
from services.web.refusals import Refusal
from tests import factories

TODAY = timezone.localdate()
BORN = TODAY - timedelta(days=3)
REASON = "Salah memilih nama ibu"


@pytest.fixture
def pregnancy(world) -> Pregnancy:
    mother = factories.resident(world.here, "Siti", birth_date=date(1996, 2, 3))
    lmp = BORN - timedelta(days=275)
    return factories.pregnancy(mother, registered_on=lmp + timedelta(days=60), lmp_on=lmp)


@pytest.fixture
def born(world, pregnancy) -> Birth:
    return bear(world, pregnancy)[0]


def bear(world, pregnancy, *babies):
    babies = babies or (NewBaby(condition="hidup", sex="P", weight_g=2300),)
    home = home_of(pregnancy.resident)
    return record_birth(
        residency=home, pregnancy=pregnancy, born_on=BORN, babies=babies, by=world.kader, place="rs", way="normal"
    )


def home_of(person) -> Residency:
    rows = Residency.objects.unscoped(reason="test").select_related("resident", "posyandu", "household")
    return rows.get(resident=person, to_date__isnull=True)


def url(pregnancy) -> str:
    return reverse("residents:birth_cancel", args=[pregnancy.pk])


def anybody():
    return Resident.objects.unscoped(reason="test")


def test_the_child_is_gone_and_her_mother_pregnant_again(world, pregnancy, born, send):
    client = world.client()
    assert born.child.name in client.get(url(pregnancy)).content.decode()
    answer = send(client, url(pregnancy), {"reason": REASON})
    assert (answer.status_code, answer.url) == (302, reverse("profiles:pregnancy_detail", args=[pregnancy.pk]))
    assert not anybody().filter(pk=born.child_id).exists()
    assert not Birth.objects.unscoped(reason="test").exists()
    pregnancy.refresh_from_db()
    facts = (pregnancy.ended_on, pregnancy.outcome, pregnancy.birth_place, pregnancy.birth_way)
    assert facts == (None, "", "", "")
    page = client.get(answer.url).content.decode()
    assert "Sudah melahirkan" in page and "salah catat" not in page
    told = Entry.objects.unscoped(reason="test").filter(reason=REASON).values_list("verb", "model")
    assert sorted(told) == [("hapus", "birth"), ("hapus", "resident"), ("ubah", "pregnancy")]
    assert bear(world, pregnancy)


def test_twins_and_a_baby_who_died_go_together(world, pregnancy, send):
    bear(world, pregnancy, NewBaby("hidup", "P"), NewBaby("meninggal", "L", died_on=BORN), NewBaby("lahir_mati"))
    assert send(world.client(), url(pregnancy), {"reason": REASON}).status_code == 302
    assert list(anybody().values_list("name", flat=True)) == ["Siti"]


def test_what_rules_computed_of_her_goes_along(world, pregnancy, born, send):
    days = {"since": BORN, "opened_on": TODAY, "due_on": TODAY, "priority": 1}
    Need.objects.create(posyandu=world.here, resident=born.child, kind="NIFAS_BBL", words="x", **days)
    assert send(world.client(), url(pregnancy), {"reason": REASON}).status_code == 302
    assert not Need.objects.unscoped(reason="test").exists()


def _attend(world, birth):
    factories.present(factories.open_day(world.here, TODAY, by=world.kader), birth.child, by=world.kader)


def _watch(world, birth):
    WatchedCondition.objects.create(resident=birth.child, kind="hipertensi", from_date=TODAY)


def _contact(world, birth):
    pregnancy = birth.pregnancy
    home = home_of(pregnancy.resident)
    save_contact(residency=home, pregnancy=pregnancy, kind="KF1", on=BORN, by=world.kader)


def _pregnant_again(world, birth):
    factories.pregnancy(birth.pregnancy.resident, registered_on=TODAY)


def _sent(world, birth):
    Period.objects.unscoped(reason="test").update_or_create(
        posyandu=world.here, month=BORN.replace(day=1), defaults={"state": "diajukan"}
    )


IN_THE_WAY = [
    (_attend, "hadir di hari buka"),
    (_watch, "pantauan"),
    (_contact, "KF1"),
    (_pregnant_again, "hamil lagi"),
    (_sent, "sudah dikirim"),
]


@pytest.mark.parametrize(("happen", "words"), IN_THE_WAY)
def test_what_came_after_it_stands_in_the_way_and_is_named(world, pregnancy, born, send, happen, words):
    happen(world, born)
    answer = send(world.client(), url(pregnancy), {"reason": REASON})
    assert answer.status_code == 409 and words in answer.content.decode()
    assert anybody().filter(pk=born.child_id).exists()
    assert Birth.objects.unscoped(reason="test").count() == 1


def test_a_death_in_a_sent_month_stands_in_the_way(world, pregnancy, born, send):
    died_on = BORN + timedelta(days=40)
    anybody().filter(pk=born.child_id).update(died_on=died_on)
    Period.objects.unscoped(reason="test").create(posyandu=world.here, month=died_on.replace(day=1), state="diajukan")
    assert send(world.client(), url(pregnancy), {"reason": REASON}).status_code == 409


def test_without_a_reason_it_stays(world, pregnancy, born, send):
    for reason in ("", "  "):
        assert send(world.client(), url(pregnancy), {"reason": reason}).status_code == 422
    with pytest.raises(Refusal, match="Tulis mengapa"):
        cancel_birth(pregnancy=pregnancy, reason=" ", by=world.kader)
    assert anybody().filter(pk=born.child_id).exists()


def test_a_pregnancy_without_a_birth_has_nothing_to_take_back(world, pregnancy, send):
    assert send(world.client(), url(pregnancy), {"reason": REASON}).status_code == 409


def test_of_another_post_it_is_404_and_without_the_permission_403(world, pregnancy, born):
    stranger = factories.user("kader", at=world.there)
    assert factories.client_for(stranger).get(url(pregnancy)).status_code == 404
    assert factories.client_for(factories.user("kota", at="33.75")).get(url(pregnancy)).status_code == 403
