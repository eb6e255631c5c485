"""The ketua's own kader: add, correct, give a new password, stop, start again (flows 3)."""

from http import HTTPStatus

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_person, change_person, end_assignment, give_password, resume_assignment
from ..forms import KaderEditForm, KaderForm, field_labels
from ..models import Role
from ..queries import kader_of, stands_only_in
from .own import GIVEN
from .phones import confirm

ELSEWHERE = "Orang ini juga bertugas di tempat lain atau dalam peran lain. Minta admin kab/kota yang mengubahnya."


@requires(Permission.MANAGE_KADER)
def kader_list(request):
    everybody = list(kader_of(request.scope))
    today = clock.today()
    current = [kader for kader in everybody if kader.holds_on(today)]
    busy = {(kader.user_id, kader.posyandu_id) for kader in current}
    former = {(k.user_id, k.posyandu_id): k for k in everybody if (k.user_id, k.posyandu_id) not in busy}
    labels = field_labels()
    context = {
        "current": [(kader, kader.field and labels.get(kader.field, kader.field)) for kader in current],
        "former": list(former.values()),
        "several": len({k.posyandu_id for k in everybody}) > 1,
    }
    return render(request, "accounts/kader_list.html", context)


@requires(Permission.MANAGE_KADER)
def kader_new(request):
    posts = Posyandu.objects.within(request.scope).select_related("area").order_by("name")
    form = KaderForm(request.POST or None, posts=posts)
    if request.method != "POST":
        return page(request, "accounts/kader_new.html", {"form": form})

    def write():
        given = add_person(
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            field=form.cleaned_data["field"],
            role=Role.KADER,
            place=form.post,
            by=request.user,
            on=clock.today(form.post.area_id),
        )
        return show_password(request, given, "accounts:kader_list")

    return respond(request, form, write, "accounts/kader_new.html")


@requires(Permission.MANAGE_KADER)
def kader_edit(request, assignment_id):
    kader = _kader(request, assignment_id)
    known = {"name": kader.user.name, "phone": kader.user.phone, "field": kader.field}
    form = KaderEditForm(request.POST or None, initial=known)
    context = {"kader": kader}
    if request.method != "POST":
        return page(request, "accounts/kader_edit.html", {"form": form, **context})

    def write():
        _only_mine(request, kader)
        change_person(assignment=kader, by=request.user, **form.cleaned_data)
        return Receipt(reverse("accounts:kader_list"), "Tersimpan")

    return respond(request, form, write, "accounts/kader_edit.html", context)


@requires(Permission.MANAGE_KADER)
def kader_reset(request, assignment_id):
    kader = _kader(request, assignment_id)
    context = {
        "title": f"Buat kata sandi baru untuk {kader.user.name}?",
        "points": reset_points(kader.user),
        "button": "Buat kata sandi baru",
        "cancel": reverse("accounts:kader_list"),
    }

    def write():
        _only_mine(request, kader)
        return show_password(request, give_password(assignment=kader, by=request.user), "accounts:kader_list")

    return confirm(request, context, write)


@requires(Permission.MANAGE_KADER)
def kader_deactivate(request, assignment_id):
    """End the role from today on; what she wrote keeps her name."""
    kader = _kader(request, assignment_id)
    context = {
        "title": f"{kader.user.name} berhenti sebagai kader?",
        "points": [
            f"Mulai hari ini tidak bisa lagi membuka data {kader.place}.",
            "Catatan yang sudah dibuat tetap ada, dengan namanya.",
        ],
        "button": "Berhenti",
        "cancel": reverse("accounts:kader_list"),
        "urgent": True,
    }

    def write():
        end_assignment(assignment=kader, by=request.user, on=clock.today(kader.posyandu.area_id))
        return Receipt(reverse("accounts:kader_list"), "Sudah berhenti")

    return confirm(request, context, write)


@requires(Permission.MANAGE_KADER)
def kader_activate(request, assignment_id):
    kader = _kader(request, assignment_id, current=False)
    context = {
        "title": f"{kader.user.name} menjadi kader lagi?",
        "points": ["Kata sandi yang lama berlaku lagi. Kalau lupa, buatkan yang baru."],
        "button": "Aktifkan lagi",
        "cancel": reverse("accounts:kader_list"),
    }

    def write():
        resume_assignment(assignment=kader, by=request.user, on=clock.today(kader.posyandu.area_id))
        return Receipt(reverse("accounts:kader_list"), "Aktif lagi")

    return confirm(request, context, write)


def _kader(request, assignment_id, *, current=True):
    kader = get_object_or_404(kader_of(request.scope), pk=assignment_id)
    if request.method != "POST" and kader.holds_on(clock.today(kader.posyandu.area_id)) != current:
        raise Refusal("Tugas ini sudah berubah. Lihat lagi daftar kader.")
    return kader


def _only_mine(request, kader):
    today = clock.today(kader.posyandu.area_id)
    if not stands_only_in(kader.user, request.scope, today, roles=[Role.KADER]):
        raise Refusal(ELSEWHERE, status=HTTPStatus.FORBIDDEN)


def reset_points(user):
    """What a new password takes away; the PIN only from one who has it."""
    points = ["Kata sandi yang lama tidak berlaku lagi.", "Kata sandi baru ditampilkan satu kali."]
    if user.pin:
        points.insert(1, "PIN-nya ikut dihapus: namanya hilang dari HP posyandu sampai ia membuat PIN baru.")
    return points


def show_password(request, given, back):
    """A receipt that leads to the one page that shows a given password."""
    request.session[GIVEN] = {
        "name": given.user.name,
        "username": given.user.username,
        "phone": given.user.phone or "",
        "password": given.password,
        "lost_pin": given.lost_pin,
        "back": reverse(back),
    }
    return Receipt(reverse("accounts:password_detail"), "Kata sandi dibuat")
