"""Login by username or phone number, however the number is written ('08…', '+62…', '62 …')."""

import phonenumbers
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from .models import User


def normal_phone(text: str) -> str:
    """A phone number as +62…, or '' when it is none. '0812-3456-7890' → '+6281234567890'."""
    try:
        number = phonenumbers.parse(text or "", "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_user(login: str) -> User | None:
    login = (login or "").strip().lower()
    phone = normal_phone(login)
    match = Q(username=login) | (Q(phone=phone) if phone else Q(pk__in=[]))
    return User.objects.unscoped(reason="login").filter(match).order_by("pk").first()


def account_key(request, credentials) -> str:
    """What failed logins are counted under: the account, whether it was named by username or by phone."""
    login = (credentials or {}).get("username") or (request.POST.get("username", "") if request else "")
    user = find_user(login)
    return user.username if user else login.strip().lower()[:40]


class NameOrPhoneBackend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        user = find_user(username)
        if user is None:
            make_password(password)  # takes as long as a wrong password does
            return None
        return user if user.check_password(password or "") and self.user_can_authenticate(user) else None

    def get_user(self, user_id):
        user = User.objects.unscoped(reason="session").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
