"""Blank cards to fill by hand where there is no phone."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from services.areas import clock
from services.areas.access import Permission, requires
from services.fields.spec import Shape
from services.posyandu.models import Posyandu

from ..paper import blank_card
from .sheets import form_or_404

MONTHS = 12


@requires(Permission.RECORD)
def card_download(request, form_key):
    """The card of one form without a name, twelve months abreast, in print order."""
    spec = form_or_404(form_key, Shape.PERSON, request.scope)
    posts = list(Posyandu.objects.within(request.scope).select_related("area").order_by("name")[:2])
    context = {
        "spec": spec,
        "card": blank_card(spec),
        "posyandu": posts[0] if len(posts) == 1 else None,
        "months": range(1, MONTHS + 1),
        "today": clock.today(),
    }
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    content = render_pdf(render_to_string("records/pdf/card.html", context), stylesheet="cards.css")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="kartu-kosong-{spec.key.replace("_", "-")}.pdf"'},
    )
