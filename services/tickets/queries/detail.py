"""One ticket as its page shows it."""

from dataclasses import dataclass
from datetime import date

from services.areas.scope import Scope
from services.audit.models import Entry

from ..models import Joiner, Photo, RoutedOffice, Ticket, Transition
from ..rules import (
    OFFICE,
    PARTY_LABELS,
    POSYANDU,
    STATE_LABELS,
    VILLAGE,
    Move,
    Standing,
    code_text,
    moves_from,
    what_is_missing,
)
from .deadlines import clock_of, standing_of
from .directory import papers_of
from .lists import Times, late_words

# States whose reason stands on top: for whoever acts next, and for whoever has to explain it.
WITH_REASON = frozenset({"dikembalikan", "menunggu_berkas", "ditolak", "duplikat"})
PERMISSION_OF = {POSYANDU: "catat_laporan_warga", VILLAGE: "tangani_laporan_warga", OFFICE: "jawab_laporan_warga"}


@dataclass(frozen=True)
class Paper:
    label: str
    is_there: bool


@dataclass(frozen=True)
class Step:
    """One line of a ticket's way."""

    transition: Transition
    label: str
    whose: str


@dataclass(frozen=True)
class TicketPage:
    """All that a ticket's page shows; made before the template renders."""

    ticket: Ticket
    state: str
    late: str
    deadline: date | None
    whose_turn: str
    why_returned: str
    moves: tuple[Move, ...]
    missing: list[str]
    papers: list[Paper]
    steps: list[Step]
    photos: list[Photo]
    joiners: list[Joiner]
    routed: list[RoutedOffice]
    seen: list[Entry]
    code: str


def parties_of(ticket: Ticket, access) -> frozenset[str]:
    """For which parties the person who asks may move this ticket: her posyandu, her desa, her office.

    Of a confidential one: its creator and the ketua act for the posyandu, the post holder for the desa, the recipient
    for the office, whatever field they look after; whoever cannot read it has no party in it.
    """
    scopes = {party: access.scope(permission) for party, permission in PERMISSION_OF.items()}
    held = {party for party, scope in scopes.items() if scope and _acts(ticket, party, scope)}
    return frozenset(held)


def _acts(ticket: Ticket, party: str, scope: Scope) -> bool:
    if scope.fields is not None and ticket.field not in scope.fields and not ticket.is_confidential:
        return False
    if party != OFFICE:
        return ticket.posyandu_id in scope.posyandu
    if ticket.is_confidential:
        return ticket.recipient_id == scope.user_id
    return bool(scope.offices) and ticket.routed.filter(office__in=scope.offices).exists()


def ticket_page(ticket: Ticket, access, times: Times) -> TicketPage:
    """A ticket that the caller reached in scope, with what this person may do next."""
    standing = standing_of(ticket, times.today)
    steps = [_step(row) for row in ticket.transitions.select_related("by").order_by("at", "pk")]
    photos = list(ticket.photos.select_related("attachment"))
    papers = papers_of(ticket)
    clock = clock_of(ticket)
    limit = times.limits.of(clock.part) if clock.part else 0
    return TicketPage(
        ticket=ticket,
        state=STATE_LABELS[ticket.state],
        late=late_words(ticket, times),
        deadline=times.calendar.deadline(clock.since, limit) if clock.is_running else None,
        whose_turn=PARTY_LABELS.get(ticket.turn, ""),
        why_returned=steps[-1].transition.note if ticket.state in WITH_REASON else "",
        moves=moves_from(standing, parties_of(ticket, access)),
        missing=_missing(ticket, standing, papers, bool(photos)),
        papers=[Paper(label, label in ticket.papers_ready) for label in papers],
        steps=steps,
        photos=photos,
        joiners=list(ticket.joiners.order_by("added_at")),
        routed=list(ticket.routed.select_related("office", "assigned_to").order_by("office__name")),
        seen=_seen(ticket),
        code=code_text(ticket.code) if ticket.code else "",
    )


def _step(row: Transition) -> Step:
    whose = f"atas nama {row.on_behalf}" if row.on_behalf else PARTY_LABELS.get(row.party, "")
    return Step(row, STATE_LABELS[row.to_state], whose)


def _missing(ticket: Ticket, standing: Standing, papers: tuple[str, ...], has_photo: bool) -> list[str]:
    if standing.state not in ("didata", "verifikasi", "dikembalikan"):
        return []
    return what_is_missing(
        kind=ticket.kind,
        papers=papers,
        ready=ticket.papers_ready,
        place=ticket.place,
        has_photo=has_photo,
        confidential=ticket.is_confidential,
    )


def _seen(ticket: Ticket) -> list[Entry]:
    """Who opened a confidential ticket, for those who may read it."""
    if not ticket.is_confidential:
        return []
    log = Entry.objects.unscoped(reason="the log of a confidential ticket, shown to those who may read it")
    found = log.filter(model="ticket", object_id=str(ticket.pk), verb=Entry.Verb.VIEW)
    return list(found.select_related("user").order_by("-at")[:20])


def may_see_people(ticket: Ticket, access) -> bool:
    """Whether this person sees what was told and photographed; above desa/kelurahan people see where it stands."""
    return bool(parties_of(ticket, access))
