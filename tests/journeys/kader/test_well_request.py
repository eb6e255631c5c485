"""From a broken well to clean water.

A neighbour tells Bu Kader at her table that the well of RT 02 is broken. She notes it on her phone with a photo and
sends it to the kelurahan, which forwards it to the office that answers. The office sets a survey date, later writes
that it is done. Bu Kader tells the neighbour, who reads on the public page of the slip how far it is, and no name.
"""

import io
import re
import subprocess
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image

from services.areas.models import Area
from services.tickets.actions import add_default_offices
from services.tickets.models import Photo, Ticket
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
REPORTER, PHONE = "Slamet Riyadi", "0812 3456 7890"


@pytest.fixture
def story(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # days off and wrong codes are remembered over requests
    post = make.posyandu()
    kader = make.user("kader", at=post, username="nur", name="Nur Contoh")
    make.user("kelurahan", at="33.75.03.1003", username="kelurahan")
    offices = add_default_offices(district=Area.objects.get(pk="33.75"), by=kader)
    office = next(each for each in offices if each.name == "DPUPR")
    make.user("opd", at=office, username="dpupr", name="Pak Dpu")
    yield post
    cache.clear()


def test_a_broken_well_is_answered(story, page, phone):
    tell(page, phone(width=1280, height=800), phone(width=1280, height=800), phone())


def test_the_same_without_javascript(story, plain_page, phone):
    desk, office = (phone(javascript=False, width=1280, height=800) for _ in range(2))
    tell(plain_page, desk, office, phone(javascript=False))


def tell(kader, desk, office, citizen):
    log_in(kader, "nur")
    address = note_the_well(kader)
    ticket = the_ticket()
    assert (ticket.state, ticket.kind) == ("didata", "permohonan")
    assert Photo.objects.unscoped(reason="test").filter(ticket=ticket).count() == 1
    step(kader, address, "Ajukan ke desa/kelurahan", "Diajukan ke desa/kelurahan")

    log_in(desk, "kelurahan")
    forward(desk, address)
    log_in(office, "dpupr")
    set_a_survey(office, address)
    finish(office, address)
    tell_the_citizen(kader)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.done_on, ticket.told_on) == ("selesai", TODAY, TODAY)
    slip = slip_text(kader, address)
    assert ticket.number in slip
    assert REPORTER not in slip
    read_the_public_page(citizen, ticket)


def the_ticket() -> Ticket:
    return Ticket.objects.unscoped(reason="test").get()


def log_in(page, username):
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")


def well_photo() -> dict:
    kept = io.BytesIO()
    Image.new("RGB", (320, 240), "brown").save(kept, "JPEG")
    return {"name": "sumur.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def note_the_well(page) -> str:
    page.goto("/laporan-warga/baru/")
    page.get_by_role("link", name=re.compile("Pekerjaan umum", re.IGNORECASE)).click()
    page.locator("input[name=request_type][value=sumur]").check()
    page.locator("input[name=kind][value=permohonan]").check()
    page.get_by_label("Di mana?").fill("RT 02 dekat musala")
    page.get_by_label("Foto").set_input_files(well_photo())
    page.get_by_label("Ceritanya").fill("Bibir sumur runtuh, airnya keruh.")
    page.get_by_label("Siapa yang melapor?").fill(REPORTER)
    page.get_by_label("Nomor HP pelapor").fill(PHONE)
    page.get_by_role("button", name="Simpan laporan").click()
    page.get_by_text("Laporan warga dicatat").wait_for()
    page.locator("img.photo").wait_for()
    page.wait_for_load_state()  # the picture is there before the rest of its page
    bring_the_papers(page)
    return f"/laporan-warga/{the_ticket().pk}/"


def bring_the_papers(page):
    """A permohonan waits for its papers, if this type needs any."""
    if page.get_by_role("link", name="Catat berkas").count():
        page.get_by_role("link", name="Catat berkas").click()
        page.wait_for_url("**/berkas/")
        for box in page.locator("input[name=papers]").all():
            box.check()
        page.get_by_role("button", name="Simpan").click()
        page.get_by_text("Berkas dicatat").wait_for()


def step(page, address, label, state, **filled):
    """Take one step from the ticket's page: fill what is asked by its label."""
    page.goto(address)
    page.locator("main").get_by_role("link", name=label, exact=True).click()
    for question, answer in filled.items():
        page.locator(f"[name={question}]").fill(answer)
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_text(f"Laporan sekarang: {state}").wait_for()


def forward(page, address):
    page.goto(address)
    page.locator("main").get_by_role("link", name="Teruskan ke OPD").click()
    page.wait_for_url("**/langkah/**")
    chosen = page.locator("input[name=offices]:checked")
    assert chosen.count() == 1  # the office of this type is proposed
    page.get_by_role("button", name="Teruskan ke OPD").click()
    page.get_by_text("Laporan sekarang: Diteruskan ke OPD").wait_for()


def set_a_survey(page, address):
    page.goto("/laporan-warga/kantor/")
    page.get_by_text(the_ticket().number).first.wait_for()
    day = (TODAY + timedelta(days=3)).isoformat()
    step(page, address, "Tetapkan tanggal survei", "Diproses OPD", survey_on=day)
    page.goto(address)
    assert "Survei tanggal" in page.locator("main").inner_text()


def finish(page, address):
    step(page, address, "Selesai", "Selesai", result="Sumur sudah diperbaiki")


def tell_the_citizen(page):
    page.goto("/laporan-warga/kabari/")
    page.get_by_role("link", name=re.compile(REPORTER)).click()
    page.wait_for_url(f"**/{the_ticket().pk}/kabari/")
    assert "Sumur sudah diperbaiki" in page.locator("main").inner_text()
    page.get_by_role("button", name="Sudah diberi tahu").click()
    page.get_by_text("Semua pelapor sudah diberi tahu").wait_for()


def slip_text(page, address) -> str:
    page.goto(address)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tanda terima untuk warga").click()
    path = str(download.value.path())
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def read_the_public_page(page, ticket):
    page.goto("/lacak/")
    page.get_by_label("Kode di tanda terima").fill(ticket.code)
    page.get_by_role("button", name="Lihat").click()
    page.get_by_text(ticket.number).wait_for()
    shown = page.locator("main").inner_text()
    for state in ("Dicatat", "Diajukan ke desa/kelurahan", "Diteruskan ke OPD", "Diproses OPD", "Selesai"):
        assert state in shown
    html = page.content()
    for private in (REPORTER, "Nur Contoh", "Pak Dpu", "musala", "runtuh", "7890", "diperbaiki"):
        assert private not in html, private
