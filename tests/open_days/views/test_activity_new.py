"""What a day holds beside people's cards: activities, things of the place, household forms.

open_days:household_record_edit, open_days:asset_list, open_days:asset_record_edit, and on other days
open_days:elsewhere_list, open_days:elsewhere_new; corrected by open_days:activity_edit, open_days:activity_cancel
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.areas.actions import set_district_setting
from services.audit.models import Entry
from services.fields.queries import FORMS_IN_USE
from services.posyandu.models import Period
from services.records.models import Asset, Record
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    return post, kader, make.open_day(post, TODAY, by=kader)


def send(by, url_name, /, *args, **fields):
    body = {"submission_key": new_key(by), "base": "{}", **fields}
    return make.client_for(by).post(reverse(f"open_days:{url_name}", args=args), body)


def records():
    return Record.objects.unscoped(reason="test")


def test_an_activity_counts_participants_men_and_women(here):
    _, kader, day = here
    answer = send(kader, "activity_new", day.pk, "penyuluhan_kesehatan", peserta_l="4", peserta_p="21")
    assert answer.status_code == 302
    assert records().get().answers == {"peserta": {"l": 4, "p": 21}}
    page = make.client_for(kader).get(reverse("open_days:activity_list", args=[day.pk])).content.decode()
    assert "4 laki-laki, 21 perempuan" in page


def test_the_same_activity_twice_is_two_activities(here):
    _, kader, day = here
    for people in ("10", "12"):
        send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p=people)
    assert records().count() == 2


def test_a_well_is_added_once_and_its_condition_recorded(here):
    _, kader, day = here
    send(kader, "asset_list", day.pk, "sumur", name="Sumur RT 02", rt="02")
    well = Asset.objects.unscoped(reason="test").get()
    answer = send(kader, "asset_record_edit", day.pk, well.pk, "sumur", kondisi_sumur="baik")
    assert answer.status_code == 302
    assert records().get().asset_id == well.pk


def test_a_household_form_is_one_record_a_house_and_day(here):
    post, kader, day = here
    house = make.household(post)
    for answer in ("ada", "tidak"):
        base = records().first()
        shown = "{}" if base is None else '{"jamban_sehat": "ada"}'
        send(kader, "household_record_edit", day.pk, house.pk, "air_jamban", jamban_sehat=answer, base=shown)
    assert records().get().answers["jamban_sehat"] == "tidak"


@pytest.mark.parametrize("form", ["kartu_balita", "tidak_ada"])
def test_a_form_of_another_shape_or_none_is_404(here, form):
    _, kader, day = here
    assert send(kader, "activity_new", day.pk, form).status_code == 404


def test_a_tampered_base_is_400_and_writes_nothing(here):
    _, kader, day = here
    answer = send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p="2", base="[1")
    assert answer.status_code == 400
    assert not records().exists()


def test_a_kader_bound_to_one_field_gets_no_other_form(here):
    post, _, day = here
    bound = make.user("kader", at=post, field="pendidikan")
    assert send(bound, "activity_new", day.pk, "penyuluhan_sosial").status_code == 404
    assert send(bound, "activity_new", day.pk, "penyuluhan_pendidikan", peserta_l="1", peserta_p="1").status_code == 302


def test_what_a_form_finds_leads_to_its_ticket_in_one_tap(here):
    post, kader, day = here
    house = make.household(post)
    answer = send(kader, "household_record_edit", day.pk, house.pk, "rumah", kategori_rumah="rtlh")
    assert answer.url == reverse("open_days:household_record_edit", args=[day.pk, house.pk, "rumah"])
    page = make.client_for(kader).get(answer.url).content.decode()
    assert f"jenis=rumah_tidak_layak&amp;mau=permohonan&amp;household={house.pk}" in page
    fine = send(kader, "household_record_edit", day.pk, make.household(post).pk, "rumah", kategori_rumah="layak_huni")
    assert fine.url == reverse("open_days:day_detail", args=[day.pk])


def test_a_broken_road_offers_its_report(here):
    post, kader, day = here
    use("jalan_desa")
    send(kader, "asset_list", day.pk, "jalan_desa", name="Jalan RT 03")
    road = Asset.objects.unscoped(reason="test").get()
    answer = send(kader, "asset_record_edit", day.pk, road.pk, "jalan_desa", kondisi_jalan="rusak_berat")
    page = make.client_for(kader).get(answer.url).content.decode()
    assert "bidang=pekerjaan_umum&amp;jenis=jalan_desa&amp;mau=pengaduan&amp;tempat=Jalan+RT+03" in page


def test_a_form_that_the_district_does_not_use_is_not_listed(here):
    _, kader, day = here
    page = make.client_for(kader).get(reverse("open_days:activity_list", args=[day.pk])).content.decode()
    assert "Patroli keamanan" in page
    assert "UP2K" not in page


def test_what_an_activity_found_is_offered_beside_it_in_one_tap(here):
    _, kader, day = here
    answer = send(kader, "activity_new", day.pk, "patroli", temuan_patroli=["lampu_mati"], area_patroli="Gang 3")
    assert answer.url == reverse("open_days:activity_list", args=[day.pk])
    send(kader, "activity_new", day.pk, "patroli", temuan_patroli=["tidak_ada"])
    written = records().get(answers__area_patroli="Gang 3")
    page = make.client_for(kader).get(answer.url).content.decode()
    assert page.count("bidang=trantibumlinmas&amp;jenis=deteksi_dini&amp;mau=pengaduan&amp;tempat=Gang+3") == 1
    assert page.count(f"isian={written.pk}") == 1
    prefilled = make.client_for(kader).get(
        reverse("tickets:ticket_new"), {"bidang": "trantibumlinmas", "jenis": "deteksi_dini", "tempat": "Gang 3"}
    )
    assert prefilled.context["form"].initial == {"request_type": "deteksi_dini", "place": "Gang 3"}


def use(*forms):
    set_district_setting(
        area=make.area_tree()["33.75"], setting=FORMS_IN_USE, value=forms, valid_from=TODAY, source="SK", by=None
    )


def test_a_form_that_the_district_left_out_is_not_reached_by_its_address(here):
    post, kader, day = here
    use("rumah")
    house, child = make.household(post), make.resident(post, age_months=40)
    road = Asset.objects.create(posyandu=post, form="jalan_desa", name="Jalan RT 03", from_date=TODAY)
    addresses = [
        ("open_days:activity_new", [day.pk, "patroli"]),
        ("open_days:asset_list", [day.pk, "jalan_desa"]),
        ("open_days:asset_record_edit", [day.pk, road.pk, "jalan_desa"]),
        ("open_days:household_record_edit", [day.pk, house.pk, "air_jamban"]),
        ("open_days:record_edit", [day.pk, child.pk, "anak_usia_dini"]),
        ("records:asset_new", ["jalan_desa"]),
        ("records:asset_record_edit", [road.pk]),
        ("records:household_record_edit", [house.pk, "air_jamban"]),
        ("records:household_repeat", [house.pk, "air_jamban"]),
        ("records:grid_edit", [post.pk, "air_jamban"]),
        ("records:paper_download", [post.pk, "air_jamban"]),
        ("records:sensitive_record_edit", [day.encounter.pk, child.pk, "identifikasi_trauma"]),
    ]
    browser = make.client_for(kader)
    for name, args in addresses:
        address = reverse(name, args=args)
        for answer in (browser.get(address), browser.post(address, {"submission_key": new_key(kader), "base": "{}"})):
            if answer.status_code != 405:
                assert answer.status_code == 403, address
                assert "tidak dipakai di kabupaten/kota ini" in answer.content.decode(), address
    assert not records().exists()
    assert browser.get(reverse("open_days:household_record_edit", args=[day.pk, house.pk, "rumah"])).status_code == 200


def test_what_was_written_before_a_form_was_left_out_is_still_read_and_corrected(here):
    post, kader, day = here
    house = make.household(post)
    send(kader, "household_record_edit", day.pk, house.pk, "air_jamban", jamban_sehat="ada")
    use("rumah")
    address = reverse("open_days:household_record_edit", args=[day.pk, house.pk, "air_jamban"])
    assert make.client_for(kader).get(address).context["sheet"].page.answers == {"jamban_sehat": "ada"}
    shown = '{"jamban_sehat": "ada"}'
    send(kader, "household_record_edit", day.pk, house.pk, "air_jamban", jamban_sehat="tidak", base=shown)
    assert records().get().answers == {"jamban_sehat": "tidak"}


def test_an_activity_of_another_day_is_recorded_without_an_open_day(here):
    post, kader, _ = here
    browser, since = make.client_for(kader), TODAY - timedelta(days=9)
    address = f"{reverse('open_days:elsewhere_new', args=['patroli'])}?posyandu={post.pk}&tanggal={since}"
    body = {"submission_key": new_key(kader), "base": "{}", "temuan_patroli": ["keributan"], "area_patroli": "RT 05"}
    answer = browser.post(address, body)
    record = records().get()
    assert (record.encounter.date, record.encounter.kind, record.encounter.posyandu) == (since, "lain", post)
    page = browser.get(answer.url).content.decode()
    assert "jenis=deteksi_dini&amp;mau=pengaduan&amp;tempat=RT+05" in page
    assert "Patroli keamanan" in page


def test_an_activity_has_come_and_its_month_is_open(here):
    post, kader, _ = here
    address = f"{reverse('open_days:elsewhere_new', args=['patroli'])}?tanggal={TODAY + timedelta(days=3)}"
    assert make.client_for(kader).get(address).context["day"] == TODAY
    past = TODAY - timedelta(days=40)
    Period.objects.create(posyandu=post, month=past.replace(day=1), state="diajukan")
    address = f"{reverse('open_days:elsewhere_new', args=['patroli'])}?tanggal={past}"
    body = {"submission_key": new_key(kader), "base": "{}", "area_patroli": "RT 05"}
    assert make.client_for(kader).post(address, body).status_code == 409
    assert make.client_for(kader).post(address, {**body, "jumlah_petugas": "x"}).status_code == 422
    assert not records().exists()


def test_a_paper_with_several_activities_is_typed_one_after_the_other_each_with_its_own_day(here):
    post, kader, day = here
    browser = make.client_for(kader)
    address = f"{reverse('open_days:elsewhere_new', args=['patroli'])}?posyandu={post.pk}"
    for ago, area in ((9, "Gang Melati"), (6, "Gang Dahlia")):
        body = {"submission_key": new_key(kader), "base": "{}", "lanjut": "1", "area_patroli": area}
        answer = browser.post(address, {**body, "tanggal": f"{TODAY - timedelta(days=ago)}"})
        shown = browser.get(answer.url)
        assert shown.context["day"] == TODAY - timedelta(days=ago), "the next line begins at the day of the last"
        assert area not in shown.content.decode(), "and is empty"
    assert [(row.encounter.date, row.answers) for row in records().order_by("created_at")] == [
        (TODAY - timedelta(days=9), {"area_patroli": "Gang Melati"}),
        (TODAY - timedelta(days=6), {"area_patroli": "Gang Dahlia"}),
    ]
    again = send(kader, "activity_new", day.pk, "patroli", area_patroli="RT 03", lanjut="1")
    assert again.url == reverse("open_days:activity_new", args=[day.pk, "patroli"])
    assert send(kader, "activity_new", day.pk, "patroli", area_patroli="RT 04").url != again.url


@pytest.mark.parametrize("typed", ["", "31 November", f"{TODAY + timedelta(days=1)}", "0202-11-03"])
def test_a_day_that_cannot_be_is_422_beside_it_and_nothing_typed_is_lost(here, typed):
    post, kader, _ = here
    body = {"submission_key": new_key(kader), "base": "{}", "tanggal": typed, "area_patroli": "RT 05"}
    answer = make.client_for(kader).post(reverse("open_days:elsewhere_new", args=["patroli"]), body)
    assert answer.status_code == 422
    assert answer.context["day_form"].errors["tanggal"] and "RT 05" in answer.content.decode()
    assert not records().exists()


def test_activities_of_another_post_are_not_there(here):
    post, kader, day = here
    send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p="2")
    stranger = make.client_for(make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004")))
    assert stranger.get(reverse("open_days:elsewhere_list"), {"posyandu": post.pk}).status_code == 404
    assert (
        "Penyuluhan sosial</span>"
        not in stranger.get(reverse("open_days:elsewhere_list")).content.decode().split("Catat kegiatan")[0]
    )
    address = reverse("open_days:elsewhere_new", args=["penyuluhan_sosial"])
    assert stranger.get(address, {"posyandu": post.pk}).status_code == 404


def test_a_mistake_in_an_activity_is_corrected_and_it_stays_one(here):
    _, kader, day = here
    send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p="20")
    held = records().get()
    shown = make.client_for(kader).get(reverse("open_days:activity_edit", args=[held.pk])).context["sheet"]
    assert shown.page.answers == {"peserta": {"l": 1, "p": 20}}
    answer = send(kader, "activity_edit", held.pk, peserta_l="1", peserta_p="2", base=shown.base)
    assert answer.status_code == 302
    assert records().get().answers == {"peserta": {"l": 1, "p": 2}}
    late = send(kader, "activity_edit", held.pk, peserta_l="9", peserta_p="9", base=shown.base)
    assert late.status_code == 409
    assert send(kader, "activity_edit", held.pk, peserta_l="x", base=shown.base).status_code == 422
    assert records().get().answers == {"peserta": {"l": 1, "p": 2}}


def test_an_activity_written_twice_is_taken_away_with_its_reason(here):
    post, kader, day = here
    for _ in range(2):
        send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p="20")
    twice = records().last()
    assert send(kader, "activity_cancel", twice.pk, reason="").status_code == 422
    assert send(kader, "activity_cancel", twice.pk, reason="Tercatat dua kali").status_code == 302
    assert records().count() == 1
    entry = Entry.objects.unscoped(reason="test").get(verb="hapus")
    assert (entry.user, entry.reason, entry.object_id) == (kader, "Tercatat dua kali", str(twice.pk))


def test_an_activity_of_a_sent_month_a_closed_day_or_another_post_stays(here):
    post, kader, day = here
    send(kader, "activity_new", day.pk, "penyuluhan_sosial", peserta_l="1", peserta_p="20")
    held = records().get()
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    bound = make.user("kader", at=post, field="pendidikan")
    for person in (stranger, bound):
        assert make.client_for(person).get(reverse("open_days:activity_edit", args=[held.pk])).status_code == 404
    Period.objects.unscoped(reason="test").filter(posyandu=post).update(state="diajukan")
    assert send(kader, "activity_cancel", held.pk, reason="x").status_code == 409
    assert send(kader, "activity_edit", held.pk, peserta_l="2", peserta_p="2").status_code == 409
    assert records().get().answers == {"peserta": {"l": 1, "p": 20}}
