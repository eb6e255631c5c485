"""Pengurus and kader by decree: the list, its paper, and who comes and goes."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.queries import letterhead_of
from services.audit.actions import Verb, note
from services.web.pdf import render_pdf
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import end_member, save_member
from ..forms import MemberEndForm, MemberForm, field_labels
from ..models import BoardMember, Posyandu
from ..queries import board_members
from ..rules import board_of

PER_PAGE = 50


@requires(Permission.MANAGE_BOARD)
def board_list(request):
    """The posts whose pengurus a person keeps."""
    posts = Posyandu.objects.within(request.scope).exclude(state=Posyandu.State.MERGED).select_related("area")
    page_of_posts = Paginator(posts.order_by("area__name", "name"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "posyandu/board_list.html", {"page": page_of_posts})


@requires(Permission.SEE_REPORT)
def board_detail(request, pk):
    """Who is in office, what is vacant, and who has stopped and why."""
    return render(
        request, "posyandu/board_detail.html", {**_board(request, pk), "may_manage": _may_manage(request, pk)}
    )


@requires(Permission.SEE_REPORT)
def board_download(request, pk):
    """The list as a paper, with decree, field, term and training."""
    context = _board(request, pk)
    post, members = context["post"], context["members"]
    decrees = {(each.decree_number, each.decree_date) for each in members if each.decree_number}
    context |= {
        "today": clock.today(post.path),
        "letterhead": letterhead_of(post.area_id),
        "decree": next(iter(decrees)) if len(decrees) == 1 else None,
        "ketua": next((each.name for each in members if each.post == BoardMember.Post.KETUA), ""),
    }
    content = render_pdf(render_to_string("posyandu/pdf/board.html", context), stylesheet="report.css")
    note(by=request.user, verb=Verb.DOWNLOAD, on=BoardMember, place=post.path, bentuk="pdf")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="pengurus-{post.path}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.MANAGE_BOARD)
def board_member_new(request, pk):
    post = get_object_or_404(Posyandu.objects.within(request.scope), pk=pk)
    form = MemberForm(request.POST or None, initial={"from_date": clock.today(post.path)})
    return _answer(request, form, "posyandu/board_member_new.html", post, BoardMember(posyandu=post))


@requires(Permission.MANAGE_BOARD)
def board_member_edit(request, pk):
    member = _member(request, pk)
    form = MemberForm(request.POST or None, instance=member)
    return _answer(request, form, "posyandu/board_member_edit.html", member.posyandu, member)


@requires(Permission.MANAGE_BOARD)
def board_member_end(request, pk):
    """She stops: from when on, and why."""
    member = _member(request, pk)
    form = MemberEndForm(request.POST or None, initial={"ended_on": clock.today(member.posyandu.path)})

    def save():
        values = form.cleaned_data
        end_member(member=member, on=values["ended_on"], reason=values["ended_reason"], by=request.user)
        return Receipt(location=_list(member.posyandu), message="Berhenti tugas tercatat")

    context = {"member": member, "post": member.posyandu}
    if request.method == "POST":
        return respond(request, form, save, "posyandu/board_member_end.html", context)
    return page(request, "posyandu/board_member_end.html", {**context, "form": form})


def _answer(request, form, template, post, member):
    def save():
        save_member(member=member, by=request.user, **form.cleaned_data)
        return Receipt(location=_list(post), message="Pengurus tersimpan")

    context = {"post": post, "member": member}
    if request.method == "POST":
        return respond(request, form, save, template, context)
    return page(request, template, {**context, "form": form})


def _board(request, pk) -> dict:
    post = get_object_or_404(Posyandu.objects.within(request.scope).select_related("area__parent"), pk=pk)
    labels, members = field_labels(), board_members(post)
    for member in members:
        member.field_label = labels.get(member.field, "")
    rows = [
        {name: getattr(each, name) for name in ("post", "field", "decree_number", "trained_on")} for each in members
    ]
    context = {"post": post, "members": members, "board": board_of(rows, labels)}
    return {**context, "ended": board_members(post, ended=True)}


def _may_manage(request, pk) -> bool:
    scope = request.access.scope(Permission.MANAGE_BOARD)
    return scope is not None and pk in scope.posyandu


def _member(request, pk) -> BoardMember:
    members = BoardMember.objects.within(request.scope).filter(ended_on=None).select_related("posyandu")
    return get_object_or_404(members, pk=pk)


def _list(post: Posyandu) -> str:
    return reverse("posyandu:board_detail", args=[post.pk])
