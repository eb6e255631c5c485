"""How far each posyandu is on its way: decree, board, registration, training, use, first final month."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from services.areas.access import Permission, requires
from services.coaching.queries import STEPS, rollout_of

from ..queries import areas_around, may_see

PER_PAGE = 50


@requires(Permission.SEE_PLACES)
def rollout_list(request):
    """The posts in scope, or of one place (`tempat`), the least ready first."""
    code = request.GET.get("tempat", "")
    area = areas_around(code).get(code) if code and may_see(request.scope, code) else None
    if code and area is None:
        raise Http404
    rollout = rollout_of(request.scope, code)
    page = Paginator(rollout.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": area,
        "rollout": rollout,
        "page": page,
        "steps": list(zip(STEPS, rollout.step_counts, strict=True)),
        "may_open": request.access.may(Permission.SEE_REPORT),
        "may_team": request.access.may(Permission.MANAGE_TEAMS),
    }
    return render(request, "dashboard/rollout_list.html", context)
