"""Visits of the Tim Pembina to a posyandu, and what was agreed on there."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.files.actions import note_opened
from services.files.views import photo_response
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import add_visit, close_point
from ..forms import PointForm, VisitForm
from ..models import ActionPoint
from ..queries import open_points, visits_within
from ..rules import OBSTACLES, READINESS, is_late

PER_PAGE = 30
POINTS_SHOWN = 50


@requires(Permission.COACH)
def visit_list(request):
    """What is agreed on and open, what is late first, then the visits."""
    today = clock.today(*request.scope.areas[:1])
    points = [(point, is_late(point.due_on, None, today)) for point in open_points(request.scope)[:POINTS_SHOWN]]
    visits = Paginator(visits_within(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    may_meet = request.access.may(Permission.MANAGE_TEAMS)
    context = {"points": points, "page": visits, "asked": len(READINESS), "may_meet": may_meet}
    return render(request, "coaching/visit_list.html", context)


@requires(Permission.COACH)
def visit_new(request):
    today = clock.today(*request.scope.areas[:1])
    form = VisitForm(request.POST or None, request.FILES or None, scope=request.scope, today=today)

    def save():
        names = ("posyandu", "date", "ready", "obstacles", "notes", "photo")
        values = {name: form.cleaned_data[name] for name in names}
        visit = add_visit(by=request.user, points=form.points, **values)
        return Receipt(location=reverse("coaching:visit_detail", args=[visit.pk]), message="Kunjungan tersimpan")

    if request.method == "POST":
        return respond(request, form, save, "coaching/visit_new.html")
    return page(request, "coaching/visit_new.html", {"form": form})


@requires(Permission.COACH)
def visit_detail(request, pk):
    """One visit: what was ready, what not, and how far the agreements are."""
    visit = get_object_or_404(visits_within(request.scope), pk=pk)
    today = clock.today(visit.posyandu.path)
    context = {
        "visit": visit,
        "readiness": [(label, key in visit.ready) for key, label in READINESS.items()],
        "obstacles": [OBSTACLES[key] for key in visit.obstacles],
        "points": [(point, is_late(point.due_on, point.done_on, today)) for point in visit.points.order_by("due_on")],
    }
    return render(request, "coaching/visit_detail.html", context)


@requires(Permission.COACH)
def photo_detail(request, pk):
    """The photo of a visit."""
    visit = get_object_or_404(visits_within(request.scope).select_related("photo__posyandu"), pk=pk)
    if visit.photo is None:
        raise Http404
    note_opened(attachment=visit.photo, by=request.user)
    return photo_response(visit.photo)


@requires(Permission.COACH)
def point_close(request, pk):
    """Something that was agreed on is done."""
    points = ActionPoint.objects.within(request.scope).filter(done_on=None).select_related("visit__posyandu")
    point = get_object_or_404(points, pk=pk)
    form = PointForm(request.POST or None, initial={"done_on": clock.today(point.visit.posyandu.path)})

    def save():
        close_point(point=point, on=form.cleaned_data["done_on"], remark=form.cleaned_data["remark"], by=request.user)
        return Receipt(location=reverse("coaching:visit_detail", args=[point.visit_id]), message="Kesepakatan selesai")

    context = {"point": point}
    if request.method == "POST":
        return respond(request, form, save, "coaching/point_close.html", context)
    return page(request, "coaching/point_close.html", {**context, "form": form})
