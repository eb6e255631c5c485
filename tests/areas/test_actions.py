from datetime import date

import pytest

from services.areas.actions import import_areas, remember_codes, set_district_setting
from services.areas.models import Area, CodeChange, DistrictSetting
from services.areas.rules import AreaRow, BadList
from services.areas.settings import DUE_SUBMIT, value_of
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
LIST = (
    ("33", "Jawa Tengah"),
    ("33.75", "Kota Pekalongan"),
    ("33.75.03", "Pekalongan Utara"),
    ("33.75.03.1002", "Krapyak"),
    ("33.75.03.1003", "Kandang Panjang"),
)


def load(*changes, rows=LIST, **options):
    rows = [AreaRow(code, name, row=number) for number, (code, name) in enumerate(rows, start=2)]
    return import_areas(rows=[*rows, *changes], by=None, on=TODAY, **options)


def test_a_second_import_changes_nothing():
    assert load().new == 5
    again = load()
    assert (again.new, again.changed, again.same, again.inactive) == (0, 0, 5, 0)


def test_a_place_has_its_level_kind_and_parent_from_its_code():
    load()
    village = Area.objects.get(pk="33.75.03.1003")
    assert (village.level, village.kind, village.parent_id) == ("desa", "kelurahan", "33.75.03")
    assert village.title == "Kelurahan Kandang Panjang"


def test_children_may_stand_before_their_parents():
    assert load(rows=LIST[::-1]).new == 5


def test_a_changed_name_is_counted_and_written():
    load()
    counts = load(rows=[*LIST[:4], ("33.75.03.1003", "Kandang Panjang Baru")])
    assert (counts.changed, counts.same) == (1, 4)
    assert Area.objects.get(pk="33.75.03.1003").name == "Kandang Panjang Baru"


def test_a_place_that_left_the_list_is_inactive_and_comes_back_active():
    load()
    assert load(rows=LIST[:4]).inactive == 1
    assert not Area.objects.get(pk="33.75.03.1003").is_active
    assert load(rows=LIST[:4]).inactive == 0
    assert load().changed == 1
    assert Area.objects.get(pk="33.75.03.1003").is_active


def test_a_known_postcode_survives_a_list_without_postcodes():
    load(AreaRow("33.75.03.1004", "Panjang Wetan", "51141"))
    assert load(AreaRow("33.75.03.1004", "Panjang Wetan")).same == 6
    assert Area.objects.get(pk="33.75.03.1004").postcode == "51141"


def test_an_unknown_parent_writes_nothing():
    with pytest.raises(BadList, match=r"Baris 9: induk 33\.26\.01"):
        load(AreaRow("33.26.01.2001", "Lambanggelun", row=9))
    assert not Area.objects.exists()


def test_old_codes_of_a_row_are_remembered_once():
    row = AreaRow("33.75.03.1004", "Panjang Wetan", old_codes=("33.75.03.1001", "33.75.03.1005"))
    assert load(row).old_codes == 2
    assert load(row).old_codes == 0
    assert set(CodeChange.objects.values_list("old_code", flat=True)) == {"33.75.03.1001", "33.75.03.1005"}


def test_an_old_code_leads_only_to_a_known_place():
    with pytest.raises(BadList, match=r"33\.99"):
        remember_codes(pairs=[("33.75", "33.99")], by=None, on=TODAY)


def test_a_district_setting_holds_from_its_day_on_and_remembers_who():
    area = factories.area_tree()["33.75"]
    admin = factories.user("admin", at="33.75")
    set_district_setting(area=area, setting=DUE_SUBMIT, value=7, valid_from=date(2026, 11, 1), source="SE 1", by=admin)
    set_district_setting(area=area, setting=DUE_SUBMIT, value=9, valid_from=date(2026, 12, 1), source="SE 2", by=admin)
    days = [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 1)]
    assert [value_of(DUE_SUBMIT, "33.75.03", day) for day in days] == [5, 7, 9]
    assert value_of(DUE_SUBMIT, "33.20", days[2]) == 5
    row = DistrictSetting.objects.unscoped(reason="test").first()
    assert row.history.first().history_user == admin


def test_a_value_for_the_same_day_replaces_and_keeps_the_old_one_in_history():
    area = factories.area_tree()["33.75"]
    for value in (7, 8):
        set_district_setting(area=area, setting=DUE_SUBMIT, value=value, valid_from=TODAY, source="SE", by=None)
    row = DistrictSetting.objects.unscoped(reason="test").get()
    assert row.value == 8
    assert [old.value for old in row.history.order_by("history_id")] == [7, 8]


def test_a_value_out_of_bounds_is_refused():
    area = factories.area_tree()["33.75"]
    with pytest.raises(ValueError, match="1 sampai 28"):
        set_district_setting(area=area, setting=DUE_SUBMIT, value=31, valid_from=TODAY, source="SE", by=None)
