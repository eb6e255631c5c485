"""Confidential tickets: tickets:confidential_new and confidential_list, and no trace of one anywhere else."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from services.areas.scope import Scope
from services.audit.models import Entry
from services.tickets.actions import add_photo, open_ticket
from services.tickets.models import Photo, Ticket, Transition
from services.tickets.queries import confidential_count, open_tickets_about, ticket_figures
from tests import factories

from ..conftest import photo
from ..test_actions import move, submitted
from .asking import get, post_by_hand, send

pytestmark = pytest.mark.django_db

READERS = ("kader", "ketua", "lurah")
OTHERS = ("other_kader", "sekretaris", "kelurahan", "kader_beside", "kader_far", "kota", "dinsos", "dp3a", "dpupr")
PAGES = tuple(
    f"tickets:{name}"
    for name in (
        "ticket_detail",
        "ticket_edit",
        "papers_edit",
        "ticket_join",
        "ticket_told",
        "photo_new",
        "ticket_slip_download",
        "office_ticket_assign",
    )
)


def test_consent_comes_first(town):
    form = get(town.kader, "tickets:confidential_new").content.decode()
    assert form.index("112 (darurat)") < form.index("Izin korban")
    data = {"about_party": "bukan", "field": "sosial", "description": "Suami memukul"}
    refused = send(town.kader, "tickets:confidential_new", **data)
    assert refused.status_code == 422
    assert "Tanyakan dulu kepada korban" in refused.content.decode()
    assert send(town.kader, "tickets:confidential_new", **data, consent="korban").status_code == 302
    ticket = Ticket.objects.unscoped(reason="test").get()
    assert (ticket.is_confidential, ticket.code, ticket.party) == (True, None, "")


@pytest.mark.parametrize("who", READERS)
def test_creator_ketua_and_post_holder_read_it_and_each_look_is_logged(town, kdrt, who):
    person = getattr(town, who)
    assert kdrt.number in get(person, "tickets:confidential_list").content.decode()
    text = get(person, "tickets:ticket_detail", kdrt.pk).content.decode()
    assert "Suami memukul" in text
    looks = Entry.objects.unscoped(reason="test").filter(object_id=str(kdrt.pk), verb="lihat", user=person)
    assert looks.count() == 1
    assert "Siapa yang membuka" in text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_it_by_any_address(town, kdrt, who):
    person = getattr(town, who)
    add_photo(ticket=kdrt, upload=photo(), by=town.kader)
    for name in PAGES:
        assert get(person, name, kdrt.pk).status_code in (403, 404), name
    for target in ("diajukan_desa", "selesai", "diteruskan_opd"):
        assert get(person, "tickets:ticket_move", kdrt.pk, target).status_code == (403 if who == "kota" else 404)
    one = Photo.objects.unscoped(reason="test").get()
    assert get(person, "tickets:photo_detail", kdrt.pk, one.pk).status_code in (403, 404)
    direct = factories.client_for(person).get(reverse("files:attachment_detail", args=[one.attachment_id]))
    assert direct.status_code in (403, 404)


@pytest.mark.parametrize("who", ["other_kader", "kelurahan"])
def test_a_hand_made_post_does_not_find_it_either(town, kdrt, who):
    key_of = "/laporan-warga/kabari/" if who == "other_kader" else None
    answer = post_by_hand(
        getattr(town, who), "tickets:ticket_move", kdrt.pk, "diajukan_desa", key_of=key_of, expected="didata"
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("who", [*READERS, *OTHERS])
def test_it_stands_on_no_list_not_even_of_those_who_may_read_it(town, kdrt, who):
    person = getattr(town, who)
    lists = [
        ("tickets:ticket_list", {}),
        ("tickets:ticket_list", {"cari": kdrt.number}),
        ("tickets:ticket_list", {"tampil": "giliran"}),
        ("tickets:ticket_list", {"bidang": "sosial", "keadaan": "didata"}),
        ("tickets:told_list", {}),
        ("tickets:office_ticket_list", {}),
        ("tickets:office_ticket_answer", {}),
        ("tickets:aspiration_list", {}),
    ]
    for name, query in lists:
        answer = get(person, name, **query)
        text = answer.content.decode()
        for typed in (f'value="{kdrt.number}"', f"“{kdrt.number}”", f"cari={kdrt.number}"):  # what she typed herself
            text = text.replace(typed, "")
        assert kdrt.number not in text, name
        assert str(kdrt.pk) not in text, name
    if who in OTHERS:
        assert kdrt.number not in get(person, "tickets:confidential_list").content.decode()


def test_what_was_half_written_about_it_stays_in_no_tab_of_a_shared_phone(town, kdrt, well):
    def forms(name, *args):
        return get(town.kader, name, *args).content.decode()

    assert " data-forget" in forms("tickets:confidential_new")
    assert " data-forget" in forms("tickets:ticket_edit", kdrt.pk)
    assert " data-forget" in forms("tickets:ticket_move", kdrt.pk, "diajukan_desa")
    assert " data-forget" not in forms("tickets:ticket_edit", well.pk)


def test_a_kader_of_another_field_reads_what_she_wrote_and_can_send_it_on(town):
    kader = factories.user("kader", at=town.post, field="kesehatan")
    told = {"consent": "anak", "about_party": "ketua", "field": "sosial", "description": "Anak dipukul."}
    assert send(kader, "tickets:confidential_new", **told).status_code == 302
    ticket = Ticket.objects.unscoped(reason="test").get(is_confidential=True)
    text = get(kader, "tickets:ticket_detail", ticket.pk).content.decode()
    assert "Anak dipukul." in text and "langkah/diteruskan_opd/" in text


def test_its_readers_see_there_that_it_waits_too_long_others_see_nothing(town, kdrt):
    kdrt.moved_on = kdrt.moved_on - timedelta(days=30)
    kdrt.save(update_fields=["moved_on"])
    assert "hari kerja" in get(town.ketua, "tickets:confidential_list").content.decode()
    assert "hari kerja" not in get(town.other_kader, "tickets:confidential_list").content.decode()


def test_nobody_is_told_of_it_from_here_not_even_by_its_creator(town, kdrt):
    assert get(town.kader, "tickets:ticket_told", kdrt.pk).status_code == 404
    assert post_by_hand(town.kader, "tickets:ticket_told", kdrt.pk).status_code == 404
    assert get(town.kader, "tickets:ticket_join", kdrt.pk).status_code == 404
    assert post_by_hand(town.kader, "tickets:ticket_join", kdrt.pk, name="Bu Warsi").status_code == 404


def test_exports_slip_and_public_page_know_nothing_of_it(town, kdrt):
    book = get(town.kader, "tickets:register_download", town.post.pk, "sosial", bentuk="xlsx").content
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True) for cell in row
    ]
    assert not [cell for cell in cells if cell and ("Korban" in str(cell) or "memukul" in str(cell))]
    assert get(town.kader, "tickets:ticket_slip_download", kdrt.pk).status_code == 409
    assert get(town.kader, "tickets:ticket_track", kdrt.number).status_code == 404


def test_counts_household_page_and_audit_page_know_nothing_of_it(town, kdrt):
    scope = Scope(user_id=town.other_kader.pk, posyandu=frozenset([town.post.pk]))
    assert Ticket.objects.within(scope).count() == 0
    assert Transition.objects.within(scope).count() == 0
    own = Scope(user_id=town.kader.pk, posyandu=frozenset([town.post.pk]))
    assert Ticket.objects.within(own).count() == 1
    assert open_tickets_about(own).count() == 0
    month = kdrt.received_on.replace(day=1)
    assert ticket_figures([town.post.pk], month, "33.75") == {}
    assert confidential_count([town.post.pk], month, kdrt.received_on) is None
    seen = Entry.objects.within(Scope(user_id=town.auditor.pk, areas=("33.75",)))
    assert not seen.filter(object_id=str(kdrt.pk)).exists()
    assert not seen.filter(model="attachment").exists()


def test_the_named_recipient_reads_it_her_colleagues_do_not(town, kdrt):
    from ..conftest import of_office

    colleague = of_office(town.offices["DP3A"], "Pak Rekan")
    submitted(kdrt, town)
    form = get(town.lurah, "tickets:ticket_move", kdrt.pk, "diteruskan_opd").content.decode()
    assert "Bu Dp3a" in form
    move(
        Ticket.objects.unscoped(reason="test").get(pk=kdrt.pk),
        "diteruskan_opd",
        "desa",
        town.lurah,
        offices=[town.offices["DP3A"]],
        recipient=town.dp3a,
    )
    assert "Suami memukul" in get(town.dp3a, "tickets:ticket_detail", kdrt.pk).content.decode()
    assert get(colleague, "tickets:ticket_detail", kdrt.pk).status_code == 404
    answered = send(
        town.dp3a, "tickets:ticket_move", kdrt.pk, "selesai", expected="diteruskan_opd", result="Korban didampingi"
    )
    assert answered.status_code == 302
    assert kdrt.number not in get(town.kader, "tickets:told_list").content.decode()


@pytest.mark.parametrize("party", ["kepala", "ketua", "keduanya"])
def test_neither_head_nor_ketua_sees_a_case_one_of_them_is_a_party_to(town, party):
    ticket = open_ticket(
        posyandu=town.post,
        field="sosial",
        request_type="lainnya",
        kind="pengaduan",
        consent="anak",
        about_party=party,
        confidential=True,
        by=town.kader,
    )
    for person in (town.lurah, town.ketua):
        assert get(person, "tickets:ticket_detail", ticket.pk).status_code == 404
        assert ticket.number not in get(person, "tickets:confidential_list").content.decode()
    text = get(town.kader, "tickets:ticket_detail", ticket.pk).content.decode()
    assert "Teruskan langsung ke OPD" in text
    assert "Ajukan ke desa" not in text
    people = get(town.kader, "tickets:ticket_move", ticket.pk, "diteruskan_opd").content.decode()
    assert "Bu Dp3a" in people
    assert "Pak Sos" not in people


def test_a_kader_elsewhere_or_without_permission_opens_no_list(town):
    assert get(town.auditor, "tickets:confidential_list").status_code == 403
    assert get(town.kelurahan, "tickets:confidential_new").status_code == 403
