"""The first screen of each role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.areas import clock
from services.coaching.actions import add_visit
from services.follow_ups.actions import refresh_needs
from services.reports.actions import move_month, submit_month
from services.tickets.actions import Filled, move_ticket, open_ticket
from services.tickets.models import Ticket
from services.tickets.rules import POSYANDU, VILLAGE
from services.web.models import KeptForm
from services.web.rules import month_text
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def home(person):
    return make.client_for(person).get(reverse("dashboard:home"))


def test_a_kader_sees_todays_open_day_and_whom_to_visit():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    make.resident(post, "Rafka", age_months=20)
    for days in (40, 70, 100):
        make.open_day(post, TODAY - timedelta(days=days), by=kader, state="selesai")
    make.open_day(post, TODAY, by=kader, state="dijadwalkan")
    refresh_needs(posyandu=post, by=kader)

    page = home(kader).content.decode()

    assert "1 orang diharapkan datang" in page and "Mulai hari buka" in page
    assert "Rafka" in page and "3 kali tidak hadir" in page


def test_a_planned_day_that_nobody_filled_stays_on_the_first_page():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    make.open_day(post, TODAY - timedelta(days=3), by=kader, state="dijadwalkan")
    make.open_day(post, TODAY + timedelta(days=20), by=kader, state="dijadwalkan")

    page = home(kader).content.decode()

    assert "belum diisi" in page
    assert "Isi hari buka ini" in page


def test_a_ketua_sees_what_was_agreed_with_the_tim_pembina():
    post = make.posyandu()
    point = {"text": "Timbangan diganti", "responsible": "Ketua", "due_on": timezone.localdate() - timedelta(days=1)}
    add_visit(posyandu=post, by=make.user("kota", at="33.75"), date=timezone.localdate(), points=[point])
    ketua = make.client_for(make.user("ketua", at=post)).get("/").content.decode()
    assert "Kesepakatan dengan Tim Pembina" in ketua and "Timbangan diganti" in ketua and "lewat" in ketua
    assert "Timbangan diganti" not in make.client_for(make.user("kader", at=post)).get("/").content.decode()
    other = make.posyandu("Melati", "33.75.03.1004")
    assert "Timbangan" not in make.client_for(make.user("ketua", at=other)).get("/").content.decode()


def test_a_ketua_sees_what_is_missing_and_a_kader_does_not():
    post = make.posyandu()
    kader, ketua = make.user("kader", at=post), make.user("ketua", at=post)
    make.open_day(post, TODAY - timedelta(days=1), by=kader, state="berlangsung")

    assert "belum ditutup" in home(ketua).content.decode()
    assert "belum ditutup" not in home(kader).content.decode()


LAST = clock.previous_month(clock.month_of(TODAY))


def test_a_month_that_was_given_back_waits_on_the_first_page_of_ketua_and_kader():
    post = make.posyandu()
    lurah, ketua, kader = (
        make.user("lurah", at="33.75.03.1003"),
        make.user("ketua", at=post),
        make.user("kader", at=post),
    )
    month = {"posyandu": post, "month": LAST, "expected": "draf", "by": ketua, "held": {"posyandu"}}
    period = submit_month(**month).period
    address = reverse("reports:month_detail", args=[post.pk, f"{LAST:%Y-%m}"])
    assert "Laporan bulan yang menunggu" not in home(ketua).content.decode()
    said = {"to": "dikembalikan", "expected": "diajukan", "by": lurah, "held": {"desa"}, "words": "Berat belum diisi"}
    move_month(period_id=period.pk, **said)
    for person, is_led in ((ketua, True), (kader, False)):
        page = home(person).content.decode()
        assert f"Laporan {month_text(LAST)} dikembalikan" in page and "Berat belum diisi" in page
        assert (address in page) is is_led


def test_a_kader_is_led_to_the_row_or_the_figure_that_a_note_points_at():
    post, lurah = make.posyandu(), make.user("lurah", at="33.75.03.1003")
    ketua, kader = make.user("ketua", at=post), make.user("kader", at=post)
    child = make.resident(post, name="Adik Bima")
    figure = "kesehatan.balita.stunting"
    page_of = {
        f"warga:{child.pk}": reverse("profiles:resident_detail", args=[child.pk]),
        "": reverse("reports:figure_detail", args=[post.path, f"{LAST:%Y-%m}", figure]),
    }
    for expected, (row, address) in zip(("draf", "dikembalikan"), page_of.items(), strict=True):
        period = submit_month(posyandu=post, month=LAST, expected=expected, by=ketua, held={"posyandu"}).period
        said = {"to": "dikembalikan", "expected": "diajukan", "by": lurah, "held": {"desa"}, "words": "Ukur lagi"}
        move_month(period_id=period.pk, figure=figure, row=row, **said)
        page = home(kader).content.decode()
        assert f'<a class="row-main" href="{address}">' in page
        assert ("Adik Bima · Ukur lagi" in page) is bool(row)


def test_only_who_sends_the_month_is_told_that_it_was_not_sent():
    post, other = make.posyandu(), make.posyandu("Baru", live_from=clock.month_of(TODAY))
    said = f"Laporan {month_text(LAST)} belum dikirim"
    assert said in home(make.user("ketua", at=post)).content.decode()
    assert said not in home(make.user("kader", at=post)).content.decode()
    assert said not in home(make.user("ketua", at=other)).content.decode(), "before mulai pakai nothing is owed"


def test_a_form_that_came_too_late_waits_on_the_first_page():
    post, far = make.posyandu(), make.posyandu("Margo Utomo", "33.20.13.2004")
    kader = make.user("kader", at=post)
    KeptForm.objects.create(
        key="k", user=kader, path="/", url_name="open_days:record_edit", place=post.path, content=""
    )
    page = home(kader).content.decode()
    assert "1 isian perlu koreksi" in page and reverse("reports:tray_list") in page
    assert "perlu koreksi" not in home(make.user("kader", at=far)).content.decode()


@pytest.mark.parametrize(
    "role, place, below",
    [
        ("kelurahan", "33.75.03.1003", "Kencana Ungu"),
        ("kecamatan", "33.75.03", "Kandang Panjang"),
        ("kota", "33.75", "Pekalongan Utara"),
    ],
)
def test_officers_see_the_dashboard_of_their_place_and_no_other(role, place, below):
    make.posyandu("Kencana Ungu")
    make.posyandu("Margo Utomo", "33.20.13.2004")
    page = home(make.user(role, at=place)).content.decode()

    assert below in page and "Margo Utomo" not in page and "Kalinyamatan" not in page
    assert "0 dari 1 posyandu sudah mengirim" in page


@pytest.mark.parametrize("role", ["opd", "admin", "auditor", "lurah", "puskesmas", "bidan"])
def test_every_role_has_a_first_page(role):
    make.posyandu()
    assert home(make.user(role, at="33.75")).status_code == 200


@pytest.mark.parametrize("role, seen", [("kader", True), ("bidan", False)])
def test_only_who_plans_open_days_is_led_to_planning_one(role, seen):
    page = home(make.user(role, at=make.posyandu())).content.decode()
    assert (reverse("open_days:day_new") in page) is seen


def test_an_office_is_led_to_the_reports_that_wait_for_it():
    page = home(make.user("opd", at=make.posyandu().area_id)).content.decode()
    assert f'class="button" href="{reverse("tickets:office_ticket_list")}"' in page
    assert "Belum ada pekerjaan" not in page


def test_reports_that_wait_and_what_came_back_with_its_reason_stand_on_the_first_page_of_whose_turn_it_is():
    post, beside = make.posyandu(), make.posyandu("Melati")
    kader, stranger = make.user("kader", at=post), make.user("kader", at=beside)
    desa = make.user("kelurahan", at="33.75.03.1003")
    about = {"field": "trantibumlinmas", "request_type": "patroli", "kind": "aspirasi", "by": kader}
    assert "Laporan warga</h2>" not in home(kader).content.decode()
    ticket, other = (open_ticket(posyandu=post, **about) for _ in range(2))
    open_ticket(posyandu=post, confidential=True, consent="korban", **about)

    def move(target, party, by, **filled):
        state = Ticket.objects.unscoped(reason="test").get(pk=ticket.pk).state
        move_ticket(ticket=ticket, target=target, expected=state, parties=[party], by=by, filled=Filled(**filled))

    assert home(kader).context["waiting"].steps == 2
    move("diajukan_desa", POSYANDU, kader)
    assert "1 menunggu langkah kita" in home(desa).content.decode()
    move("dikembalikan", VILLAGE, desa, note="Sebutkan RT-nya")
    page = home(kader).content.decode()
    assert "Dikembalikan: Sebutkan RT-nya" in page and "2 menunggu langkah kita" in page
    assert not home(desa).context["waiting"]
    move("ditolak", POSYANDU, kader, note="Warga mencabut")
    assert "1 kabar untuk warga" in home(kader).content.decode()
    assert not home(stranger).context["waiting"]
