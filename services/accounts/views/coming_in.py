"""Coming in and going out, and what happens to a form when the session ended before it was saved."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from services.web.submissions import FIELD, belongs_to
from services.web.views import open_to_all

from ..actions import note_login, note_logout
from ..backends import account_key, check_login
from ..forms import WRONG_LOGIN, WRONG_PIN, LoginForm, NamedPinForm, PinLoginForm
from ..middleware import LAST_SEEN
from ..queries import demo_people, locked_until, people_on_phone
from .phones import phone_in_hand

KEPT = "isian:"
NOT_KEPT = {
    "csrfmiddlewaretoken",
    "password",
    "old_password",
    "new_password",
    "new_password_again",
    "pin",
    "pin_again",
}
OTHER_PERSON = "Isian ini dibuat oleh orang lain. Masuklah sebagai orang yang mengisinya; isiannya masih ada di sini."


@open_to_all
@sensitive_post_parameters("password")
def login(request):
    """Name or phone number with password; on a trusted phone, names first."""
    form = LoginForm(request.POST or None)
    phone = phone_in_hand(request)
    if request.method == "POST" and form.is_valid():
        user = check_login(request, **form.cleaned_data)
        if user:
            return _enter(request, user)
        form.add_error(None, WRONG_LOGIN)
    elif request.user.is_authenticated and not phone:
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "phone": phone, "people": people_on_phone(phone) if phone else [], "next": _next(request)}
    if settings.DEMO:
        context |= {"demo_people": demo_people(), "demo_password": settings.DEMO_PASSWORD}
    return _fresh(render(request, "accounts/login.html", context, status=422 if request.method == "POST" else 200))


@open_to_all
@sensitive_post_parameters("pin")
def pin_login(request, assignment_id):
    """One of the names on a trusted phone was chosen: only the PIN is asked."""
    phone = phone_in_hand(request)
    person = _person_on(phone, assignment_id)
    if person is None:
        raise Http404
    form = PinLoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = check_login(request, username=person.user.username, phone=phone, **form.cleaned_data)
        if user:
            return _enter(request, user, with_pin=True)
        form.add_error("pin", WRONG_PIN)
    context = {"form": form, "person": person.user, "next": _next(request)}
    return _fresh(render(request, "accounts/pin_login.html", context, status=422 if request.method == "POST" else 200))


@open_to_all
@require_POST
def logout(request):
    if request.user.is_authenticated:
        note_logout(by=request.user)
        end_session(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@dataclass(frozen=True)
class Kept:
    """A form that arrived after its session ended: where it goes, what was typed, and which files were left behind."""

    url: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @classmethod
    def from_form(cls, request):
        fields = [
            (name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)
        ]
        page = urlsplit(request.META.get("HTTP_REFERER", "")).path
        return cls(request.get_full_path(), page, tuple(fields), tuple(file.name for file in request.FILES.values()))

    @classmethod
    def from_login(cls, request):
        names = [name for name in request.POST if name.startswith(KEPT)]
        fields = [(name.removeprefix(KEPT), value) for name in names for value in request.POST.getlist(name)]
        files = tuple(request.POST.getlist("berkas"))
        return cls(_local(request.POST.get("tujuan")), _local(request.POST.get("halaman")), tuple(fields), files)

    @property
    def key(self) -> str:
        return dict(self.fields).get(FIELD, "")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What travels with the login form."""
        places = [("tujuan", self.url), ("halaman", self.page), *(("berkas", name) for name in self.files)]
        return [*places, *((KEPT + name, value) for name, value in self.fields)]


@open_to_all
def session_ended(request):
    """The answer to a form that arrives without a session: log in beside it; nothing that was typed is lost."""
    return _ask_again(request, Kept.from_form(request))


@open_to_all
@sensitive_post_parameters("password", "pin")
def login_again(request):
    """Log in with a form in hand, then offer to save it. Only who filled it in can: its key is hers."""
    if request.method != "POST":
        return redirect(settings.LOGIN_REDIRECT_URL)
    kept, phone = Kept.from_login(request), phone_in_hand(request)
    form, user = _check_again(request, phone)
    if user is None:
        return _ask_again(request, kept, form)
    if kept.key and not belongs_to(kept.key, user):
        form.add_error(None, OTHER_PERSON)
        return _ask_again(request, kept, form, status=409)
    _start(request, user, with_pin=isinstance(form, NamedPinForm))
    if kept.key and kept.url:
        return _fresh(render(request, "accounts/_continue.html", {"kept": kept}))
    # A tap without a key (present, absent) may be anybody's: it is asked again where it was made.
    messages.warning(request, "Yang terakhir belum tersimpan. Ulangi sekali lagi.")
    return redirect(kept.page or settings.LOGIN_REDIRECT_URL)


def _check_again(request, phone):
    if "pin" in request.POST and phone:
        people = people_on_phone(phone)
        form = NamedPinForm(request.POST, people=people)
        if not form.is_valid():
            return form, None
        person = next(person for person in people if str(person.pk) == form.cleaned_data["person"])
        user = check_login(request, username=person.user.username, pin=form.cleaned_data["pin"], phone=phone)
        wrong = WRONG_PIN
    else:
        form = LoginForm(request.POST)
        user = check_login(request, **form.cleaned_data) if form.is_valid() else None
        wrong = WRONG_LOGIN
    if user is None and form.is_valid():
        form.add_error(None, wrong)
    return form, user


def _ask_again(request, kept, tried=None, status=401):
    phone = phone_in_hand(request)
    people = people_on_phone(phone) if phone else []
    context = {
        "kept": kept,
        "form": tried if isinstance(tried, LoginForm) else LoginForm(),
        "pin_form": (tried if isinstance(tried, NamedPinForm) else NamedPinForm(people=people)) if people else None,
        "phone": phone,
    }
    return _fresh(render(request, "accounts/login_again.html", context, status=status))


def locked_out(request, response=None, credentials=None):
    """Too many failures on one account. The time is told, so that nobody tries in vain."""
    until = locked_until(account_key(request, credentials))
    kept = Kept.from_login(request)
    page = render(request, "429.html", {"until": until, "kept": kept if kept.fields else None}, status=429)
    if until:
        page["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return _fresh(page)


def _enter(request, user, *, with_pin=False):
    target = _next(request)
    _start(request, user, with_pin=with_pin)
    return redirect(target or settings.LOGIN_REDIRECT_URL)


def _start(request, user, *, with_pin):
    start_session(request, user)
    request.session[LAST_SEEN] = int(timezone.now().timestamp())
    note_login(by=user, with_pin=with_pin)


def _person_on(phone, assignment_id):
    people = people_on_phone(phone) if phone else []
    return next((person for person in people if person.pk == assignment_id), None)


def _next(request) -> str:
    return _local(request.POST.get("next") or request.GET.get("next"))


def _local(url: str | None) -> str:
    """The address, if it is one of ours; else ''."""
    url = url or ""
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours and url != resolve_url(settings.LOGIN_URL) else ""


def _fresh(response):
    response["Cache-Control"] = "no-store"
    return response
