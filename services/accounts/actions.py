"""The one writer of people who log in, their roles, passwords and trusted phones."""

import secrets
from dataclasses import dataclass
from datetime import date

from axes.utils import reset as unlock
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from services.areas.models import Area, Office
from services.audit.actions import Verb, note
from services.posyandu.models import Facility, Posyandu
from services.web.refusals import Refusal

from .models import Assignment, TrustedPhone, User
from .queries import is_phone_taken, place_of, token_hash, usernames_like
from .rules import ROLE_PLACE, given_password, username_from

PHONE_TAKEN = "Nomor HP ini belum bisa dipakai. Periksa lagi nomornya, atau minta bantuan admin kab/kota."


@dataclass(frozen=True)
class GivenAccount:
    """A person with a password that is told to her once, and that she must change."""

    user: User
    password: str
    lost_pin: bool = False


@transaction.atomic
def add_person(
    *,
    name: str,
    phone: str,
    role: str,
    place: Posyandu | Facility | Area | Office,
    by,
    on: date,
    field: str = "",
    title: str = "",
) -> GivenAccount:
    """A new person who logs in, with one role from a day on. Raises Refusal when the phone number is somebody's.

    Whose it is is not told: the owner may belong to a place that the writer cannot see.
    """
    _check_phone(phone)
    password = given_password(secrets.choice)
    user = User(
        name=name.strip(),
        phone=phone or None,
        username=username_from(name, usernames_like(username_from(name, ()))),
        must_change_password=True,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # somebody took the name or the number in this same moment
        raise Refusal("Belum tersimpan. Tekan Simpan sekali lagi.") from None
    assignment = add_assignment(user=user, role=role, place=place, by=by, on=on, field=field, title=title)
    note(by=by, verb=Verb.CREATE, on=user, place=assignment.place_path)
    return GivenAccount(user, password)


@transaction.atomic
def add_assignment(
    *, user: User, role: str, place: Posyandu | Facility | Area | Office, by, on: date, field: str = "", title: str = ""
) -> Assignment:
    """Give a person a role from a day on; a closed account opens with it.

    Raises Refusal when she has it, or it is not held at such a place.
    """
    kind = _kind_of(place)
    if ROLE_PLACE[role] not in (kind, getattr(place, "level", "")):
        raise Refusal("Peran ini tidak dipegang di tempat seperti itu. Pilih tempat yang sesuai.", field="place")
    current = user.assignments.filter(Assignment.on_day(on))
    if current.filter(role=role, field=field, **{kind: place}).exists():
        raise Refusal("Orang ini sudah bertugas seperti itu di sana.", field="role")
    assignment = Assignment.objects.create(
        user=user, role=role, from_date=on, field=field, post_title=title, **{kind: place}
    )
    note(by=by, verb=Verb.CREATE, on=assignment, place=assignment.place_path)
    if not user.is_active:
        _set_active(assignment, True, by)
    return assignment


def _kind_of(place) -> str:
    return {Posyandu: "posyandu", Facility: "facility", Area: "area", Office: "office"}[type(place)]


@transaction.atomic
def change_person(*, assignment: Assignment, name: str, phone: str, field: str, by) -> None:
    """Correct a person's name, number and field of service. Raises Refusal when the number is somebody else's."""
    user = assignment.user
    _check_phone(phone, besides=user)
    new = {"name": name.strip(), "phone": phone or None}
    changed = [column for column, value in new.items() if getattr(user, column) != value]
    for column in changed:
        setattr(user, column, new[column])
    user.save(update_fields=changed)
    if assignment.field != field:
        assignment.field = field
        assignment.save(update_fields=["field"])
        changed.append("field")
    if changed:
        note(by=by, verb=Verb.UPDATE, on=user, place=assignment.place_path, changed=tuple(changed))


def _check_phone(phone: str, besides: User | None = None) -> None:
    if phone and is_phone_taken(phone, besides):
        raise Refusal(PHONE_TAKEN, field="phone")


@transaction.atomic
def give_password(*, assignment: Assignment, by) -> GivenAccount:
    """A new password that must be changed; the PIN and a running lock-out go with the old one."""
    user = assignment.user
    password, lost_pin = given_password(secrets.choice), bool(user.pin)
    user.set_password(password)
    user.pin = ""
    user.must_change_password = True
    user.save(update_fields=["password", "pin", "must_change_password"])
    unlock(username=user.username)
    note(by=by, verb=Verb.UPDATE, on=user, place=assignment.place_path, changed=("password", "pin"))
    return GivenAccount(user, password, lost_pin)


@transaction.atomic
def end_assignment(*, assignment: Assignment, by, on: date) -> None:
    """End a role: `on` is the first day without it. Somebody without any role left can no longer log in.

    A second time changes nothing.
    """
    if assignment.to_date is not None and assignment.to_date <= on:
        return
    assignment.to_date = max(on, assignment.from_date)
    assignment.save(update_fields=["to_date"])
    note(by=by, verb=Verb.UPDATE, on=assignment, place=assignment.place_path, changed=("to_date",))
    if not assignment.user.assignments.filter(Q(to_date=None) | Q(to_date__gt=on)).exists():
        _set_active(assignment, False, by)


@transaction.atomic
def resume_assignment(*, assignment: Assignment, by, on: date) -> Assignment:
    """Give an ended role again from a day on."""
    return add_assignment(
        user=assignment.user,
        role=assignment.role,
        place=assignment.place,
        field=assignment.field,
        title=assignment.post_title,
        by=by,
        on=on,
    )


def _set_active(assignment: Assignment, active: bool, by) -> None:
    assignment.user.is_active = active
    assignment.user.save(update_fields=["is_active"])
    note(by=by, verb=Verb.UPDATE, on=assignment.user, place=assignment.place_path, changed=("is_active",))


@transaction.atomic
def change_password(*, user: User, password: str, by) -> None:
    """A person's own new password."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    note(by=by, verb=Verb.UPDATE, on=user, place=place_of(user), changed=("password",))


@transaction.atomic
def change_pin(*, user: User, pin: str, by) -> None:
    """A person's own new PIN."""
    user.set_pin(pin)
    user.save(update_fields=["pin"])
    note(by=by, verb=Verb.UPDATE, on=user, place=place_of(user), changed=("pin",))


@transaction.atomic
def trust_phone(*, posyandu: Posyandu, label: str, by) -> str:
    """Trust the phone in hand for one post. Returns the token it carries from now on; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    phone = TrustedPhone.objects.create(
        posyandu=posyandu, label=label.strip(), token_hash=token_hash(token), trusted_by=by
    )
    note(by=by, verb=Verb.CREATE, on=phone, place=posyandu.path)
    return token


@transaction.atomic
def revoke_phone(*, phone: TrustedPhone, by) -> None:
    """Take the trust back: from now on the phone shows no names. A second time changes nothing."""
    if phone.revoked_at is None:
        phone.revoked_at = timezone.now()
        phone.save(update_fields=["revoked_at"])
        note(by=by, verb=Verb.UPDATE, on=phone, place=phone.posyandu.path, changed=("revoked_at",))


def note_login(*, by: User, with_pin: bool = False) -> None:
    """Remember that somebody came in, and how."""
    note(by=by, verb=Verb.LOGIN, on=by, place=place_of(by), cara="pin" if with_pin else "kata_sandi")


def note_logout(*, by: User) -> None:
    note(by=by, verb=Verb.LOGOUT, on=by, place=place_of(by))
