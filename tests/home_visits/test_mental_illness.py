"""A mental illness: her own form puts her under watch, visits go on, and nothing of it shows elsewhere."""

import re
import subprocess
from datetime import date, timedelta

import pytest
from django.urls import reverse

from services.areas.scope import Scope
from services.audit.models import Entry
from services.follow_ups.actions import answer_referrals, assign_needs, make_referral, open_need
from services.follow_ups.models import Need
from services.home_visits.actions import continue_visit, record_visit
from services.open_days.queries import expected_at, sensitive_forms
from services.records.actions import save_record, start_encounter
from services.reports.figures import DEFINITIONS
from services.residents.queries import person, stage_rules
from services.residents.rules import StageRules
from services.web.refusals import Refusal
from tests import factories as make
from tests.follow_ups.conftest import REASON
from tests.follow_ups.views.posting import send
from tests.home_visits.conftest import TODAY

pytestmark = pytest.mark.django_db
TELLING = re.compile(r"jiwa|ODGJ|odgj|berobat|hari tidak kontrol|obat(nya)? (habis|tidak diminum)")
LIVES = date(2024, 1, 1)


@pytest.fixture
def woman(here):
    return make.resident(
        here.post, "Siti Rahayu", birth_date=date(1985, 3, 4), family=here.family, phone="081200000001"
    )


def fill(here, woman, *, days_ago: int = 0, form: str = "odgj", by=None, **answers):
    by = by or here.kader
    encounter = start_encounter(kind="lain", posyandu=here.post, day=TODAY - timedelta(days_ago), by=by)
    return save_record(encounter=encounter, form=form, subject=woman, answers=answers, by=by)


def mind(here) -> Need:
    return here.need(kind="ODGJ")


def visited(here, woman, need, day=TODAY, **answers):
    return record_visit(
        household=here.family, resident=woman, day=day, by=here.kader, reason="ODGJ", outcome="bertemu",
        needs=[need], answers=answers,
    )  # fmt: skip


def registered(here, woman, days_ago: int = 61) -> Need:
    """Registered long ago and not seen since: her need is open."""
    fill(here, woman, days_ago=days_ago, odgj_pasung="tidak")
    here.refresh()
    return mind(here)


def test_her_form_puts_her_under_watch_once_and_only_where_she_lives(here, elsewhere, woman):
    fill(here, woman, days_ago=3, odgj_berobat="ya")
    fill(here, woman, odgj_obat_diminum="ya")
    assert [(one.kind, one.from_date) for one in woman.conditions.all()] == [("odgj", TODAY - timedelta(3))]
    guest = make.resident(elsewhere.post, "Tamu", birth_date=date(1985, 3, 4))
    fill(here, guest, odgj_berobat="tidak")
    assert not guest.conditions.exists()
    other = make.resident(here.post, "Budi", birth_date=date(1985, 3, 4))
    fill(here, other, form="srq20", srq20_skor=3, srq20_no17="tidak")
    with pytest.raises(Refusal, match="Belum ada yang diisi"):
        fill(here, other)
    assert not other.conditions.exists(), "no other form, and no empty one"


def test_unchecked_for_sixty_days_opens_one_need_and_again_none(here, woman):
    fill(here, woman, days_ago=61, odgj_pasung="tidak")
    assert here.refresh().opened == 2 and here.refresh() == here.refresh()
    need = mind(here)
    assert (need.words, need.resident, need.household) == ("lebih dari 60 hari tidak kontrol", woman, here.family)
    assert need.due_on == TODAY + timedelta(30)


def test_a_form_that_says_not_treated_opens_at_once_and_treated_closes(here, woman):
    fill(here, woman, days_ago=2, odgj_berobat="tidak")
    here.refresh()
    assert mind(here).words == "tidak berobat teratur"
    fill(here, woman, odgj_berobat="ya", odgj_obat_diminum="ya")
    here.refresh()
    assert mind(here).closed_as == "sudah_kontrol"


