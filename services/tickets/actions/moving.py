from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

from django.db import transaction
from django.utils import timezone

from services.accounts.models import Assignment, User
from services.areas import clock
from services.areas.models import Office
from services.audit.actions import Verb, note
from services.follow_ups.actions import open_need
from services.web.refusals import Refusal

from ..models import RoutedOffice, Ticket, Transition
from ..queries import calendar_of, clock_of, papers_of, standing_of
from ..rules import (
    MOVES,
    OFFICE,
    PARTY_LABELS,
    STATE_LABELS,
    VILLAGE,
    Move,
    after_move,
    find_move,
    turn_after,
    what_is_missing,
)
from ..rules.states import (
    CHECKED,
    DONE,
    FORWARDED,
    IN_OFFICE,
    LOCAL,
    PLANNED,
    REFUSED,
    RESUME,
    RETURNED,
    SUBMITTED,
    TELLING,
    WAITING,
)

ANSWERS = frozenset({LOCAL, IN_OFFICE, PLANNED, DONE, REFUSED})


@dataclass(frozen=True)
class Filled:
    """What was filled in for a move."""

    note: str = ""
    offices: Sequence[Office] = field(default=())
    recipient: User | None = None
    survey_on: date | None = None
    planned_year: int | None = None
    planned_source: str = ""
    result: str = ""
    same_as: Ticket | None = None


class MovedMeanwhile(Refusal):
    """Somebody else moved the ticket first; nothing was changed."""

    def __init__(self, ticket: Ticket):
        last = ticket.transitions.select_related("by").order_by("-at", "-pk").first()
        who = last.by.name if last else "Orang lain"
        super().__init__(
            f"{who} baru saja memindahkan laporan ini ke “{STATE_LABELS[ticket.state]}”. Buka lagi laporannya."
        )


@transaction.atomic
def move_ticket(
    *, ticket: Ticket, target: str, expected: str, parties: Iterable[str], by, filled: Filled | None = None
) -> Ticket:
    """Move a ticket along the table, under a lock. Nothing is changed when a Refusal is raised:

    409 MovedMeanwhile when it does not stand at `expected` any more, 403 for a move of another party, 409 for one the
    table does not know, 422 with the field for what is missing.
    """
    filled = filled or Filled()
    mine = Ticket.objects.unscoped(reason="a ticket the caller reached in scope, locked for its move")
    current = mine.select_for_update(of=("self",)).select_related("posyandu").get(pk=ticket.pk)
    if current.state != expected:
        raise MovedMeanwhile(current)
    today = clock.today(current.posyandu.area_id)
    move = _allowed(current, target, frozenset(parties), today)
    check_filled(current, move, filled, today)
    _apply(current, move, filled, today)
    _route(current, move, filled, by, today)
    if target == CHECKED:
        _plan_check(current, by, today)
    Transition.objects.create(
        ticket=current,
        from_state=move.source,
        to_state=target,
        party=move.party,
        on_behalf=_on_behalf(current, move),
        note=filled.note or filled.result,
        by=by,
        on=today,
    )
    note(
        by=by,
        verb=Verb.UPDATE,
        on=current,
        place=current.posyandu.path,
        changed=("state",),
        confidential=current.is_confidential,
    )
    return current


@transaction.atomic
def answer_several(*, tickets: Iterable[tuple[Ticket, str]], target: str, by, filled: Filled) -> list[Ticket]:
    """An office gives several tickets the same answer: all of them or none."""
    return [
        _answer(ticket, target, expected, by, filled)
        for ticket, expected in sorted(tickets, key=lambda pair: pair[0].pk)
    ]


def _answer(ticket: Ticket, target: str, expected: str, by, filled: Filled) -> Ticket:
    """One of several; what refuses it says which one it was."""
    try:
        return move_ticket(ticket=ticket, target=target, expected=expected, parties=(OFFICE,), by=by, filled=filled)
    except Refusal as refusal:
        if refusal.field is None:
            refusal.message = f"{ticket.number}: {refusal.message}"
        raise


@transaction.atomic
def assign_office(*, routed: RoutedOffice, person: User | None, by) -> None:
    """Who inside the office looks after a ticket."""
    routed.assigned_to = person
    routed.save(update_fields=["assigned_to"])
    place, confidential = routed.ticket.posyandu.path, routed.ticket.is_confidential
    note(by=by, verb=Verb.UPDATE, on=routed.ticket, place=place, changed=("assigned_to",), confidential=confidential)


def _allowed(ticket: Ticket, target: str, parties: frozenset[str], today: date) -> Move:
    standing = standing_of(ticket, today)
    move = find_move(standing, parties, target)
    if move is not None:
        return move
    others = {row.party for row in MOVES if (row.source, row.target) == (ticket.state, target)} - parties
    here, there = STATE_LABELS[ticket.state], STATE_LABELS.get(target, target)
    if others:
        whose = " atau ".join(sorted(PARTY_LABELS[party] for party in others))
        raise Refusal(f"Langkah ke “{there}” dilakukan oleh {whose}.", status=HTTPStatus.FORBIDDEN)
    raise Refusal(f"Laporan “{here}” tidak bisa langsung menjadi “{there}”. Pilih langkah yang ada di halamannya.")


