from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires
from services.coaching.queries import promises_at
from services.tickets.queries import waiting_for
from services.tickets.rules import POSYANDU

from ..queries import board_of, missing_this_month, today_at, waiting_at
from .office import show_office
from .place import show_place


@requires(Permission.HOME)
def home(request):
    """The first page of each role: what to do next, or how the places are doing."""
    recording = request.access.scope(Permission.RECORD)
    if recording is not None:
        return _at_a_post(request, recording)
    places = request.access.scope(Permission.SEE_PLACES)
    if places is None:
        return _without_places(request)
    return show_place(request, places, places.areas[0]) if places.areas else _running(request, places)


def _without_places(request):
    if request.access.may(Permission.ANSWER_TICKET):
        return show_office(request, request.access.scope(Permission.SEE_TICKETS))
    return render(request, "dashboard/home.html", {"may_answer": False})


@requires(Permission.SEE_PLACES)
def running_list(request):
    """The month that runs, counted now: who has opened, who is silent."""
    return _running(request, request.scope)


def _at_a_post(request, scope):
    post = today_at(scope)
    submitting = request.access.scope(Permission.SUBMIT_MONTH)
    missing = missing_this_month(submitting, post.today) if submitting else []
    context = {"post": post, "missing": missing, "is_ketua": submitting is not None}
    context["months_waiting"] = waiting_at(scope, request.access, post.today)
    context["promises"] = promises_at(submitting, post.today) if submitting else []
    context["may_plan"] = request.access.may(Permission.CLOSE_DAY)
    reporting = request.access.scope(Permission.REPORT_TICKET)
    context["waiting"] = waiting_for(reporting, POSYANDU, tells=True) if reporting else None
    return render(request, "dashboard/_home_posyandu.html", context)


def _running(request, scope):
    today = clock.today(scope.areas[0] if scope.areas else "")
    board = board_of(scope, today, part=request.GET.get("bagian", ""), page=request.GET.get("page", 1))
    context = {"board": board, "today": today, "areas": scope.areas}
    context["may_read"] = request.access.may(Permission.SEE_REPORT)
    return render(request, "dashboard/running_list.html", context)
