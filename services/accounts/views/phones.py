"""Phones the ketua trusts for one post."""

from django.core import signing
from django.forms import Form
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas.access import Permission, requires
from services.posyandu.models import Posyandu
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import revoke_phone, trust_phone
from ..forms import PhoneForm
from ..models import TrustedPhone
from ..queries import phone_of, phones_of

COOKIE, SALT = "hp_posyandu", "trusted phone"
# Browsers keep no cookie for longer than this.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def phone_in_hand(request) -> TrustedPhone | None:
    """The trusted phone this request comes from. Asks the database only when the cookie is ours."""
    try:
        token = request.get_signed_cookie(COOKIE, salt=SALT, default="")
    except signing.BadSignature:
        return None
    return phone_of(token) if token else None


@requires(Permission.MANAGE_KADER)
def phone_list(request):
    context = {"phones": list(phones_of(request.scope)), "here": phone_in_hand(request)}
    return render(request, "accounts/phone_list.html", context)


@requires(Permission.MANAGE_KADER)
def phone_trust(request):
    """Trust the phone in hand: from now on it shows the post's kader by name."""
    posts = Posyandu.objects.within(request.scope).select_related("area").order_by("name")
    form = PhoneForm(request.POST or None, posts=posts)
    if request.method != "POST":
        return page(request, "accounts/phone_trust.html", {"form": form})
    tokens = []

    def write():
        tokens.append(trust_phone(by=request.user, **form.cleaned_data))
        return Receipt(reverse("accounts:phone_list"), "HP ini sekarang dipercaya")

    response = respond(request, form, write, "accounts/phone_trust.html")
    for token in tokens:
        response.set_signed_cookie(
            COOKIE,
            token,
            salt=SALT,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@requires(Permission.MANAGE_KADER)
def phone_revoke(request, phone_id):
    phone = get_object_or_404(TrustedPhone.objects.within(request.scope).select_related("posyandu"), pk=phone_id)
    context = {
        "title": f"Cabut {phone.label}?",
        "points": ["HP itu tidak lagi menampilkan nama kader.", "Masuk dengan kata sandi tetap bisa."],
        "button": "Cabut",
        "cancel": reverse("accounts:phone_list"),
        "urgent": True,
    }

    def write():
        revoke_phone(phone=phone, by=request.user)
        return Receipt(reverse("accounts:phone_list"), "Sudah dicabut")

    return confirm(request, context, write)


def confirm(request, context, write):
    """A page that asks once, and its POST."""
    if request.method != "POST":
        return page(request, "web/confirm.html", context)
    return respond(request, Form(request.POST), write, "web/confirm.html", context)
