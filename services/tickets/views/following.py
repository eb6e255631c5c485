"""Lists, one ticket and its next step, and telling whoever reported."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from services.accounts.models import Assignment
from services.areas import clock
from services.areas.access import Permission, requires
from services.areas.models import Office
from services.areas.queries import offices_of
from services.fields import registry
from services.posyandu.rules import month_from
from services.web.refusals import Refusal
from services.web.rules import month_text
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Filled, mark_told, move_ticket, note_opened
from ..forms import MoveForm, OpenForm
from ..models import Ticket
from ..queries import (
    GROUPS,
    Filters,
    Listing,
    listing,
    may_see_people,
    message_link,
    message_of,
    open_tickets,
    parties_of,
    people_of_offices,
    places_of,
    proposed_offices,
    standing_of,
    ticket_page,
    times_of,
    to_tell,
)
from ..rules import OFFICE, POSYANDU, STATE_LABELS, VILLAGE, Move, find_move
from .fetching import place_of, ticket_or_404, times_for


@requires(Permission.SEE_TICKETS)
def ticket_list(request):
    """The tickets of the asker's places or office; confidential ones are not among them."""
    filters = _filters(request.GET)
    places = places_of(request.scope, filters.place)
    code = places.district or place_of(request)
    times = times_of(code, clock.today(code))
    number = int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdigit() else 1
    found = listing(request.scope, filters, times, party=_own_party(request.access), page=number)
    context = {
        "listing": found,
        "filters": filters,
        "groups": GROUPS,
        "fields": registry.FIELDS,
        "states": STATE_LABELS.items(),
        "places": places,
        "narrowed": _narrowed(filters, places.chosen, found),
        "may_report": request.access.may(Permission.REPORT_TICKET),
        "may_plan": request.access.may(Permission.SEE_FINDINGS),
        **({"place_name": places.title} if places.title else {}),
    }
    return render(request, "tickets/ticket_list.html", context)


def _filters(get) -> Filters:
    return Filters(
        field=get.get("bidang", ""),
        state=get.get("keadaan", ""),
        group=get.get("tampil", "terbuka"),
        place=get.get("tempat", ""),
        kind=get.get("jenis", ""),
        text=get.get("cari", "").strip(),
        request_type=get.get("permintaan", ""),
        received=month_from(get.get("masuk", "")),
        done=month_from(get.get("beres", "")),
    )


def _narrowed(filters: Filters, place: str, found: Listing) -> list[tuple[str, str]]:
    """What narrows the list besides the tabs, in words, each with the name of its part of the address."""
    about = found.rows[0].ticket.about if filters.request_type and found.rows else filters.request_type
    said = (
        ("permintaan", about),
        ("jenis", dict(Ticket.Kind.choices).get(filters.kind, "")),
        ("tempat", place or filters.place),
        ("masuk", f"masuk {month_text(filters.received)}" if filters.received else ""),
        ("beres", f"selesai {month_text(filters.done)}" if filters.done else ""),
    )
    return [(name, words) for name, words in said if words]


def _own_party(access) -> str:
    if access.may(Permission.ANSWER_TICKET):
        return OFFICE
    return VILLAGE if access.may(Permission.HANDLE_TICKET) else POSYANDU


@requires(Permission.SEE_TICKETS)
def ticket_detail(request, ticket_id):
    """One ticket with its way so far and the steps this person may take."""
    ticket = ticket_or_404(request, ticket_id)
    note_opened(ticket=ticket, by=request.user)
    parties = parties_of(ticket, request.access)
    context = {
        "page": ticket_page(ticket, request.access, times_for(ticket)),
        "ticket": ticket,
        "field": registry.field(ticket.field),
        "people": may_see_people(ticket, request.access),
        "names": bool(parties) and (not ticket.name_withheld or POSYANDU in parties),
        "at_posyandu": POSYANDU in parties,
        "may_complete": request.access.may(Permission.COMPLETE_TICKET),
        "at_office": OFFICE in parties,
    }
    return render(request, "tickets/ticket_detail.html", context)


