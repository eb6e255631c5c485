"""Laporan warga of Kencana Ungu on its way: just noted, at the kelurahan, late there, at the OPD, planned, finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.accounts.models import User
from services.areas.clock import month_of
from services.areas.models import Office
from services.tickets.models import RoutedOffice, Serial, Ticket, Transition
from services.tickets.queries import Times, kind_of, times_of
from services.tickets.rules import (
    OFFICE,
    POSYANDU,
    VILLAGE,
    Clock,
    after_move,
    new_code,
    opened,
    ticket_number,
    turn_after,
)

from .chance import Chance, moment_of
from .stories import STORIES
from .world import Post

REQUEST, COMPLAINT, ASPIRATION = "permohonan", "pengaduan", "aspirasi"


@dataclass(frozen=True)
class Step:
    """A move so many days ago. `values` are columns of the ticket; `survey_in` days after today is the survey."""

    days_ago: int
    target: str
    party: str
    note: str = ""
    survey_in: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A ticket that somebody brought so many days ago, and what became of it."""

    days_ago: int
    field: str
    request_type: str
    kind: str
    place: str
    description: str
    reporter: str
    steps: tuple[Step, ...] = ()
    extent: str = "komunal"


def to_village(days_ago: int) -> Step:
    return Step(days_ago, "diajukan_desa", POSYANDU)


def to_office(days_ago: int) -> Step:
    return Step(days_ago, "diteruskan_opd", VILLAGE)


CASES = (
    Case(
        1, "pekerjaan_umum", "jalan_desa", COMPLAINT,
        "RT 03, depan balai", "Jalan berlubang, anak sekolah sering jatuh.", "Warga Contoh Satu",
    ),
    Case(
        3, "pendidikan", "perpustakaan", ASPIRATION,
        "Balai RW", "Warga ingin pojok baca yang buka sore hari.", "Warga Contoh Dua",
    ),
    Case(
        1, "perumahan_rakyat", "rumah_tidak_layak", REQUEST,
        "RT 02", "Atap bocor sejak musim hujan, ibu mertua tidur di ruang depan.", STORIES["leaking_house"].name,
        (to_village(0),), extent="individu",
    ),
    Case(
        16, "trantibumlinmas", "poskamling", REQUEST,
        "RT 05", "Pos ronda roboh kena angin.", "Warga Contoh Tiga",
        (to_village(14),),
    ),
    Case(
        9, "pekerjaan_umum", "sumur", REQUEST,
        "RT 01, dekat musala", "Air sumur keruh dan berbau, dipakai delapan rumah.", "Warga Contoh Empat",
        (to_village(8), to_office(6), Step(1, "diproses_opd", OFFICE, survey_in=3)),
    ),
    Case(
        12, "pekerjaan_umum", "jamban", REQUEST,
        "RT 04", "Empat rumah belum punya jamban.", "Warga Contoh Lima",
        (to_village(11), to_office(10)),
    ),
    Case(
        32, "perumahan_rakyat", "biopori", REQUEST,
        "RT 02", "Halaman tergenang setiap hujan.", "Warga Contoh Enam",
        (
            to_village(31),
            to_office(30),
            Step(28, "direncanakan", OFFICE, values={"planned_source": "APBD kota"}),
        ),
    ),
    Case(
        24, "pekerjaan_umum", "jaringan_air", REQUEST,
        "RT 03, gang kedua", "Pipa bocor, air tidak sampai ke tujuh rumah.", "Warga Contoh Tujuh",
        (
            to_village(23),
            to_office(22),
            Step(20, "diproses_opd", OFFICE, survey_in=-18),
            Step(4, "selesai", OFFICE, values={"result": "Pipa sudah diganti"}),
        ),
    ),
)  # fmt: skip


