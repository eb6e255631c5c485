"""From staying away to being treated.

Aisyah, 20 months, did not come to two open days, and does not come to the third. The kader closes it and reads on her
list why to visit her. The first time nobody is at home. The second time the child has a fit: she calls, writes down
whom she told, and refers her. The mother tells what the Puskesmas did. The need is closed, and the child's page tells
the whole story.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from services.follow_ups.models import Need, Referral
from services.posyandu.models import Facility
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture
def story():
    post = make.posyandu(live_from=TODAY.replace(day=1, month=1))
    post.facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75", phone="0285-000-001")
    post.save(update_fields=["facility"])
    kader = make.user("kader", at=post, username="nur", name="Nur Contoh")
    child = make.resident(post, "Aisyah Putri", age_months=20, family=make.household(post, "Slamet"))
    for days in (60, 30):
        make.open_day(post, TODAY - timedelta(days=days), by=kader, state="selesai")
    make.open_day(post, TODAY, by=kader)
    return child


def test_absence_leads_to_a_visit_a_referral_and_its_feedback(story, page):
    tell(story, page)


def test_the_same_without_javascript(story, plain_page):
    tell(story, plain_page)


def tell(child, page):
    log_in(page)
    close_the_day(page)
    find_nobody_at_home(page)
    find_a_danger_sign(page)
    refer(page)
    hear_what_became_of_it(page)

    need = Need.objects.unscoped(reason="test").get(resident=child)
    assert (need.kind, need.closed_as) == ("ABSEN_BERULANG", "dikunjungi")
    happened = list(need.events.order_by("at").values_list("what", flat=True))
    assert happened == ["dibuka", "tidak_bertemu", "bertemu", "ditutup"]
    referral = Referral.objects.unscoped(reason="test").get()
    assert referral.state == "selesai" and referral.encounter.home_visit.danger_signs == ["kejang"]
    read_the_whole_story(page, child)


def log_in(page):
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill("nur")
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name=re.compile("Hari buka")).first.wait_for()


def close_the_day(page):
    page.goto("/hari-buka/")
    page.locator("main ul.rows a").first.click()
    page.get_by_role("link", name=re.compile("[Tt]utup hari buka")).click()
    page.get_by_label("Nur Contoh").check()
    page.get_by_role("button", name="Tutup hari buka").click()
    page.get_by_text("Hari buka ditutup").wait_for()
    page.wait_for_load_state()
    assert re.search(r"Kunjungan rumah: \d+ kunjungan baru", page.locator("main").inner_text())


def open_the_need(page):
    page.goto("/kunjungan/")
    page.get_by_role("link", name=re.compile("Aisyah Putri.*Balita, 3 kali tidak hadir")).click()


def answer(page, name: str, value: str):
    page.locator(f"input[name={name}][value={value}]").check()


def find_nobody_at_home(page):
    open_the_need(page)
    answer(page, "outcome", "tidak_bertemu")
    page.get_by_role("button", name="Simpan kunjungan").click()
    page.get_by_text("Kunjungan tersimpan").wait_for()


def find_a_danger_sign(page):
    open_the_need(page)
    answer(page, "danger_signs", "kejang")
    answer(page, "outcome", "bertemu")
    answer(page, "tanya_mengapa_tidak_datang", "sakit")
    answer(page, "next_step", "rujuk")
    page.get_by_role("button", name="Simpan kunjungan").click()
    page.get_by_text("sudah mencatat kunjungan ke rumah ini").wait_for()  # it was the same day: said, nothing lost
    page.get_by_label("Kunjungan lain pada hari yang sama").check()
    page.get_by_role("button", name="Simpan kunjungan").click()
    page.get_by_text("Telepon sekarang").wait_for()
    answer(page, "to", "bidan")
    page.get_by_role("button", name="Sudah dilaporkan").click()


def refer(page):
    page.get_by_role("heading", name="Rujuk Aisyah Putri").wait_for()
    page.get_by_label("Alasan").fill("Kejang saat dikunjungi")
    page.get_by_role("button", name="Buat rujukan").click()
    page.get_by_text(re.compile(r"Rujukan R-\w{4}-\w{4} dibuat")).wait_for()


def hear_what_became_of_it(page):
    answer(page, "state", "selesai")
    page.get_by_label("Catatan").fill("sudah diobati, boleh pulang")
    page.get_by_role("button", name="Simpan kabar").click()
    page.get_by_text("Kabar rujukan dicatat").wait_for()


def read_the_whole_story(page, child):
    page.goto(f"/buku/warga/{child.pk}/")
    told = page.locator("main").inner_text()
    for line in (
        "Keperluan kunjungan: dibuka",
        "3 kali tidak hadir",
        "Kunjungan rumah: tidak bertemu",
        "Kunjungan rumah: bertemu",
        "Rujukan: dibuat",
        "Rujukan: selesai (kabar lisan)",
        "Keperluan kunjungan: selesai",
    ):
        assert line in told, told
