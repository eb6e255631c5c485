"""Opening and moving tickets: numbers, the table, locks, what each move needs, and the clock."""

from datetime import date, timedelta

import pytest
import time_machine

from services.accounts.queries import access_of
from services.areas import clock
from services.areas.access import Permission
from services.areas.models import Area, Holiday
from services.areas.resources import holiday_rows
from services.areas.rules import BadList
from services.audit.models import Entry
from services.files.models import Attachment
from services.follow_ups.models import Need
from services.posyandu.models import Period
from services.tickets.actions import (
    Filled,
    MovedMeanwhile,
    add_default_offices,
    add_photo,
    answer_several,
    change_ticket,
    import_holidays,
    join_ticket,
    mark_told,
    move_ticket,
    open_ticket,
)
from services.tickets.models import RequestType, Serial, Ticket, Transition
from services.tickets.queries import calendar_of, kinds_of, proposed_offices, ticket_figures
from services.tickets.rules import OFFICE, POSYANDU, VILLAGE
from services.web.refusals import Refusal
from tests import factories

from .conftest import photo

pytestmark = pytest.mark.django_db


def move(ticket, target, party, by, **filled):
    return move_ticket(
        ticket=ticket, target=target, expected=ticket.state, parties=[party], by=by, filled=Filled(**filled)
    )


def submitted(ticket, town):
    return move(ticket, "diajukan_desa", POSYANDU, town.kader)


def forwarded(ticket, town, *names):
    offices = [town.offices[name] for name in names or ("DPUPR",)]
    return move(submitted(ticket, town), "diteruskan_opd", VILLAGE, town.kelurahan, offices=offices)


def test_a_ticket_opened_before_seven_belongs_to_the_local_month(town):
    """06:30 WIB on 1 December is 23:30 of 30 November in UTC."""
    with time_machine.travel("2026-11-30T23:30:00Z", tick=False):
        ticket = open_ticket(
            posyandu=town.post, field="pekerjaan_umum", request_type="sumur", kind="aspirasi", by=town.kader
        )
    assert ticket.number == "SPM-PU-202612-0001"
    assert ticket.received_on == date(2026, 12, 1)


def test_numbers_count_per_district_field_and_month(town):
    def number(post, field="sosial", **more):
        return open_ticket(
            posyandu=post, field=field, request_type="lainnya", kind="aspirasi", by=town.kader, **more
        ).number

    with time_machine.travel("2026-11-10T03:00:00Z", tick=False):
        numbers = [number(town.post), number(town.beside), number(town.far), number(town.post, "kesehatan")]
    assert numbers == ["SPM-SOS-202611-0001", "SPM-SOS-202611-0002", "SPM-SOS-202611-0001", "SPM-KES-202611-0001"]


def test_a_confidential_ticket_leaves_no_gap_in_the_numbers_and_has_no_code(town, kdrt):
    assert kdrt.number.startswith("SPM-R-")
    assert kdrt.code is None
    assert not Serial.objects.exists()


def test_an_unknown_type_is_refused_and_a_local_one_is_taken(town):
    def farming():
        return open_ticket(
            posyandu=town.post, field="pendidikan", request_type="pertanian", kind="aspirasi", by=town.kader
        )

    with pytest.raises(Refusal):
        farming()
    RequestType.objects.create(district_id="33.75", field="pendidikan", key="pertanian", label="Pertanian")
    assert farming().about == "Pertanian"
    assert "pertanian" not in [kind.key for kind in kinds_of("33.20", "pendidikan")]


def test_a_district_can_close_a_type_of_the_list_and_change_its_papers():
    Area.objects.create(code="33.75", name="Kota Pekalongan", level="kabkota", kind="kota")
    RequestType.objects.create(district_id="33.75", field="pekerjaan_umum", key="embung", label="x", is_active=False)
    RequestType.objects.create(
        district_id="33.75", field="pekerjaan_umum", key="sumur", label="Sumur", papers=["Surat RT"]
    )
    kinds = {kind.key: kind for kind in kinds_of("33.75", "pekerjaan_umum")}
    assert "embung" not in kinds
    assert kinds["sumur"].papers == ("Surat RT",)


