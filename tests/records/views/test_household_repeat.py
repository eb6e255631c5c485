"""A household's forms from its page: filled any day, and "masih sama seperti" last year in one tap.

records:household_record_edit
"""

from datetime import date

import pytest
from django.urls import reverse

from services.audit.models import Entry
from services.posyandu.models import Period
from services.records.actions import encounter_elsewhere, save_record
from services.records.models import Record
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(here):
    home = make.household(here.post)
    make.resident(here.post, "Siti", family=home)
    return home


def fill(here, house, day, **answers):
    encounter = encounter_elsewhere(posyandu=here.post, day=day, by=here.kader)
    save_record(encounter=encounter, form="rumah", subject=house, answers=answers, by=here.kader)


def records():
    return Record.objects.unscoped(reason="test").order_by("encounter__date")


def send(by, page, house, form="rumah", /, **fields):
    body = {"submission_key": new_key(by), **fields}
    return make.client_for(by).post(reverse(f"records:{page}", args=[house.pk, form]), body)


def page_of(by, house):
    return make.client_for(by).get(reverse("profiles:household_detail", args=[house.pk])).content.decode()


def test_last_years_answers_become_todays_in_one_tap(here, house):
    before = date(here.today.year - 1, 3, 5)
    fill(here, house, before, atap="bocor", lantai="tanah")
    assert f"Masih sama seperti {before.year}" in page_of(here.kader, house)
    assert send(here.kader, "household_repeat", house).status_code == 302
    old, new = records()
    assert (new.answers, new.encounter.date) == ({"atap": "bocor", "lantai": "tanah"}, here.today)
    assert old.encounter.date == before
    assert "Masih sama seperti" not in page_of(here.kader, house)


def test_the_same_tap_sent_twice_is_one_record(here, house):
    fill(here, house, date(here.today.year - 1, 3, 5), atap="bocor")
    key = new_key(here.kader)
    for _ in range(2):
        assert send(here.kader, "household_repeat", house, submission_key=key).status_code == 302
    assert records().count() == 2


def test_it_is_refused_where_nothing_is_known_or_this_year_is_written(here, house):
    assert send(here.kader, "household_repeat", house).status_code == 409
    fill(here, house, here.today, atap="seng")
    assert send(here.kader, "household_repeat", house).status_code == 409
    assert records().count() == 1


def test_a_sent_month_takes_none(here, house):
    fill(here, house, date(here.today.year - 1, 3, 5), atap="bocor")
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here.kader, "household_repeat", house).status_code == 409
    assert records().count() == 1


def test_who_reads_only_is_offered_nothing(here, house):
    fill(here, house, date(here.today.year - 1, 3, 5), atap="bocor")
    assert "Masih sama seperti" not in page_of(here.officer, house)
    assert send(here.officer, "household_repeat", house).status_code == 403
    assert send(here.stranger, "household_repeat", house).status_code == 404


def test_a_form_filled_from_the_page_leads_to_the_ticket_of_what_it_finds(here, house):
    answer = send(here.kader, "household_record_edit", house, kategori_rumah="rtlh", base="{}")
    assert answer.status_code == 302
    assert answer.url == reverse("profiles:household_detail", args=[house.pk])
    text = page_of(here.kader, house)
    assert "Rumah tidak layak huni" in text
    link = f"{reverse('tickets:ticket_new')}?bidang=perumahan_rakyat&amp;jenis=rumah_tidak_layak"
    assert link in text
    ticket = make.client_for(here.kader).get(
        reverse("tickets:ticket_new"),
        {"bidang": "perumahan_rakyat", "jenis": "rumah_tidak_layak", "household": str(house.pk)},
    )
    assert ticket.status_code == 200
    assert "Slamet" in ticket.content.decode()


def test_a_wrong_answer_is_422(here, house):
    assert send(here.kader, "household_record_edit", house, kategori_rumah="istana", base="{}").status_code == 422


def test_a_person_form_is_404_here(here, house):
    assert send(here.kader, "household_record_edit", house, "anak_usia_dini", base="{}").status_code == 404


def test_what_is_written_stands_in_the_audit(here, house):
    send(here.kader, "household_record_edit", house, kategori_rumah="rtlh", base="{}")
    assert Entry.objects.unscoped(reason="test").filter(model="record", user=here.kader).exists()
