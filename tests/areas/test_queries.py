from datetime import date

import pytest

from services.areas.models import Area, CodeChange
from services.areas.queries import find_area, parents_of, settings_by_district, successors, villages_within
from services.areas.scope import Scope
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return factories.area_tree()


def change(old, new, on=date(2020, 1, 1)):
    CodeChange.objects.create(old_code=old, new_area_id=new, changed_on=on)


def test_a_place_is_found_by_its_code(tree):
    assert find_area("33.75.03") == tree["33.75.03"]


@pytest.mark.parametrize("code", ["", "33.7", "33.75.03.100", "99", "kandang panjang"])
def test_a_code_never_matches_by_its_beginning_or_its_name(tree, code):
    assert find_area(code) is None


def test_an_old_code_is_followed_through_several_changes(tree):
    change("33.75.03.1001", "33.75.03.1003")
    change("33.75.03.1000", "33.75.03.1003", date(2010, 1, 1))
    assert find_area("33.75.03.1001") == tree["33.75.03.1003"]
    Area.objects.filter(pk="33.75.03.1003").update(is_active=False)
    change("33.75.03.1003", "33.75.03.1004")
    assert find_area("33.75.03.1000") == tree["33.75.03.1004"]


def test_an_active_place_is_itself_even_when_its_code_was_once_another(tree):
    change("33.75.03.1003", "33.75.03.1004")
    assert find_area("33.75.03.1003") == tree["33.75.03.1003"]


def test_a_split_place_has_several_successors_and_stays_itself(tree):
    Area.objects.filter(pk="33.20.13.2004").update(is_active=False)
    change("33.20.13.2004", "33.75.03.1003")
    change("33.20.13.2004", "33.75.03.1004")
    assert [area.pk for area in successors("33.20.13.2004")] == ["33.75.03.1003", "33.75.03.1004"]
    assert find_area("33.20.13.2004").pk == "33.20.13.2004"


def test_a_circle_of_changes_ends(tree):
    Area.objects.filter(pk__in=["33.75.03.1003", "33.75.03.1004"]).update(is_active=False)
    change("33.75.03.1003", "33.75.03.1004")
    change("33.75.03.1004", "33.75.03.1003")
    assert find_area("33.75.03.1003") is not None


def test_parents_come_in_one_query(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = parents_of(["33.75.03.1003.7", "33.20.13.2004"])
    assert set(found) == {"33", "33.75", "33.75.03", "33.75.03.1003", "33.20", "33.20.13", "33.20.13.2004"}


def test_villages_are_active_and_inside(tree):
    Area.objects.filter(pk="33.75.03.1004").update(is_active=False)
    assert [area.pk for area in villages_within(["33.75"])] == ["33.75.03.1003"]
    assert list(villages_within([])) == []


def test_settings_of_a_scope_take_two_queries(tree, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = settings_by_district(Scope(None, areas=("33.75", "33.20")), date(2026, 11, 21))
    assert [district.pk for district, _ in found] == ["33.20", "33.75"]
