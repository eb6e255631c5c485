"""Referrals: made, answered, printed."""

import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.follow_ups.models import Referral
from services.posyandu.models import Facility
from tests import factories as make
from tests.follow_ups.conftest import REASON

from .posting import send

pytestmark = pytest.mark.django_db
LIST = reverse("follow_ups:referral_list")
ANSWER = reverse("follow_ups:referral_answer")


@pytest.fixture
def puskesmas(here):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    here.post.facility = facility
    here.post.save(update_fields=["facility"])
    return facility


@pytest.fixture
def bidan(puskesmas):
    from services.accounts.models import Assignment

    person = make.user("bidan", name="Bidan Ani")
    Assignment.objects.create(user=person, role="bidan", facility=puskesmas, from_date=make.LONG_AGO)
    return person


def new(here):
    return reverse("follow_ups:referral_new", args=[here.children[0].pk])


def make_one(here, puskesmas) -> Referral:
    send(here.client(), new(here), here.kader, facility=str(puskesmas.pk), reason="BB tidak naik", urgency="biasa")
    return Referral.objects.unscoped(reason=REASON).get()


def test_a_kader_makes_a_referral_and_prints_its_slip(here, puskesmas):
    referral = make_one(here, puskesmas)
    assert referral.state == "dibuat" and referral.resident == here.children[0]
    response = here.client().get(reverse("follow_ups:referral_download", args=[referral.pk]))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")
    assert "Aisyah" not in response["Content-Disposition"]
    assert Entry.objects.unscoped(reason=REASON).filter(verb="unduh", object_id=str(referral.pk)).exists()


def test_the_slip_is_one_page_of_a6(here, puskesmas):
    import io

    import pikepdf

    referral = make_one(here, puskesmas)
    content = here.client().get(reverse("follow_ups:referral_download", args=[referral.pk])).content
    with pikepdf.open(io.BytesIO(content)) as slip:
        assert len(slip.pages) == 1
        box = [float(number) for number in slip.pages[0].mediabox]
    assert (round(box[2] / 72 * 25.4), round(box[3] / 72 * 25.4)) == (105, 148)


def test_from_a_card_the_reason_is_written_and_the_encounter_kept(here, puskesmas):
    from services.records.actions import save_record

    day = make.open_day(here.post, here.days[0].date.replace(day=1), by=here.kader)
    save_record(
        encounter=day.encounter, form="kartu_balita", subject=here.children[0], answers={"bb_kg": 6.0}, by=here.kader
    )
    url = f"{new(here)}?pertemuan={day.encounter.pk}"
    assert "Berat badan sangat kurang" in here.client().get(url).content.decode()
    send(here.client(), url, here.kader, place="RS Bendan", reason="BB sangat kurang", urgency="segera")
    assert Referral.objects.unscoped(reason=REASON).get().encounter == day.encounter


def test_without_a_place_it_is_422_and_kept(here, puskesmas):
    response = send(here.client(), new(here), here.kader, reason="Demam lama", urgency="biasa")
    assert response.status_code == 422 and "Demam lama" in response.content.decode()


def test_the_same_form_twice_makes_one_referral(here, puskesmas):
    from services.web.submissions import new_key

    data = {"submission_key": new_key(here.kader), "facility": str(puskesmas.pk), "reason": "x", "urgency": "biasa"}
    client = here.client()
    assert client.post(new(here), data).status_code == client.post(new(here), data).status_code == 302
    assert Referral.objects.unscoped(reason=REASON).count() == 1


def test_the_bidan_answers_several_at_once(here, puskesmas, bidan):
    referral = make_one(here, puskesmas)
    client = make.client_for(bidan)
    assert "Jawab yang dicentang" in client.get(LIST).content.decode()
    assert send(client, ANSWER, bidan, state="selesai").status_code == 422
    response = send(client, ANSWER, bidan, referral=[str(referral.pk)], state="selesai", feedback="sudah diobati")
    referral.refresh_from_db()
    assert response.status_code == 302 and (referral.state, referral.feedback) == ("selesai", "sudah diobati")


def test_a_kader_tells_what_she_was_told(here, puskesmas):
    referral = make_one(here, puskesmas)
    url = reverse("follow_ups:referral_detail", args=[referral.pk])
    assert send(here.client(), url, here.kader, state="ditangani", feedback="diberi obat").status_code == 302
    assert referral.events.get(state="ditangani").is_verbal
    assert "kabar lisan" in here.client().get(url).content.decode()
    send(here.client(), url, here.kader, state="selesai")
    assert send(here.client(), url, here.kader, state="selesai").status_code == 409


def test_a_kader_has_no_batch(here, puskesmas):
    make_one(here, puskesmas)
    page = here.client().get(LIST).content.decode()
    assert "Aisyah" in page and "Jawab yang dicentang" not in page
    assert here.client().post(ANSWER).status_code == 403


def test_another_district_sees_nothing(here, puskesmas, elsewhere):
    referral = make_one(here, puskesmas)
    client = elsewhere.client()
    assert client.get(new(here)).status_code == 404
    assert client.get(reverse("follow_ups:referral_detail", args=[referral.pk])).status_code == 404
    assert client.get(reverse("follow_ups:referral_download", args=[referral.pk])).status_code == 404
    assert "Aisyah" not in client.get(LIST).content.decode()


def test_another_posts_bidan_cannot_answer(here, puskesmas, elsewhere):
    from services.accounts.models import Assignment

    referral = make_one(here, puskesmas)
    facility = Facility.objects.create(name="Kalinyamatan", area_id="33.20")
    elsewhere.post.facility = facility
    elsewhere.post.save(update_fields=["facility"])
    other = make.user("bidan")
    Assignment.objects.create(user=other, role="bidan", facility=facility, from_date=make.LONG_AGO)
    response = send(make.client_for(other), ANSWER, other, referral=[str(referral.pk)], state="selesai")
    assert response.status_code == 422
    referral.refresh_from_db()
    assert referral.state == "dibuat"


def test_who_moved_away_cannot_be_referred_from_here(here, puskesmas):
    from services.residents.actions import move_out
    from services.residents.models import Residency
    from tests.follow_ups.conftest import TODAY

    home = (
        Residency.objects.unscoped(reason=REASON).select_related("resident", "posyandu").get(resident=here.children[0])
    )
    move_out(residency=home, on=TODAY, destination="Semarang", by=here.ketua)
    response = here.client().get(new(here))
    assert response.status_code == 409 and "tidak tinggal di sini" in response.content.decode()


def test_no_permission_is_403(here):
    assert make.client_for(make.user("kecamatan", at="33.75.03")).get(LIST).status_code == 403
