from datetime import date

import pytest

from services.areas.scope import Scope
from services.residents import actions, queries
from services.residents.models import Pregnancy, Resident
from services.residents.rules import Likeness, StageRules, group_of
from tests import factories

ON = date(2026, 11, 10)
BIRTH = date(2000, 1, 1)


@pytest.fixture
def scope(world) -> Scope:
    return Scope(user_id=1, posyandu=frozenset({world.here.pk}))


def names(found) -> list[str]:
    return [person.name for person in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ais", ["Aisyah Putri"]),
        ("PUT", ["Aisyah Putri"]),
        ("put ais", ["Aisyah Putri"]),
        ("isyah", []),
        ("slam", ["Aisyah Putri", "Budi"]),
        ("10-05-2024", ["Aisyah Putri"]),
        ("2024-05-10", ["Aisyah Putri"]),
        ("10/05/2024", ["Aisyah Putri"]),
        ("99-99-2024", []),
        ("99999999999-1-1", []),
        ("²-1-2024", []),
        ("a\0is", []),
        ("%", ["Aisyah Putri", "Budi"]),
        ("", ["Aisyah Putri", "Budi"]),
    ],
)
def test_search_by_first_letters_birth_date_and_head(world, scope, text, expected):
    family = factories.household(world.here, "Slamet Riyadi")
    factories.resident(world.here, "Budi", birth_date=BIRTH, family=family)
    factories.resident(world.here, "Aisyah Putri", birth_date=date(2024, 5, 10), family=family)
    factories.resident(world.there, "Aisyah Putri", birth_date=date(2024, 5, 10))
    assert names(queries.search(scope, text, ON)) == expected


def test_search_leaves_out_an_alias(world, scope):
    kept, gone = factories.resident(world.here, "Siti"), factories.resident(world.here, "Sitti")
    actions.merge_residents(kept=kept, gone=gone, by=world.ketua)
    assert names(queries.search(scope, "sit", ON)) == ["Siti"]
    assert queries.kept_of(gone.pk, scope) == kept
    stranger = Scope(user_id=2, posyandu=frozenset({world.there.pk}))
    assert queries.kept_of(gone.pk, stranger) is None


@pytest.mark.parametrize(
    "group",
    ["balita", "apras", "usekrem", "dewasa", "lansia", "bumil", "nifas_menyusui"],
)
def test_a_group_in_sql_is_the_stage_in_python(world, scope, group):
    """The list and the rules never disagree, on every side of every age limit."""
    rules = StageRules()
    births = [date(2026, 11, 10)] + [
        date(ON.year - years, month, day)
        for years in (1, 5, 6, 17, 18, 59, 60)
        for month, day in ((11, 9), (11, 10), (11, 11))
    ]
    for index, birth in enumerate(births):
        factories.resident(world.here, f"Orang {index:02d}", birth_date=birth, since=birth)
    mothers = [
        (date(2026, 11, 10), None, ""),
        (date(2026, 11, 11), None, ""),
        (date(2026, 3, 1), date(2026, 11, 10), "lahir"),
        (date(2026, 3, 1), date(2026, 11, 11), "lahir"),
        (date(2025, 3, 1), date(2025, 11, 10), "lahir"),
        (date(2025, 3, 1), date(2025, 11, 11), "lahir"),
        (date(2026, 3, 1), date(2026, 10, 1), "keguguran"),
    ]
    for index, (registered, ended, outcome) in enumerate(mothers):
        woman = factories.resident(world.here, f"Ibu {index}", birth_date=BIRTH)
        Pregnancy.objects.create(resident=woman, registered_on=registered, ended_on=ended, outcome=outcome)
    listed = queries.search(scope, "", ON).filter(queries.group_filter(group, scope, ON, rules))
    everybody = list(Resident.objects.within(scope))
    spans = queries.pregnancies_of([person.pk for person in everybody])
    counted = {
        person.name
        for person in everybody
        if group_of(queries.person(person, ON, rules, spans=spans.get(person.pk, ())).stage) == group
    }
    assert set(names(listed)) == counted
    assert counted


def test_who_left_is_in_a_group_of_its_own(world, scope):
    here = factories.resident(world.here, "Budi", birth_date=BIRTH)
    gone = factories.resident(world.here, "Rini", birth_date=BIRTH)
    home = gone.residencies.select_related("resident", "posyandu").get()
    actions.move_out(residency=home, on=ON, destination="Tegal", by=world.kader)
    rules = StageRules()
    assert names(queries.search(scope, "", ON).filter(queries.group_filter("pernah", scope, ON, rules))) == ["Rini"]
    row = queries.rows([here, gone], scope, ON, rules)[1]
    assert row.left == "Pindah 10 Nov 2026"


def test_the_lines_of_a_page_take_as_many_queries_for_two_as_for_twenty(world, scope, django_assert_num_queries):
    people = [factories.resident(world.here, f"Orang {index}") for index in range(20)]
    for count in (2, 20):
        with django_assert_num_queries(2):
            queries.rows(people[:count], scope, ON, StageRules())


def test_duplicates_are_looked_for_only_in_sight(world, scope):
    mine = factories.resident(world.here, "Aisyah Putri", birth_date=BIRTH)
    factories.resident(world.there, "Aisyah Putri", birth_date=BIRTH)
    assert queries.likely_duplicates(scope, Likeness("Aisyah Putrie", BIRTH)) == [mine]
    assert queries.likely_duplicates(scope, Likeness("Aisyah Putrie", BIRTH), besides=mine.pk) == []


def test_households_are_found_by_nearly_the_heads_name(world, scope):
    mine = factories.household(world.here, "Slamet Riyadi")
    factories.household(world.here, "Parto")
    factories.household(world.there, "Slamet Riyadi")
    assert queries.households_like(scope, "slamet") == [mine]
    assert queries.households_like(scope, "Slamet Riyadhi") == [mine]
    assert queries.households_like(scope, "slam") == [mine]
    assert queries.households_like(scope, "sl") == []
    assert queries.households_like(scope, "") == []


def test_posts_to_move_to_are_those_of_the_same_district(world):
    near = factories.posyandu("Contoh", area="33.75.03.1004")
    assert queries.posts_called("panjang wetan", district="33.75.03.1003") == [near]
    assert queries.posts_called("Posyandu Contoh", district="33.75.03.1003") == [near]
    assert queries.posts_called("Margo Utomo", district="33.75.03.1003") == []
    assert queries.posts_called("", district="33.75.03.1003") == []


def test_a_guest_is_found_exactly_or_not_at_all(world):
    guest = factories.resident(
        world.there, "Tamu Jauh", birth_date=BIRTH, mother_name="Siti Aminah", nik="3320131001009001"
    )
    find = queries.find_guest
    exact = {"name": "tamu jauh", "birth_date": BIRTH, "mother_name": "siti aminah"}
    assert find(posyandu=world.here, **exact).resident_id == guest.pk
    assert find(posyandu=world.here, nik="3320131001009001").resident_id == guest.pk
    for change in ({"name": "Tamu"}, {"birth_date": date(2000, 1, 2)}, {"mother_name": "Siti"}, {"mother_name": ""}):
        assert find(posyandu=world.here, **{**exact, **change}) is None
    assert find(posyandu=world.there, **exact).lives_here
    factories.resident(world.there, "Tamu Jauh", birth_date=BIRTH, mother_name="Siti Aminah")
    assert find(posyandu=world.here, **exact) is None
