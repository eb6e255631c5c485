"""A district sets the limits of the cards from a day on."""

from dataclasses import fields, replace
from datetime import date

import pytest
from django.urls import reverse

from services.accounts.queries import access_of
from services.areas.access import Permission
from services.areas.actions import set_district_setting
from services.areas.models import DistrictSetting
from services.areas.settings import SETTINGS, remembered, value_text
from services.clinical.categories import DEFAULT_MUAC
from services.clinical.kms import DEFAULT_KMS
from services.clinical.limits import DEFAULT_LIMITS
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.follow_ups.queries import findings_to_confirm
from services.follow_ups.queries.facts import facts_at
from services.follow_ups.rules.body import judge_height, judge_lines, judge_wasting
from services.follow_ups.rules.facts import PersonFacts, Seen
from services.profiles.growth_chart import kms_chart
from services.profiles.queries.growth import growth_page
from services.records.actions import save_record
from services.records.results import results_of
from services.records.thresholds import (
    CLASS_LIMITS,
    GAINS,
    KMS_LIMITS,
    MUAC_LIMITS,
    THRESHOLD_SETTINGS,
    THRESHOLDS,
    limits_on,
)
from tests import factories as make
from tests.counting import at_most
from tests.records.test_results import measured

SINCE = date(2026, 3, 10)
BEFORE, AFTER = date(2026, 3, 9), SINCE
AREA, ELSEWHERE = "33.75.03.1003", "33.20.13.2004"


@pytest.fixture
def decided(db):
    """The kota takes 150 instead of 140 from 10 March 2026."""
    make.area_tree()
    officer = make.user("admin", at="33.75")
    set_district_setting(
        area=make.area_tree()["33.75"],
        setting=THRESHOLDS["systolic_high"],
        value="150",
        valid_from=SINCE,
        source="SE Dinkes 440/12",
        by=officer,
    )


def test_a_limit_holds_from_its_day_on_and_in_its_district_only(decided):
    assert limits_on(AREA, BEFORE) == DEFAULT_LIMITS
    assert limits_on(AREA, AFTER).screening.systolic_high == 150
    assert limits_on(AREA, AFTER).screening.diastolic_high == DEFAULT_SCREENING.diastolic_high
    assert limits_on(ELSEWHERE, AFTER) == DEFAULT_LIMITS


@pytest.mark.parametrize("day, is_high", [(BEFORE, True), (AFTER, False)])
def test_145_over_85_is_high_on_the_card_until_the_district_takes_150(decided, day, is_high):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    held = make.open_day(post, day, by=kader)
    adult = make.resident(post, "Slamet", sex="L", birth_date=date(1980, 1, 1))
    save_record(
        encounter=held.encounter,
        form="kartu_dewasa_lansia",
        subject=adult,
        answers={"td": {"sistol": 145, "diastol": 85}},
        by=kader,
    )
    page = make.client_for(kader).get(reverse("open_days:record_edit", args=[held.pk, adult.pk, "kartu_dewasa_lansia"]))
    pressure = [result for result in page.context["results"] if result.about == "Tekanan darah"]
    assert [result.needs_referral for result in pressure] == [is_high]
    listed = findings_to_confirm(access_of(kader).scope(Permission.RECORD), day)
    assert bool([finding for finding in listed if "Tekanan darah" in finding.words]) is is_high


def test_home_visits_look_at_the_same_limits(decided):
    post = make.posyandu()
    assert facts_at(post, on=AFTER).post.cards.screening.systolic_high == 150
    assert facts_at(post, on=BEFORE).post.cards == DEFAULT_LIMITS


