from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from .. import actions, queries
from ..forms import AssignForm, HandedForm, HandOverForm
from ..models import Need
from ..rules import CLOSED_AS


def reader_of(request) -> queries.Reader:
    """How much of a reason this person may read."""
    return queries.Reader(request.scope, request.access.may(Permission.SEE_SENSITIVE))


@requires(Permission.RECORD)
def need_detail(request, need_id):
    """One need: why, since when, what happened, and who takes it. Who takes a sensitive one learns its reason, so only
    those who may know it give it away."""
    rows = Need.objects.within(request.scope).select_related("resident", "household", "assigned_to", "posyandu")
    need = get_object_or_404(rows, pk=need_id)
    today = clock.today(need.posyandu.area_id)
    kader = list(queries.kader_at([need.posyandu_id], request.scope, today))
    form = AssignForm(request.POST or None, kader=kader, initial={"taker": str(need.assigned_to_id or "")})
    task = queries.task_of(need, reader_of(request))
    if request.method == "POST" and task.is_hidden:
        raise PermissionDenied
    context = {
        "need": need,
        "task": task,
        "steps": queries.history_of(need, is_hidden=task.is_hidden),
        "closed_as": "" if task.is_hidden else CLOSED_AS.get(need.closed_as, ""),
    }

    def save() -> Receipt:
        taker = next((one for one in kader if str(one.pk) == form.cleaned_data["taker"]), None)
        actions.assign_needs(needs=[need], to=taker, on=today, by=request.user)
        return Receipt(reverse("follow_ups:need_detail", args=[need.pk]), "Petugas dicatat")

    if request.method == "POST":
        return respond(request, form, save, "follow_ups/need_detail.html", context)
    return page(request, "follow_ups/need_detail.html", {**context, "form": form})


@requires(Permission.MANAGE_KADER)
def load_list(request):
    """How much each kader has to visit, and handing over."""
    posts = queries.posts_in(request.scope)
    today = clock.today(posts[0].area_id if posts else "")
    kader = list(queries.kader_at([post.pk for post in posts], request.scope, today))
    form = HandOverForm(request.POST or None, kader=kader)
    context = {"loads": queries.loads_at(request.scope, kader, today), "today": today}
    if request.method == "POST":
        save = lambda: _hand_over(request, form, kader, today)  # noqa: E731
        return respond(request, form, save, "follow_ups/load_list.html", context)
    return page(request, "follow_ups/load_list.html", {**context, "form": form})


def _hand_over(request, form: HandOverForm, kader, today) -> Receipt:
    data = form.cleaned_data
    taker = next(one for one in kader if str(one.pk) == data["taker"])
    needs = queries.open_needs(request.scope).filter(assigned_to=data["giver"] or None).select_related("posyandu")
    if data["rt"]:
        needs = needs.filter(household__rt=data["rt"])
    reader, wanted = reader_of(request), list(needs)
    known = [need for need in wanted if not reader.hides(need)]
    count = actions.assign_needs(needs=known, to=taker, on=today, by=request.user)
    said = f"{count} keperluan diserahkan kepada {taker.name}"
    if left := len(wanted) - len(known):
        said += f"; {left} kunjungan kesehatan hanya dapat diserahkan ketua atau bidan"
    return Receipt(reverse("follow_ups:load_list"), said)


@requires(Permission.HANDLE_HANDED)
def handed_list(request):
    """What posyandu handed to the desa or kelurahan after several visits in vain."""
    needs = queries.needs_handed(request.scope)
    reader = reader_of(request)
    context = {"needs": [(need, queries.task_of(need, reader)) for need in needs]}
    return render(request, "follow_ups/handed_list.html", context)


@requires(Permission.HANDLE_HANDED)
def handed_answer(request, need_id):
    """What the desa or kelurahan found."""
    rows = Need.objects.within(request.scope).select_related("resident", "household", "posyandu", "assigned_to")
    need = get_object_or_404(rows, pk=need_id)
    form = HandedForm(request.POST or None)
    task = queries.task_of(need, reader_of(request))
    steps = queries.history_of(need, is_hidden=task.is_hidden)
    context = {"need": need, "task": task, "steps": steps}

    def save() -> Receipt:
        today = clock.today(need.posyandu.area_id)
        actions.answer_handed(need=need, on=today, by=request.user, **form.cleaned_data)
        return Receipt(reverse("follow_ups:handed_list"), "Hasil dicatat")

    if request.method == "POST":
        return respond(request, form, save, "follow_ups/handed_answer.html", context)
    return page(request, "follow_ups/handed_answer.html", {**context, "form": form})