def test_a_bad_photo_leaves_no_ticket_behind(town):
    broken = photo()
    broken.file.truncate(300)
    with pytest.raises(Refusal):
        open_ticket(
            posyandu=town.post, field="sosial", request_type="lainnya", kind="aspirasi", photo=broken, by=town.kader
        )
    assert not Ticket.objects.unscoped(reason="test").exists()
    assert not Attachment.objects.unscoped(reason="test").exists()


def test_missing_papers_do_not_block_saving_but_block_submitting(town):
    ticket = open_ticket(posyandu=town.post, field="pendidikan", request_type="paud", kind="permohonan", by=town.kader)
    with pytest.raises(Refusal, match="Fotokopi KTP") as refused:
        submitted(ticket, town)
    assert refused.value.status == 422
    change_ticket(ticket=ticket, papers_ready=["Fotokopi KTP", "Fotokopi KK"], by=town.kader)
    assert submitted(ticket, town).state == "diajukan_desa"


def test_a_complaint_needs_place_and_photo_to_be_submitted(town):
    ticket = open_ticket(
        posyandu=town.post, field="pekerjaan_umum", request_type="sumur", kind="pengaduan", by=town.kader
    )
    with pytest.raises(Refusal, match=r"Tempatnya.*Fotonya"):
        submitted(ticket, town)


def test_from_the_kader_to_done(town, well):
    ticket = forwarded(well, town)
    assert (ticket.turn, ticket.clock_part) == ("opd", "opd")
    ticket = move(ticket, "diproses_opd", OFFICE, town.dpupr, survey_on=ticket.received_on)
    assert (ticket.clock_part, ticket.answered_on) == ("", ticket.received_on)
    ticket = move(ticket, "selesai", OFFICE, town.dpupr, result="Sumur diperbaiki")
    assert (ticket.state, ticket.turn, ticket.done_on, ticket.told_on) == ("selesai", "", ticket.received_on, None)
    mark_told(ticket=ticket, by=town.kader)
    states = ticket.transitions.order_by("at").values_list("from_state", "to_state", "party")
    assert list(states) == [
        ("", "didata", "posyandu"),
        ("didata", "diajukan_desa", "posyandu"),
        ("diajukan_desa", "diteruskan_opd", "desa"),
        ("diteruskan_opd", "diproses_opd", "opd"),
        ("diproses_opd", "selesai", "opd"),
    ]


def test_not_settled_opens_it_again_and_the_clock_starts_anew(town, well):
    with time_machine.travel("2026-11-30T03:00:00Z", tick=False):
        ticket = submitted(well, town)
        ticket = move(ticket, "ditangani_desa", VILLAGE, town.lurah)
        ticket = move(ticket, "selesai", VILLAGE, town.lurah, result="Sudah")
    with time_machine.travel("2026-12-03T03:00:00Z", tick=False):
        with pytest.raises(Refusal):
            move(ticket, "diajukan_desa", POSYANDU, town.kader)
        ticket = move(ticket, "diajukan_desa", POSYANDU, town.kader, note="Airnya masih keruh")
    assert (ticket.done_on, ticket.answered_on) == (None, None)
    assert (ticket.clock_part, ticket.clock_since) == ("desa", date(2026, 12, 3))


@pytest.mark.parametrize(
    ("target", "party", "status"),
    [
        ("diteruskan_opd", POSYANDU, 403),
        ("diteruskan_opd", OFFICE, 403),
        ("selesai", VILLAGE, 409),
        ("didata", VILLAGE, 409),
        ("apa_saja", VILLAGE, 409),
    ],
)
def test_a_move_the_table_does_not_know_is_refused(town, well, target, party, status):
    ticket = submitted(well, town)
    with pytest.raises(Refusal) as refused:
        move(ticket, target, party, town.lurah, note="x", result="x", offices=[town.offices["DPUPR"]])
    assert refused.value.status == status
    ticket.refresh_from_db()
    assert ticket.state == "diajukan_desa"