# Setting, its new value, what was measured, and what the card says of it before and from its day.
CHILD_LIMITS = [
    (KMS_LIMITS["red_line_z"], "-2,5", {"z_wfa": -2.7}, "Di bawah garis merah (BGM)", (False, True)),
    (KMS_LIMITS["orange_line_z"], "1,5", {"z_wfa": 1.2}, "Di atas garis oranye", (True, False)),
    (MUAC_LIMITS["severe_below"], "12,0", {"muac_mm": 118}, "Gizi buruk", (False, True)),
    (MUAC_LIMITS["moderate_below"], "12,0", {"muac_mm": 122}, "Gizi kurang", (True, False)),
    (CLASS_LIMITS["lhfa", 0], "-3; -2,5; 3", {"z_lhfa": -2.3}, "Pendek", (True, False)),
    (CLASS_LIMITS["wflh", 0], "-2,5; -2; 1; 2; 3", {"z_wflh": -2.7}, "Gizi buruk", (False, True)),
    (CLASS_LIMITS["hcfa", 0], "-2; 2,5", {"z_hcfa": 2.2}, "Makrosefali (melebihi normal)", (True, False)),
]


def decide(setting, value, since=SINCE):
    area, officer = make.area_tree()["33.75"], make.user("admin", at="33.75")
    set_district_setting(area=area, setting=setting, value=value, valid_from=since, source="SE", by=officer)


@pytest.mark.parametrize(("setting", "value", "given", "words", "expected"), CHILD_LIMITS)
def test_what_the_card_of_a_child_says_follows_the_limit_of_the_day(db, setting, value, given, words, expected):
    decide(setting, value)
    said = tuple(
        words
        in {
            line.words
            for line in results_of(
                measured(**given), stages=("balita",), sex="P", age_months=23, limits=limits_on(AREA, day)
            )
        }
        for day in (BEFORE, AFTER)
    )
    assert said == expected


def test_n_and_t_of_a_month_follow_the_minimum_gain_of_its_day(db):
    lower = "800; 900; 800; 600; 500; 400; 400; 300; 300; 300; 300; 100"
    decide(GAINS["L"], lower)
    post = make.posyandu()
    kader = make.user("kader", at=post)
    boy = make.resident(post, "Budi", sex="L", birth_date=date(2024, 1, 5))
    for month, kilograms in ((1, 12.0), (2, 12.15), (3, 12.3)):
        day = make.open_day(post, date(2026, month, 20), by=kader)
        answers = {"bb_kg": kilograms}
        save_record(
            encounter=day.encounter, form="kartu_balita", subject=boy, answers=answers, asked=["bb_kg"], by=kader
        )
    statuses = boy.measurements.order_by("measured_on").values_list("weight_status", flat=True)
    assert list(statuses) == ["B", "T", "N"]


@pytest.mark.parametrize(
    ("setting", "value", "kind", "given", "holds"),
    [
        (KMS_LIMITS["red_line_z"], "-2,5", "BGM", {"z_wfa": -2.7}, True),
        (KMS_LIMITS["orange_line_z"], "1,5", "BGM", {"z_wfa": 1.2}, False),
        (MUAC_LIMITS["severe_below"], "12,0", "GIZI_BURUK", {"muac_mm": 118}, True),
        (CLASS_LIMITS["lhfa", 0], "-3; -2,5; 3", "STUNTING", {"z_lhfa": -2.3}, False),
    ],
)
def test_a_home_visit_is_opened_by_the_same_limit(db, setting, value, kind, given, holds):
    decide(setting, value)
    post = make.posyandu()
    baby = make.resident(post, "Aisyah", birth_date=date(2024, 4, 1))
    seen = PersonFacts(baby.pk, None, "P", baby.birth_date, BEFORE)
    seen = replace(seen, measured={column: Seen(value, AFTER) for column, value in given.items()})
    facts = facts_at(post, on=AFTER).post
    rule = {"BGM": judge_lines, "GIZI_BURUK": judge_wasting, "STUNTING": judge_height}[kind]
    said = rule(seen, facts)
    assert bool(said and said.holds) is holds
    usual = rule(seen, replace(facts, cards=DEFAULT_LIMITS))
    assert bool(usual and usual.holds) is not holds


