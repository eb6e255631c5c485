"""Cards to fill by hand where there is no phone: blank, or with a name and what is known of the year."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.spec import FormSpec, Shape
from services.posyandu.models import Posyandu
from services.residents.actions import note_download
from services.residents.models import Resident
from services.residents.queries import current_residency, short_address

from ..paper import YEAR, blank_card, filled_card
from ..queries import answers_of_year
from .sheets import form_or_404


@requires(Permission.RECORD)
def card_download(request, form_key):
    """The card of one form, twelve months abreast, in print order; with `?warga=` a person's own. That is logged."""
    spec = form_or_404(form_key, Shape.PERSON, request.scope)
    resident = _resident(request)
    context = _named(request, spec, resident) if resident else _blank(request, spec)
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    html = render_to_string("records/pdf/card.html", {"spec": spec, "months": YEAR, "today": clock.today(), **context})
    content = render_pdf(html, stylesheet="cards.css")
    if resident:
        note_download(on=resident, by=request.user, place=context["posyandu"].path, paper=spec.key)
    name = f"kartu-{'' if resident else 'kosong-'}{spec.key.removeprefix('kartu_').replace('_', '-')}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _resident(request) -> Resident | None:
    wanted = request.GET.get("warga", "")
    try:
        return get_object_or_404(Resident.objects.within(request.scope), pk=wanted) if wanted else None
    except ValidationError as error:  # a tampered id is nobody's
        raise Http404 from error


def _blank(request, spec: FormSpec) -> dict:
    posts = list(Posyandu.objects.within(request.scope).select_related("area").order_by("name")[:2])
    return {"card": blank_card(spec), "posyandu": posts[0] if len(posts) == 1 else None}


def _named(request, spec: FormSpec, resident: Resident) -> dict:
    home = current_residency(resident, request.scope)
    if home is None:
        raise Http404
    known = answers_of_year(resident.pk, spec.key, clock.today(home.posyandu.area_id).year, request.scope)
    return {
        "card": filled_card(spec, known),
        "resident": resident,
        "posyandu": home.posyandu,
        "address": short_address(home.household) if home.household else "",
    }
