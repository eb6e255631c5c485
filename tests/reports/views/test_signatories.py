"""signatory_list, signatory_new, signatory_end: who signs for a place, as its reports print it."""

from datetime import date

import pytest
from django.urls import reverse

from services.posyandu.models import CoachingTeam, Facility
from services.reports.figures import canonical, report_from
from services.reports.models import Signatory
from services.reports.monthly import facility_report, monthly_report
from services.reports.renderers.html import paper
from services.reports.rules import office_words
from tests import factories
from tests.reports.conftest import MONTH

VILLAGE = "33.75.03.1003"


def sent(user, route, code=VILLAGE, **data):
    client = factories.client_for(user)
    page = client.get(reverse(f"reports:{route}", args=[code]))
    assert page.status_code == 200, page.status_code
    form = {key: value for key, value in page.context["form"].initial.items() if value is not None}
    key = {"submission_key": page.context["submission_key"]}
    return client.post(reverse(f"reports:{route}", args=[code]), {**form, **key, **data})


def blocks(place):
    return [
        (one.above[-1], one.name, one.nip, one.with_nip) for one in monthly_report(place, MONTH, scope=None).signatures
    ]


@pytest.fixture
def lurah(world):
    return factories.user("lurah", at=VILLAGE, name="Akun Lurah")


def test_the_lurah_is_printed_with_her_nip_from_the_day_she_is_entered(world, lurah):
    assert blocks(world.a.path)[0] == ("Lurah Kandang Panjang", "", "", True)
    response = sent(
        lurah, "signatory_new", name="Sri Rahayu, S.Sos", nip="19780101 200501 2 003", from_date="2026-11-01"
    )
    assert response.status_code == 302
    assert blocks(world.a.path)[0] == ("Lurah Kandang Panjang", "Sri Rahayu, S.Sos", "197801012005012003", True)
    assert "NIP 197801012005012003" in paper(monthly_report(world.a.path, MONTH, scope=None))
    listed = factories.client_for(lurah).get(reverse("reports:signatory_list")).content.decode()
    assert "row row-wide" in listed, "on a phone the buttons stand under the NIP, not beside it"
    assert '<span class="row-note">NIP 197801012005012003</span>' in listed


def test_who_comes_next_ends_the_one_before_and_old_papers_keep_their_name(world, lurah):
    sent(lurah, "signatory_new", name="Sri Rahayu", from_date="2026-01-01")
    kept = canonical(monthly_report(world.a.path, MONTH, scope=None))
    sent(lurah, "signatory_new", name="Budi Santoso", acting="Plt.", from_date="2026-11-10")
    before, after = Signatory.objects.unscoped(reason="test").order_by("from_date")
    assert (before.to_date, after.to_date) == (date(2026, 11, 9), None)
    assert blocks(world.a.path)[0][:2] == ("Plt. Lurah Kandang Panjang", "Budi Santoso")
    assert report_from(kept).signatures[0].name == "Sri Rahayu"


def test_a_term_that_overlaps_one_that_ended_is_refused_beside_its_day(world, lurah):
    sent(lurah, "signatory_new", name="Sri Rahayu", from_date="2026-01-01", to_date="2026-06-30")
    response = sent(lurah, "signatory_new", name="Budi Santoso", from_date="2026-06-30")
    assert response.status_code == 422
    assert "from_date" in response.context["form"].errors


@pytest.mark.parametrize("nip", ["12345", "19780101200501200X"])
def test_a_nip_has_18_digits(world, lurah, nip):
    assert sent(lurah, "signatory_new", name="Sri", nip=nip, from_date="2026-01-01").status_code == 422


def test_after_the_last_day_there_are_dots(world, lurah):
    sent(lurah, "signatory_new", name="Sri Rahayu", from_date="2026-01-01")
    assert sent(lurah, "signatory_end", to_date="2025-12-31").status_code == 422
    assert sent(lurah, "signatory_end", to_date="2026-11-20").status_code == 302
    assert blocks(world.a.path)[0][1] == ""
    assert factories.client_for(lurah).get(reverse("reports:signatory_end", args=[VILLAGE])).status_code == 404


def test_a_kepala_desa_signs_without_nip_unless_one_is_given(world):
    head = factories.user("lurah", at="33.20.13.2004")
    assert blocks(world.far.path)[0] == ("Kepala Desa Pendosawalan", "", "", False)
    sent(head, "signatory_new", "33.20.13.2004", name="Slamet", from_date="2026-01-01")
    assert blocks(world.far.path)[0] == ("Kepala Desa Pendosawalan", "Slamet", "", False)


def test_the_ketua_tim_pembina_stands_in_the_teams_decree(world):
    CoachingTeam.objects.create(area_id="33.75", decree_number="1", decree_date="2026-01-01", chair="Ani")
    CoachingTeam.objects.create(area_id=VILLAGE, decree_number="2", decree_date="2026-12-01", chair="Nanti")
    assert blocks("33.75")[1][:2] == ("Kota Pekalongan", "Ani")
    assert len(blocks(world.a.path)) == 2


def test_each_keeps_the_signatories_of_her_own_level_and_the_admin_all(world, lurah):
    pages = {
        role: factories.client_for(factories.user(role, at=at)).get(reverse("reports:signatory_list"))
        for role, at in (("kota", "33.75"), ("admin", "33.75"))
    }
    codes = {role: [place.code for place in page.context["places"]] for role, page in pages.items()}
    assert codes == {"kota": ["33.75"], "admin": ["33.75", "33.75.03", VILLAGE, "33.75.03.1004"]}
    stranger = factories.client_for(lurah).get(reverse("reports:signatory_new", args=["33.75.03.1004"]))
    assert stranger.status_code == 404


def test_a_puskesmas_enters_its_own_head(world):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    type(world.a).objects.unscoped(reason="test").filter(pk=world.a.pk).update(facility=facility)
    staff = factories.user("puskesmas", at=world.a)
    sent(staff, "signatory_new", str(facility.pk), name="dr. Rina", nip="198001012006042001", from_date="2026-01-01")
    (block,) = facility_report(facility, MONTH, scope=None).signatures
    assert (block.above, block.name, block.with_nip) == (("Kepala Puskesmas Kusuma Bangsa",), "dr. Rina", True)


@pytest.mark.parametrize(
    ("office", "place", "words"),
    [
        ("Wali Kota", "Kota Pekalongan", "Wali Kota Pekalongan"),
        ("Plt. Bupati", "Kabupaten Jepara", "Plt. Bupati Jepara"),
        ("Camat", "Pekalongan Utara", "Camat Pekalongan Utara"),
        ("Lurah Kandang Panjang", "Kandang Panjang", "Lurah Kandang Panjang"),
    ],
)
def test_an_office_is_said_with_its_place_once(office, place, words):
    assert office_words(office, place) == words
