"""One person and one household, across all apps."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from services.areas import clock
from services.areas.access import Permission, requires
from services.follow_ups.queries import Reader
from services.residents.actions import note_view
from services.residents.models import Household
from services.residents.queries import kept_of
from services.web.views import page

from ..queries import household_page, resident_page


@requires(Permission.SEE_NAMES)
def resident_detail(request, resident_id):
    """Who somebody is and what was done for her. An old id leads to the person it was merged into."""
    resident = kept_of(resident_id, request.scope)
    if resident is None:
        raise Http404
    if resident.pk != resident_id:
        return redirect("profiles:resident_detail", resident.pk)
    shown = resident_page(resident, request.scope)
    note_view(on=resident, by=request.user, place=shown.place)
    return render(request, "profiles/resident_detail.html", {"resident": resident, "shown": shown, **_may(request)})


@requires(Permission.SEE_NAMES)
def household_detail(request, household_id):
    """Who lives together, and what is known of them in the six fields."""
    households = Household.objects.within(request.scope).select_related("posyandu")
    household = get_object_or_404(households, pk=household_id)
    today = clock.today(household.posyandu.area_id)
    reader = Reader(request.scope, request.access.may(Permission.SEE_SENSITIVE))
    tickets = request.access.scope(Permission.SEE_TICKETS)
    shown = household_page(household, request.scope, today, reader=reader, tickets=tickets)
    note_view(on=household, by=request.user, place=household.posyandu.path)
    return page(request, "profiles/household_detail.html", {"household": household, "shown": shown, **_may(request)})


def _may(request) -> dict:
    allowed = request.access.may
    return {
        "may_record": allowed(Permission.RECORD),
        "may_merge": allowed(Permission.MERGE),
        "may_see_sensitive": allowed(Permission.SEE_SENSITIVE_ANSWERS),
        "may_reveal": allowed(Permission.REVEAL_NIK),
    }