def test_of_two_who_move_the_same_ticket_one_wins(town, well):
    submitted(well, town)
    first = Ticket.objects.unscoped(reason="test").get(pk=well.pk)
    second = Ticket.objects.unscoped(reason="test").get(pk=well.pk)
    move(first, "ditangani_desa", VILLAGE, town.lurah)
    with pytest.raises(MovedMeanwhile, match=town.lurah.name) as refused:
        move(second, "ditolak", VILLAGE, town.kelurahan, note="Bukan wewenang")
    assert refused.value.status == 409
    assert Transition.objects.unscoped(reason="test").filter(ticket=well, to_state="ditolak").count() == 0


@pytest.mark.parametrize(
    ("target", "filled", "column"),
    [
        ("diproses_opd", {}, "survey_on"),
        ("diproses_opd", {"survey_on": date(2020, 1, 1)}, "survey_on"),
        ("selesai", {}, "result"),
        ("direncanakan", {}, "planned_year"),
        ("direncanakan", {"planned_year": 2020, "planned_source": "APBD"}, "planned_year"),
        ("direncanakan", {"planned_year": 2030}, "planned_source"),
        ("dikembalikan", {"note": "  "}, "note"),
    ],
)
def test_what_a_move_lacks_is_said_beside_its_field(town, well, target, filled, column):
    ticket = forwarded(well, town)
    with pytest.raises(Refusal) as refused:
        move(ticket, target, OFFICE, town.dpupr, **filled)
    assert (refused.value.status, refused.value.field) == (422, column)


def test_waiting_for_papers_goes_on_where_it_stood_with_the_days_already_spent(town, well):
    with time_machine.travel("2026-11-02T03:00:00Z", tick=False):
        ticket = submitted(well, town)
    with time_machine.travel("2026-11-03T03:00:00Z", tick=False):
        ticket = move(ticket, "menunggu_berkas", VILLAGE, town.lurah, note="Surat RT")
        assert (ticket.turn, ticket.clock_since, ticket.clock_used) == ("posyandu", None, 1)
    with time_machine.travel("2026-11-17T03:00:00Z", tick=False):
        ticket = move(ticket, "diajukan_desa", POSYANDU, town.kader)
    assert (ticket.clock_part, ticket.clock_since) == ("desa", date(2026, 11, 16))


def test_a_ticket_can_have_two_offices_not_three(town, well):
    ticket = submitted(well, town)
    names = ["DPUPR", "Dinas Lingkungan Hidup", "Dinas Sosial"]
    with pytest.raises(Refusal, match="dua OPD"):
        move(ticket, "diteruskan_opd", VILLAGE, town.lurah, offices=[town.offices[name] for name in names])
    ticket = move(ticket, "diteruskan_opd", VILLAGE, town.lurah, offices=[town.offices[name] for name in names[:2]])
    assert ticket.routed.count() == 2


def test_a_desa_that_answers_for_an_office_is_named_as_such(town, well):
    ticket = forwarded(well, town)
    move(ticket, "diproses_opd", VILLAGE, town.kelurahan, survey_on=ticket.received_on, note="Telepon Pak Dpu")
    last = ticket.transitions.order_by("-at").first()
    assert (last.party, last.on_behalf) == ("desa", "DPUPR")


@pytest.mark.parametrize("target", ["ditolak", "menunggu_berkas", "selesai"])
def test_a_desa_notes_whatever_an_office_said_in_its_name(town, well, target):
    ticket = forwarded(well, town)
    move(ticket, target, VILLAGE, town.kelurahan, note="Telepon Pak Dpu", result="Sudah digali.")
    last = ticket.transitions.order_by("-at").first()
    assert (last.to_state, last.on_behalf) == (target, "DPUPR")
    assert ticket.routed.get().answered_at


