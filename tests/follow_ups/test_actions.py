"""Needs as rows: opened by a closed day, repaired by a corrected one, moved on by visits."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from services.areas.actions import set_district_setting
from services.areas.clock import months_back, previous_month
from services.areas.models import Area
from services.areas.settings import FAILED_ATTEMPTS, VISIT_USED
from services.follow_ups import actions
from services.follow_ups.models import Need, NeedEvent, Referral
from services.open_days.actions import close_day, reopen_day, tick
from services.posyandu.models import Facility, Period
from services.records.actions import save_record, start_encounter, unmark_present
from services.residents.actions import merge_residents, move_out, record_death
from services.residents.models import Residency
from services.web.refusals import Refusal
from tests import factories as make

from .conftest import REASON, TODAY

pytestmark = pytest.mark.django_db


def events(need) -> list[str]:
    return list(need.events.order_by("at").values_list("what", flat=True))


def test_closing_a_day_opens_needs_and_says_how_many(here):
    day = make.open_day(here.post, TODAY, by=here.kader)
    changes = close_day(open_day=day, by=here.kader, helpers={})

    need = here.need()
    assert (changes.opened, changes.closed) == (1, 0) and changes.words == "1 kunjungan baru"
    assert (need.kind, need.words, need.stage, need.since) == ("ABSEN_BERULANG", "3 kali tidak hadir", "balita", TODAY)
    assert need.due_on == TODAY + timedelta(days=14) and need.household == here.family
    assert events(need) == ["dibuka"] and need.events.get().author == here.kader


def test_the_second_closing_opens_nothing_twice(here):
    assert here.refresh().opened == 1
    assert here.refresh() == actions.Changes(0, 0)


def test_coming_closes_the_need_with_its_reason(here):
    here.refresh()
    day = make.open_day(here.post, TODAY, by=here.kader)
    make.present(day, here.children[0], by=here.kader)
    changes = close_day(open_day=day, by=here.kader, helpers={})

    need = here.need()
    assert changes.closed == 1 and (need.state, need.closed_as) == ("selesai", "hadir")
    assert events(need) == ["dibuka", "ditutup"]


def test_correcting_attendance_repairs_the_needs_both_ways(here):
    day = make.open_day(here.post, TODAY, by=here.kader)
    close_day(open_day=day, by=here.kader, helpers={})
    reopen_day(open_day=day, by=here.kader)
    assert here.refresh() == actions.Changes(0, 0), "while it is corrected nothing ends"
    day.refresh_from_db()
    tick(open_day=day, resident=here.children[0], by=here.kader)
    assert close_day(open_day=day, by=here.kader, helpers={}) == actions.Changes(0, 1)

    reopen_day(open_day=day, by=here.kader)
    day.refresh_from_db()
    unmark_present(encounter=day.encounter, resident_id=here.children[0].pk, by=here.kader)
    assert close_day(open_day=day, by=here.kader, helpers={}) == actions.Changes(1, 0)
    assert [need.closed_as for need in here.needs()].count("") == 1


def test_a_cancelled_day_and_a_post_before_it_is_live_open_nothing(here):
    here.days[0].state, here.days[0].cancel_reason = "batal", "hujan"
    here.days[0].save(update_fields=["state", "cancel_reason"])
    assert here.refresh().opened == 0
    here.post.live_from = date(TODAY.year + 1, 1, 1)
    assert here.refresh().opened == 0


def test_moving_dying_and_merging_end_needs_with_that_reason(here):
    child = here.children[0]
    other = make.resident(here.post, "Ahmad", age_months=30, family=here.family)
    third = make.resident(here.post, "Aisyah P", age_months=20, family=here.family)
    here.refresh()

    def home(who):
        return (
            Residency.objects.unscoped(reason=REASON)
            .select_related("resident", "posyandu")
            .get(resident=who, to_date=None)
        )

    move_out(residency=home(child), on=TODAY, destination="Semarang", by=here.ketua)
    record_death(residency=home(other), on=TODAY, by=here.ketua)
    keeper = make.resident(here.post, "Aisyah Putri", age_months=20)
    here.refresh()
    merge_residents(kept=keeper, gone=third, by=here.ketua)
    here.refresh()
    reasons = {
        need.resident.name: need.closed_as for need in here.needs(kind="ABSEN_BERULANG", resident__in=[child, other])
    }
    assert reasons == {"Aisyah": "pindah", "Ahmad": "meninggal"}
    open_ones = here.needs(closed_on=None)
    assert [need.resident_id for need in open_ones] == [keeper.pk], "one open need for the person who was two"


def test_a_weight_without_gain_opens_and_a_gain_closes(here):
    child = here.children[0]
    for month in months_back(previous_month(TODAY), 3):
        encounter = start_encounter(kind="lain", posyandu=here.post, day=month.replace(day=15), by=here.kader)
        save_record(encounter=encounter, form="kartu_balita", subject=child, answers={"bb_kg": 9.0}, by=here.kader)
    here.refresh()
    assert here.need(kind="DUA_T").words == "BB tidak naik 2 bulan"
    encounter = start_encounter(kind="lain", posyandu=here.post, day=TODAY, by=here.kader)
    save_record(encounter=encounter, form="kartu_balita", subject=child, answers={"bb_kg": 9.9}, by=here.kader)
    here.refresh()
    assert here.need(kind="DUA_T").closed_as == "berat_naik"


def test_the_database_holds_one_open_need_per_person_and_kind(here):
    here.refresh()
    need = here.need()
    need.pk, need._state.adding = None, True
    need.id = Need._meta.pk.get_default()
    with pytest.raises(IntegrityError), transaction.atomic():
        need.save(force_insert=True)


def test_two_computations_at_once_open_a_need_once(here, monkeypatch):
    """The first try computed before somebody else's rows were there; the second sees them."""
    from services.follow_ups.actions import needs as module

    original, tries = module.facts_at, []

    def late(posyandu, **options):
        facts = original(posyandu, **options)
        if not tries:
            tries.append(1)
            opening = module.decide(facts.post, facts.people, facts.houses, facts.known).openings[0]
            module._need(opening, posyandu, TODAY).save(force_insert=True)
        return facts

    monkeypatch.setattr(module, "facts_at", late)
    assert here.refresh() == actions.Changes(1, 0)
    assert len(here.needs()) == 1