@pytest.mark.parametrize(
    ("answers", "days", "words"),
    [
        ({"obat_ada": "ya", "obat_diminum_24_jam": "ya", "kontrol": "ya"}, 30, "lebih dari 60 hari tidak kontrol"),
        ({"obat_ada": "tidak"}, 7, "obatnya habis"),
        ({"obat_ada": "ya", "obat_diminum_24_jam": "tidak", "kontrol": "ya"}, 7, "obat tidak diminum"),
    ],
)
def test_what_a_visit_hears_of_the_medicine_sets_the_next_date(here, woman, answers, days, words):
    need = registered(here, woman)
    visited(here, woman, need, **answers)
    here.refresh()
    need = mind(here)
    assert (need.closed_on, need.planned_on, need.words) == (None, TODAY + timedelta(days), words)
    ketua = here.client(here.ketua).get(reverse("home_visits:visit_list")).content.decode()
    line = next(part for part in ketua.split('<li class="row"') if "Siti" in part or "Dikunjungi lagi" in part)
    assert "state-late" not in line


def test_the_yearly_visit_is_over_although_the_medicine_lapsed(here, woman):
    need = registered(here, woman)
    routine = open_need(posyandu=here.post, kind="RUTIN", words="rutin", on=TODAY, by=here.kader, household=here.family)
    visited(here, woman, need, obat_ada="tidak")
    assert here.need(pk=routine.pk).closed_as == "dikunjungi"


def test_at_the_visit_of_somebody_else_what_was_heard_is_about_her(here, woman):
    need = registered(here, woman)
    visit = record_visit(
        household=here.family, resident=here.children[0], day=TODAY, by=here.kader, reason="ABSEN_BERULANG",
        outcome="bertemu", needs=here.needs(kind="ABSEN_BERULANG"),
    )  # fmt: skip
    continue_visit(visit=visit, need=need, answers={"obat_ada": "tidak"}, by=here.kader)
    here.refresh()
    assert mind(here).words == "obatnya habis" and mind(here).planned_on == TODAY + timedelta(7)
    assert [one.resident for one in here.needs(kind="ODGJ")] == [woman]


def test_a_lapse_of_blood_pressure_medicine_carries_that_need_on_too(here, woman):
    woman.conditions.create(kind="hipertensi", from_date=LIVES)
    here.refresh()
    need = here.need(kind="PTM")
    visit = visited(here, woman, need, obat_ada="ya")
    assert here.need(kind="PTM").closed_as == "dikunjungi"
    here.needs(kind="PTM")[0].delete()
    visit.delete()
    here.refresh()
    visited(here, woman, here.need(kind="PTM"), obat_ada="tidak")
    assert here.need(kind="PTM").planned_on == TODAY + timedelta(7)


def test_a_visit_nobody_asked_for_that_hears_of_a_lapse_opens_the_need_and_sets_its_date(here, woman):
    fill(here, woman, days_ago=5, odgj_berobat="ya")
    for answers, dates in (({"obat_ada": "ya"}, []), ({"obat_ada": "tidak"}, [TODAY + timedelta(7)])):
        record_visit(
            household=here.family, resident=woman, day=TODAY, by=here.ketua, reason="ODGJ", outcome="bertemu",
            answers=answers, second=True,
        )  # fmt: skip
        here.refresh()
        assert [(need.planned_on) for need in here.needs(kind="ODGJ", closed_on=None)] == dates


def test_an_answered_referral_says_that_she_was_seen(here, woman):
    registered(here, woman)
    referral = make_referral(
        posyandu=here.post, resident=woman, reason="kontrol", on=TODAY, by=here.kader, place="Puskesmas"
    )
    here.refresh()
    assert mind(here).closed_on is None
    answer_referrals(referrals=[referral], state="ditangani", on=TODAY, by=here.kader)
    here.refresh()
    assert mind(here).closed_as == "sudah_kontrol"


def test_watching_ends_by_hand_of_who_may_know_and_the_need_with_it(here, woman):
    registered(here, woman)
    condition = woman.conditions.get()
    url = reverse("residents:condition_end", args=[condition.pk])
    for who in (here.kader, here.ketua):
        assert here.client(who).get(url).status_code == 404
    bidan = make.user("bidan", at=here.post)
    assert send(make.client_for(bidan), url, bidan, to_date=TODAY.isoformat()).status_code == 302
    here.refresh()
    assert mind(here).closed_as == "bukan_sasaran"