def test_a_desa_takes_back_what_went_to_the_wrong_office_in_its_own_name(town, well):
    ticket = move(forwarded(well, town), "ditangani_desa", VILLAGE, town.lurah, note="Salah OPD")
    assert ticket.transitions.order_by("-at").first().on_behalf == ""
    assert ticket.turn == VILLAGE and not ticket.routed.exists()
    again = move(ticket, "diteruskan_opd", VILLAGE, town.lurah, offices=[town.offices["Dinas Lingkungan Hidup"]])
    assert [row.office.name for row in again.routed.all()] == ["Dinas Lingkungan Hidup"]


def test_an_office_reads_no_more_what_the_desa_took_back_also_when_it_is_confidential(town, well, kdrt):
    held = forwarded(well, town)
    assert held in seen_by(town.dpupr)
    move(held, "ditangani_desa", VILLAGE, town.kelurahan, note="Salah alamat")
    assert held not in seen_by(town.dpupr)
    protect = {"offices": [town.offices["DP3A"]], "recipient": town.dp3a}
    kept = move(submitted(kdrt, town), "diteruskan_opd", VILLAGE, town.lurah, **protect)
    assert kept in seen_by(town.dp3a)
    kept = move(kept, "ditangani_desa", VILLAGE, town.lurah, note="Korban minta begitu")
    assert kept not in seen_by(town.dp3a) and kept in seen_by(town.lurah)


def test_an_office_that_gave_a_ticket_back_has_no_part_in_what_the_desa_does_then(town, well):
    held = move(forwarded(well, town), "dikembalikan", OFFICE, town.dpupr, note="Bukan jalan kota")
    assert held in seen_by(town.dpupr)
    held = move(held, "ditangani_desa", VILLAGE, town.kelurahan)
    assert held not in seen_by(town.dpupr)


def seen_by(person):
    """The tickets that this person reads."""
    return set(Ticket.objects.within(access_of(person).scope(Permission.SEE_TICKETS)))


@pytest.mark.parametrize("planner", ["opd", "desa"])
def test_a_desa_that_settles_what_an_office_planned_is_named_as_such(town, well, planner):
    plan = {"planned_year": clock.today(town.post.area_id).year + 1, "planned_source": "APBD kota"}
    held = forwarded(well, town)
    by = town.dpupr if planner == OFFICE else town.kelurahan
    held = move(held, "direncanakan", planner, by, **plan)
    held = move(held, "selesai", VILLAGE, town.kelurahan, result="Sumur dibangun.")
    assert held.transitions.order_by("-at").first().on_behalf == "DPUPR"


def test_what_the_desa_planned_itself_it_settles_in_its_own_name(town, well):
    plan = {"planned_year": clock.today(town.post.area_id).year + 1, "planned_source": "APBDesa"}
    own = move(submitted(well, town), "direncanakan", VILLAGE, town.kelurahan, **plan)
    own = move(own, "selesai", VILLAGE, town.kelurahan, result="Sumur dibangun.")
    assert own.transitions.order_by("-at").first().on_behalf == ""


def test_an_office_that_gets_a_ticket_again_answers_from_that_day_on(town, well):
    with time_machine.travel("2026-11-02T03:00:00Z", tick=False):
        held = forwarded(well, town)
        held = move(held, "dikembalikan", OFFICE, town.dpupr, note="Belum jelas")
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False):
        held = move(held, "diteruskan_opd", VILLAGE, town.kelurahan, offices=[town.offices["DPUPR"]])
        assert held.routed.get().routed_at.day == 16


def test_of_two_offices_each_answers_for_itself(town, well):
    offices = [town.offices["DPUPR"], town.offices["Dinas Sosial"]]
    ticket = move(submitted(well, town), "diteruskan_opd", VILLAGE, town.lurah, offices=offices)
    move(ticket, "diproses_opd", OFFICE, town.dpupr, survey_on=well.received_on)
    assert [row.office.name for row in ticket.routed.exclude(answered_at=None)] == ["DPUPR"]


