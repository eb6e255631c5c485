"""Areas add up what their posts froze: the same numbers, whatever is written afterwards, what is missing is said."""

from datetime import date

import pytest

from services.posyandu.models import Facility, Posyandu
from services.reports.actions import move_month, submit_month
from services.reports.figures import Figure, State, canonical, report_from
from services.reports.monthly import counted_report, facility_report, monthly_report
from services.reports.renderers import html, parts
from services.reports.renderers.html import standing
from tests import factories
from tests.reports.conftest import MONTH, NOW, child, fill, hold
from tests.reports.test_moves import period_of

VILLAGE, SUBDISTRICT, DISTRICT = "33.75.03.1003", "33.75.03", "33.75"


@pytest.fixture
def filled(world):
    """October with different data at Kencana Ungu and a neighbour of the same kelurahan; Melati stays silent."""
    world.beside = factories.posyandu("Contoh Anggrek")
    world.beside_kader = factories.user("kader", at=world.beside)
    for post, kader, number in ((world.a, world.kader, 3), (world.beside, world.beside_kader, 2)):
        people = [child(post, f"Anak {post.name} {turn}") for turn in range(number)]
        day = hold(post, kader, people=people)
        for person in people[:-1]:
            fill(day, "kartu_balita", person, {"bb_kg": 11, "pb_tb_cm": 85, "cara_ukur": "berdiri"}, kader)
        fill(day, "rumah", factories.household(post, "Contoh"), {"atap": "bocor"}, kader)
    return world


def send(post):
    ketua = factories.user("ketua", at=post)
    submit_month(posyandu=post, month=MONTH, expected="draf", by=ketua, held={"posyandu"})


def values(report) -> dict[str, tuple]:
    return {key: (figure.state, figure.value, figure.denominator) for key, figure in report.figures.items()}


def test_what_everybody_froze_adds_up_to_what_is_counted_at_every_level(filled):
    for post in (filled.a, filled.beside, filled.near):
        send(post)
    for code in (VILLAGE, SUBDISTRICT, DISTRICT):
        report = monthly_report(code, MONTH, scope=None)
        assert values(report) == values(counted_report(code, MONTH, scope=None)), code
        assert report.final == 0
        adding = [figure.key for figure in report.figures.values() if figure.adds and figure.is_known]
        assert adding
        for key in adding:
            parts = [part.figures[key].value for part in report.parts if part.figures[key].is_known]
            assert sum(parts) == report.figures[key].value, key


def test_what_is_written_afterwards_moves_no_sum(filled):
    for post in (filled.a, filled.beside, filled.near):
        send(post)
    before = values(monthly_report(DISTRICT, MONTH, scope=None))
    child(filled.a, "Pendatang", since=date(2026, 10, 2))
    assert values(monthly_report(DISTRICT, MONTH, scope=None)) == before
    assert values(monthly_report(filled.a.path, MONTH, scope=None)) != values(
        counted_report(filled.a.path, MONTH, scope=None)
    )


def test_who_has_not_sent_is_missing_and_said_so(filled):
    send(filled.a)
    report = monthly_report(VILLAGE, MONTH, scope=None)
    assert (report.live, report.reporting, report.final) == (2, 1, 0)
    assert standing(report) == "Sementara: 1 dari 2 posyandu sudah mengirim, 0 final"
    assert report.figures["kesehatan.balita.hadir"].value == 3
    assert [(part.place.name, part.reporting) for part in report.parts] == [("Contoh Anggrek", 0), ("Kencana Ungu", 1)]
    assert report.parts[0].figures["kesehatan.balita.hadir"].state is State.NOT_RECORDED


def test_a_recap_says_who_sent_in_time_late_or_not_yet_and_who_is_registered(filled, clock):
    Posyandu.objects.unscoped(reason="test").filter(pk=filled.a.pk).update(registration_number="33.75.03.1003.001")
    clock.move_to(NOW.replace(day=5))
    send(filled.a)
    clock.move_to(NOW.replace(day=6))
    send(filled.near)
    clock.move_to(NOW)
    report = monthly_report(SUBDISTRICT, MONTH, scope=None)
    table = next(table for table in parts.recaps(report) if table.key == "kelengkapan")
    assert table.columns == ("Posyandu", "Tepat waktu", "Terlambat", "Belum", "Punya nomor registrasi")
    assert {row.label: [cell.text for cell in row.cells] for row in table.rows} == {
        "Kandang Panjang": ["2", "1", "0", "1", "1 dari 2 (50,0%)"],
        "Panjang Wetan": ["1", "0", "1", "0", "0 dari 1 (0,0%)"],
        "Jumlah": ["3", "1", "1", "1", "1 dari 3 (33,3%)"],
    }
    assert "Kelengkapan dan ketepatan waktu" in html.paper(report)
    assert report_from(canonical(report)).parts == report.parts


def test_a_month_given_back_counts_no_more(filled):
    for post in (filled.a, filled.beside):
        send(post)
    period = period_of(filled.a)
    lurah = factories.user("lurah", at=VILLAGE)
    move_month(period_id=period.pk, to="dikembalikan", expected="diajukan", by=lurah, held={"desa"}, words="Cek")
    assert monthly_report(VILLAGE, MONTH, scope=None).figures["kesehatan.balita.hadir"].value == 2


def test_nobody_sent_or_the_month_runs_is_counted(filled):
    assert monthly_report(VILLAGE, MONTH, scope=None).final is None
    send(filled.a)
    assert monthly_report(VILLAGE, date(2026, 11, 1), scope=None).final is None


def test_a_puskesmas_adds_up_its_posts(filled):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    Posyandu.objects.unscoped(reason="test").filter(pk__in=[filled.a.pk, filled.beside.pk]).update(facility=facility)
    for post in (filled.a, filled.beside):
        send(post)
    report = facility_report(facility, MONTH, scope=None)
    assert (report.reporting, report.final) == (2, 0)
    assert values(report) == values(monthly_report(VILLAGE, MONTH, scope=None))


def test_the_values_behind_medians_come_back_from_the_document(filled):
    report = counted_report(filled.a.path, MONTH, scope=None)
    assert report_from(canonical(report)) == report
    assert all(isinstance(figure, Figure) for figure in report.figures.values())
