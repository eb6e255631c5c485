"""The posts of a district: list, one post, a new one, changes, and the move to another desa or kelurahan."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_posyandu, change_posyandu, move_posyandu
from ..forms import MoveForm, PosyanduForm
from ..models import Facility, Posyandu
from ..queries import registered, villages_with_posts

PER_PAGE = 50


@requires(Permission.MANAGE_POSTS)
def posyandu_list(request):
    """All posts in scope, by kelurahan/desa, searched by name."""
    words, village = request.GET.get("cari", "").strip(), request.GET.get("tempat", "")
    posts = Paginator(registered(request.scope, words=words, village=village), PER_PAGE)
    context = {
        "page": posts.get_page(request.GET.get("page")),
        "words": words,
        "village": village,
        "villages": villages_with_posts(request.scope),
        "facilities": list(Facility.objects.within(request.scope).order_by("name")),
    }
    return render(request, "posyandu/posyandu_list.html", context)


@requires(Permission.MANAGE_POSTS)
def posyandu_detail(request, pk):
    post = _post(request, pk)
    memberships = list(post.memberships.select_related("area").order_by("from_date"))
    return render(request, "posyandu/posyandu_detail.html", {"post": post, "memberships": memberships})


@requires(Permission.MANAGE_POSTS)
def posyandu_new(request):
    form = PosyanduForm(request.POST or None, scope=request.scope)

    def save():
        values = dict(form.cleaned_data)
        area = values.pop("area")
        return _saved(add_posyandu(area=area, by=request.user, on=clock.today(area.pk), **values))

    return _answer(request, form, save, "posyandu/posyandu_new.html", {})


@requires(Permission.MANAGE_POSTS)
def posyandu_edit(request, pk):
    post = _post(request, pk)
    form = PosyanduForm(request.POST or None, instance=post, scope=request.scope)

    def save():
        change_posyandu(posyandu=post, by=request.user, **form.cleaned_data)
        return _saved(post)

    return _answer(request, form, save, "posyandu/posyandu_edit.html", {"post": post})


@requires(Permission.MANAGE_POSTS)
def posyandu_move(request, pk):
    post = _post(request, pk)
    form = MoveForm(request.POST or None, scope=request.scope, today=clock.today(post.path))

    def save():
        return _saved(move_posyandu(posyandu=post, by=request.user, **form.cleaned_data), "Tempat posyandu diganti")

    return _answer(request, form, save, "posyandu/posyandu_move.html", {"post": post})


def _post(request, pk) -> Posyandu:
    posts = Posyandu.objects.within(request.scope).select_related("area__parent__parent", "facility")
    return get_object_or_404(posts, pk=pk)


def _saved(post: Posyandu, message: str = "Posyandu tersimpan") -> Receipt:
    return Receipt(location=reverse("posyandu:posyandu_detail", args=[post.pk]), message=message)


def _answer(request, form, save, template, context):
    if request.method == "POST":
        return respond(request, form, save, template, context)
    return page(request, template, {**context, "form": form})
