"""Laporan warga on their way: just noted, at the kelurahan, late there, at the OPD, planned, finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

from services.accounts.models import Role, User
from services.areas.clock import month_of
from services.areas.models import Office
from services.tickets.models import RoutedOffice, Serial, Ticket, Transition
from services.tickets.queries import Times, kinds_of, times_of
from services.tickets.rules import (
    OFFICE,
    POSYANDU,
    VILLAGE,
    Clock,
    RequestKind,
    after_move,
    new_code,
    opened,
    ticket_number,
    turn_after,
)

from .cases import CASES, Case, Step, usual_cases
from .chance import Chance, moment_of
from .users import Account, Accounts
from .world import Post

BATCH = 500


class District:
    """What the tickets of one kab/kota share: times, kinds, offices, and numbers given in the order of the days."""

    def __init__(self, code: str, offices: list[Office], today: date) -> None:
        self.code, self.offices, self.today = code, offices, today
        self.serials: Counter[tuple[str, date]] = Counter()

    @cached_property
    def times(self) -> Times:
        return times_of(self.code, self.today)

    @cached_property
    def kinds(self) -> dict[tuple[str, str], RequestKind]:
        fields = {field for office in self.offices for field in office.fields}
        return {(field, kind.key): kind for field in sorted(fields) for kind in kinds_of(self.code, field)}

    def office_of(self, field: str) -> Office:
        return next(office for office in self.offices if field in office.fields)


class Tickets:
    """The tickets of a demo while they are made.

    They draw on a chance of their own, so that everything else of the demo stays as it is without them.
    """

    def __init__(self, accounts: Accounts, officers: Mapping[str, User], seed: int) -> None:
        self.accounts, self.chance = accounts, Chance(f"{seed}:tickets")
        self.village_officers = {"33.75.03.1003": officers["kelurahan"], "33.20.13.2004": officers["desa-jepara"]}
        self.office_officials = {officers["opd"].assignments.get().office_id: officers["opd"]}
        self.tickets: list[Ticket] = []
        self.routed: list[RoutedOffice] = []
        self.moves: list[Transition] = []

    def add(self, post: Post, case: Case, district: District) -> None:
        """One ticket with its way up to today."""
        office = district.office_of(case.field)
        people = {POSYANDU: post.kader[0], VILLAGE: self._village_officer(post), OFFICE: self._official(office)}
        ticket = _noted(case, post, self.chance, district)
        self.tickets.append(ticket)
        first = Step(case.days_ago, "didata", POSYANDU)
        self.moves.append(_transition(ticket, self.chance, first, "", people, post.today))
        for step in case.steps:
            move = _transition(ticket, self.chance, step, ticket.state, people, post.today)
            self.moves.append(move)
            _move(ticket, step, district.times)
            if step.target == "diteruskan_opd":
                self.routed.append(RoutedOffice(ticket=ticket, office=office, routed_at=move.at))
            elif step.party == OFFICE:
                self.routed[-1].answered_at = self.routed[-1].answered_at or move.at
        if case.is_told and ticket.done_on:
            ticket.told_on = min(ticket.done_on + timedelta(days=2), post.today)

    def _village_officer(self, post: Post) -> User:
        """Who forwards at the kelurahan; where the demo has nobody yet, she is added."""
        area = post.plan.area
        if area not in self.village_officers:
            name = f"Ibu Contoh Kelurahan {post.row.area.name}"
            account = Account(f"kelurahan-{area.replace('.', '')}", name, Role.KELURAHAN, "Kasi Kesra", area)
            [self.village_officers[area]] = self.accounts.add([account]).values()
        return self.village_officers[area]

    def _official(self, office: Office) -> User:
        """Who answers at the office."""
        if office.pk not in self.office_officials:
            account = Account(
                f"opd{len(self.office_officials) + 1}", f"Bapak {office.name}"[:80], Role.OPD, "Kepala seksi"
            )
            [self.office_officials[office.pk]] = self.accounts.add([account], office).values()
        return self.office_officials[office.pk]


def add_tickets(
    posts: Iterable[Post],
    offices: Mapping[str, list[Office]],
    officers: Mapping[str, User],
    accounts: Accounts,
    seed: int,
) -> Counter[str]:
    """Write the tickets of posyandu whose houses are written; gives how many rows of each model."""
    posts, book = list(posts), Tickets(accounts, officers, seed)
    today = posts[0].today
    districts = {code: District(code, rows, today) for code, rows in offices.items()}
    brought = [(post, case) for post in posts for case in _cases(post, seed)]
    for post, case in sorted(brought, key=lambda pair: -pair[1].days_ago):
        book.add(post, case, districts[post.plan.district])
    serials = [
        Serial(district_id=district.code, field=key, month=month, last=last)
        for district in districts.values()
        for (key, month), last in district.serials.items()
    ]
    written = {Serial: serials, Ticket: book.tickets, RoutedOffice: book.routed, Transition: book.moves}
    for model, rows in written.items():
        model.objects.bulk_create(rows, batch_size=BATCH)
    return Counter({model.__name__: len(rows) for model, rows in written.items()})


def _cases(post: Post, seed: int) -> Iterable[Case]:
    if post.plan.has_stories:
        return CASES
    chance = Chance(f"{seed}:tickets:{post.plan.area}:{post.plan.name}")
    return usual_cases(chance, post.today, post.plan.live_from(post.today))


def _noted(case: Case, post: Post, chance: Chance, district: District) -> Ticket:
    day = post.today - timedelta(days=case.days_ago)
    month, started = month_of(day), opened(day, district.times.limits)
    district.serials[case.field, month] += 1
    kind = district.kinds[case.field, case.request_type]
    house = post.row.households.filter(head_name=case.reporter).first() if post.plan.has_stories else None
    return Ticket(
        id=chance.row_id(moment_of(day)),
        number=ticket_number(case.field, month, district.serials[case.field, month]),
        code=new_code(chance.choice),
        district_id=district.code,
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
