"""A paper typed back in its order: many households, people or things at once, nothing lost when a cell is wrong."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from services.areas.actions import set_district_setting
from services.areas.scope import Scope
from services.fields import registry
from services.fields.queries import FORMS_IN_USE
from services.posyandu.models import Period
from services.records.models import Asset, Attendance, Record
from services.records.queries import names_for_paper
from services.web.models import KeptForm
from services.web.submissions import new_key
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TYPED_BACK = [
    spec.key
    for spec in registry.forms_for()
    if spec.field != "kesehatan" and spec.shape != "ACTIVITY" and not spec.sensitive
]


def home(post, head, rt="01"):
    made = make.household(post, head, rt=rt)
    make.resident(post, f"Anak {head}", family=made)
    return made


@pytest.fixture
def houses(here):
    return [home(here.post, head, rt) for head, rt in (("Budi", "02"), ("Slamet", "01"), ("Agus", "02"))]


def url(post, form="air_jamban", query=""):
    return reverse("records:grid_edit", args=[post.pk, form]) + query


def cell(subject, key):
    return f"k{subject.pk.hex}-{key}"


def send(here, fields, *, form="air_jamban", query="", by=None, **more):
    by = by or here.kader
    body = {"submission_key": new_key(by), "base": "{}", **fields, **more}
    return make.client_for(by).post(url(here.post, form, query), body)


def use(here, *forms):
    area = make.area_tree()["33.75"]
    set_district_setting(area=area, setting=FORMS_IN_USE, value=forms, valid_from=here.today, source="SK", by=None)


def records():
    return Record.objects.unscoped(reason="test")


def test_rows_stand_in_the_order_of_the_paper(here, houses):
    page = make.client_for(here.kader).get(url(here.post))
    assert [row.subject.name for row in page.context["form"].rows] == ["Slamet", "Agus", "Budi"]
    one = make.client_for(here.kader).get(url(here.post, query="?rt=02"))
    assert [row.subject.name for row in one.context["form"].rows] == ["Agus", "Budi"]


def test_all_rows_are_saved_once_and_empty_ones_passed_over(here, houses):
    fields = {cell(houses[0], "jamban_sehat"): "tidak", cell(houses[1], "sumber_air_minum"): "leding"}
    answer = send(here, fields)
    assert answer.status_code == 302
    found = {record.household.head_name: record.answers for record in records()}
    assert found == {"Budi": {"jamban_sehat": "tidak"}, "Slamet": {"sumber_air_minum": "leding"}}
    assert records().values("encounter").distinct().count() == 1


def test_the_same_sheet_sent_twice_is_written_once(here, houses):
    fields, key = {cell(houses[0], "jamban_sehat"): "tidak"}, new_key(here.kader)
    for _ in range(2):
        assert send(here, fields, submission_key=key).status_code == 302
    assert records().count() == 1


def test_a_paper_of_an_earlier_day_is_dated_so(here, houses):
    day = here.today - timedelta(days=9)
    assert send(here, {cell(houses[0], "jamban_sehat"): "ada"}, query=f"?tanggal={day}").status_code == 302
    assert records().get().encounter.date == day


def test_a_day_that_has_not_come_is_today(here, houses):
    send(here, {cell(houses[0], "jamban_sehat"): "ada"}, query=f"?tanggal={here.today + timedelta(days=3)}")
    assert records().get().encounter.date == here.today


def test_a_wrong_cell_is_422_beside_it_and_the_other_rows_keep_what_was_typed(here, houses):
    answer = send(here, {cell(houses[0], "jamban_sehat"): "istana", cell(houses[1], "jamban_sehat"): "numpang"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Pilih salah satu jawaban yang ada." in text
    assert '<option value="numpang" selected>' in text
    assert not records().exists()


def test_what_another_kader_typed_meanwhile_is_not_overwritten(here, houses):
    mine = {cell(houses[0], "jamban_sehat"): "ada"}
    send(here, {cell(houses[0], "jamban_sehat"): "tidak"}, by=make.user("kader", at=here.post))
    answer = send(here, mine)
    assert answer.status_code == 409
    assert "Kader lain mengisi: Tidak ada" in answer.content.decode()
    assert records().get().answers == {"jamban_sehat": "tidak"}


def test_a_sent_month_takes_nothing(here, houses):
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here, {cell(houses[0], "jamban_sehat"): "ada"}).status_code == 409
    assert not records().exists()


def test_a_page_holds_25_households_and_its_queries_do_not_grow(here):
    for number in range(30):
        home(here.post, f"Keluarga {number:02}")
    client = make.client_for(here.kader)
    client.get(url(here.post))
    with at_most(16):
        page = client.get(url(here.post))
    assert len(page.context["form"].rows) == 25


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("officer", 403)])
def test_nobody_else_types_here(here, houses, who, status):
    assert make.client_for(getattr(here, who)).get(url(here.post)).status_code == status


@pytest.mark.parametrize("form", ["kartu_balita", "identifikasi_trauma", "patroli", "kunjungan_keluarga", "tidak_ada"])
def test_health_cards_sensitive_forms_and_activities_have_no_grid(here, houses, form):
    use(here, "identifikasi_trauma", "patroli")
    assert make.client_for(here.kader).get(url(here.post, form)).status_code == 404


@pytest.mark.parametrize("form", TYPED_BACK)
def test_every_question_of_a_paper_with_names_has_its_cell_where_the_district_uses_it(here, form):
    spec, client = registry.form(form), make.client_for(here.kader)
    use(here)
    assert client.get(url(here.post, form)).status_code == 403
    use(here, form)
    page = client.get(url(here.post, form))
    assert page.status_code == 200
    assert [question.key for question in page.context["columns"]] == list(spec.keys)


def test_people_are_typed_in_the_order_of_their_paper_each_what_is_asked_at_her_age(here):
    big = make.resident(here.post, "Rara", age_months=60, family=make.household(here.post, "Budi", rt="02"))
    baby = make.resident(here.post, "Adik", age_months=5, family=make.household(here.post, "Slamet", rt="01"))
    make.resident(here.post, "Ibu", age_months=400)
    form, client = "anak_usia_dini", make.client_for(here.kader)
    rows = client.get(url(here.post, form)).context["form"].rows
    scope = Scope(here.kader.pk, frozenset({here.post.pk}))
    paper = names_for_paper(registry.form(form), here.post, scope, here.today)
    assert [row.subject.name for row in rows] == [name for name, *_ in paper] == ["Adik", "Rara"]
    assert [cell is None for cell in rows[0].cells] == [True, True, False]
    fields = {
        cell(big, "status_paud"): "ya",
        cell(big, "nama_paud"): "Melati",
        cell(baby, "status_paud"): "ya",
        cell(baby, "catatan_perkembangan"): "sudah\ntengkurap",
    }
    key = new_key(here.kader)
    for _ in range(2):
        assert send(here, fields, form=form, submission_key=key).status_code == 302
    found = {record.resident.name: record.answers for record in records()}
    assert found["Rara"] == {"status_paud": "ya", "nama_paud": "Melati"}
    assert found["Adik"] == {"catatan_perkembangan": "sudah\ntengkurap"}
    assert not Attendance.objects.unscoped(reason="test").exists()


def test_what_hangs_on_another_answer_is_not_dropped_in_silence(here):
    child = make.resident(here.post, "Rara", age_months=60)
    answer = send(here, {cell(child, "nama_paud"): "Melati"}, form="anak_usia_dini")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="Melati"' in text
    assert "Isi bila “Ikut PAUD" in text
    assert not records().exists()


def test_several_answers_in_one_cell(here):
    use(here, "anak_tidak_sekolah")
    child = make.resident(here.post, "Joko", sex="L", age_months=150)
    fields = {cell(child, "status_sekolah"): "putus_sekolah", cell(child, "alasan_tidak_sekolah"): ["biaya", "jarak"]}
    assert send(here, fields, form="anak_tidak_sekolah").status_code == 302
    assert records().get().answers["alasan_tidak_sekolah"] == ["biaya", "jarak"]
    shown = make.client_for(here.kader).get(url(here.post, "anak_tidak_sekolah")).content.decode()
    assert "Biaya, Sekolah jauh, pilih" in shown


def well(post, name, **more):
    begun = timezone.localdate() - timedelta(days=20)
    return Asset.objects.create(posyandu=post, form="sumur", name=name, from_date=begun, **more)


def test_things_of_the_place_are_typed_as_on_their_paper_and_those_no_more_are_not(here):
    first, second = well(here.post, "Sumur B", rt="01"), well(here.post, "Sumur A", rt="02")
    well(here.post, "Sumur tutup", retired_on=here.today)
    well(here.other, "Sumur orang lain")
    rows = make.client_for(here.kader).get(url(here.post, "sumur")).context["form"].rows
    assert [row.subject.about for row in rows] == [first, second]
    fields = {cell(first, "pemilik"): "Pak RT", cell(second, "kk_pemakai_sumur"): "dua puluh"}
    answer = send(here, fields, form="sumur")
    assert answer.status_code == 422
    assert 'value="Pak RT"' in answer.content.decode()
    fields[cell(second, "kk_pemakai_sumur")] = "20"
    assert send(here, fields, form="sumur").status_code == 302
    assert {record.asset: record.answers for record in records()} == {
        first: {"pemilik": "Pak RT"},
        second: {"kk_pemakai_sumur": 20},
    }


def test_a_sent_month_takes_nothing_of_people_either(here):
    child = make.resident(here.post, "Rara", age_months=60)
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here, {cell(child, "status_paud"): "ya"}, form="anak_usia_dini").status_code == 409
    assert not records().exists()


def test_a_page_of_people_takes_no_query_more_for_each(here):
    for number in range(30):
        make.resident(here.post, f"Anak {number:02}", age_months=48)
    client = make.client_for(here.kader)
    client.get(url(here.post, "anak_usia_dini"))
    with at_most(18):
        page = client.get(url(here.post, "anak_usia_dini"))
    assert len(page.context["form"].rows) == 25


def test_a_tampered_base_is_400(here, houses):
    assert send(here, {}, base="[1").status_code == 400


def test_a_paper_of_a_sent_month_waits_and_is_saved_on_its_own_day(here, houses):
    """The day of the paper stands behind "?": it must come back from the tray with what was typed."""
    day = here.today - timedelta(days=40)
    month = Period.objects.create(posyandu=here.post, month=day.replace(day=1), state="diajukan")
    answer = send(here, {cell(houses[0], "jamban_sehat"): "ada"}, query=f"?tanggal={day}&rt=02")
    assert answer.status_code == 409
    month.state = "dikembalikan"
    month.save(update_fields=["state"])
    kept = KeptForm.objects.get()
    sent = make.client_for(here.kader).post(reverse("reports:tray_send", args=[kept.pk]))
    assert sent.status_code == 302
    assert records().get().encounter.date == day


def test_what_a_paper_found_is_said_and_leads_to_the_page_that_offers_its_report(here, houses):
    budi = houses[0]
    answer = send(here, {cell(budi, "jamban_sehat"): "tidak"})
    page = make.client_for(here.kader).get(answer.url, follow=True)
    text = page.content.decode()
    row = text[text.index(f'id="k{budi.pk.hex}"') :]
    row = row[: row.index("</tr>")]
    assert "belum punya jamban sehat" in row
    assert reverse("profiles:household_detail", args=[budi.pk]) in row
    assert text.count("belum punya jamban sehat") == 1, "and of no other house"
    again = send(here, {cell(houses[1], "jamban_sehat"): "tidak", cell(houses[2], "jamban_sehat"): "ada"})
    assert "tersimpan, 1 di antaranya perlu ditindaklanjuti" in receipt_of(here, again)


def receipt_of(here, answer) -> str:
    return "".join(str(message) for message in get_messages(answer.wsgi_request))
