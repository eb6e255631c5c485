"""The pages of the month, as each role meets them."""

from datetime import date

import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.open_days.actions import reopen_day
from services.posyandu.models import Correction, Period
from services.records.models import Measurement
from services.reports.models import FrozenFigure, MonthlyReport
from services.web.models import KeptForm
from services.web.submissions import new_key
from tests import factories
from tests.reports.conftest import MONTH, child, fill, hold


@pytest.fixture
def people(world):
    """October of Kencana Ungu with a child who came and has no form yet."""
    world.ketua = factories.user("ketua", at=world.a)
    world.lurah = factories.user("lurah", at="33.75.03.1003")
    world.kota = factories.user("kota", at="33.75")
    world.child = child(world.a)
    world.day = hold(world.a, world.kader, people=[world.child])
    return world


def url(name, post, month="2026-10"):
    return reverse(name, args=[post.pk, month])


def post(user, address, **data):
    """Open the page, then send its form, as a browser does."""
    client = factories.client_for(user)
    shown = client.get(address)
    assert shown.status_code == 200, shown.status_code
    form = shown.context["form"]
    return client.post(address, {**form.initial, "submission_key": shown.context["submission_key"], **data})


def state(post):
    return Period.objects.unscoped(reason="test").get(posyandu=post, month=MONTH).state


def send(people, **data):
    return post(people.ketua, url("reports:month_submit", people.a), **data)


def test_the_ketua_sees_at_once_what_is_missing_each_with_its_page(people):
    page = factories.client_for(people.ketua).get(reverse("reports:month_list")).content.decode()
    assert "1 orang hadir 13 Okt 2026 belum ada isiannya" in page
    assert reverse("open_days:day_detail", args=[people.day.pk]) in page
    assert url("reports:month_submit", people.a) in page


def test_a_kelurahan_opens_the_figure_that_is_odd(people):
    fill(people.day, "kartu_balita", people.child, {"bb_kg": 11.0}, people.kader)
    Measurement.objects.unscoped(reason="test").update(flags=["wfa"])
    page = factories.client_for(people.lurah).get(url("reports:month_detail", people.a)).content.decode()
    assert "di luar batas wajar" in page
    assert _figure(people, "kesehatan.bb_u.periksa_ulang") in page


def test_a_month_goes_off_with_a_comment_though_something_is_missing(people):
    response = send(people, comment="Buku register basah")
    assert response.status_code == 302
    assert state(people.a) == "diajukan"
    page = factories.client_for(people.lurah).get(url("reports:month_detail", people.a)).content.decode()
    assert "Buku register basah" in page


def test_the_same_form_twice_is_one_step(people):
    client = factories.client_for(people.ketua)
    address = url("reports:month_submit", people.a)
    shown = client.get(address).context
    data = {"expected": "draf", "submission_key": shown["submission_key"]}
    assert client.post(address, data).status_code == client.post(address, data).status_code == 302
    assert MonthlyReport.objects.unscoped(reason="test").count() == 1


