"""Each district switches forms on; health is always there."""

from datetime import date

import pytest

from services.areas.actions import set_district_setting
from services.fields import registry
from services.fields.queries import FORMS_IN_USE, forms_in_use, forms_used
from services.fields.spec import Shape
from tests import factories

pytestmark = pytest.mark.django_db
VILLAGE, DAY = "33.75.03.1003", date(2026, 11, 10)
FIRST_SET = {"anak_usia_dini", "air_jamban", "sumur", "rumah", "patroli", "fakir_miskin"}


def choose(*keys):
    area = factories.area_tree()["33.75"]
    set_district_setting(area=area, setting=FORMS_IN_USE, value=keys, valid_from=DAY, source="SK", by=None)


def test_a_small_set_is_on_where_a_district_decided_nothing():
    switched = {key for key in forms_in_use(VILLAGE, DAY) if registry.can_be_switched(registry.form(key))}
    assert switched == FIRST_SET | {f"penyuluhan_{each.key}" for each in registry.FIELDS if each.key != "kesehatan"}


def test_health_stays_on_when_everything_else_is_switched_off():
    choose()
    used = forms_in_use(VILLAGE, DAY)
    assert used == {spec.key for spec in registry.FORMS if spec.field == "kesehatan"}


def test_a_key_that_is_no_form_any_more_is_passed_over():
    choose("rumah", "dulu_ada")
    assert FORMS_IN_USE.check(["rumah", "dulu_ada"]) == ("rumah",)
    assert "rumah" in forms_in_use(VILLAGE, DAY)


def test_forms_are_listed_by_shape_and_the_readers_fields_never_the_sensitive_ones():
    choose("rumah", "pekarangan", "identifikasi_trauma", "fakir_miskin")
    households = forms_used(VILLAGE, DAY, shape=Shape.HOUSEHOLD)
    assert [spec.key for spec in households] == ["rumah", "pekarangan", "fakir_miskin"]
    bound = forms_used(VILLAGE, DAY, shape=Shape.HOUSEHOLD, fields=frozenset({"sosial"}))
    assert [spec.key for spec in bound] == ["fakir_miskin"]
    people = {spec.key for spec in forms_used(VILLAGE, DAY, shape=Shape.PERSON)}
    assert "identifikasi_trauma" not in people


def test_a_person_is_asked_what_her_district_uses():
    adult = ({"dewasa"}, "P")
    assert "literasi_digital" not in [spec.key for spec in registry.forms_for_person(*adult)]
    enabled = frozenset({"literasi_digital"})
    assert "literasi_digital" in [spec.key for spec in registry.forms_for_person(*adult, enabled=enabled)]
