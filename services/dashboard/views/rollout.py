"""How far each posyandu is on its way: decree, board, registration, training, use, first final month."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from services.areas.access import Permission, requires
from services.coaching.queries import STEPS, Ready, rollout_of

from ..queries import areas_around, may_see

PER_PAGE = 50


@requires(Permission.SEE_PLACES)
def rollout_list(request):
    """The posts in scope, or of one place (`tempat`), the least ready first; or those without a step or a post."""
    code = request.GET.get("tempat", "")
    area = areas_around(code).get(code) if code and may_see(request.scope, code) else None
    if code and area is None:
        raise Http404
    rollout = rollout_of(request.scope, code)
    step, vacant = request.GET.get("langkah", ""), request.GET.get("kosong", "")
    page = Paginator(_chosen(rollout.rows, step, vacant), PER_PAGE).get_page(request.GET.get("page"))
    posts = len(rollout.rows)
    context = {
        "area": area,
        "rollout": rollout,
        "page": page,
        "steps": [
            (words, count, posts - count, _url(code, langkah=words))
            for words, count in zip(STEPS, rollout.step_counts, strict=True)
        ],
        "vacant": [(words, count, _url(code, kosong=words)) for words, count in rollout.vacant],
        "chosen": f"belum: {step}" if step else f"{vacant} kosong" if vacant else "",
        "everything": _url(code),
        "may_open": request.access.may(Permission.SEE_REPORT),
        "may_team": request.access.may(Permission.MANAGE_TEAMS),
    }
    return render(request, "dashboard/rollout_list.html", context)


def _chosen(rows: Sequence[Ready], step: str, vacant: str) -> list[Ready]:
    """Those that lack the step and have the post vacant, where one is asked for."""
    return [row for row in rows if (not step or step in row.missing) and (not vacant or vacant in row.board.vacant)]


def _url(code: str, **chosen: str) -> str:
    query = {**({"tempat": code} if code else {}), **chosen}
    return f"?{urlencode(query)}#posyandu" if query else "?#posyandu"
