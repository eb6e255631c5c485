"""How these pages reach a ticket: in the scope of the permission, else it is not there."""

from django.shortcuts import get_object_or_404

from services.areas import clock
from services.posyandu.models import Posyandu

from ..models import Ticket
from ..queries import Times, office_district, times_of


def ticket_or_404(request, ticket_id) -> Ticket:
    """A ticket of the asker; a confidential one of somebody else is as absent as one that never was."""
    tickets = Ticket.objects.within(request.scope).select_related("posyandu__area", "resident", "created_by")
    return get_object_or_404(tickets, pk=ticket_id)


def times_for(ticket: Ticket) -> Times:
    return times_of(ticket.district_id, clock.today(ticket.posyandu.area_id))


def posts_of(request):
    """The posyandu of the scope, by name."""
    return Posyandu.objects.within(request.scope).order_by("name")


def place_of(request) -> str:
    """A code in the district the asker works in, for its calendar."""
    scope = request.scope
    if scope.areas:
        return scope.areas[0]
    if scope.offices:
        return office_district(scope)
    post = posts_of(request).values_list("area_id", flat=True).first() if scope.posyandu else None
    return post or ""
