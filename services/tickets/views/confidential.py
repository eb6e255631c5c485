"""Confidential tickets: emergency numbers first, then consent; a list of one's own and no other trace."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.settings import EMERGENCY_NUMBERS, value_of
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import open_ticket
from ..forms import ConfidentialForm
from ..queries import confidential_tickets, row_of, times_of
from ..rules import OTHER_REQUEST
from .fetching import place_of, posts_of


@requires(Permission.SEE_TICKETS)
def confidential_list(request):
    """The confidential tickets that this person may read: her own, those sent to her, those of her post."""
    code = place_of(request)
    times = times_of(code, clock.today(code))
    rows = [row_of(ticket, times) for ticket in confidential_tickets(request.scope)[:100]]
    context = {
        "rows": rows,
        "emergency": _emergency(request),
        "may_report": request.access.may(Permission.REPORT_TICKET),
    }
    return render(request, "tickets/confidential_list.html", context)


def _emergency(request) -> str:
    code = place_of(request)
    return value_of(EMERGENCY_NUMBERS, code, clock.today(code))


@requires(Permission.REPORT_TICKET)
def confidential_new(request):
    """Somebody in need of protection. Nobody else at the posyandu will see it."""
    posts = list(posts_of(request)[:200])
    if not posts:
        raise Http404
    form = ConfidentialForm(request.POST or None, posts=posts, posts_in_scope=posts_of(request))
    context = {"emergency": _emergency(request)}
    if request.method != "POST":
        return page(request, "tickets/confidential_new.html", {**context, "form": form})

    def write():
        ticket = open_ticket(
            posyandu=form.post,
            request_type=OTHER_REQUEST,
            kind="pengaduan",
            confidential=True,
            by=request.user,
            **form.details(),
        )
        return Receipt(reverse("tickets:ticket_detail", args=[ticket.pk]), "Tersimpan")

    return respond(request, form, write, "tickets/confidential_new.html", context)
