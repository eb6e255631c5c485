"""A row of a place is read and changed only by saying whose rows are meant, on every way Django has to make SQL."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from services.areas.models import Area
from services.areas.scope import Scope, Unscoped, area_filter, lifted
from services.posyandu.models import AreaMembership, Posyandu
from services.residents.models import Residency, Resident
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def post_a():
    return factories.posyandu()


@pytest.fixture
def post_b():
    return factories.posyandu("Margo Utomo", "33.20.13.2004")


def scope_of(*posts, areas=()):
    return Scope(user_id=None, posyandu=frozenset(post.pk for post in posts), areas=areas)


def plain():
    return Posyandu.objects.all()


def inner():
    return Area.objects.filter(code__in=plain().values("area_id"))


READS = {
    "iterate": lambda: list(plain()),
    "iterate the manager": lambda: list(Posyandu.objects.filter(name="x")),
    "length": lambda: len(plain()),
    "truth": lambda: bool(plain()),
    "representation": lambda: repr(plain()),
    "index": lambda: plain()[0],
    "slice": lambda: list(plain()[:5]),
    "membership": lambda: object() in plain(),
    "iterator": lambda: next(plain().iterator(), None),
    "get": lambda: plain().get(name="x"),
    "manager get": lambda: Posyandu.objects.get(pk=1),
    "get or create": lambda: Posyandu.objects.get_or_create(name="x"),
    "update or create": lambda: Posyandu.objects.update_or_create(name="x", defaults={}),
    "first": lambda: plain().first(),
    "last": lambda: plain().last(),
    "earliest": lambda: plain().earliest("created_at"),
    "latest": lambda: plain().latest("created_at"),
    "in bulk": lambda: plain().in_bulk(),
    "count": lambda: plain().count(),
    "distinct count": lambda: plain().distinct().count(),
    "sliced count": lambda: plain()[:3].count(),
    "exists": lambda: plain().exists(),
    "contains": lambda: plain().contains(Posyandu(name="x")),
    "aggregate": lambda: plain().aggregate(Count("pk")),
    "aggregate of an annotation": lambda: plain().annotate(n=Count("periods")).aggregate(Count("n")),
    "annotate": lambda: list(plain().annotate(n=Count("pk"))),
    "values": lambda: list(plain().values("name")),
    "values list": lambda: list(plain().values_list("name", flat=True)),
    "dates": lambda: list(plain().dates("live_from", "month")),
    "datetimes": lambda: list(plain().datetimes("created_at", "day")),
    "select related": lambda: list(plain().select_related("area")),
    "only": lambda: list(plain().only("name")),
    "order": lambda: list(plain().order_by("name").reverse()),
    "exclude": lambda: list(plain().exclude(name="x")),
    "for update": lambda: list(plain().select_for_update()),
    "explain": lambda: plain().explain(),
    "subquery in a filter": lambda: list(inner()),
    "count over a subquery": lambda: inner().count(),
    "pk in a queryset": lambda: list(Area.objects.filter(posyandu__in=plain())),
    "subquery in an exclusion": lambda: list(Area.objects.exclude(code__in=plain().values("area_id"))),
    "exists in a filter": lambda: list(Area.objects.filter(Exists(plain().filter(area=OuterRef("pk"))))),
    "subquery in an annotation": lambda: list(
        Area.objects.annotate(n=Subquery(plain().filter(area=OuterRef("pk")).values("name")[:1]))
    ),
    "union": lambda: list(plain().union(plain())),
    "union onto a scoped one": lambda: list(Posyandu.objects.within(scope_of()).union(plain())),
    "intersection": lambda: list(plain().intersection(plain())),
    "or with a scoped one": lambda: list(Posyandu.objects.within(scope_of()) | plain()),
    "or before a scoped one": lambda: list(plain() | Posyandu.objects.within(scope_of())),
    "exclusive or with a scoped one": lambda: list(Posyandu.objects.within(scope_of()) ^ plain()),
    "update": lambda: plain().update(name="y"),
    "update by the manager": lambda: Posyandu.objects.update(name="y"),
    "bulk update": lambda: Posyandu.objects.bulk_update([Posyandu(name="x", serial=1)], ["name"]),
    "delete": lambda: plain().delete(),
}


@pytest.mark.parametrize("way", READS)
def test_a_forgotten_scope_raises(post_a, way):
    with pytest.raises(Unscoped), transaction.atomic():
        READS[way]()
    post_a.refresh_from_db()
    assert post_a.name == "Kencana Ungu"


def test_a_delete_without_scope_deletes_nothing(post_a):
    with pytest.raises(Unscoped):
        AreaMembership.objects.filter(posyandu=post_a).delete()
    assert post_a.memberships.exists()


SCOPED = {
    "iterate": lambda rows: [row.name for row in rows],
    "values": lambda rows: [row["name"] for row in rows.values("name")],
    "in bulk": lambda rows: [row.name for row in rows.in_bulk().values()],
    "iterator": lambda rows: [row.name for row in rows.iterator()],
    "union": lambda rows: [row.name for row in rows.union(rows)],
    "or": lambda rows: [row.name for row in rows | rows],
    "and": lambda rows: [row.name for row in rows & Posyandu.objects.all()],
    "chained": lambda rows: [row.name for row in rows.filter(state="aktif").order_by("name").distinct()],
    "annotated": lambda rows: [row.name for row in rows.annotate(n=Count("periods"))],
    "first": lambda rows: [rows.first().name],
    "subquery": lambda rows: [area.posyandu.get().name for area in Area.objects.filter(posyandu__in=rows)],
    "exists": lambda rows: [
        area.posyandu.get().name for area in Area.objects.filter(Exists(rows.filter(area=OuterRef("pk"))))
    ],
}


@pytest.mark.parametrize("way", SCOPED)
def test_in_scope_every_way_gives_the_rows_of_the_scope_and_no_other(post_a, post_b, way):
    assert SCOPED[way](Posyandu.objects.within(scope_of(post_a))) == [post_a.name]


def test_in_scope_counts_updates_and_deletes_reach_no_further(post_a, post_b):
    mine = Posyandu.objects.within(scope_of(post_a))
    assert (mine.count(), mine.exists(), mine.aggregate(n=Count("pk"))["n"]) == (1, True, 1)
    assert mine.update(dusun="Krajan") == 1
    post_b.refresh_from_db()
    assert post_b.dusun == ""
    AreaMembership.objects.within(scope_of(post_a)).delete()
    assert not post_a.memberships.exists()
    assert post_b.memberships.exists()


def test_an_empty_scope_gives_nothing(post_a):
    factories.resident(post_a)
    for model in (Posyandu, AreaMembership, Resident, Residency):
        assert not model.objects.within(scope_of()).exists()


def test_a_scope_cannot_be_widened_by_a_second_one(post_a, post_b):
    both = Posyandu.objects.within(scope_of(post_a)).within(scope_of(post_b))
    assert list(both) == []


def test_no_rows_need_no_scope(post_a):
    assert list(Posyandu.objects.none()) == []
    with pytest.raises(Unscoped):
        list(Posyandu.objects.none() | plain())
    with pytest.raises(Unscoped):
        list(Posyandu.objects.none().union(plain()))


def test_all_rows_need_a_reason(post_a, post_b):
    assert Posyandu.objects.unscoped(reason="test").count() == 2
    with pytest.raises(Unscoped):
        Posyandu.objects.unscoped(reason="")
    with pytest.raises(TypeError):
        Posyandu.objects.unscoped()


def test_a_reason_stays_with_its_queryset(post_a):
    rows = Posyandu.objects.all()
    rows.unscoped(reason="test")
    with pytest.raises(Unscoped):
        rows.count()


def test_children_of_a_row_that_was_reached_in_scope_work(post_a, django_assert_num_queries):
    person = factories.resident(post_a)
    reached = Posyandu.objects.within(scope_of(post_a)).get()
    assert reached.memberships.count() == 1
    assert reached.memberships.get().posyandu == reached
    assert [stay.resident for stay in person.residencies.all()] == [person]
    reached.memberships.update(to_date=date(2026, 1, 1))
    with django_assert_num_queries(2):
        rows = list(Posyandu.objects.within(scope_of(post_a)).prefetch_related("memberships"))
        assert len(rows[0].memberships.all()) == 1
    to_prefetch = Prefetch("memberships", AreaMembership.objects.filter(to_date=None), to_attr="current")
    assert Posyandu.objects.within(scope_of(post_a)).prefetch_related(to_prefetch).get().current == []


def test_a_parent_is_reached_from_its_child(post_a):
    membership = AreaMembership.objects.within(scope_of(post_a)).get()
    assert membership.posyandu == post_a
    membership.refresh_from_db()
    membership.save()


def test_djangos_own_validation_works_and_finds_duplicates_outside_the_scope(post_a, post_b):
    post_a.full_clean()
    twin = Posyandu(area=post_a.area, serial=post_a.serial, path="33.75.03.1003.99", name="Melati")
    with pytest.raises(ValidationError):
        twin.full_clean()
    post_b.registration_number = post_a.registration_number = "33.75.03.1003.001"
    post_a.save(update_fields=["registration_number"])
    with pytest.raises(ValidationError):
        post_b.full_clean()


def test_a_person_who_logs_in_is_validated_too(post_a):
    person = factories.user("kader", at=post_a, username="siti")
    person.full_clean()
    person.username = factories.user("kader", at=post_a).username
    with pytest.raises(ValidationError):
        person.full_clean()


def test_lifting_the_guard_ends_with_its_block(post_a):
    with lifted("test"):
        assert plain().count() == 1
    with pytest.raises(Unscoped):
        plain().count()


def test_deleting_a_row_takes_its_children_along(post_a):
    post_a.delete()
    assert not AreaMembership.objects.unscoped(reason="test").exists()


@pytest.mark.parametrize(
    ("code", "path", "inside"),
    [
        ("33.75", "33.75", True),
        ("33.75", "33.75.03", True),
        ("33.75", "33.75.03.1003.1", True),
        ("33.75.03.1003", "33.75.03.1003.12", True),
        ("33.75.03.1003", "33.75.03.10031", False),
        ("33.75.03.1003.1", "33.75.03.1003.12", False),
        ("33.7", "33.75", False),
        ("33.75", "33.7", False),
        ("33.75", "33.26", False),
        ("33", "33.75", True),
        ("3", "33.75", False),
    ],
)
def test_a_place_is_inside_itself_and_below_and_nowhere_else(code, path, inside):
    factories.area_tree()
    post = factories.posyandu()
    Posyandu.objects.unscoped(reason="test").filter(pk=post.pk).update(path=path)
    found = Posyandu.objects.unscoped(reason="test").filter(area_filter("path", [code])).exists()
    assert found is inside
    assert Scope(user_id=None, areas=(code,)).holds_area(path) is inside


def test_no_area_holds_no_row(post_a):
    assert not Posyandu.objects.unscoped(reason="test").filter(area_filter("path", [])).exists()
    assert area_filter("path", []) == Q(pk__in=[])