def test_a_survey_that_is_put_off_gets_its_new_day_and_is_news_again(town, well):
    ticket = move(forwarded(well, town), "diproses_opd", OFFICE, town.dpupr, survey_on=well.received_on)
    mark_told(ticket=ticket, by=town.kader)
    later = well.received_on + timedelta(days=5)
    ticket = move(ticket, "diproses_opd", OFFICE, town.dpupr, survey_on=later)
    assert (ticket.survey_on, ticket.told_on) == (later, None)


def test_looking_for_oneself_is_a_visit_to_the_house(town, well, kdrt):
    move(well, "verifikasi", POSYANDU, town.kader)
    move(kdrt, "verifikasi", POSYANDU, town.kader)
    assert not Need.objects.unscoped(reason="test").exists(), "no house is known, or it is confidential"
    family = factories.household(town.post, "Slamet")
    poor = open_ticket(
        posyandu=town.post,
        field="sosial",
        request_type="fakir_miskin",
        kind="permohonan",
        household=family,
        by=town.kader,
    )
    move(poor, "verifikasi", POSYANDU, town.kader)
    need = Need.objects.unscoped(reason="test").get()
    assert (need.kind, need.household, need.words) == (
        "SOSEK",
        family,
        f"Memeriksa laporan pendataan fakir miskin ({poor.number})",
    )


def test_the_usual_office_answers_unless_the_type_has_its_own(town):
    def names(field, request_type):
        ticket = Ticket(district_id="33.75", field=field, request_type=request_type)
        return [office.name for office in proposed_offices(ticket)]

    assert names("pekerjaan_umum", "sumur") == ["DPUPR"]
    assert names("pekerjaan_umum", "sampah") == ["Dinas Lingkungan Hidup"]
    assert names("trantibumlinmas", "apar") == ["Damkar"]
    assert names("trantibumlinmas", "patroli") == ["Satpol PP"]
    add_default_offices(district=Area.objects.get(pk="33.75"), by=town.ketua)
    assert names("pekerjaan_umum", "sumur") == ["DPUPR"]


def test_an_office_answers_several_at_once_all_or_none(town, well):
    second = open_ticket(
        posyandu=town.post,
        field="pekerjaan_umum",
        request_type="jalan_desa",
        kind="aspirasi",
        by=town.kader,
    )
    pair = [forwarded(well, town), forwarded(second, town)]
    filled = Filled(survey_on=well.received_on)
    with pytest.raises(MovedMeanwhile) as refused:
        answer_several(
            tickets=[(pair[0], "diteruskan_opd"), (pair[1], "didata")],
            target="diproses_opd",
            by=town.dpupr,
            filled=filled,
        )
    assert refused.value.message.startswith(second.number), "which of them it was"
    assert Ticket.objects.unscoped(reason="test").filter(state="diproses_opd").count() == 0
    answer_several(
        tickets=[(each, "diteruskan_opd") for each in pair], target="diproses_opd", by=town.dpupr, filled=filled
    )
    assert Ticket.objects.unscoped(reason="test").filter(state="diproses_opd").count() == 2


def test_neighbours_join_once(town, well):
    for _ in range(2):
        join_ticket(ticket=well, name="Bu Warsi", phone="", by=town.kader)
    assert well.joiners.count() == 1


def test_a_confidential_ticket_goes_to_one_named_person(town, kdrt):
    ticket = submitted(kdrt, town)
    with pytest.raises(Refusal) as refused:
        move(ticket, "diteruskan_opd", VILLAGE, town.lurah, offices=[town.offices["DP3A"]])
    assert refused.value.field == "recipient"
    ticket = move(ticket, "diteruskan_opd", VILLAGE, town.lurah, offices=[town.offices["DP3A"]], recipient=town.dp3a)
    assert ticket.recipient == town.dp3a


