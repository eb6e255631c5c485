"""For whoever holds a slip: how far it is, and when. No name, no place, no text."""

from http import HTTPStatus

from django.shortcuts import render

from services.web.views import open_to_all

from ..queries import tracked
from ..rules import code_of


@open_to_all
def ticket_track(request, code=""):
    """States and dates of the ticket with this code. A wrong code and one that never was get the same answer."""
    typed = code or request.GET.get("kode", "")
    # Whoever is logged in can look tickets up anyway; strangers are counted by address and code.
    address = "" if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "unknown")
    found = tracked(code_of(typed), address=address) if typed else None
    status = HTTPStatus.NOT_FOUND if typed and found is None else HTTPStatus.OK
    response = render(request, "tickets/ticket_track.html", {"typed": typed, "found": found}, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
