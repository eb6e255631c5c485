"""Coordination meetings: their material as one PDF, decisions with an owner, next year's plan."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.audit.actions import Verb, note
from services.fields.registry import FIELDS
from services.reports.monthly import last_closed_month
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import (
    add_decision,
    add_plan_item,
    call_meeting,
    change_decision,
    change_plan_item,
    close_decision,
)
from ..forms import DecisionForm, DoneForm, MeetingForm, PlanForm
from ..models import Decision, Meeting, PlanItem
from ..queries import material_of, meetings_within
from ..rules import is_late
from .paper import meeting_pdf

MEETINGS_SHOWN, PLANS_SHOWN = 60, 300


@requires(Permission.MANAGE_TEAMS)
def meeting_list(request):
    """The meetings of the places in scope, newest first."""
    return render(request, "coaching/meeting_list.html", {"meetings": meetings_within(request.scope)[:MEETINGS_SHOWN]})


@requires(Permission.MANAGE_TEAMS)
def meeting_new(request):
    form = MeetingForm(request.POST or None, scope=request.scope)

    def save():
        month = last_closed_month(form.cleaned_data["date"])
        meeting = call_meeting(by=request.user, month=month, **form.cleaned_data)
        return Receipt(location=_url(meeting), message="Rapat tersimpan")

    return _answer(request, form, save, "coaching/meeting_new.html", {})


@requires(Permission.MANAGE_TEAMS)
def meeting_detail(request, pk):
    """One meeting and what it decided."""
    meeting = _meeting(request, pk)
    today = clock.today(meeting.area_id)
    decisions = meeting.decisions.select_related("office").order_by("due_on", "pk")
    context = {
        "meeting": meeting,
        "decisions": [(each, is_late(each.due_on, each.done_on, today)) for each in decisions],
    }
    return render(request, "coaching/meeting_detail.html", context)


@requires(Permission.MANAGE_TEAMS)
def meeting_download(request, pk):
    """The material of a meeting as one PDF: figures of the place, what is open, roll-out, plan."""
    meeting = _meeting(request, pk)
    content = meeting_pdf(material_of(meeting, request.scope))
    note(by=request.user, verb=Verb.DOWNLOAD, on=meeting, place=meeting.area_id, bentuk="pdf")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="rapat-{meeting.area_id}-{meeting.date:%Y-%m-%d}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.MANAGE_TEAMS)
def decision_new(request, pk):
    meeting = _meeting(request, pk)
    form = DecisionForm(request.POST or None, area=meeting.area)

    def save():
        add_decision(meeting=meeting, by=request.user, **form.cleaned_data)
        return Receipt(location=_url(meeting), message="Keputusan tersimpan")

    return _answer(request, form, save, "coaching/decision_new.html", {"meeting": meeting})


@requires(Permission.MANAGE_TEAMS)
def decision_edit(request, pk):
    """What was written down wrongly is put right, while it is open."""
    decision = _open_decision(request, pk)
    form = DecisionForm(request.POST or None, instance=decision, area=decision.meeting.area)

    def save():
        change_decision(decision=decision, by=request.user, **form.cleaned_data)
        return Receipt(location=_url(decision.meeting), message="Keputusan diperbaiki")

    return _answer(request, form, save, "coaching/decision_edit.html", {"meeting": decision.meeting})


@requires(Permission.MANAGE_TEAMS)
def decision_close(request, pk):
    """What was decided is done."""
    decision = _open_decision(request, pk)
    form = DoneForm(request.POST or None, initial={"done_on": clock.today(decision.meeting.area_id)})

    def save():
        close_decision(decision=decision, on=form.cleaned_data["done_on"], by=request.user)
        return Receipt(location=_url(decision.meeting), message="Keputusan selesai")

    return _answer(request, form, save, "coaching/decision_close.html", {"decision": decision})


@requires(Permission.MANAGE_TEAMS)
def plan_list(request):
    """The plans of the places in scope, the newest year first."""
    labels = {field.key: field.label for field in FIELDS}
    items = PlanItem.objects.within(request.scope).select_related("area", "office").order_by("-year", "area_id", "pk")
    named = [(item, labels.get(item.field, "Semua bidang")) for item in items[:PLANS_SHOWN]]
    return render(request, "coaching/plan_list.html", {"items": named})


@requires(Permission.MANAGE_TEAMS)
def plan_new(request):
    following = clock.today(*request.scope.areas[:1]).year + 1
    form = PlanForm(request.POST or None, scope=request.scope, initial={"year": following})

    def save():
        add_plan_item(by=request.user, **form.cleaned_data)
        return Receipt(location=reverse("coaching:plan_list"), message="Rencana tersimpan")

    return _answer(request, form, save, "coaching/plan_new.html", {})


@requires(Permission.MANAGE_TEAMS)
def plan_edit(request, pk):
    """A line of a plan is put right."""
    item = get_object_or_404(PlanItem.objects.within(request.scope).select_related("area"), pk=pk)
    form = PlanForm(request.POST or None, instance=item, scope=request.scope)

    def save():
        change_plan_item(item=item, by=request.user, **form.cleaned_data)
        return Receipt(location=reverse("coaching:plan_list"), message="Rencana diperbaiki")

    return _answer(request, form, save, "coaching/plan_edit.html", {})


def _open_decision(request, pk) -> Decision:
    rows = Decision.objects.within(request.scope).filter(done_on=None)
    return get_object_or_404(rows.select_related("meeting__area"), pk=pk)


def _meeting(request, pk) -> Meeting:
    return get_object_or_404(meetings_within(request.scope), pk=pk)


def _url(meeting: Meeting) -> str:
    return reverse("coaching:meeting_detail", args=[meeting.pk])


def _answer(request, form, save, template, context):
    if request.method == "POST":
        return respond(request, form, save, template, context)
    return page(request, template, {**context, "form": form})
