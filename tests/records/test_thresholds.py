"""A district sets the limits of the cards from a day on."""

from dataclasses import fields
from datetime import date

import pytest
from django.urls import reverse

from services.accounts.queries import access_of
from services.areas.access import Permission
from services.areas.actions import set_district_setting
from services.areas.models import DistrictSetting
from services.areas.settings import SETTINGS, value_text
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.follow_ups.queries import findings_to_confirm
from services.follow_ups.queries.facts import facts_at
from services.records.actions import save_record
from services.records.thresholds import THRESHOLDS, screening_rules
from tests import factories as make

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
    assert screening_rules(AREA, BEFORE) == DEFAULT_SCREENING
    assert screening_rules(AREA, AFTER).systolic_high == 150
    assert screening_rules(AREA, AFTER).diastolic_high == DEFAULT_SCREENING.diastolic_high
    assert screening_rules(ELSEWHERE, AFTER) == DEFAULT_SCREENING


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
    assert facts_at(post, on=AFTER).post.screening.systolic_high == 150
    assert facts_at(post, on=BEFORE).post.screening == DEFAULT_SCREENING


def test_each_limit_is_a_setting_with_the_cards_value_as_default():
    names = {field.name for field in fields(ScreeningRules)}
    assert set(THRESHOLDS) <= names
    for name, setting in THRESHOLDS.items():
        assert SETTINGS[setting.key] is setting
        assert setting.check(setting.default) == getattr(DEFAULT_SCREENING, name)


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