def test_no_kader_puts_it_under_watch_by_name(here, woman):
    url = reverse("residents:condition_new", args=[woman.pk])
    assert not TELLING.search(here.client().get(url).content.decode())
    assert send(here.client(), url, here.kader, kind="odgj", from_date=TODAY.isoformat()).status_code == 422
    assert not woman.conditions.exists()


def shown(page: str) -> str:
    """A page without the fold that offers the same closed forms for every grown-up."""
    return re.sub(r"<details.*?</details>", "", page, flags=re.S)


@pytest.fixture
def known_to_few(here, woman):
    """Registered, unchecked, visited with an answer and a note, referred: everything that could tell."""
    day = make.open_day(here.post, TODAY, by=here.kader)
    save_record(encounter=day.encounter, form="odgj", subject=woman, answers={"odgj_berobat": "tidak"}, by=here.ketua)
    here.refresh()
    visit = record_visit(
        household=here.family, resident=woman, day=TODAY, by=here.kader, reason="ODGJ", outcome="bertemu",
        needs=[mind(here)], answers={"obat_ada": "tidak"}, note="obat jiwa habis",
    )  # fmt: skip
    make_referral(posyandu=here.post, resident=woman, reason="kontrol", on=TODAY, by=here.ketua, place="RS Amino")
    here.refresh()
    return day, visit


def addresses(here, woman, visit, day) -> dict[str, str]:
    """Where a kader or a reader of reports meets her."""
    need = mind(here)
    new = reverse("home_visits:visit_new", args=[here.family.pk])
    month = f"{TODAY:%Y-%m}"
    return {
        "first page": reverse("dashboard:home"),
        "list": reverse("home_visits:visit_list"),
        "need": reverse("follow_ups:need_detail", args=[need.pk]),
        "visit from the need": f"{new}?keperluan={need.pk}",
        "visit without one": new,
        "visit": reverse("home_visits:visit_detail", args=[visit.pk]),
        "same visit": reverse("home_visits:visit_continue", args=[visit.pk, need.pk]),
        "person": reverse("profiles:resident_detail", args=[woman.pk]),
        "household": reverse("profiles:household_detail", args=[here.family.pk]),
        "search": f"{reverse('residents:resident_list')}?cari=Siti",
        "messages": reverse("follow_ups:invitation_list"),
        "new referral": f"{reverse('follow_ups:referral_new', args=[woman.pk])}?pertemuan={day.encounter_id}",
        "open day": reverse("open_days:day_detail", args=[day.pk]),
        "rows of visits": reverse(
            "reports:figure_detail", args=[here.post.path, month, "kunjungan_rumah.semua.dikunjungi"]
        ),
    }


PLACES = ("first page", "list", "need", "visit from the need", "visit without one", "visit", "same visit", "person",
          "household", "search", "messages", "new referral", "open day", "rows of visits")  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_no_page_tells_a_kader_not_even_her_who_went_there(here, woman, known_to_few, where):
    day, visit = known_to_few
    response = here.client().get(addresses(here, woman, visit, day)[where])
    assert response.status_code == 200
    page = shown(response.content.decode())
    assert not TELLING.search(page), TELLING.search(page)
    secrets = {"visit": "Ada obat", "need": "Amino"}  # what was answered, and where she was sent for it
    assert where not in secrets or secrets[where] not in page


def test_who_may_know_reads_it(here, woman, known_to_few):
    day, visit = known_to_few
    found = addresses(here, woman, visit, day)
    for where in ("list", "need", "visit"):
        assert TELLING.search(shown(here.client(here.ketua).get(found[where]).content.decode())), where
    bidan = make.client_for(make.user("bidan", at=here.post))
    assert "Gangguan jiwa" in bidan.get(found["person"]).content.decode()
    assert "Gangguan jiwa" not in here.client(here.ketua).get(found["person"]).content.decode()