def add_tickets(post: Post, office: Office, officers: Mapping[str, User], official: User, seed: int) -> Counter[str]:
    """Write the tickets of a posyandu whose houses are written; gives how many rows of each model.

    They draw on a chance of their own, so that everything else of the demo stays as it is without them.
    """
    chance, times = Chance(f"{seed}:tickets"), times_of(post.row.district_code, post.today)
    people = {POSYANDU: post.kader[0], VILLAGE: officers["kelurahan"], OFFICE: official}
    serials: Counter[tuple[str, date]] = Counter()
    tickets, routed, moves = [], [], []
    for case in sorted(CASES, key=lambda case: -case.days_ago):
        ticket = _noted(case, post, chance, serials, times)
        tickets.append(ticket)
        moves.append(_transition(ticket, chance, Step(case.days_ago, "didata", POSYANDU), "", people, post.today))
        for step in case.steps:
            moves.append(_transition(ticket, chance, step, ticket.state, people, post.today))
            _move(ticket, step, times)
            if step.target == "diteruskan_opd":
                routed.append(RoutedOffice(ticket=ticket, office=office, routed_at=moves[-1].at))
            elif step.party == OFFICE:
                routed[-1].answered_at = routed[-1].answered_at or moves[-1].at
    district = post.row.district_code
    numbers = [
        Serial(district_id=district, field=key, month=month, last=last) for (key, month), last in serials.items()
    ]
    written = {Serial: numbers, Ticket: tickets, RoutedOffice: routed, Transition: moves}
    for model, rows in written.items():
        model.objects.bulk_create(rows)
    return Counter({model.__name__: len(rows) for model, rows in written.items()})


def _noted(case: Case, post: Post, chance: Chance, serials: Counter, times: Times) -> Ticket:
    day, district = post.today - timedelta(days=case.days_ago), post.row.district_code
    month, started = month_of(day), opened(day, times.limits)
    serials[case.field, month] += 1
    kind = kind_of(district, case.field, case.request_type)
    house = next((house.row for house in post.houses if house.row.head_name == case.reporter), None)
    return Ticket(
        id=chance.row_id(moment_of(day)),
        number=ticket_number(case.field, month, serials[case.field, month]),
        code=new_code(chance.choice),
        district_id=district,
        posyandu=post.row,
        household=house,
        kind=case.kind,
        field=case.field,
        request_type=case.request_type,
        about=kind.label,
        extent=case.extent,
        description=case.description,
        place=case.place,
        channel=Ticket.Channel.IN_PERSON,
        reporter_name=case.reporter,
        papers_ready=list(kind.papers) if case.steps else [],
        state="didata",
        turn=POSYANDU,
        moved_on=day,
        clock_part=started.part,
        clock_since=started.since,
        received_on=day,
        created_by=post.kader[0],
        created_at=moment_of(day),
    )


def _move(ticket: Ticket, step: Step, times: Times) -> None:
    """What services.tickets writes for the same move, on a day of the past."""
    day = times.today - timedelta(days=step.days_ago)
    before = Clock(ticket.clock_part, ticket.clock_since, ticket.clock_used)
    now = after_move(before, ticket.state, step.target, day, times.calendar)
    ticket.state, ticket.turn, ticket.moved_on = step.target, turn_after(step.target, step.party), day
    ticket.clock_part, ticket.clock_since, ticket.clock_used = now.part, now.since, now.used
    if step.target == "diajukan_desa":
        ticket.submitted_on = day
    if step.party == OFFICE:
        ticket.answered_on = ticket.answered_on or day
    if step.survey_in is not None:
        ticket.survey_on = times.today + timedelta(days=step.survey_in)
    if step.target == "direncanakan":
        ticket.planned_year = times.today.year + 1
    if step.target == "selesai":
        ticket.done_on = day
    for name, value in step.values.items():
        setattr(ticket, name, value)


def _transition(
    ticket: Ticket, chance: Chance, step: Step, source: str, people: Mapping[str, User], today: date
) -> Transition:
    day = today - timedelta(days=step.days_ago)
    return Transition(
        id=chance.row_id(moment_of(day, 10)),
        ticket=ticket,
        from_state=source,
        to_state=step.target,
        party=step.party,
        note=step.note or str(step.values.get("result", "")),
        by=people[step.party],
        at=moment_of(day, 10 if source else 9),
        on=day,
    )
