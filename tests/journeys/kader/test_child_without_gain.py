"""From a weight that does not rise to a referral.

Aisyah, 20 months, weighed as much last month as the month before. On the open day she weighs the same again. The card
tells the kader so in words, with how many months it is and that she is to be referred. The bidan finds her in the list
of what she must confirm, and sends her to the Puskesmas. The kader sees the referral, and its slip can be printed.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from services.accounts.models import Assignment
from services.areas.clock import month_of, previous_month
from services.follow_ups.models import Referral
from services.posyandu.models import Facility
from services.records.actions import Attends, save_record
from services.records.models import Measurement
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
LAST_MONTH = previous_month(month_of(TODAY))
BEFORE = previous_month(LAST_MONTH)


@pytest.fixture
def story():
    post = make.posyandu(live_from=BEFORE)
    puskesmas = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75", phone="0285-000-001")
    post.facility = puskesmas
    post.save(update_fields=["facility"])
    kader = make.user("kader", at=post, username="nur", name="Nur Contoh")
    bidan = make.user("bidan", username="ani", name="Ani Contoh")
    Assignment.objects.create(user=bidan, role="bidan", facility=puskesmas, from_date=make.LONG_AGO)
    child = make.resident(
        post, "Aisyah Putri", age_months=20, mother_name="Siti", family=make.household(post, "Slamet")
    )
    for month in (BEFORE, LAST_MONTH):
        weighed(child, make.open_day(post, month + timedelta(days=7), by=kader, state="selesai"), kader)
    make.open_day(post, TODAY, by=kader)
    return child


def weighed(child, day, kader):
    save_record(
        encounter=day.encounter,
        form="kartu_balita",
        subject=child,
        answers={"bb_kg": 9.4},
        by=kader,
        attends=Attends(done=True),
    )


def test_a_child_who_does_not_gain_is_referred(story, page, phone):
    tell(story, page, phone())


def test_the_same_without_javascript(story, plain_page, phone):
    tell(story, plain_page, phone(javascript=False))


def tell(child, page, bidans_phone):
    log_in(page, "nur")
    weigh_without_gain(page)
    log_in(bidans_phone, "ani")
    send_to_the_puskesmas(bidans_phone)
    find_the_referral(page)

    weighings = Measurement.objects.unscoped(reason="test").filter(resident=child).order_by("measured_on")
    assert [row.weight_status for row in weighings] == ["B", "T", "T"]
    referral = Referral.objects.unscoped(reason="test").get()
    assert (referral.resident, referral.state, referral.made_by.username) == (child, "dibuat", "ani")
    assert "Tidak naik (T) · 2 bulan" in referral.reason


def log_in(page, username):
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")


def weigh_without_gain(page):
    page.goto("/hari-buka/")
    page.locator("main ul.rows a").first.click()
    page.get_by_role("listitem").filter(has_text="Aisyah Putri").get_by_role("button", name="Hadir").click()
    page.get_by_role("heading", name="1 dari 1 hadir").wait_for()
    page.get_by_role("link", name="Aisyah Putri").click()
    page.get_by_label("Berat badan").fill("9,4")
    page.get_by_role("button", name="Simpan").click()
    line = page.get_by_role("region", name="Hasil Aisyah Putri").get_by_role("listitem").filter(has_text="Tidak naik")
    said = line.inner_text()
    assert "Tidak naik (T) · 2 bulan" in said
    assert "Berat tidak naik 2 bulan berturut-turut" in said
    assert "perlu dirujuk" in said.lower()


def send_to_the_puskesmas(page):
    page.goto("/kunjungan/")
    page.get_by_role("link", name="Perlu dikonfirmasi").click()
    finding = page.get_by_role("group", name=re.compile("Aisyah Putri"))
    assert "Tidak naik (T) · 2 bulan" in finding.inner_text()
    finding.get_by_text("Dirujuk", exact=True).click()
    page.get_by_text("Kusuma Bangsa").first.click()
    page.get_by_role("button", name="Simpan keputusan").click()
    page.get_by_text("0 ditangani di tempat, 1 dirujuk").wait_for()


def find_the_referral(page):
    page.goto("/tindak-lanjut/rujukan/")
    page.get_by_role("link", name=re.compile("Aisyah Putri")).first.click()
    page.wait_for_url("**/rujukan/*-*/")
    told = page.locator("main").inner_text()
    assert "Tidak naik (T) · 2 bulan" in told and "Kusuma Bangsa" in told
    slip = page.get_by_role("link", name=re.compile("[Cc]etak|[Uu]nduh|[Ss]lip")).first.get_attribute("href")
    answer = page.request.get(slip)
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
