"""A paper typed back in its order: many households at once, nothing lost when a cell is wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.posyandu.models import Period
from services.records.models import Record
from services.web.models import KeptForm
from services.web.submissions import new_key
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db


def home(post, head, rt="01"):
    made = make.household(post, head, rt=rt)
    make.resident(post, f"Anak {head}", family=made)
    return made


@pytest.fixture
def houses(here):
    return [home(here.post, head, rt) for head, rt in (("Budi", "02"), ("Slamet", "01"), ("Agus", "02"))]


def url(post, form="air_jamban", query=""):
    return reverse("records:grid_edit", args=[post.pk, form]) + query


def cell(house, key):
    return f"k{house.pk.hex}-{key}"


def send(here, fields, *, query="", by=None, **more):
    by = by or here.kader
    body = {"submission_key": new_key(by), "base": "{}", **fields, **more}
    return make.client_for(by).post(url(here.post, query=query), body)


def records():
    return Record.objects.unscoped(reason="test")


def test_rows_stand_in_the_order_of_the_paper(here, houses):
    page = make.client_for(here.kader).get(url(here.post))
    assert [row.household.head_name for row in page.context["form"].rows] == ["Slamet", "Agus", "Budi"]
    one = make.client_for(here.kader).get(url(here.post, query="?rt=02"))
    assert [row.household.head_name for row in one.context["form"].rows] == ["Agus", "Budi"]


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


@pytest.mark.parametrize("form", ["sumur", "anak_usia_dini", "tidak_ada"])
def test_only_household_forms_have_a_grid(here, houses, form):
    assert make.client_for(here.kader).get(url(here.post, form)).status_code == 404


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