def test_the_visitor_she_is_given_to_reads_the_reason_and_who_may_not_know_gives_her_to_nobody(here, woman):
    need = registered(here, woman)
    url = reverse("follow_ups:need_detail", args=[need.pk])
    assert send(here.client(), url, here.kader, taker=str(here.kader.pk)).status_code == 403
    writer = make.user("sekretaris", at=here.post)
    loads = reverse("follow_ups:load_list")
    send(make.client_for(writer), loads, writer, giver="", taker=str(writer.pk))
    assert mind(here).assigned_to is None and here.need(kind="ABSEN_BERULANG").assigned_to == writer
    assert not TELLING.search(here.client().get(url).content.decode())
    assign_needs(needs=[need], to=here.kader, on=TODAY, by=here.ketua)
    assert TELLING.search(here.client().get(url).content.decode())
    visit = visited(here, woman, mind(here), obat_ada="tidak")
    page = reverse("home_visits:visit_detail", args=[visit.pk])
    assert "Gangguan jiwa" in shown(here.client().get(page).content.decode())
    other = make.user("kader", at=here.post)
    assert not TELLING.search(shown(make.client_for(other).get(page).content.decode()))


def test_she_is_not_expected_at_the_open_day_for_a_reason_nobody_sees(here, woman):
    fill(here, woman, odgj_berobat="ya")
    day = make.open_day(here.post, TODAY, by=here.kader)
    scope = Scope(here.kader.pk, posyandu=frozenset({here.post.pk}))
    names = {row.resident.name for row in expected_at(day, scope, stage_rules(here.post.area_id, TODAY))}
    assert names == {"Aisyah"}
    woman.conditions.create(kind="hipertensi", from_date=TODAY)
    assert woman.pk in {row.resident_id for row in expected_at(day, scope, stage_rules(here.post.area_id, TODAY))}


def test_the_card_says_no_day_of_a_form_whose_filling_alone_would_tell(here, woman):
    day = make.open_day(here.post, TODAY, by=here.kader)
    for form, answers in (("odgj", {"odgj_berobat": "ya"}), ("srq20", {"srq20_skor": 2})):
        save_record(encounter=day.encounter, form=form, subject=woman, answers=answers, by=here.ketua)
    url = reverse("open_days:record_edit", args=[day.pk, woman.pk, "kartu_dewasa_lansia"])
    fold = here.client().get(url).content.decode().split("Pertanyaan tertutup")[1].split("</details>")[0]
    lines = {line.split("<")[0]: "terakhir" in line for line in fold.split('<span class="row-name">')[1:]}
    scope, shown_to = Scope(here.kader.pk, posyandu=frozenset({here.post.pk})), person(woman, TODAY, StageRules())
    days = {spec.key: last for spec, last in sensitive_forms(shown_to, scope, frozenset())}
    assert days == {"srq20": TODAY, "odgj": None, "kekerasan": None}
    assert lines == {"Kesehatan jiwa (SRQ-20)": True, "Pendampingan ODGJ": False, "Kekerasan": False}


def test_paper_never_says_it_not_even_to_who_may_know(here, woman):
    registered(here, woman)
    paper = here.client(here.ketua).get(reverse("home_visits:visit_list_download")).content
    told = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    assert "Kunjungan kesehatan" in told and not TELLING.search(told)


def test_rows_of_the_report_are_in_no_list_and_its_paper_says_health_visit(here, woman, known_to_few):
    month = f"{TODAY:%Y-%m}"
    for who in (here.kader, here.ketua):
        for part in ("dikunjungi", "perlu"):
            key = f"kunjungan_rumah.odgj.{part}"
            rows = here.client(who).get(reverse("reports:figure_detail", args=[here.post.path, month, key]))
            assert rows.status_code == 404 or "Siti" not in rows.content.decode()
    visits = [definition for definition in DEFINITIONS if definition.key.startswith("kunjungan_rumah.odgj.")]
    assert visits and not any(TELLING.search(one.label) or TELLING.search(one.sentence) for one in visits)


def test_the_audit_page_says_that_something_was_watched_and_not_what(here, woman):
    fill(here, woman, odgj_berobat="ya")
    entry = Entry.objects.unscoped(reason=REASON).get(model="watchedcondition")
    assert not TELLING.search(str(entry.detail)) and "Siti" not in str(entry.detail)
