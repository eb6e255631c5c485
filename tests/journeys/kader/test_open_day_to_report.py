"""From the open day to the month's report.

Bu Kader opens the open day of Kencana Ungu on her phone. Aisyah comes and is weighed; while she saves, the signal
goes, and she sends again. A boy who just moved in comes, and a guest of another posyandu. She closes the day and
visits a house. The ketua opens the report of the month: the PDF holds what was just entered.
"""

import re
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from services.open_days.models import OpenDay
from services.records.models import Record
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture
def story():
    post = make.posyandu(live_from=TODAY.replace(day=1, month=1))
    people = {
        "kader": make.user("kader", at=post, username="nur", name="Nur Contoh"),
        "ketua": make.user("ketua", at=post, username="ketua", name="Ketua Contoh"),
    }
    make.resident(post, "Aisyah Putri", age_months=23, mother_name="Siti", family=make.household(post, "Slamet"))
    make.resident(post, "Ahmad Fatih", sex="L", age_months=8, family=make.household(post, "Budi"))
    day = make.open_day(post, TODAY, by=people["kader"], state="dijadwalkan")
    return post, people, day


def test_a_kaders_day_is_in_the_ketuas_report(story, page, phone):
    tell(story, page, phone(width=1280, height=800), loses_signal=True)


def test_the_same_without_javascript(story, plain_page, phone):
    tell(story, plain_page, phone(javascript=False, width=1280, height=800), loses_signal=False)


def tell(story, page, office, *, loses_signal):
    post, people, day = story
    log_in(page, "nur")
    start_the_day(page)
    weigh(page, "Aisyah Putri", "9,8", loses_signal=loses_signal)
    add_a_newcomer(page)
    serve_a_guest(page)
    close_the_day(page)
    visit_a_house(page)

    day.refresh_from_db()
    assert day.state == OpenDay.State.CLOSED
    assert Record.objects.unscoped(reason="test").filter(form="kartu_balita").count() == 1

    log_in(office, "ketua")
    text = pdf_of_the_month(office, post)
    for entered in (
        r"Balita \(0–59 bulan\)\s+3\s+2\b",
        r"Tamu .*\b1\b",
        r"Porsi PMT\s+40\b",
        r"Kunjungan rutin\s+1\s+1\b",
    ):
        assert re.search(entered, text), text
    assert "KENCANA UNGU" in text.upper()
    assert "Aisyah" not in text


def log_in(page, username):
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")


def start_the_day(page):
    page.get_by_role("button", name="Mulai hari buka").click()
    page.get_by_role("heading", name="0 dari 2 hadir").wait_for()


def weigh(page, name, kilograms, *, loses_signal):
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Hadir").click()
    page.get_by_role("heading", name="1 dari 2 hadir").wait_for()
    page.get_by_role("link", name=name).click()
    page.get_by_label("Berat badan").fill(kilograms)
    if loses_signal:
        page.context.set_offline(True)
        page.get_by_role("button", name="Simpan").click()
        page.get_by_text("Belum terkirim").first.wait_for()
        assert page.get_by_label("Berat badan").input_value() == kilograms
        page.context.set_offline(False)
        page.get_by_text("Coba lagi").first.click()
    else:
        page.get_by_role("button", name="Simpan").click()
    page.get_by_text("tersimpan · nomor").wait_for()
    back_to_the_day(page)


def back_to_the_day(page):
    page.goto("/hari-buka/")
    page.get_by_role("listitem").get_by_role("link", name=re.compile("Kencana Ungu")).click()
    page.wait_for_url("**/hari-buka/*-*/")


def add_a_newcomer(page):
    page.get_by_role("link", name="Orang baru").click()
    page.get_by_label("Nama", exact=True).fill("Rafka Baru")
    page.get_by_text("Laki-laki", exact=True).click()
    page.get_by_label("Tanggal lahir", exact=True).fill((TODAY - timedelta(days=500)).isoformat())
    page.get_by_label(re.compile("kepala keluarga")).first.fill("Keluarga Baru")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Rafka Baru").first.wait_for()
    back_to_the_day(page)
    row = page.get_by_role("listitem").filter(has_text="Rafka Baru")
    if row.get_by_role("button", name="Hadir").count():
        row.get_by_role("button", name="Hadir").click()
    page.get_by_role("heading", name="2 dari 3 hadir").wait_for()


def serve_a_guest(page):
    page.get_by_role("link", name="Tamu dari posyandu lain").click()
    page.get_by_label("Nama", exact=True).fill("Tamu Jauh")
    page.get_by_text("Perempuan", exact=True).click()
    page.get_by_label("Tanggal lahir").fill((TODAY - timedelta(days=900)).isoformat())
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("heading", name="1 tamu").wait_for()


def close_the_day(page):
    page.get_by_role("link", name="Tutup hari buka").click()
    page.get_by_label("Porsi PMT").fill("40")
    page.get_by_role("button", name="Tutup hari buka").click()
    page.get_by_text("Hari buka ditutup").wait_for()


def visit_a_house(page):
    page.goto("/warga/?cari=ahmad")
    page.get_by_role("link", name="Ahmad Fatih").click()
    page.locator("main").get_by_role("link", name=re.compile("[Kk]unjungan rumah")).first.click()
    page.get_by_text("Kunjungan rutin").click()
    page.get_by_text("Bertemu", exact=True).click()
    page.get_by_role("button", name="Simpan kunjungan").click()
    page.get_by_text("Kunjungan tersimpan").wait_for()


def pdf_of_the_month(page, post) -> str:
    month = TODAY.strftime("%Y-%m")
    page.goto(f"/laporan/{post.path}/{month}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    path = download.value.path()
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