def test_the_daily_command_says_how_many_and_then_nothing(here, elsewhere, capsys):
    call_command("refresh_follow_ups")
    assert capsys.readouterr().out == "opened 2, closed 0\n"
    call_command("refresh_follow_ups")
    assert capsys.readouterr().out == "opened 0, closed 0\n"


def test_the_yearly_round_opens_a_twelfth_of_the_households_a_month(here):
    from services.areas.models import DistrictSetting

    DistrictSetting.objects.unscoped(reason=REASON).all().delete()
    for number in range(23):
        make.resident(
            here.post,
            f"Pak {number:02}",
            birth_date=date(1980, 1, 1),
            family=make.household(here.post, f"K{number:02}"),
        )
    day = TODAY.replace(day=1)
    opened = [actions.refresh_needs(posyandu=here.post, on=day) and len(here.needs(kind="RUTIN"))]
    assert opened == [2], "24 households, two a month"


def test_a_rule_that_is_switched_off_opens_nothing_and_ends_its_needs(here):
    here.refresh()
    district = Area.objects.get(pk="33.75")
    set_district_setting(
        area=district,
        setting=VISIT_USED["ABSEN_BERULANG"],
        value=False,
        valid_from=date(2025, 1, 1),
        source="uji",
        by=None,
    )
    assert here.refresh() == actions.Changes(0, 1)
    assert here.need().closed_as == "aturan_berubah"


def met(here, **changes):
    return actions.Visited(**{"day": TODAY, "met": True, **changes})


def visit(here, need, **changes):
    actions.visit_needs(needs=[need], visited=met(here, **changes), posyandu=here.post, by=here.kader)
    return here.need(pk=need.pk)


def test_a_visit_that_met_somebody_closes_the_need_for_good(here):
    here.refresh()
    need = visit(here, here.need())
    assert (need.state, need.closed_as) == ("selesai", "dikunjungi")
    assert here.refresh() == actions.Changes(0, 0), "what happened before the visit opens nothing"


def test_a_promised_date_carries_the_need_on_and_is_not_overdue(here):
    here.refresh()
    need = visit(here, here.need(), next_date=TODAY + timedelta(days=40))
    assert need.state == "terbuka" and need.planned_on == TODAY + timedelta(days=40)


def test_a_chronic_need_sets_its_next_visit(here):
    need = actions.open_need(
        posyandu=here.post, kind="STUNTING", words="pendek", on=TODAY, by=here.kader, resident=here.children[0]
    )
    need = visit(here, need)
    assert need.closed_on is None and need.planned_on == TODAY + timedelta(days=30)


def test_after_several_visits_in_vain_the_desa_takes_over_and_answers(here):
    set_district_setting(
        area=Area.objects.get(pk="33.75"),
        setting=FAILED_ATTEMPTS,
        value=2,
        valid_from=date(2025, 1, 1),
        source="uji",
        by=None,
    )
    here.refresh()
    need = visit(here, here.need(), met=False)
    assert (need.attempts, need.state) == (1, "terbuka")
    need = visit(here, need, met=False)
    assert need.state == "diserahkan" and events(need)[-1] == "diserahkan"
    lurah = make.user("lurah", at="33.75.03.1003")
    actions.answer_handed(need=need, result="kembali", words="ada di rumah malam hari", on=TODAY, by=lurah)
    assert here.need(pk=need.pk).state == "terbuka"
    with pytest.raises(Refusal):
        actions.answer_handed(need=need, result="selesai", words="", on=TODAY, by=lurah)