def test_where_the_head_is_a_party_the_kader_sends_it_to_protection_alone(town):
    ticket = open_ticket(
        posyandu=town.post,
        field="sosial",
        request_type="lainnya",
        kind="pengaduan",
        consent="anak",
        about_party="kepala",
        confidential=True,
        by=town.kader,
    )
    with pytest.raises(Refusal):
        submitted(ticket, town)
    with pytest.raises(Refusal, match="perlindungan"):
        move(
            ticket,
            "diteruskan_opd",
            POSYANDU,
            town.kader,
            offices=[town.offices["Dinas Sosial"]],
            recipient=town.dinsos,
        )
    ticket = move(ticket, "diteruskan_opd", POSYANDU, town.kader, offices=[town.offices["DP3A"]], recipient=town.dp3a)
    assert ticket.state == "diteruskan_opd"


def test_what_happens_to_a_confidential_ticket_is_on_no_audit_page(town, kdrt, well):
    submitted(kdrt, town)
    entries = Entry.objects.unscoped(reason="test").filter(object_id=str(kdrt.pk))
    assert entries.count() == 2
    assert set(entries.values_list("is_confidential", flat=True)) == {True}
    shown = Entry.objects.unscoped(reason="test").filter(object_id=str(well.pk), is_confidential=False)
    assert shown.exists()


def test_a_holiday_file_with_a_bad_date_is_refused_whole(tmp_path, town):
    file = tmp_path / "libur.csv"
    head = "date,name,kind,estimated,source\n"
    file.write_text(head + "2026-12-01,Hari jadi,daerah,tidak,SK 1\n2026-13-40,Salah,daerah,tidak,SK 1\n")
    with pytest.raises(BadList, match=r"Baris 3.*2026-13-40"):
        holiday_rows(file)
    assert not Holiday.objects.exists()


def test_a_district_adds_a_day_off_and_works_on_another(tmp_path, town):
    file = tmp_path / "libur.csv"
    file.write_text("date,name,kind,estimated,source\n2026-11-11,Hari jadi kota,daerah,tidak,SK Wali Kota 1\n")
    district = Area.objects.get(pk="33.75")
    assert import_holidays(rows=holiday_rows(file), district=district, by=town.ketua) == 1
    Holiday.objects.create(area=district, date=date(2026, 12, 24), name="Tetap masuk", is_working=True, source="SK 2")
    here, elsewhere = calendar_of("33.75", date(2026, 11, 1)), calendar_of("33.20", date(2026, 11, 1))
    assert not here.is_working(date(2026, 11, 11))
    assert elsewhere.is_working(date(2026, 11, 11))
    assert here.is_working(date(2026, 12, 24))
    assert not elsewhere.is_working(date(2026, 12, 24))


def test_a_sent_month_stops_no_ticket_and_its_figures_stay(town, well):
    """Decision 0045: what happens after "diajukan" belongs to the month in which it happens."""
    with time_machine.travel("2026-10-29T03:00:00Z", tick=False):
        waiting = submitted(
            open_ticket(posyandu=town.post, field="sosial", request_type="lainnya", kind="aspirasi", by=town.kader),
            town,
        )
    october = date(2026, 10, 1)
    with time_machine.travel("2026-11-03T03:00:00Z", tick=False):
        before = ticket_figures([town.post.pk], october, "33.75")
        Period.objects.create(posyandu=town.post, month=october, state="diajukan")
        waiting = move(waiting, "ditangani_desa", VILLAGE, town.kelurahan)
        join_ticket(ticket=waiting, name="Bu Tetangga", phone="", by=town.kader)
        add_photo(ticket=waiting, upload=photo(), by=town.kader)
        move(waiting, "selesai", VILLAGE, town.kelurahan, result="Sudah diberi")
        after = ticket_figures([town.post.pk], october, "33.75")
    assert after == before
    assert (after[town.post.pk, "sosial"].in_process, after[town.post.pk, "sosial"].done) == (1, 0)


def test_a_locked_month_of_today_lets_a_citizen_report(town):
    Period.objects.create(posyandu=town.post, month=clock.month_of(clock.today("33.75")), state="diajukan")
    ticket = open_ticket(posyandu=town.post, field="sosial", request_type="lainnya", kind="aspirasi", by=town.kader)
    assert ticket.received_on == clock.today("33.75")