def test_the_growth_page_judges_each_row_by_its_day_and_draws_the_minimum_gain_of_today(db):
    decide(MUAC_LIMITS["severe_below"], "12,0")
    decide(GAINS["P"], "800; 900; 800; 600; 500; 400; 300; 300; 300; 300; 200; 150")
    post = make.posyandu()
    kader = make.user("kader", at=post)
    baby = make.resident(post, "Aisyah", birth_date=date(2024, 4, 1))
    for day in (BEFORE, AFTER):
        said = {"answers": {"bb_kg": 10.0, "lila_cm": 11.8}, "asked": ["bb_kg", "lila_cm"]}
        held = make.open_day(post, day, by=kader)
        save_record(encounter=held.encounter, form="kartu_balita", subject=baby, by=kader, **said)
    shown = growth_page(baby, access_of(kader).scope(Permission.SEE_NAMES))
    arms = [one.words for row in shown.rows for one in row.judged if one.about == "LiLA"]
    assert arms == ["Gizi buruk", "Gizi kurang"]  # newest first
    assert ">150<" in kms_chart("P", shown.measured, rules=shown.kms)


def test_all_limits_of_a_district_are_one_query_in_a_request(decided):
    with remembered(), at_most(1):
        for day in (BEFORE, AFTER, date(2026, 4, 1)):
            with remembered():  # a rule that remembers for itself asks no more often
                limits_on(AREA, day)


def test_each_limit_is_a_setting_with_the_cards_value_as_default():
    names = {field.name for field in fields(ScreeningRules)}
    assert set(THRESHOLDS) <= names
    for name, setting in THRESHOLDS.items():
        assert SETTINGS[setting.key] is setting
        assert setting.check(setting.default) == getattr(DEFAULT_SCREENING, name)

    for limits, defaults in ((KMS_LIMITS, DEFAULT_KMS), (MUAC_LIMITS, DEFAULT_MUAC)):
        assert all(setting.default == getattr(defaults, name) for name, setting in limits.items())
    for setting in THRESHOLD_SETTINGS:
        assert SETTINGS[setting.key] is setting
        assert setting.check(setting.default) == setting.default
        assert (
            setting.check(value_text(setting, setting.default)) == setting.default
            or setting.choices
            or (isinstance(setting.default, bool))
        )


@pytest.mark.parametrize(
    ("setting", "typed"),
    [
        (CLASS_LIMITS["lhfa", 0], "-3; -2"),
        (CLASS_LIMITS["lhfa", 0], "-3; -2; 3; 4"),
        (CLASS_LIMITS["lhfa", 0], "-2; -2; 3"),
        (CLASS_LIMITS["lhfa", 0], "-3; nan; 3"),
        (CLASS_LIMITS["lhfa", 0], "-30; -2; 3"),
        (CLASS_LIMITS["lhfa", 0], "abc"),
        (GAINS["P"], "800; 900"),
        (GAINS["P"], "800; 900; 800; 600; 500; 400; 300; 300; 300; 300; 200; 2000"),
        (KMS_LIMITS["red_line_z"], "3"),
        (KMS_LIMITS["red_line_z"], "nan"),
    ],
)
def test_a_series_that_cannot_be_is_refused(setting, typed):
    with pytest.raises(ValueError, match=r"Isi|tidak mungkin"):
        setting.check(typed)


@pytest.mark.parametrize("typed", ["15", "1500", "nan", "abc", ""])
def test_a_slip_of_the_finger_is_refused(typed):
    for name in ("systolic_high", "muac_pregnant_below"):
        with pytest.raises(ValueError):
            THRESHOLDS[name].check(typed if name == "systolic_high" else typed.replace("15", "99"))


def test_a_limit_with_a_comma_is_typed_and_shown_with_a_comma(db):
    make.area_tree()
    client, setting = make.client_for(make.user("admin", at="33.75")), THRESHOLDS["muac_pregnant_below"]
    assert value_text(setting, 23.5) == "23,5"
    page = client.get(reverse("areas:setting_edit", args=["33.75", setting.key]))
    key = page.context["submission_key"]
    sent = {"submission_key": key, "value": "23,0", "valid_from": "2026-03-10", "source": "SE"}
    assert client.post(reverse("areas:setting_edit", args=["33.75", setting.key]), sent).status_code == 302
    assert DistrictSetting.objects.unscoped(reason="test").get().value == 23.0
