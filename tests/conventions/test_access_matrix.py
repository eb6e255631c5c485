"""The access matrix, asked of every address: role × own place and other place, and nobody (design 5)."""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import factories
from tests.conventions.access_matrix import MINE, OPEN, OWN, PAGE, ROLES, ROWS, SELF, Row, World

HERE, THERE = 0, 1
# What a POST of nothing gets from whoever may: refused for its content, and never for who asks.
ANSWERED = {200, 204, 302, 400, 405, 409, 422}


def addresses(resolver=None, namespaces=()):
    """Name and argument names of every address in the resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join((*namespaces, entry.name or "")), tuple(entry.pattern.converters)


ARGUMENTS = dict(addresses())


def test_every_address_has_a_row():
    missing = sorted(set(ARGUMENTS) - {row.name for row in ROWS})
    assert not missing, "add a row() in tests/conventions/access_matrix.py"


def test_every_row_has_an_address_and_stands_once():
    names = [row.name for row in ROWS]
    assert sorted(set(names)) == sorted(names)
    assert not sorted(set(names) - set(ARGUMENTS))


def test_every_named_role_exists():
    assert not {role for row in ROWS for role in row.who} - set(ROLES)


def test_two_roles_of_one_person_open_no_third_door(world):
    """Kader at A and Tim Pembina at B's desa: she may not record at B nor verify at A."""
    person, resident = factories.user("kader", at=world.post), world.resident
    factories.assign(person, "kelurahan", "33.20.13.2004")
    neighbour, browser = factories.resident(world.other_post), factories.client_for(person)
    pages = [("residents:resident_edit", resident, 200), ("residents:resident_edit", neighbour, 404)]
    pages += [("profiles:resident_detail", resident, 200), ("profiles:resident_detail", neighbour, 200)]
    pages += [("residents:resident_nik", resident, 404), ("residents:resident_nik", neighbour, 200)]
    assert [(name, ask(browser, "get", reverse(name, args=[who.pk])) == status) for name, who, status in pages] == [
        (name, True) for name, _, _ in pages
    ]


@pytest.fixture(scope="module")
def peopled(django_db_setup, django_db_blocker):
    """Places and people are made once for all addresses."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World().peopled()
        transaction.set_rollback(True)


@pytest.fixture
def world(peopled, db):
    return peopled.copy()


def values_of(world: World, named: dict) -> dict:
    """Values with "@name" replaced by the key of that row of the world."""
    found = {
        name: getattr(world, value[1:]) if isinstance(value, str) and value.startswith("@") else value
        for name, value in named.items()
    }
    return {name: getattr(value, "pk", value) for name, value in found.items()}


def url_of(row: Row, world: World) -> str:
    """The address of the row at place A."""
    named = {name: row.args.get(name, "@" + name.removesuffix("_id")) for name in ARGUMENTS[row.name]}
    return reverse(row.name, kwargs=values_of(world, named))


def ask(client, method, url, data=None) -> int:
    """The status of one request; what it wrote is taken back."""
    with transaction.atomic():
        status = getattr(client, method)(url, data or {}).status_code
        transaction.set_rollback(True)
    return status


def expected(row: Row, role: str, there: int) -> int | None:
    """The status that refuses, or None where the person is let in."""
    if row.kind in (OPEN, SELF):
        return None
    if row.kind == MINE:
        return None if (role, there) == ("kader", HERE) else 404
    if role not in row.who:
        return 403
    return 404 if row.kind == OWN and there else None


KNOWN = [pytest.param(row, id=row.name) for row in ROWS if row.name in ARGUMENTS]


@pytest.mark.parametrize("row", KNOWN)
def test_who_gets_what(world, client, row):
    assert row.kind in (OPEN, SELF, PAGE, OWN, MINE)
    url, data, wrong = url_of(row, world), values_of(world, row.data), []
    for role in ROLES:
        for there in (HERE, THERE):
            browser, refused = world.client(role, there), expected(row, role, there)
            got, posted = ask(browser, "get", url), ask(browser, "post", url, data)
            # An address that only takes POST may say so before it asks who comes.
            if got not in {refused or row.get, row.get if row.get == 405 else None}:
                wrong.append(f"GET as {role} of {'AB'[there]}: {got}, not {refused or row.get}")
            if posted not in ({refused} if refused else {*ANSWERED, row.get, row.post}):
                wrong.append(f"POST as {role} of {'AB'[there]}: {posted}, not {refused or 'answered'}")
    for method, status in (("get", 302), ("post", 401)):
        got = ask(client, method, url)
        open_to_all = row.kind == OPEN and (got in ANSWERED or got == row.get)
        if got != status and not open_to_all:
            wrong.append(f"{method.upper()} by nobody: {got}, not {status}")
    assert not wrong, f"{row.name} {url}\n  " + "\n  ".join(wrong)
