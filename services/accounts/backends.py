"""Login by username or phone number, however it is written ('08…', '+62…', '62 …'), or by PIN on a trusted phone."""

import hashlib
import hmac
from copy import copy

import phonenumbers
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import QueryDict

from .models import User
from .queries import people_on_phone


def normal_phone(text: str) -> str:
    """A phone number as +62…, or '' when it is none. '0812-3456-7890' → '+6281234567890'."""
    try:
        number = phonenumbers.parse(_with_plus(text or ""), "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _with_plus(text: str) -> str:
    """'62 812…' is meant as '+62 812…': no Indonesian number begins with 62 at home."""
    text = text.strip()
    return f"+{text}" if text.startswith("62") else text


def find_user(login: str) -> User | None:
    """The person with this username, or with this phone number. A username always begins with a letter."""
    login = (login or "").strip().lower()
    phone = normal_phone(login)
    match = Q(username=login) | (Q(phone=phone) if phone else Q(pk__in=[]))
    return User.objects.unscoped(reason="login").filter(match).order_by("pk").first()


def account_key(request, credentials) -> str:
    """What failed logins are counted under: the account, whether it was named by username or by phone.

    What belongs to nobody is kept as a hash only: people type passwords into the wrong field.
    """
    login = (credentials or {}).get("username") or ""
    user = find_user(login)
    if user:
        return user.username
    return "?" + hmac.new(settings.HASH_KEY.encode(), login.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]


def check_login(request, **credentials) -> User | None:
    """The person these credentials (username with password, or with pin and phone) belong to; counts a failure.

    The counter keeps what was posted; it is given a request without it, because a form that was interrupted by the
    login travels in the same POST. A locked account marks the request, and axes' middleware answers 429.
    """
    bare = copy(request)
    bare.GET = bare.POST = QueryDict()
    user = authenticate(bare, **credentials)
    request.axes_locked_out = getattr(bare, "axes_locked_out", None)
    request.axes_credentials = {"username": credentials.get("username")}
    return user


class NameOrPhoneBackend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        if password is None:
            return None
        user = find_user(username)
        if user is None:
            make_password(password)  # takes as long as a wrong password does
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id):
        user = User.objects.unscoped(reason="session").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class PinBackend(NameOrPhoneBackend):
    """On a phone that is trusted for one posyandu, its own kader come in with a PIN."""

    def authenticate(self, request, username=None, pin=None, phone=None, **kwargs):
        if pin is None or phone is None:
            return None
        for person in people_on_phone(phone):
            if person.user.username == username:
                return person.user if person.user.check_pin(pin) else None
        return None
