"""A person's own account: password, PIN, her table at the open day. These pages need a login and no permission."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from services.areas.access import Permission
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import change_password, change_pin
from ..backends import check_login
from ..forms import OwnPasswordForm, OwnPinForm, TableForm
from .phones import phone_in_hand

TABLE = "meja"
# A given password waits here for the one page that shows it; it must be changed at its first use.
GIVEN = "kata_sandi_diberikan"


def account_detail(request):
    context = {
        "person": request.user,
        "table": request.session.get(TABLE),
        "phone": phone_in_hand(request),
        "records": request.access.may(Permission.RECORD),
        "manages_kader": request.access.may(Permission.MANAGE_KADER),
        "manages_users": request.access.may(Permission.MANAGE_USERS),
    }
    return render(request, "accounts/account_detail.html", context)


@sensitive_post_parameters()
def password_edit(request):
    """A new password. The old one is asked like at login, so it counts towards the lock-out."""
    form = OwnPasswordForm(request.POST or None, user=request.user)
    context = {"forced": request.user.must_change_password}
    if request.method != "POST":
        return page(request, "accounts/password_edit.html", {"form": form, **context})
    _check_own(request, form, "old_password")

    def write():
        change_password(user=request.user, password=form.cleaned_data["new_password"], by=request.user)
        update_session_auth_hash(request, request.user)
        target = resolve_url("dashboard:home") if context["forced"] else reverse("accounts:account_detail")
        return Receipt(target, "Kata sandi baru tersimpan")

    return respond(request, form, write, "accounts/password_edit.html", context)


@sensitive_post_parameters()
def pin_edit(request):
    """The PIN for trusted phones, chosen by herself."""
    form = OwnPinForm(request.POST or None)
    if request.method != "POST":
        return page(request, "accounts/pin_edit.html", {"form": form})
    _check_own(request, form, "password")

    def write():
        change_pin(user=request.user, pin=form.cleaned_data["pin"], by=request.user)
        return Receipt(reverse("accounts:account_detail"), "PIN tersimpan")

    return respond(request, form, write, "accounts/pin_edit.html")


def _check_own(request, form, field):
    """Whether the password typed into `field` is hers."""
    if field in form.fields and form.is_valid():
        user = check_login(request, username=request.user.username, password=form.cleaned_data[field])
        if user != request.user:
            form.add_error(field, "Kata sandi ini belum cocok.")


def password_detail(request):
    """A password that was just given: shown once, to be read out or written down."""
    given = request.session.pop(GIVEN, None)
    response = render(request, "accounts/password_detail.html", {"given": given})
    response["Cache-Control"] = "no-store"
    return response


def table_edit(request):
    """The choice "Saya di meja …": made once, kept while she is logged in."""
    form = TableForm(request.POST or None, initial={"meja": request.session.get(TABLE) or ""})
    if request.method == "POST" and form.is_valid():
        request.session[TABLE] = form.cleaned_data["meja"]
        messages.success(request, "Meja dipilih")
        return redirect("dashboard:home")
    return render(request, "accounts/table_edit.html", {"form": form}, status=422 if form.errors else 200)
