"""A case that stays with those who must act.

A woman tells Bu Nur that her husband beats her, and agrees that it is reported. Bu Nur notes it on her phone. Another
kader of the same posyandu finds it nowhere: by no address, list, search, count, household page or file. The lurah,
who holds the post in person, reads it; every look is logged, and both see who looked.
"""

import io
import re

import openpyxl
import pytest
from django.core.cache import cache
from django.utils import timezone

from services.audit.models import Entry
from services.tickets.actions import open_ticket
from services.tickets.models import Ticket
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
USUAL, VICTIM, TOLD = "Pelapor Biasa", "Mawar Terluka", "Suaminya memukul sejak Lebaran"


@pytest.fixture
def story(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    post = make.posyandu()
    family = make.household(post, "Joko Terluka")
    make.resident(post, VICTIM, age_months=400, family=family)
    nur = make.user("kader", at=post, username="nur", name="Nur Contoh")
    make.user("kader", at=post, username="ida", name="Ida Contoh")
    make.user("lurah", at="33.75.03.1003", username="lurah", name="Pak Lurah Contoh")
    usual = open_ticket(
        posyandu=post, field="sosial", request_type="lainnya", kind="pengaduan", reporter_name=USUAL, by=nur
    )
    yield post, family, usual
    cache.clear()


def test_a_case_is_read_by_those_who_must_act_and_found_by_nobody_else(story, page, phone):
    tell(story, page, phone(), phone(width=1280, height=800))


def test_the_same_without_javascript(story, plain_page, phone):
    tell(story, plain_page, phone(javascript=False), phone(javascript=False, width=1280, height=800))


def tell(story, kader, other, lurah):
    log_in(kader, "nur")
    note_the_case(kader)
    case = Ticket.objects.unscoped(reason="test").get(is_confidential=True)
    assert (case.consent, case.code) == ("korban", None)

    log_in(other, "ida")
    find_nothing(other, case, *story)
    log_in(lurah, "lurah")
    read_it(lurah, case)
    who_looked(kader, case)

    looks = Entry.objects.unscoped(reason="test").filter(object_id=str(case.pk), verb="lihat").order_by("at")
    assert list(looks.values_list("user__username", flat=True)) == ["nur", "lurah", "nur"]


def log_in(page, username):
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")


def note_the_case(page):
    page.goto("/laporan-warga/baru/")
    page.get_by_role("link", name="Catat sebagai laporan terbatas").click()
    page.wait_for_url("**/terbatas/baru/")
    told = page.locator("main").inner_text()
    assert told.index("112") < told.index("Izin korban")  # who to call comes first
    page.locator("input[name=about_party][value=bukan]").check()
    page.locator("input[name=field][value=sosial]").check()
    page.get_by_label("Apa yang terjadi?").fill(TOLD)
    page.get_by_label("Siapa korbannya?").fill(VICTIM)
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tanyakan dulu kepada korban").first.wait_for()  # without consent nothing is kept
    assert not Ticket.objects.unscoped(reason="test").filter(is_confidential=True).exists()
    page.locator("input[name=consent][value=korban]").check()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Laporan terbatas. Setiap yang membuka dicatat").wait_for()
    page.wait_for_load_state()
    assert page.get_by_role("link", name="Tanda terima untuk warga").count() == 0


def find_nothing(page, case, post, family, usual):
    for address in addresses_of(case):
        assert page.goto(address).status == 404, address
    for address in lists_of(case, post, family):
        assert page.goto(address).status == 200, address
        shown = page.content().replace(f'value="{case.number}"', "").replace(f"cari={case.number}", "")
        for trace in (str(case.pk), TOLD, case.number):
            assert trace not in shown.replace(f"“{case.number}”", ""), (address, trace)
    page.goto("/laporan-warga/")
    assert page.locator(f"main a[href*='{usual.pk}']").count() == 1
    assert page.locator("main .table tbody tr, main .rows > .row").count() == 1  # no line beside it
    nothing_in_the_file(page, case, post)


def addresses_of(case) -> list[str]:
    here = f"/laporan-warga/{case.pk}/"
    pages = ("", "ubah/", "berkas/", "langkah/diajukan_desa/", "ikut/", "kabari/", "tanda-terima/", "foto/baru/")
    return [*(here + page for page in pages), f"/lacak/{case.number}/"]


def lists_of(case, post, family) -> list[str]:
    return [
        "/",
        "/laporan-warga/",
        f"/laporan-warga/?cari={case.number}",
        "/laporan-warga/?bidang=sosial&keadaan=didata",
        "/laporan-warga/?tampil=giliran",
        "/laporan-warga/kabari/",
        "/laporan-warga/terbatas/",
        f"/warga/?cari={VICTIM.split()[0].lower()}",
        f"/buku/keluarga/{family.pk}/",
        f"/laporan/{post.path}/{TODAY:%Y-%m}/",
    ]


def nothing_in_the_file(page, case, post):
    address = f"/laporan-warga/format/{post.pk}/sosial/?bulan={TODAY:%Y-%m}&bentuk=xlsx"
    answer = page.request.get(address)
    assert answer.status == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.body()))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert sum(USUAL in cell for cell in cells) == 1
    assert sum("Lainnya" in cell for cell in cells) == 1  # one line, of the usual ticket
    for trace in (case.number, VICTIM, TOLD):
        assert not [cell for cell in cells if trace in cell]


def read_it(page, case):
    page.goto("/laporan-warga/terbatas/")
    page.locator(f"main a[href*='{case.pk}']").click()
    page.get_by_text("Setiap yang membuka dicatat").wait_for()
    page.wait_for_load_state()
    shown = page.locator("main").inner_text()
    assert TOLD in shown
    assert "Korban setuju dilaporkan" in shown


def who_looked(page, case):
    page.goto(f"/laporan-warga/{case.pk}/")
    seen = page.locator("section").filter(has_text=re.compile("Siapa yang membuka")).inner_text()
    assert "Pak Lurah Contoh" in seen
    assert "Ida Contoh" not in seen
