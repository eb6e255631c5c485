"""An office (OPD): what was routed to it, one answer for several, and who looks after which."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.accounts.models import User
from services.areas import clock
from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Filled, answer_several, assign_office
from ..forms import AssignForm, BulkAnswerForm
from ..models import RoutedOffice, Ticket
from ..queries import Row, lying_at_office, office_district, people_of_offices, tickets_of_office, times_of
from .fetching import ticket_or_404


@requires(Permission.ANSWER_TICKET)
def office_ticket_list(request):
    """What lies with the office, what is late first."""
    mine = request.GET.get("saya") == "1"
    rows = _rows(request, mine=mine)
    total = lying_at_office(request.scope, mine=mine).count()
    return render(request, "tickets/office_ticket_list.html", {"rows": rows, "mine": mine, "total": total})


def _rows(request, *, mine: bool = False) -> list[Row]:
    district = office_district(request.scope)
    return tickets_of_office(request.scope, times_of(district, clock.today(district)), mine=mine)


@requires(Permission.ANSWER_TICKET)
def office_ticket_answer(request):
    """The same answer for several tickets, all or none."""
    rows = _rows(request)
    choices = [(f"{row.ticket.pk}:{row.ticket.state}", _words(row)) for row in rows]
    chosen = {"tickets": request.GET.getlist("tickets") or [value for value, _ in choices[:0]]}
    form = BulkAnswerForm(request.POST or None, choices=choices, initial=chosen)
    if request.method != "POST":
        return page(request, "tickets/office_ticket_answer.html", {"form": form, "rows": rows})

    def write():
        pairs = form.pairs()
        tickets = Ticket.objects.within(request.scope).filter(pk__in=pairs)
        moved = answer_several(
            tickets=[(ticket, pairs[str(ticket.pk)]) for ticket in tickets],
            target=form.cleaned_data["target"],
            by=request.user,
            filled=_filled(form),
        )
        return Receipt(reverse("tickets:office_ticket_list"), f"{len(moved)} laporan dijawab")

    return respond(request, form, write, "tickets/office_ticket_answer.html", {"rows": rows})


def _words(row: Row) -> str:
    late = f" · {row.late}" if row.late else ""
    return f"{row.ticket.number} · {row.ticket.about} · {row.ticket.posyandu.area.name}{late}"


def _filled(form: BulkAnswerForm) -> Filled:
    names = ("note", "survey_on", "planned_year", "planned_source", "result")
    return Filled(**{name: form.cleaned_data[name] for name in names})


@requires(Permission.ANSWER_TICKET)
def office_ticket_assign(request, ticket_id):
    """Who inside the office looks after a ticket."""
    ticket = ticket_or_404(request, ticket_id)
    own = RoutedOffice.objects.within(request.scope).select_related("office", "ticket__posyandu")
    routed = get_object_or_404(own, ticket=ticket, office__in=request.scope.offices)
    people = list(people_of_offices([routed.office_id], clock.today(ticket.posyandu.area_id)))
    form = AssignForm(request.POST or None, people=people, initial={"person": routed.assigned_to_id or ""})
    context = {"ticket": ticket, "office": routed.office}
    if request.method != "POST":
        return page(request, "tickets/office_ticket_assign.html", {**context, "form": form})

    def write():
        assign_office(routed=routed, person=_person(form, people), by=request.user)
        return Receipt(reverse("tickets:ticket_detail", args=[ticket.pk]), "Petugas dicatat", number=ticket.number)

    return respond(request, form, write, "tickets/office_ticket_assign.html", context)


def _person(form: AssignForm, people) -> User | None:
    return next((row.user for row in people if str(row.user_id) == form.cleaned_data["person"]), None)