def check_filled(ticket: Ticket, move: Move, filled: Filled, today: date) -> None:
    """Raise Refusal (422) at the first thing a move lacks."""
    if "ready" in move.needs:
        missing = what_is_missing(
            kind=ticket.kind,
            papers=papers_of(ticket),
            ready=ticket.papers_ready,
            place=ticket.place,
            has_photo=ticket.photos.exists(),
            confidential=ticket.is_confidential,
        )
        _need(not missing, " ".join(missing), None)
    _need("note" not in move.needs or filled.note.strip(), "Tulis alasannya atau keterangannya.", "note")
    _need("result" not in move.needs or filled.result.strip(), "Tulis hasilnya.", "result")
    if "survey" in move.needs:
        _need(filled.survey_on, "Isi tanggal survei.", "survey_on")
        _need(filled.survey_on >= today, "Tanggal survei tidak bisa di masa lalu.", "survey_on")
    if "plan" in move.needs:
        in_reach = filled.planned_year and today.year <= filled.planned_year <= today.year + 10
        _need(in_reach, f"Isi tahun anggaran, {today.year} atau sesudahnya.", "planned_year")
        _need(filled.planned_source.strip(), "Isi sumber dananya.", "planned_source")
    if "offices" in move.needs:
        _need(filled.offices, "Pilih OPD yang dituju.", "offices")
        _need(len(filled.offices) <= 2, "Paling banyak dua OPD.", "offices")
        named = filled.recipient is not None
        _need(named or not ticket.is_confidential, "Pilih orang yang menerima laporan ini.", "recipient")
        safe = not ticket.party or all(office.protects for office in filled.offices)
        _need(safe, "Laporan ini hanya boleh ke kantor perlindungan perempuan dan anak.", "recipient")
    if "other" in move.needs:
        other = filled.same_as is not None and filled.same_as.pk != ticket.pk
        _need(other, "Tulis nomor laporan lain yang sama.", "same_as")


def _need(there, sentence: str, column: str | None) -> None:
    if not there:
        raise Refusal(sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY, field=column)


def _apply(ticket: Ticket, move: Move, filled: Filled, today: date) -> None:
    target = move.target
    calendar = calendar_of(ticket.district_id, today)
    clock_now = after_move(clock_of(ticket), move.source, target, today, calendar)
    values = {
        "state": target,
        "turn": turn_after(target, move.party),
        "resume_state": move.source if target == WAITING else "",
        "moved_on": today,
        "clock_part": clock_now.part,
        "clock_since": clock_now.since,
        "clock_used": clock_now.used,
    }
    if target == SUBMITTED and RESUME not in move.needs:
        values |= {"submitted_on": ticket.submitted_on or today, "answered_on": None, "done_on": None}
    if target in ANSWERS and RESUME not in move.needs:
        values["answered_on"] = ticket.answered_on or today
    if target == DONE:
        values |= {"done_on": today, "result": filled.result.strip()}
    if "survey" in move.needs:
        values["survey_on"] = filled.survey_on
    if target == PLANNED:
        values |= {"planned_year": filled.planned_year, "planned_source": filled.planned_source.strip()}
    if target in TELLING:
        values["told_on"] = None
    if filled.same_as is not None:
        values["same_as"] = filled.same_as
    if "offices" in move.needs and ticket.is_confidential:
        values["recipient"] = filled.recipient
    if _takes_back(move):
        values["recipient"] = None
    for name, value in values.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=list(values))


def _takes_back(move: Move) -> bool:
    """The desa does itself what was with an OPD or came back from it, and the OPD has no part in it any more."""
    return move.source in (FORWARDED, IN_OFFICE, RETURNED) and move.target == LOCAL


def _route(ticket: Ticket, move: Move, filled: Filled, by, today: date) -> None:
    """Where it goes; and of a ticket with two offices, which one has answered: each speaks for itself."""
    if "offices" in move.needs:
        keep = [office.pk for office in filled.offices]
        ticket.routed.exclude(office__in=keep).delete()
        for office in filled.offices:
            ticket.routed.update_or_create(
                office=office,
                defaults={"routed_at": timezone.now(), "assigned_to": filled.recipient, "answered_at": None},
            )
        return
    if _takes_back(move):
        ticket.routed.all().delete()
        return
    waiting = ticket.routed.filter(answered_at=None)
    if move.party == OFFICE:
        offices = by.assignments.filter(Assignment.on_day(today), office__isnull=False).values("office")
        waiting.filter(office__in=offices).update(answered_at=timezone.now())
    elif _on_behalf(ticket, move):
        waiting.update(answered_at=timezone.now())


def _plan_check(ticket: Ticket, by, today: date) -> None:
    """To look for oneself is a visit to the house, on the list of visits; never for a confidential ticket."""
    if ticket.household and not ticket.is_confidential:
        words = f"Memeriksa laporan {ticket.about.lower()} ({ticket.number})"[:160]
        open_need(posyandu=ticket.posyandu, kind="SOSEK", words=words, on=today, household=ticket.household, by=by)


def _on_behalf(ticket: Ticket, move: Move) -> str:
    """A desa that notes what an OPD answered is named as such, also when it settles what the OPD planned."""
    if move.party != VILLAGE or move.target == LOCAL:
        return ""
    if move.source not in (FORWARDED, IN_OFFICE) and not (move.source == PLANNED and _is_plan_of_office(ticket)):
        return ""
    return " dan ".join(ticket.routed.order_by("office__name").values_list("office__name", flat=True))[:100]


def _is_plan_of_office(ticket: Ticket) -> bool:
    """Whether the plan was the OPD's, by itself or by the desa on its behalf; asked before the next step stands."""
    last = ticket.transitions.order_by("-at", "-pk").first()
    return last is not None and (last.party == OFFICE or bool(last.on_behalf))
