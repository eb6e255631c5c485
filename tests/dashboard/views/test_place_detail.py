"""The page of a place: last closed month, worst first, links down to the posyandu."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from services.areas import clock
from services.areas.models import Area, Boundary
from services.dashboard.actions import set_targets
from services.reports.models import PaperRecap
from services.tickets.actions import open_ticket
from services.web.rules import month_text
from tests import factories as make
from tests.counting import at_most
from tests.dashboard.frozen import freeze

pytestmark = pytest.mark.django_db
MONTH = clock.previous_month(clock.month_of(timezone.localdate()))


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def page(role: str, at: str, code: str, **query):
    browser = make.client_for(make.user(role, at=at))
    return browser.get(reverse("dashboard:place_detail", args=[code]), query)


def test_place_detail_shows_the_last_closed_month_with_completeness_in_words():
    make.posyandu("Diam")
    freeze(make.posyandu("Rajin"), MONTH, by=make.user())
    text = page("kelurahan", "33.75.03.1003", "33.75.03.1003").content.decode()
    assert month_text(MONTH) in text and "1 dari 2 posyandu sudah mengirim" in text
    assert text.index("Diam</a>") < text.index("Rajin</a>") and "belum mengirim laporan" in text
    assert "80%" in text and "48 dari 60" in text


def test_place_detail_leads_down_to_the_posyandus_report():
    post = make.posyandu()
    freeze(post, MONTH, by=make.user())
    assert reverse("dashboard:place_detail", args=["33.75.03"]) in page("kota", "33.75", "33.75").content.decode()
    assert (
        reverse("reports:report_detail", args=[post.path, f"{MONTH:%Y-%m}"])
        in page("kelurahan", "33.75.03.1003", "33.75.03.1003").content.decode()
    )


def test_place_detail_gives_no_link_to_a_report_that_the_role_may_not_open():
    freeze(make.posyandu(), MONTH, by=make.user())
    text = page("auditor", "33.75", "33.75.03.1003").content.decode()
    assert "Kencana Ungu" in text and "/laporan/" not in text


@pytest.mark.parametrize(
    "role, at, code, status",
    [
        ("kecamatan", "33.75.03", "33.75.03.1003", 200),
        ("kecamatan", "33.75.03", "33.75", 404),
        ("kelurahan", "33.75.03.1003", "33.75.03.1004", 404),
        ("kota", "33.75", "33.20", 404),
        ("kota", "33.75", "33.7", 404),
        ("kader", None, "33.75", 403),
    ],
)
def test_place_detail_is_404_outside_and_403_without_the_permission(role, at, code, status):
    post = make.posyandu()
    make.posyandu("Margo Utomo", "33.20.13.2004")
    assert page(role, at or post, code).status_code == status


def test_place_detail_shows_a_bidan_the_posts_she_serves_alone():
    mine = make.posyandu("Milik bidan")
    make.posyandu("Milik orang lain")
    response = page("bidan", mine, "33.75.03.1003")
    assert "Milik bidan" in response.content.decode() and "Milik orang lain" not in response.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "bulan", f"{clock.next_month(MONTH):%Y-%m}"])
def test_place_detail_of_a_month_that_is_not_closed_is_404(month):
    make.posyandu()
    assert page("kota", "33.75", "33.75", bulan=month).status_code == 404


def test_place_detail_sorts_by_get_and_says_so():
    freeze(make.posyandu("Rendah"), MONTH, by=make.user(), kesehatan__balita__d=10)
    freeze(make.posyandu("Tinggi"), MONTH, by=make.user(), kesehatan__balita__d=59)
    text = page("kelurahan", "33.75.03.1003", "33.75.03.1003", urut="-d_per_s").content.decode()
    assert text.index("Tinggi</a>") < text.index("Rendah</a>") and 'aria-sort="descending"' in text


def test_place_detail_says_how_many_posyandu_reach_the_target():
    by = make.user("admin", at="33.75")
    post, other = make.posyandu("A"), make.posyandu("B")
    set_targets(area=post.area.parent.parent, year=MONTH.year, targets={"d_per_s": Decimal(80)}, source="RKPD", by=by)
    freeze(post, MONTH, by=by)
    freeze(other, MONTH, by=by, kesehatan__balita__d=12)
    text = page("kelurahan", "33.75.03.1003", "33.75.03.1003").content.decode()
    assert (
        "1 dari 2 posyandu mencapai" in text and text.count("tercapai") == 2
    )  # the cell of A; "belum tercapai" on top


def test_place_detail_lists_every_posyandu_of_a_place_the_neediest_first():
    make.posyandu("Diam", "33.75.03.1004")
    freeze(make.posyandu("Rajin"), MONTH, by=make.user())
    set_targets(area=Area.objects.get(pk="33.75"), year=MONTH.year, targets={"d_per_s": 90}, source="SE 1", by=None)
    text = unescape(page("kota", "33.75", "33.75").content.decode())
    link = f'href="/wilayah-kerja/33.75/?bulan={MONTH:%Y-%m}&kolom=ringkas&baris=posyandu'
    assert f'{link}#tabel">2 posyandu perlu dibantu' in text
    assert f'{link}&urut=d_per_s#tabel">0 dari 1 posyandu mencapai' in text
    listed = page("kota", "33.75", "33.75", baris="posyandu").content.decode()
    assert 0 < listed.index("Diam</a>") < listed.index("Rajin</a>") and "Kelurahan Panjang Wetan" in listed
    assert "baris=posyandu" in listed and "Kembali ke ringkasan wilayah" in listed
    village = page("kota", "33.75", "33.75.03.1003", baris="posyandu").content.decode()
    assert "Rajin</a>" in village and "Diam" not in village and "Kembali ke ringkasan" not in village


def test_place_detail_turns_pages_of_many_posyandu():
    for number in range(62):
        make.posyandu(f"Melati {number:02d}")
    text = page("kota", "33.75", "33.75", baris="posyandu", urut="nama").content.decode()
    assert "1–60 dari 62" in text and "Melati 59" in text and "Melati 61" not in text
    assert "Melati 61" in page("kota", "33.75", "33.75", baris="posyandu", urut="nama", page=2).content.decode()


def test_place_detail_leads_to_the_recaps_that_were_typed_from_paper():
    post = make.posyandu(live_from=None)
    PaperRecap.objects.create(posyandu=post, month=MONTH, values={}, typed_by=make.user())
    text = page("kota", "33.75", "33.75.03").content.decode()
    assert reverse("reports:recap_detail", args=["33.75.03", MONTH.year]) in text and "terpisah dari jumlah" in text


def test_place_detail_draws_the_map_of_what_was_imported_and_tiles_without():
    by = make.user()
    freeze(make.posyandu(), MONTH, by=by)
    assert "Belum ada peta" in page("kota", "33.75", "33.75").content.decode()
    rings = [[[109.6, -6.9], [109.7, -6.9], [109.7, -6.8]]]
    Boundary.objects.create(area_id="33.75.03", rings=rings, source="BIG", imported_by=by)
    text = page("kota", "33.75", "33.75").content.decode()
    assert "Belum ada peta" not in text and "<path" in text


def test_place_detail_attendance_by_group_is_a_second_set_of_columns():
    freeze(make.posyandu(), MONTH, by=make.user())
    assert "Balita (0–59 bulan)" in page("kota", "33.75", "33.75", kolom="kehadiran").content.decode()


@pytest.mark.parametrize(
    "state, waits_at", [("diajukan", "kelurahan"), ("diverifikasi", "kecamatan"), ("direkap", "kota"), ("final", None)]
)
def test_who_must_act_on_a_month_reads_so_on_her_first_page(state, waits_at):
    post = make.posyandu()
    freeze(post, MONTH, by=make.user(), state=state)
    address = f"{reverse('reports:month_list')}?bulan={MONTH:%Y-%m}"
    said = f"1 laporan {month_text(MONTH)} menunggu Ibu/Bapak"
    for role, at in (("kelurahan", "33.75.03.1003"), ("kecamatan", "33.75.03"), ("kota", "33.75")):
        text = make.client_for(make.user(role, at=at)).get(reverse("dashboard:home")).content.decode()
        assert (said in text and address in text) is (role == waits_at), role


def test_place_detail_asks_at_most_fifteen_queries():
    for number in range(5):
        freeze(make.posyandu(f"Melati {number}"), MONTH, by=make.user())
    browser = make.client_for(make.user("kota", at="33.75"))
    address = reverse("dashboard:place_detail", args=["33.75"])
    browser.get(address)
    with at_most(15):
        assert browser.get(address).status_code == 200


def tickets_at(post, by, *fields):
    return [open_ticket(posyandu=post, field=field, request_type="lainnya", kind="aspirasi", by=by) for field in fields]


@pytest.mark.parametrize(
    "role, at", [("kelurahan", "33.75.03.1003"), ("kecamatan", "33.75.03"), ("kota", "33.75"), ("bidan", None)]
)
def test_tickets_by_field_and_lateness_lead_to_their_lists(role, at):
    post, far = make.posyandu(), make.posyandu("Margo Utomo", "33.20.13.2004")
    kader = make.user("kader", at=post)
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        tickets_at(post, kader, "sosial")
    tickets_at(post, kader, "sosial", "pendidikan")
    tickets_at(far, kader, "sosial")
    browser = make.client_for(make.user(role, at=at or post))
    code = at or "33.75.03.1003"
    for query in ({}, {"kolom": "laporan_warga"}):
        text = browser.get(reverse("dashboard:place_detail", args=[code]), query).content.decode()
        found = re.findall(r'href="(/laporan-warga/\?[^"]*)">(?:dari )?(\d+)(?: lewat waktu)?</a>', text)
        assert {number for _, number in found} >= {"1", "2"}
        for url, number in found:
            assert len(browser.get(unescape(url)).context["listing"].rows) == int(number), url


def test_a_role_without_tickets_sees_their_number_and_no_link():
    post = make.posyandu()
    tickets_at(post, make.user("kader", at=post), "sosial")
    text = page("auditor", "33.75", "33.75").content.decode()
    assert "Laporan warga menurut bidang" in text and "/laporan-warga/" not in text
