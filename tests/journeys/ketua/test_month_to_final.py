"""A month over three roles, and one late correction.

The ketua sees that a child who came has no form, and sends October all the same. The kelurahan opens the number,
points at the child and gives the month back. The kader fills the card in; it goes up again: kelurahan, kecamatan,
kota, final. A week later a child is found in the register book; the kota opens the month, the kader enters it, the
kota takes it in: version 2, with its list of corrections. Version 1 prints as it was, byte for byte.
"""

import hashlib
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from services.posyandu.models import Period
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 4, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
OCTOBER = "2026-10"


@pytest.fixture
def story():
    with time_machine.travel(NOW, tick=True):
        post = make.posyandu()
        people = {
            "kader": make.user("kader", at=post, username="nur", name="Nur Contoh"),
            "ketua": make.user("ketua", at=post, username="ketua", name="Ketua Contoh"),
            "kelurahan": make.user("kelurahan", at="33.75.03.1003", username="kelurahan", name="Kelurahan Contoh"),
            "kecamatan": make.user("kecamatan", at="33.75.03", username="kecamatan", name="Kecamatan Contoh"),
            "kota": make.user("kota", at="33.75", username="kota", name="Kota Contoh"),
        }
        born = date(2024, 11, 2)
        aisyah = make.resident(post, "Aisyah Putri", birth_date=born)
        make.resident(post, "Budi Tertinggal", sex="L", birth_date=born)
        day = make.open_day(post, date(2026, 10, 13), by=people["kader"], state="selesai")
        make.present(day, aisyah, by=people["kader"])
        yield post, day


def test_a_month_goes_up_comes_back_is_final_and_is_corrected(story, page, phone):
    post, day = story
    office = phone(width=1280, height=800)

    log_in(page, "ketua")
    page.goto("/laporan/bulan-ini/")
    page.get_by_text("1 orang hadir 13 Okt 2026 belum ada isiannya").wait_for()
    page.get_by_role("link", name="Kirim laporan Oktober 2026").click()
    page.get_by_label("Catatan untuk yang memeriksa").fill("Kartu menyusul")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan terkirim · nomor").wait_for()

    log_in(office, "kelurahan")
    office.goto(f"/laporan/{post.path}/{OCTOBER}/angka/kesehatan.balita.hadir/")
    office.get_by_role("listitem").filter(has_text="Aisyah Putri").get_by_role("link", name="Tunjuk").click()
    office.get_by_label("Apa yang perlu diperbaiki?").fill("Berat anak ini belum diisi")
    office.get_by_role("button", name="Kembalikan").click()
    office.get_by_text("Laporan dikembalikan · nomor").wait_for()

    log_in(page, "nur")
    weigh(page, day, "Aisyah Putri", "11,2")
    log_in(page, "ketua")
    page.goto(f"/laporan/bulan-ini/{post.pk}/{OCTOBER}/")
    page.get_by_text("Berat anak ini belum diisi").first.wait_for()
    page.get_by_role("link", name="Aisyah Putri").wait_for()
    close(page, day)
    page.goto(f"/laporan/bulan-ini/{post.pk}/{OCTOBER}/kirim/")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Laporan terkirim · nomor").wait_for()

    for username, button in (("kelurahan", "Verifikasi"), ("kecamatan", "Rekap"), ("kota", "Jadikan final")):
        log_in(office, username)
        take_on(office, button)
    assert period_of(post).state == "final"
    first = download(office, post, 1)

    office.goto(f"/laporan/bulan-ini/{post.pk}/{OCTOBER}/buka/")
    office.get_by_label("Alasan").fill("Satu anak tertinggal di buku")
    office.get_by_role("button", name="Buka bulan ini").click()
    office.get_by_text("Bulan dibuka untuk koreksi · nomor").wait_for()
    log_in(page, "nur")
    weigh(page, day, "Budi Tertinggal", "10,4")
    log_in(office, "kota")
    office.goto(f"/laporan/bulan-ini/{post.pk}/{OCTOBER}/terima-koreksi/")
    office.get_by_role("button", name="Terima koreksi").click()
    office.get_by_text("Koreksi masuk versi 2 · nomor").wait_for()
    office.get_by_text("Versi 2", exact=True).wait_for()

    assert download(office, post, 1) == first
    assert download(office, post, 2) != first
    office.goto("/laporan/periksa/")
    office.get_by_label("Kode di kaki halaman").fill(hashlib.sha256(first).hexdigest())
    office.get_by_role("button", name="Periksa").click()
    office.get_by_text("versi 1").first.wait_for()
    office.get_by_text("Ada versi yang lebih baru: versi 2").wait_for()


def log_in(page, username):
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")


def weigh(page, day, name, kilograms):
    """Open the day again if it is closed, tick the child when she is not there, and save the card."""
    page.goto(f"/hari-buka/{day.pk}/")
    if page.get_by_role("button", name="Buka lagi").count():
        page.get_by_role("button", name="Buka lagi").click()
        page.get_by_role("button", name="Buka lagi").wait_for(state="detached")
    row = page.get_by_role("listitem").filter(has_text=name)
    if row.get_by_role("button", name="Hadir").count():
        with page.expect_response("**/hadir/**"):
            row.get_by_role("button", name="Hadir").click()
        page.goto(f"/hari-buka/{day.pk}/")
    page.get_by_role("link", name=name).first.click()
    page.get_by_label("Berat badan").fill(kilograms)
    page.get_by_role("button", name=re.compile("^Simpan")).first.click()
    page.get_by_text("tersimpan · nomor").wait_for()


def close(page, day):
    page.goto(f"/hari-buka/{day.pk}/tutup/")
    for box in page.get_by_label("Nur Contoh").all():
        box.check()
    page.get_by_role("button", name="Tutup hari buka").click()
    page.wait_for_url(lambda url: not url.endswith("/tutup/"))


def take_on(office, button):
    """From the list of all posts to the one that waits, and on."""
    office.goto(f"/laporan/bulan-ini/?bulan={OCTOBER}")
    office.get_by_role("link", name=re.compile("Kencana Ungu")).click()
    office.get_by_role("link", name=button, exact=True).click()
    office.get_by_role("button", name=button, exact=True).click()
    office.get_by_text("Laporan diteruskan · nomor").wait_for()


def download(office, post, version):
    address = f"/laporan/{post.path}/{OCTOBER}/versi-{version}.pdf"
    answer = office.request.get(address)
    assert answer.ok and answer.body().startswith(b"%PDF")
    return answer.body()


def period_of(post):
    return Period.objects.unscoped(reason="test").get(posyandu=post, month=date(2026, 10, 1))
