"""Roles and permissions, usernames, given passwords, PINs."""

import pytest

from services.accounts.models import Role
from services.accounts.rules import (
    PIN_ROLES,
    ROLE_PERMISSIONS,
    ROLE_PLACE,
    given_password,
    username_from,
    weak_pin,
)
from services.areas.access import Permission as P


def test_every_role_has_permissions_and_a_place():
    assert set(ROLE_PERMISSIONS) == set(ROLE_PLACE) == set(Role.values)


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (P.RECORD, {"kader", "ketua", "sekretaris", "bidan"}),
        (P.MANAGE_KADER, {"ketua", "sekretaris"}),
        (P.SUBMIT_MONTH, {"ketua", "sekretaris"}),
        (P.VERIFY_MONTH, {"lurah", "kelurahan"}),
        (P.SEE_NAMES, {"kader", "ketua", "sekretaris", "bidan", "puskesmas", "lurah", "kelurahan"}),
        (P.REVEAL_NIK, {"ketua", "sekretaris", "lurah", "kelurahan"}),
        (P.MANAGE_USERS, {"admin"}),
        (P.MANAGE_POSTS, {"admin"}),
        (P.SEE_AUDIT, {"auditor"}),
        (P.HOME, set(Role.values)),
    ],
)
def test_who_has_a_permission(permission, roles):
    assert {role for role, granted in ROLE_PERMISSIONS.items() if permission in granted} == roles


def test_above_the_village_nobody_sees_names():
    for role in ("kecamatan", "kota", "opd", "admin", "auditor"):
        assert not ROLE_PERMISSIONS[role] & {P.SEE_NAMES, P.RECORD, P.REVEAL_NIK}


def test_only_people_of_a_post_stand_on_its_phone():
    assert {role for role, place in ROLE_PLACE.items() if place == "posyandu"} == PIN_ROLES


@pytest.mark.parametrize(
    ("name", "taken", "username"),
    [
        ("Siti Nur Aminah", (), "siti.nur"),
        ("Siti Nur Aminah", {"siti.nur"}, "siti.nur2"),
        ("Siti Nur", {"siti.nur", "siti.nur2"}, "siti.nur3"),
        ("  Sumiyati ", (), "sumiyati"),
        ("R. Ajeng Ningsih", (), "r.ajeng"),
        ("Nuraïni", (), "nuraini"),
        ("123", (), "kader"),
    ],
)
def test_a_username_is_made_of_the_name(name, taken, username):
    assert username_from(name, taken) == username


def test_a_username_begins_with_a_letter_so_it_is_never_a_phone_number():
    assert username_from("0812 3456", ()) == "kader"


def test_a_given_password_can_be_read_out():
    assert given_password(lambda options: options[0]) == "melati-melati-0000"


@pytest.mark.parametrize(
    "pin", ["123", "1234567", "12a4", "", "٣٤٥٦", "0000", "1111", "1234", "4321", "123456", "1212", "121212", "123123"]
)
def test_a_pin_that_a_stranger_tries_first_is_refused(pin):
    assert weak_pin(pin)


@pytest.mark.parametrize("pin", ["4826", "19573", "204816", "1223"])
def test_an_ordinary_pin_is_taken(pin):
    assert weak_pin(pin) == ""