def test_of_two_at_once_the_second_gets_a_clear_409(people):
    send(people)
    first, second = (
        factories.client_for(people.lurah),
        factories.client_for(factories.user("lurah", at="33.75.03.1003")),
    )
    keys = [
        (each, each.get(url("reports:month_verify", people.a)).context["submission_key"]) for each in (first, second)
    ]
    answers = [
        each.post(url("reports:month_verify", people.a), {"expected": "diajukan", "submission_key": key})
        for each, key in keys
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "sudah berubah" in answers[1].content.decode()


def test_a_return_without_a_note_is_422_and_with_one_shows_it_to_the_ketua(people):
    send(people)
    address = url("reports:month_return", people.a)
    assert post(people.lurah, address, note="").status_code == 422
    pointed = f"{address}?angka=kesehatan.balita.hadir&baris=warga:{people.child.pk}"
    assert post(people.lurah, pointed, note="Isian anak ini kosong").status_code == 302
    page = factories.client_for(people.ketua).get(url("reports:month_detail", people.a)).content.decode()
    assert "Isian anak ini kosong" in page
    assert reverse("profiles:resident_detail", args=[people.child.pk]) in page
    assert reverse("reports:figure_detail", args=[people.a.path, "2026-10", "kesehatan.balita.hadir"]) in page


def test_above_the_desa_no_person_is_shown(people):
    send(people)
    post(people.lurah, url("reports:month_verify", people.a))
    for address in (url("reports:month_detail", people.a), reverse("reports:month_list"), _figure(people)):
        page = factories.client_for(people.officer).get(address).content.decode()
        assert "Aisyah" not in page
        assert "belum ada isiannya" not in page


def _figure(people, key="kesehatan.balita.hadir", place=None):
    return reverse("reports:figure_detail", args=[place or people.a.path, "2026-10", key])


def test_the_kelurahan_takes_all_without_a_remark_on_in_one_tap(people):
    other = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    ketua = factories.user("ketua", at=other)
    hold(other, factories.user("kader", at=other))
    post(ketua, url("reports:month_submit", other))
    send(people)
    response = post(people.lurah, reverse("reports:month_verify_list"))
    assert response.status_code == 302
    assert (state(other), state(people.a)) == ("diverifikasi", "diajukan")


def test_what_the_ketua_wrote_is_read_before_the_month_goes_on(people):
    other = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    hold(other, factories.user("kader", at=other))
    post(factories.user("ketua", at=other), url("reports:month_submit", other), comment="Timbangan rusak")
    page = factories.client_for(people.lurah).get(f"{reverse('reports:month_list')}?bulan=2026-10").content.decode()
    assert "Catatan: Timbangan rusak" in page
    empty = factories.client_for(people.lurah).get(reverse("reports:month_verify_list")).content.decode()
    assert "1 laporan menunggu Ibu/Bapak, semuanya dengan catatan" in empty
    assert "Teruskan 0" not in empty


def test_who_is_ketua_and_kelurahan_sends_no_month_by_taking_others_on(people):
    both = factories.user("ketua", at=people.a)
    factories.assign(both, "kelurahan", "33.75.03.1003")
    other = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    factories.assign(both, "ketua", other)
    hold(other, factories.user("kader", at=other))
    page = factories.client_for(both).get(reverse("reports:month_verify_list")).content.decode()
    assert "Teruskan 1" not in page
    ketua_of_two = factories.user("ketua", at=people.a)
    factories.assign(ketua_of_two, "ketua", other)
    listed = factories.client_for(ketua_of_two).get(reverse("reports:month_list")).content.decode()
    assert "Contoh Mawar" in listed and reverse("reports:month_verify_list") not in listed


def test_what_is_sent_meanwhile_does_not_go_on_unseen(people):
    posts = [factories.posyandu(name, "33.75.03.1003") for name in ("Contoh Mawar", "Contoh Melati")]
    for each in posts:
        hold(each, factories.user("kader", at=each))
    post(factories.user("ketua", at=posts[0]), url("reports:month_submit", posts[0]))
    client = factories.client_for(people.lurah)
    shown = client.get(reverse("reports:month_verify_list")).context
    post(factories.user("ketua", at=posts[1]), url("reports:month_submit", posts[1]))
    sent = {**shown["form"].initial, "submission_key": shown["submission_key"]}
    answer = client.post(reverse("reports:month_verify_list"), sent)
    assert (answer.status_code, state(posts[0]), state(posts[1])) == (409, "diajukan", "diajukan")


def test_above_the_desa_odd_figures_keep_a_month_from_going_on_unseen(people):
    """Names are not seen there: what was frozen says it."""
    send(people)
    post(people.lurah, url("reports:month_verify", people.a))
    odd = FrozenFigure.objects.unscoped(reason="test").filter(key="kesehatan.tb_u.periksa_ulang")
    assert odd.update(value=3) == 1
    page = factories.client_for(people.officer).get(f"{reverse('reports:month_list')}?bulan=2026-10").content.decode()
    assert "3 hasil" in page and "di luar batas wajar" in page
    assert "0 tanpa catatan" in page


@pytest.mark.parametrize(
    ("who", "step", "before", "said"),
    [
        ("ketua", "month_submit", "2026-11", "Bulan ini masih berjalan. Dikirim mulai 1 Desember 2026."),
        ("ketua", "month_submit", "2024-12", "Posyandu ini mulai pakai Januari 2025."),
        ("ketua", "month_submit", "diajukan", "sekarang menunggu desa/kelurahan"),
        ("ketua", "narrative_edit", "diajukan", "Minta kelurahan/desa mengembalikan"),
        ("ketua", "correction_new", "draf", "Ubah saja isiannya"),
        ("lurah", "month_verify", "draf", "belum dikirim posyandu"),
        ("lurah", "month_return", "draf", "belum dikirim posyandu"),
        ("lurah", "exception_new", "draf", "belum dikirim posyandu"),
        ("kota", "month_verify", "diajukan", "di tangan desa/kelurahan"),
        ("kota", "correction_accept", "diajukan", "di tangan desa/kelurahan"),
        ("kota", "month_return", "final", "buka bulannya untuk koreksi"),
        ("lurah", "month_verify", "final", "Laporan ini sudah final"),
    ],
)
def test_a_step_that_cannot_be_taken_says_what_to_do_instead(people, who, step, before, said):
    month = before if before[:2] == "20" else "2026-10"
    if month == "2026-10":
        Period.objects.unscoped(reason="test").update_or_create(
            posyandu=people.a, month=MONTH, defaults={"state": before}
        )
    answer = factories.client_for(getattr(people, who)).get(url(f"reports:{step}", people.a, month))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert 'type="submit"' not in page[page.index("<main") :]


@pytest.mark.parametrize("month", ["2026-12", "2027-05", "9999-12"])
def test_a_month_to_come_is_not_there(people, month):
    client = factories.client_for(people.ketua)
    for name in ("month_detail", "month_submit", "narrative_edit", "correction_new"):
        assert client.get(url(f"reports:{name}", people.a, month)).status_code == 404
        assert client.post(url(f"reports:{name}", people.a, month)).status_code == 404
    for name in ("month_list", "month_verify_list"):
        page = factories.client_for(people.lurah).get(reverse(f"reports:{name}"), {"bulan": month})
        assert page.status_code == 404
    assert not Period.objects.unscoped(reason="test").filter(month__gt=date(2026, 11, 30)).exists()


def test_a_month_before_mulai_pakai_is_never_sent(people):
    address = url("reports:month_submit", people.a, "2024-12")
    page = factories.client_for(people.ketua).get(url("reports:month_detail", people.a, "2024-12")).content.decode()
    assert "mulai pakai Januari 2025" in page and address not in page
    sent = {"expected": "draf", "submission_key": new_key(people.ketua)}
    assert factories.client_for(people.ketua).post(address, sent).status_code == 422
    assert not MonthlyReport.objects.unscoped(reason="test").exists()


def test_who_decides_on_a_proposal_finds_it_and_everybody_reads_whose_turn_it_is(people):
    send(people)
    Period.objects.unscoped(reason="test").filter(month=MONTH).update(state="final")
    post(people.ketua, url("reports:correction_new", people.a), what="Seorang anak terlewat")
    pages = {
        who: factories.client_for(getattr(people, who)).get(reverse("reports:month_list")).content.decode()
        for who in ("kota", "lurah")
    }
    assert "Usul koreksi menunggu Ibu/Bapak" in pages["kota"] and "Seorang anak terlewat" in pages["kota"]
    assert "Seorang anak terlewat" not in pages["lurah"] and "1 usul koreksi menunggu" in pages["lurah"]
    detail = factories.client_for(people.lurah).get(url("reports:month_detail", people.a)).content.decode()
    assert "Diusulkan · menunggu kabupaten/kota" in detail
    assert "menunggu kabupaten/kota: Seorang anak terlewat. Buka “Bulan ini”." in detail


def test_a_month_that_is_late_has_a_ready_message_for_its_ketua(people):
    detail = factories.client_for(people.lurah).get(url("reports:month_detail", people.a)).content.decode()
    assert "Laporan Oktober 2026 Posyandu Kencana Ungu menunggu posyandu, paling lambat 5 Nov 2026" in detail


def test_of_two_who_write_the_narrative_the_second_reads_the_firsts_words(people):
    address = url("reports:narrative_edit", people.a)
    other = factories.user("sekretaris", at=people.a)
    first, second = factories.client_for(people.ketua), factories.client_for(other)
    shown = second.get(address).context
    assert post(people.ketua, address, plan="Sosialisasi").status_code == 302
    mine = {"submission_key": shown["submission_key"], "seen": "", "plan": "Kunjungan"}
    refused = second.post(address, mine)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert f"Baru saja diubah {people.ketua}" in page and "“Sosialisasi”" in page and "Kunjungan" in page
    again = {**mine, "seen": refused.context["form"].data["seen"]}
    assert second.post(address, again).status_code == 302
    detail = first.get(url("reports:month_detail", people.a)).content.decode()
    assert "Kunjungan" in detail


def test_a_month_opened_for_nothing_is_closed_again_without_a_version(people):
    send(people)
    post(people.lurah, url("reports:exception_new", people.a), reason="Diperiksa", until="2026-11-23")
    assert post(people.lurah, url("reports:correction_accept", people.a), what="Tidak jadi").status_code == 302
    page = factories.client_for(people.ketua).get(url("reports:month_detail", people.a)).content.decode()
    assert "Ditutup lagi tanpa perubahan" in page
    assert Period.objects.unscoped(reason="test").get(month=MONTH).exception_until is None
    assert MonthlyReport.objects.unscoped(reason="test").count() == 1


def test_the_kota_sees_counts_by_state_and_the_chain_ends_at_version_1(people):
    send(people)
    for who in (people.lurah, people.officer, people.kota):
        assert post(who, url("reports:month_verify", people.a)).status_code == 302
    assert state(people.a) == "final"
    page = factories.client_for(people.kota).get(f"{reverse('reports:month_list')}?bulan=2026-10").content.decode()
    assert "1 dari 2 posyandu sudah mengirim, 1 sudah final" in page


@pytest.mark.parametrize(
    "name", ["reports:month_detail", "reports:month_submit", "reports:narrative_edit", "reports:correction_new"]
)
def test_a_month_of_another_place_is_not_there(people, name):
    stranger = factories.user("ketua", at=people.far)
    assert factories.client_for(stranger).get(url(name, people.a)).status_code == 404


@pytest.mark.parametrize(
    "name", ["reports:month_verify", "reports:month_return", "reports:exception_new", "reports:correction_accept"]
)
def test_a_ketua_may_not_do_the_kelurahans_part(people, name):
    assert factories.client_for(people.ketua).get(url(name, people.a)).status_code == 403


def test_a_number_opens_its_rows_where_names_may_be_seen(people):
    page = factories.client_for(people.kader).get(_figure(people)).content.decode()
    assert "Aisyah" in page
    assert Entry.objects.unscoped(reason="test").filter(verb="lihat", model="monthlyreport").exists()


def test_the_rows_of_a_sent_month_are_the_frozen_ones(people):
    send(people)
    child(people.a, "Pendatang", since=date(2026, 10, 2))
    page = factories.client_for(people.kader).get(_figure(people, "kependudukan.warga.jumlah")).content.decode()
    assert "Seperti saat laporan ini dikirim" in page
    assert "Pendatang" not in page


def test_an_area_opens_its_parts(people):
    page = factories.client_for(people.officer).get(_figure(people, place="33.75.03")).content.decode()
    assert _figure(people, place="33.75.03.1003") in page


def late_form(people):
    """A kader's phone sends a weighing of a month that was sent meanwhile."""
    send(people)
    client = factories.client_for(people.kader)
    address = reverse("open_days:record_edit", args=[people.day.pk, people.child.pk, "kartu_balita"])
    key = client.get(address).context["submission_key"]
    return client, address, {"submission_key": key, "bb_kg": "9,8"}


def test_a_late_form_is_kept_with_a_receipt_and_written_nowhere(people):
    client, address, data = late_form(people)
    response = client.post(address, data)
    kept = KeptForm.objects.get()
    assert response.status_code == 409
    assert kept.number in response.content.decode()
    client.post(address, data)
    assert KeptForm.objects.count() == 1
    raw = KeptForm.objects.values_list("content", flat=True).get()
    assert "bb_kg" in raw
    assert "bb_kg" not in _stored(kept)


def _stored(kept):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM web_keptform")
        return cursor.fetchone()[0]


def test_once_the_month_is_open_the_ketua_saves_it_from_the_tray(people):
    client, address, data = late_form(people)
    client.post(address, data)
    kept = KeptForm.objects.get()
    send_again = reverse("reports:tray_send", args=[kept.pk])
    ketua = factories.client_for(people.ketua)
    shown = ketua.get(reverse("reports:tray_list")).content.decode()
    assert f'<a href="{kept.path}">Kartu warga di hari buka</a>' in shown, "whose card it is can be looked up"
    assert ketua.get(kept.path).status_code == 200
    assert ketua.post(send_again).status_code == 409
    post(people.lurah, url("reports:month_return", people.a), note="Silakan")
    assert "Buka lagi" in ketua.post(send_again).content.decode()  # the day itself is closed, too
    reopen_day(open_day=people.day, by=people.ketua)
    assert ketua.post(send_again).status_code == 302
    kept.refresh_from_db()
    assert (kept.state, kept.content) == ("tersimpan", "")
    assert people.child.measurements.get().weight_g == 9800
    assert ketua.post(send_again).status_code == 404


@pytest.mark.parametrize("named", ["hers", "abc", ""])
def test_nobody_takes_a_form_out_of_the_tray_by_naming_it_in_a_form_of_her_own(people, named):
    client, address, data = late_form(people)
    client.post(address, data)
    kept = KeptForm.objects.get()
    day = factories.open_day(people.far, date(2026, 11, 20), by=people.kader_far)
    her_child = child(people.far)
    place = reverse("open_days:record_edit", args=[day.pk, her_child.pk, "kartu_balita"])
    sent = {"submission_key": new_key(people.kader_far), "base": "{}", "bb_kg": "9,8"}
    sent["kept_form"] = str(kept.pk) if named == "hers" else named
    assert factories.client_for(people.kader_far).post(place, sent).status_code == 302
    kept.refresh_from_db()
    assert kept.state == "menunggu" and "bb_kg" in kept.content


def test_a_late_tick_leaves_the_tray_when_it_is_saved_and_stays_one_while_it_is_not(people):
    """A page without a receipt: its redirect says that it is saved."""
    mate = child(people.a, "Budi")
    send(people)
    tick = reverse("open_days:attendance_edit", args=[people.day.pk])
    assert factories.client_for(people.kader).post(tick, {"hadir": str(mate.pk)}).status_code == 409
    again = reverse("reports:tray_send", args=[KeptForm.objects.get().pk])
    ketua = factories.client_for(people.ketua)
    assert ketua.post(again).status_code == 409
    assert KeptForm.objects.count() == 1, "what was tried again in vain is the same form"
    post(people.lurah, url("reports:month_return", people.a), note="Silakan")
    reopen_day(open_day=people.day, by=people.ketua)
    assert ketua.post(again).status_code == 302
    assert KeptForm.objects.get().state == "tersimpan"


def test_a_kept_form_is_dropped_only_with_a_reason(people):
    client, address, data = late_form(people)
    client.post(address, data)
    drop = reverse("reports:tray_drop", args=[KeptForm.objects.get().pk])
    assert post(people.kader, drop, reason="").status_code == 422
    assert post(people.kader, drop, reason="Sudah dicatat di buku").status_code == 302
    assert KeptForm.objects.get().content == ""


def test_the_tray_of_others_is_not_there(people):
    client, address, data = late_form(people)
    client.post(address, data)
    kept = KeptForm.objects.get()
    for stranger in (people.kader_far, factories.user("ketua", at=people.near)):
        other = factories.client_for(stranger)
        assert other.post(reverse("reports:tray_send", args=[kept.pk])).status_code == 404
        assert kept.number not in other.get(reverse("reports:tray_list")).content.decode()


def test_opening_correcting_and_accepting_through_the_pages(people):
    send(people)
    for who in (people.lurah, people.officer, people.kota):
        post(who, url("reports:month_verify", people.a))
    assert post(people.ketua, url("reports:correction_new", people.a), what="Seorang anak terlewat").status_code == 302
    opened = post(people.kota, url("reports:exception_new", people.a), reason="Buku tertinggal", until="2026-11-24")
    assert opened.status_code == 302
    factories.present(people.day, child(people.a, "Budi"), by=people.kader)
    assert post(people.kota, url("reports:correction_accept", people.a)).status_code == 302
    versions = MonthlyReport.objects.unscoped(reason="test").exclude(version=None)
    assert sorted(versions.values_list("version", flat=True)) == [1, 2]
    client = factories.client_for(people.ketua)
    page = client.get(url("reports:month_detail", people.a)).content.decode()
    assert "Versi 2" in page
    first = [client.get(_version(people, 1)).content for _ in range(2)]
    assert first[0] == first[1] != client.get(_version(people, 2)).content


def _version(people, number, ending="json"):
    return reverse("reports:version_download", args=[people.a.path, "2026-10", number, ending])


def test_a_hash_or_the_file_itself_tells_which_version_it_is(people):
    send(people)
    for who in (people.lurah, people.officer, people.kota):
        post(who, url("reports:month_verify", people.a))
    client = factories.client_for(people.ketua)
    content = client.get(_version(people, 1)).content
    row = MonthlyReport.objects.unscoped(reason="test").get(version=1)
    check = reverse("reports:hash_check")
    told = client.post(check, {"code": row.sha256[:16]}).content.decode()
    assert "versi 1" in told and f"Posyandu {people.a.name} ({people.a.path})" in told
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert "versi 1" in client.post(check, {"file": SimpleUploadedFile("a.json", content)}).content.decode()
    changed = SimpleUploadedFile("a.json", content + b" ")
    assert "Tidak cocok" in client.post(check, {"file": changed}).content.decode()
    assert client.post(check, {"code": "zz"}).status_code == 422


def test_the_narrative_is_written_on_its_page(people):
    saved = post(people.ketua, url("reports:narrative_edit", people.a), obstacles=["hujan"], plan="Sosialisasi RT 02")
    assert saved.status_code == 302
    page = factories.client_for(people.ketua).get(url("reports:month_detail", people.a)).content.decode()
    assert "Hujan/cuaca buruk" in page and "Sosialisasi RT 02" in page


@pytest.mark.parametrize("month", ["2026-13", "oktober"])
def test_what_is_no_month_is_not_there(people, month):
    assert factories.client_for(people.ketua).get(url("reports:month_detail", people.a, month)).status_code == 404


@pytest.mark.parametrize("name, seen", [("ketua", True), ("lurah", False)])
def test_only_who_sends_the_month_is_led_to_its_narrative(people, name, seen):
    shown = factories.client_for(getattr(people, name)).get(url("reports:month_detail", people.a)).content.decode()
    assert (url("reports:narrative_edit", people.a) in shown) is seen


def test_one_proposal_is_refused_with_a_reason_that_the_asker_reads(people):
    send(people)
    for what in ("Seorang anak terlewat", "Tulis ulang semua"):
        post(people.ketua, url("reports:correction_new", people.a), what=what)
    proposals = Correction.objects.unscoped(reason="test")
    address = reverse("reports:correction_refuse", args=[proposals.get(what="Tulis ulang semua").pk])
    assert address in factories.client_for(people.lurah).get(url("reports:month_detail", people.a)).content.decode()
    assert post(people.lurah, address, reason="").status_code == 422
    assert post(people.kota, address, reason="Belum sampai di kota").status_code == 409
    assert post(people.lurah, address, reason="Angkanya sudah benar").status_code == 302
    assert "sudah diputuskan: ditolak" in factories.client_for(people.lurah).get(address).content.decode()
    page = factories.client_for(people.ketua).get(url("reports:month_detail", people.a)).content.decode()
    assert f"Ditolak {people.lurah}" in page
    assert "Angkanya sudah benar" in page
    assert 'Koreksi <span class="count">2</span>' in page
    assert [each.state for each in proposals.order_by("what")] == ["usul", "ditolak"]
