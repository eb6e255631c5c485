"""Everybody of a district who logs in, for its admin: find, add, give a role, end a role, give a new password."""

from http import HTTPStatus

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_assignment, add_person, change_person, end_assignment, give_password
from ..forms import PersonForm, RoleForm, UserForm, role_choices
from ..models import Role
from ..queries import people_of, places_for, stands_only_in
from .kader import reset_points, show_password
from .phones import confirm

OTHER_DISTRICT = "Orang ini juga bertugas di kab/kota lain. Minta admin di sana mengakhiri tugas itu dulu."


@requires(Permission.MANAGE_USERS)
def user_list(request):
    words = request.GET.get("cari", "").strip()
    found = Paginator(people_of(request.scope, words), 100).get_page(request.GET.get("page"))
    today = clock.today()
    rows = [(assignment, assignment.holds_on(today)) for assignment in found]
    return render(request, "accounts/user_list.html", {"rows": rows, "page": found, "words": words})


@requires(Permission.MANAGE_USERS)
def user_new(request):
    """A new person: first the role, then the places where that role can be held."""
    role, places = _role_and_places(request)
    form = PersonForm(request.POST or None, places=places)
    context = {"roles": role_choices(), "role": role}
    if request.method != "POST":
        return page(request, "accounts/user_new.html", {"form": form, **context})

    def write():
        given = add_person(by=request.user, on=clock.today(), role=role, **form.cleaned_data)
        return show_password(request, given, "accounts:user_list")

    return respond(request, form, write, "accounts/user_new.html", context)


@requires(Permission.MANAGE_USERS)
def user_edit(request, assignment_id):
    assignment = get_object_or_404(people_of(request.scope), pk=assignment_id)
    known = {"name": assignment.user.name, "phone": assignment.user.phone}
    form = UserForm(request.POST or None, initial=known)
    context = {"person": assignment.user}
    if request.method != "POST":
        return page(request, "accounts/user_edit.html", {"form": form, **context})

    def write():
        _only_mine(request, assignment.user)
        change_person(assignment=assignment, by=request.user, field=assignment.field, **form.cleaned_data)
        return Receipt(reverse("accounts:user_list"), "Tersimpan")

    return respond(request, form, write, "accounts/user_edit.html", context)


@requires(Permission.MANAGE_USERS)
def assignment_new(request, assignment_id):
    """One more role for a person who already has one in scope."""
    person = get_object_or_404(people_of(request.scope), pk=assignment_id).user
    role, places = _role_and_places(request)
    form = RoleForm(request.POST or None, places=places)
    context = {"roles": role_choices(), "role": role, "person": person}
    if request.method != "POST":
        return page(request, "accounts/assignment_new.html", {"form": form, **context})

    def write():
        add_assignment(user=person, by=request.user, on=clock.today(), role=role, **form.cleaned_data)
        return Receipt(reverse("accounts:user_list"), "Tugas ditambahkan")

    return respond(request, form, write, "accounts/assignment_new.html", context)


@requires(Permission.MANAGE_USERS)
def assignment_end(request, assignment_id):
    assignment = get_object_or_404(people_of(request.scope), pk=assignment_id)
    context = {
        "title": f"Akhiri tugas {assignment.user.name}?",
        "points": [
            f"{assignment.get_role_display()} · {assignment.place} berakhir mulai hari ini.",
            "Tanpa tugas lain, akunnya ditutup. Catatannya tetap ada.",
        ],
        "button": "Akhiri tugas",
        "cancel": reverse("accounts:user_list"),
        "urgent": True,
    }

    def write():
        end_assignment(assignment=assignment, by=request.user, on=clock.today())
        return Receipt(reverse("accounts:user_list"), "Tugas diakhiri")

    return confirm(request, context, write)


@requires(Permission.MANAGE_USERS)
def user_reset(request, assignment_id):
    assignment = get_object_or_404(people_of(request.scope), pk=assignment_id)
    context = {
        "title": f"Buat kata sandi baru untuk {assignment.user.name}?",
        "points": reset_points(assignment.user),
        "button": "Buat kata sandi baru",
        "cancel": reverse("accounts:user_list"),
    }

    def write():
        _only_mine(request, assignment.user)
        return show_password(request, give_password(assignment=assignment, by=request.user), "accounts:user_list")

    return confirm(request, context, write)


def _only_mine(request, user):
    if not stands_only_in(user, request.scope, clock.today()):
        raise Refusal(OTHER_DISTRICT, status=HTTPStatus.FORBIDDEN)


def _role_and_places(request):
    asked = request.GET.get("peran", "")
    role = asked if asked in Role.values else Role.values[0]
    return role, places_for(role, request.scope)
