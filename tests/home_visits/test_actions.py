"""A visit as a row, and what it does to the needs of the house."""

from datetime import date, timedelta

import pytest

from services.follow_ups.actions import make_referral, open_need
from services.follow_ups.models import NeedEvent, Referral
from services.home_visits import actions
from services.home_visits.models import HomeVisit
from services.posyandu.models import Period
from services.records.models import Encounter
from services.residents.actions import move_out, record_death
from services.residents.models import Residency
from services.web.refusals import Refusal
from tests import factories as make

from .conftest import TODAY

pytestmark = pytest.mark.django_db
REASON = "test"


def record(here, **changes):
    details = {
        "household": here.family,
        "resident": here.children[0],
        "day": TODAY,
        "reason": "ABSEN_BERULANG",
        "outcome": "bertemu",
        "by": here.kader,
    }
    return actions.record_visit(**{**details, **changes})


def visits() -> int:
    return HomeVisit.objects.unscoped(reason=REASON).count()


def test_a_visit_closes_what_it_was_made_for_and_points_at_it(here):
    here.refresh()
    visit = record(here, needs=here.needs(), answers={"mengapa_tidak_datang": "lupa"})
    assert here.need().closed_as == "dikunjungi" and visit.answers == {
        "ABSEN_BERULANG": {"mengapa_tidak_datang": "lupa"}
    }
    met = NeedEvent.objects.unscoped(reason=REASON).get(what="bertemu")
    assert met.encounter == visit.encounter and met.author == here.kader


def test_not_meeting_anybody_leaves_it_open(here):
    here.refresh()
    record(here, needs=here.needs(), outcome="tidak_bertemu")
    assert (here.need().state, here.need().attempts) == ("terbuka", 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "date"),
        ({"next_date": TODAY}, "next_date"),
        ({"next_date": TODAY - timedelta(days=3)}, "next_date"),
    ],
)
def test_days_out_of_order_are_refused(here, changes, field):
    with pytest.raises(Refusal) as refusal:
        record(here, **changes)
    assert (refusal.value.status, refusal.value.field) == (422, field) and visits() == 0


def test_a_visit_before_its_need_is_refused_whole(here):
    here.refresh()
    with pytest.raises(Refusal):
        record(here, day=TODAY - timedelta(days=3), needs=here.needs())
    assert here.need().closed_on is None


def test_a_month_that_was_sent_is_refused(here):
    Period.objects.create(posyandu=here.post, month=TODAY.replace(day=1), state="diajukan")
    with pytest.raises(Refusal):
        record(here)
    assert visits() == 0 and not Encounter.objects.unscoped(reason=REASON).filter(kind="kunjungan").exists()


def test_a_second_visit_to_the_house_that_day_is_asked_about_first(here):
    record(here)
    with pytest.raises(Refusal) as refusal:
        record(here, by=here.ketua)
    assert refusal.value.status == 409 and here.kader.name in refusal.value.message
    record(here, by=here.ketua, second=True)
    assert visits() == 2


def home(person):
    return (
        Residency.objects.unscoped(reason=REASON)
        .select_related("resident", "posyandu")
        .get(resident=person, to_date=None)
    )


def test_who_moved_died_or_was_merged_meanwhile_is_told(here):
    gone, dead = make.resident(here.post, "Budi", age_months=30, family=here.family), here.children[0]
    move_out(residency=home(gone), on=TODAY, destination="Semarang", by=here.ketua)
    record_death(residency=home(dead), on=TODAY, by=here.ketua)
    for person, said in ((gone, "tidak tinggal"), (dead, "meninggal")):
        person.refresh_from_db()
        with pytest.raises(Refusal) as refusal:
            record(here, resident=person)
        assert said in refusal.value.message and refusal.value.field == "resident"
    assert visits() == 0


def test_another_need_is_dealt_with_at_the_same_visit(here):
    here.refresh()
    other = open_need(posyandu=here.post, kind="PTM", words="obat", on=TODAY, by=here.kader, household=here.family)
    visit = record(here, needs=here.needs(kind="ABSEN_BERULANG"))
    actions.continue_visit(visit=visit, need=other, answers={"obat_ada": "ya"}, by=here.kader)
    assert here.need(kind="PTM").closed_as == "dikunjungi" and visits() == 1
    visit.refresh_from_db()
    assert visit.answers == {"PTM": {"obat_ada": "ya"}}


def test_a_house_that_was_met_has_had_its_yearly_visit(here):
    open_need(posyandu=here.post, kind="RUTIN", words="kunjungan rutin", on=TODAY, by=here.kader, household=here.family)
    record(here)
    assert here.need(kind="RUTIN").closed_as == "dikunjungi"


def test_what_the_family_tells_of_a_referral_is_its_feedback(here):
    child = here.children[0]
    make_referral(
        posyandu=here.post, resident=child, reason="T", on=TODAY - timedelta(days=20), by=here.kader, place="RS"
    )
    need = open_need(
        posyandu=here.post,
        kind="RUJUKAN_TAK_DATANG",
        words="x",
        on=TODAY,
        by=here.kader,
        resident=child,
        household=here.family,
    )
    record(here, needs=[need], reason="RUJUKAN_TAK_DATANG", answers={"sudah_ke_rujukan": "selesai"})
    referral = Referral.objects.unscoped(reason=REASON).get()
    assert referral.state == "selesai" and referral.events.get(state="selesai").is_verbal


def test_a_danger_sign_is_reported_by_whom_to_whom_and_when(here):
    visit = record(here, danger_signs=["kejang"])
    visit = actions.report_danger(visit=visit, to="bidan", on=TODAY, by=here.kader)
    assert (visit.reported_to, visit.reported_on, visit.reported_by) == ("bidan", TODAY, here.kader)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1), date(2020, 1, 1)):
        with pytest.raises(Refusal):
            actions.report_danger(visit=visit, to="bidan", on=day, by=here.kader)
