"""How these pages reach a resident: in scope, by her old ids too, and living here where something is to be written."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from services.areas import clock
from services.web.refusals import Refusal

from ..queries import current_residency, kept_of, posts_of


def of_resident(view):
    """Give the view the resident of `resident_id`: a stranger is 404, an old id leads to the kept person's page."""

    @wraps(view)
    def fetched(request, resident_id, **kwargs):
        resident = kept_of(resident_id, request.scope)
        if resident is None:
            raise Http404
        if resident.pk != resident_id:
            return redirect(request.resolver_match.view_name, resident.pk)
        return view(request, resident, **kwargs)

    return fetched


def home_of(request, resident):
    """Her residency in the scope. Raises Refusal for who moved away or died: writing is for where she lives."""
    residency = current_residency(resident, request.scope)
    if residency is None:
        raise Refusal("Orang ini sudah tidak tinggal di sini, jadi datanya tidak dapat diubah dari sini.")
    return residency


def home_shown(request, resident):
    """Her residency, for drawing the page. A form sent once more after it ended still comes to its receipt, so only
    the opening of the page is refused here; the write asks `home_of` again."""
    return current_residency(resident, request.scope) if request.method == "POST" else home_of(request, resident)


def today_in(request):
    """Today where the person who asks works."""
    return clock.today(area_of(request))


def area_of(request) -> str:
    """The code of a desa/kelurahan of the scope, whose district's settings hold; '' without any post."""
    return posts_of(request.scope).values_list("area_id", flat=True).first() or ""


def resident_url(resident) -> str:
    """The page of one person; it lives in an app above."""
    return reverse("profiles:resident_detail", args=[resident.pk])