def test_a_visit_dated_before_the_need_is_refused_and_nothing_changes(here):
    here.refresh()
    with pytest.raises(Refusal) as refusal:
        visit(here, here.need(), day=TODAY - timedelta(days=1))
    assert refusal.value.status == 422 and refusal.value.field == "date"
    assert events(here.need()) == ["dibuka"]


def test_a_need_by_hand_is_opened_once(here):
    one = {
        "posyandu": here.post,
        "kind": "SOSEK",
        "words": "memeriksa permohonan",
        "on": TODAY,
        "by": here.kader,
        "household": here.family,
    }
    assert actions.open_need(**one).pk == actions.open_need(**one).pk
    assert here.need().due_on == TODAY + timedelta(days=5)
    with pytest.raises(Refusal):
        actions.open_need(**{**one, "household": None})


def test_needs_are_handed_over_with_a_trace(here):
    here.refresh()
    assert actions.assign_needs(needs=here.needs(), to=here.ketua, on=TODAY, by=here.ketua) == 1
    assert actions.assign_needs(needs=here.needs(), to=here.ketua, on=TODAY, by=here.ketua) == 0
    assert here.need().assigned_to == here.ketua and events(here.need()) == ["dibuka", "ditugaskan"]


@pytest.fixture
def puskesmas(here):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75", phone="0285-1")
    here.post.facility = facility
    here.post.save(update_fields=["facility"])
    return facility


def refer(here, facility, on=TODAY, **changes):
    details = {"posyandu": here.post, "resident": here.children[0], "reason": "BB tidak naik", "facility": facility}
    return actions.make_referral(**{**details, "on": on, "by": here.kader, **changes})


def test_a_referral_is_answered_step_by_step(here, puskesmas):
    referral = refer(here, puskesmas)
    for state in ("diterima", "ditangani", "selesai"):
        assert actions.answer_referrals(referrals=[referral], state=state, on=TODAY, by=here.kader, is_verbal=True) == 1
    assert actions.answer_referrals(referrals=[referral], state="diterima", on=TODAY, by=here.kader) == 0
    assert list(referral.events.order_by("at").values_list("state", flat=True)) == [
        "dibuat",
        "diterima",
        "ditangani",
        "selesai",
    ]


def test_only_what_was_sent_and_stays_unanswered_becomes_a_need(here, puskesmas):
    day = make.open_day(here.post, TODAY - timedelta(days=20), by=here.kader)
    other = make.resident(here.post, "Ahmad", age_months=30, family=here.family)
    refer(here, puskesmas, on=TODAY - timedelta(days=20))
    settled = actions.referrals.Settled(day.encounter, other, "BB tidak naik", "di_tempat")
    actions.settle_findings(settled=[settled], facility=puskesmas, on=TODAY - timedelta(days=20), by=here.kader)
    here.refresh()

    need = here.need(kind="RUJUKAN_TAK_DATANG")
    assert need.resident == here.children[0]
    sent = Referral.objects.unscoped(reason=REASON).get(state="dibuat")
    actions.answer_referrals(referrals=[sent], state="ditangani", on=TODAY, by=here.kader)
    need.refresh_from_db()
    assert need.closed_as == "rujukan_dijawab"


def test_a_second_referral_of_one_day_and_one_to_nowhere_are_refused(here, puskesmas):
    refer(here, puskesmas, encounter=here.days[0].encounter)
    with pytest.raises(Refusal):
        refer(here, puskesmas, encounter=here.days[0].encounter)
    with pytest.raises(Refusal) as refusal:
        refer(here, None)
    assert refusal.value.field == "facility"
    assert Referral.objects.unscoped(reason=REASON).count() == 1


def test_a_referral_in_a_month_that_was_sent_is_refused(here, puskesmas):
    Period.objects.create(posyandu=here.post, month=TODAY.replace(day=1), state="diajukan")
    with pytest.raises(Refusal):
        refer(here, puskesmas)


def test_the_bidans_batch_passes_over_what_somebody_settled_meanwhile(here, puskesmas):
    one = actions.referrals.Settled(here.days[0].encounter, here.children[0], "BB tidak naik", "dirujuk")
    assert actions.settle_findings(settled=[one], facility=None, on=TODAY, by=here.kader) == (0, 1)
    assert actions.settle_findings(settled=[one], facility=None, on=TODAY, by=here.kader) == (0, 0)


def test_needs_remember_that_she_was_sent_on(here, puskesmas):
    here.refresh()
    refer(here, puskesmas)
    assert events(here.need()) == ["dibuka", "dirujuk"]


def test_needs_of_another_district_are_not_touched(here, elsewhere):
    here.refresh()
    assert elsewhere.needs() == []
    assert NeedEvent.objects.unscoped(reason=REASON).filter(need__posyandu=elsewhere.post).count() == 0