@requires(Permission.WORK_TICKET)
def ticket_move(request, ticket_id, target):
    """One step along the table: what it needs is asked, where the ticket stood is sent along."""
    ticket = ticket_or_404(request, ticket_id)
    parties = parties_of(ticket, request.access)
    move = find_move(standing_of(ticket, times_for(ticket).today), parties, target)
    if move is None:
        return _refused_move(request, ticket, target, parties)
    offices, people = _addressees(ticket, move)
    form = MoveForm(
        request.POST or None,
        move=move,
        ticket=ticket,
        offices=offices,
        people=people,
        initial={"expected": ticket.state, "offices": proposed_offices(ticket)},
    )
    context = {"ticket": ticket, "move": move}
    if request.method != "POST":
        return page(request, "tickets/ticket_move.html", {**context, "form": form})

    def write():
        moved = move_ticket(
            ticket=ticket,
            target=target,
            expected=form.cleaned_data["expected"],
            parties=parties,
            by=request.user,
            filled=_filled(request, form, people),
        )
        return _receipt(moved)

    return respond(request, form, write, "tickets/ticket_move.html", context)


def _refused_move(request, ticket: Ticket, target: str, parties):
    """A step that is not there (any more): the action knows why, also for a hand-made POST."""
    expected = request.POST.get("expected") or ticket.state
    move_ticket(ticket=ticket, target=target, expected=expected, parties=parties, by=request.user)
    raise Refusal("Langkah ini tidak ada.")


def _addressees(ticket: Ticket, move: Move) -> tuple[QuerySet[Office], list[Assignment]]:
    offices = offices_of(ticket.district_id)
    if "offices" not in move.needs or not ticket.is_confidential:
        return offices, []
    if ticket.party:
        offices = offices.filter(protects=True)
    today = clock.today(ticket.posyandu.area_id)
    return offices, list(people_of_offices(offices.values_list("pk", flat=True), today))


def _filled(request, form: MoveForm, people: list[Assignment]) -> Filled:
    data = form.cleaned_data
    chosen = next((row for row in people if str(row.pk) == data.get("recipient")), None)
    same_as = open_tickets(request.scope).filter(number=data["same_as"]).first() if data.get("same_as") else None
    return Filled(
        note=data.get("note", ""),
        offices=[chosen.office] if chosen else list(data.get("offices") or ()),
        recipient=chosen.user if chosen else None,
        survey_on=data.get("survey_on"),
        planned_year=data.get("planned_year"),
        planned_source=data.get("planned_source", ""),
        result=data.get("result", ""),
        same_as=same_as,
    )


def _receipt(ticket: Ticket) -> Receipt:
    location = reverse("tickets:ticket_detail", args=[ticket.pk])
    return Receipt(location, f"Laporan sekarang: {STATE_LABELS[ticket.state]}", number=ticket.number)


TOLD_SHOWN = 100


@requires(Permission.REPORT_TICKET)
def told_list(request):
    """Kabari warga: the news that nobody has told yet, each with its message."""
    news = to_tell(request.scope)
    rows = [(ticket, STATE_LABELS[ticket.state], message_of(ticket)) for ticket in news[:TOLD_SHOWN]]
    return page(request, "tickets/told_list.html", {"rows": rows, "total": news.count()})


@requires(Permission.REPORT_TICKET)
def ticket_told(request, ticket_id):
    """'Sudah diberi tahu'. Whoever a confidential ticket is about is told in person, never from here."""
    ticket = ticket_or_404(request, ticket_id)
    if ticket.is_confidential:
        raise Http404
    message = message_of(ticket)
    context = {"ticket": ticket, "message": message, "state": STATE_LABELS[ticket.state]}
    context["link"] = message_link(ticket.reporter_phone, message)
    joiners = [(joiner, message_link(joiner.phone, message)) for joiner in ticket.joiners.order_by("added_at")]
    context["joiners"] = joiners
    form = OpenForm(request.POST or None)
    if request.method != "POST":
        return page(request, "tickets/ticket_told.html", {**context, "form": form})

    def write():
        mark_told(ticket=ticket, by=request.user)
        return Receipt(reverse("tickets:told_list"), "Sudah diberi tahu", number=ticket.number)

    return respond(request, form, write, "tickets/ticket_told.html", context)
