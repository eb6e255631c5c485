"""The first page of an office: each number is the length of the list it leads to, whatever else there is."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from services.areas.models import Area, Office
from services.coaching.actions import add_decision, call_meeting, close_decision
from services.records.actions import encounter_elsewhere, save_record
from services.tickets.actions import open_ticket
from tests import factories as make
from tests.counting import at_most
from tests.tickets.conftest import private_files, town, well  # noqa: F401 - fixtures
from tests.tickets.test_actions import forwarded, move

pytestmark = pytest.mark.django_db
HOME = reverse("dashboard:home")


def routed(town, request_type="jalan_desa", post=None, kader=None):  # noqa: F811
    ticket = open_ticket(
        posyandu=post or town.post,
        field="pekerjaan_umum",
        request_type=request_type,
        kind="aspirasi",
        by=kader or town.kader,
    )
    return forwarded(ticket, town)


@pytest.fixture
def office(town, well):  # noqa: F811
    """Five tickets at DPUPR: two late ones, one in process, one done, one beside; one elsewhere and one not sent."""
    with time_machine.travel("2026-11-02T03:00:00Z", tick=False):
        forwarded(well, town)
        routed(town)
    with time_machine.travel("2026-11-19T03:00:00Z", tick=False):
        surveyed, done = routed(town), routed(town)
        move(surveyed, "diproses_opd", "opd", town.dpupr, survey_on=surveyed.received_on + timedelta(days=20))
        move(done, "selesai", "opd", town.dpupr, result="Jalan ditambal")
        routed(town, "sumur", town.beside, town.kader_beside)
        open_ticket(posyandu=town.post, field="sosial", request_type="lainnya", kind="aspirasi", by=town.kader)
    return town


def page(person, **query) -> str:
    with time_machine.travel("2026-11-20T03:00:00Z", tick=False):
        return make.client_for(person).get(HOME, query).content.decode()


def numbers_of(text: str) -> list[tuple[str, int]]:
    """(address of a list, the number that leads there)."""
    cells = re.findall(r'<a href="([^"]*/laporan-warga/\?[^"]*)">([\d.]+)</a>', text)
    figures = re.findall(
        r'<a class="figure" href="([^"]*laporan-warga/\?[^"]*)">.*?figure-value">([\d.]+)</span>', text
    )
    return [(unescape(url), int(number.replace(".", ""))) for url, number in cells + figures[:2]]


def listed(person, url: str) -> int:
    with time_machine.travel("2026-11-20T03:00:00Z", tick=False):
        return len(make.client_for(person).get(url).context["listing"].rows)


@pytest.mark.parametrize("query", [{}, {"tempat": "33.75.03.1003"}])
def test_every_number_is_as_long_as_the_list_it_leads_to(office, query):
    links = numbers_of(page(office.dpupr, **query))
    assert len(links) > 12
    for url, number in links:
        assert listed(office.dpupr, url) == number, url


def test_it_shows_types_states_places_late_ones_and_the_year(office):
    text = page(office.dpupr)
    assert "4 laporan warga menunggu jawaban kantor, 2 lewat waktu" in text
    assert "Jalan" in text and "Diproses OPD" in text and "Kecamatan Pekalongan Utara" in text
    assert "Kelurahan Kandang Panjang" in page(office.dpupr, tempat="33.75.03")
    assert "November 2026" in text and "Desember 2025" in text


def test_another_office_sees_nothing_of_it(office):
    text = page(office.dinsos)
    assert not numbers_of(text) or all(number == 0 for _, number in numbers_of(text))
    assert "Jalan" not in text


def test_a_confidential_ticket_is_in_no_number_of_its_recipients_office(office):
    secret = open_ticket(
        posyandu=office.post,
        field="sosial",
        request_type="lainnya",
        kind="pengaduan",
        consent="korban",
        confidential=True,
        by=office.kader,
    )
    sent = move(secret, "diajukan_desa", "posyandu", office.ketua)
    dp3a = office.offices["DP3A"]
    move(sent, "diteruskan_opd", "desa", office.lurah, offices=[dp3a], recipient=office.dp3a)
    text = page(office.dp3a)
    assert "Tidak ada laporan warga yang menunggu" in text
    assert secret.number not in text
    assert all(number == 0 for _, number in numbers_of(text))


def test_findings_of_its_fields_lead_to_their_lists(office):
    house = make.household(office.post)
    child = make.resident(office.post, "Anak Sekolah", age_months=120)
    today = child.birth_date + timedelta(days=3660)
    encounter = encounter_elsewhere(posyandu=office.post, day=today - timedelta(days=20), by=office.kader)
    save_record(
        encounter=encounter, form="air_jamban", subject=house, answers={"jamban_sehat": "tidak"}, by=office.kader
    )
    text = make.client_for(office.dpupr).get(HOME).content.decode()
    assert f"{reverse('tickets:finding_list')}?temuan=tanpa_jamban" in text
    row = text[text.index("temuan=tanpa_jamban") :]
    assert re.search(r'row-end">(\d+)', row)[1] == "1"
    assert "Anak tidak sekolah" not in text


def test_its_queries_do_not_grow_with_its_tickets(office):
    browser = make.client_for(office.dpupr)
    browser.get(HOME)
    for _ in range(6):
        routed(office, "jaringan_air")
    with at_most(15):
        browser.get(HOME)


def test_what_a_meeting_decided_for_the_office_waits_on_its_first_page(office):
    kota = make.user("kota", at="33.75")
    meeting = call_meeting(
        area=Area.objects.get(pk="33.75"), date=date(2026, 11, 1), agenda="Rakor", month=date(2026, 10, 1), by=kota
    )
    own, others = (
        Office.objects.filter(assignments__user=office.dpupr).get(),
        Office.objects.create(area_id="33.75", name="Dinas lain"),
    )
    late = add_decision(meeting=meeting, by=kota, text="Sumur disurvei", office=own, due_on=date(2026, 11, 10))
    add_decision(meeting=meeting, by=kota, text="Alat diganti", office=others, due_on=date(2026, 11, 30))
    text = page(office.dpupr)
    assert "Sumur disurvei" in text and "lewat 10 Nov 2026" in text and "Rakor, Kota Pekalongan" in text
    assert "Alat diganti" not in text
    close_decision(decision=late, on=date(2026, 11, 12), by=kota)
    assert "Sumur disurvei" not in page(office.dpupr)


def test_a_place_of_nobody_narrows_nothing(office):
    assert "4 laporan warga menunggu" in page(office.dpupr, tempat="33.20.13")
    assert "4 laporan warga menunggu" in page(office.dpupr, tempat="x")
