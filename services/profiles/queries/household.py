from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import Shape
from services.follow_ups.queries import Reader, tasks_at
from services.follow_ups.rules import Task
from services.home_visits.models import HomeVisit
from services.records.models import Record
from services.records.queries import HouseholdForm, household_forms
from services.residents.models import Household
from services.residents.queries import Person, household_members, person, pregnancies_of, short_address, stage_rules
from services.tickets.models import Ticket
from services.tickets.queries import open_tickets_about
from services.tickets.rules import FINDINGS, Offer, offers_in

Reported = Set[tuple[str, str]]  # field and request type of what is reported and not settled


@dataclass(frozen=True)
class Member:
    """One person of the household and when each service field was last filled for her (None: belum didata)."""

    person: Person
    relation: str
    last: tuple[date | None, ...]
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class OwnForm:
    """A form about the household itself, and the tickets that its newest answers offer; `is_reported`: all are."""

    form: HouseholdForm
    offers: tuple[Offer, ...]
    is_reported: bool = False


@dataclass(frozen=True)
class HouseholdPage:
    """What a household's page shows. `fields` are the columns of each member's `last` and of `own`."""

    address: str
    fields: tuple
    members: tuple[Member, ...]
    own: tuple[date | None, ...]
    visit: HomeVisit | None
    forms: tuple[OwnForm, ...] = ()
    needs: tuple[Task, ...] = ()
    tickets: tuple[Ticket, ...] = ()

    @property
    def open_items(self) -> int:
        """How many visits and reports wait in this house."""
        return len(self.needs) + len(self.tickets)


def household_page(
    household: Household, scope: Scope, on: date, *, reader: Reader | None = None, tickets: Scope | None = None
) -> HouseholdPage:
    """One household reached in scope; the number of queries does not grow with its members.

    `reader` is who reads what waits here, `tickets` the scope of who may see reports of citizens; None: not shown.
    """
    living = list(household_members(household, on))
    ids = [row.resident_id for row in living]
    spans, rules = pregnancies_of(ids), stage_rules(household.posyandu.area_id, on)
    open_ones = tuple(open_tickets_about(tickets, residents=ids, household=household)[:20]) if tickets else ()
    reported = {(ticket.field, ticket.request_type) for ticket in open_ones}
    said = _offers_of_members(ids, household, scope)
    last = _last_days(Record.objects.within(scope).filter(resident__in=ids), "resident_id")
    own = _last_days(Record.objects.within(scope).filter(household=household), "household_id")
    return HouseholdPage(
        address=" · ".join(part for part in (household.address, short_address(household)) if part),
        fields=registry.FIELDS,
        members=tuple(
            Member(
                person(row.resident, on, rules, spans=spans.get(row.resident_id, ()), household=household),
                row.relation,
                _by_field(last.get(row.resident_id, {})),
                _waiting(said.get(row.resident_id, ()), reported),
            )
            for row in living
        ),
        own=_by_field(own.get(household.pk, {})),
        visit=HomeVisit.objects.within(scope).filter(household=household).order_by("date").last(),
        forms=tuple(_own_form(each, household, reported) for each in household_forms(household, scope, on)),
        needs=tuple(tasks_at(household.pk, reader)) if reader else (),
        tickets=open_ones,
    )


def _own_form(form: HouseholdForm, household: Household, reported: Reported) -> OwnForm:
    answers = form.record.answers if form.record else {}
    offers = offers_in(form.spec.key, answers, household=household.pk)
    waiting = _waiting(offers, reported)
    return OwnForm(form, waiting, is_reported=bool(offers) and not waiting)


def _waiting(offers: Iterable[Offer], reported: Reported) -> tuple[Offer, ...]:
    """What nobody reported yet: a report that is open already is not offered a second time."""
    return tuple(offer for offer in offers if (offer.field, offer.request_type) not in reported)


def _offers_of_members(ids: Iterable[UUID], household: Household, scope: Scope) -> dict[UUID, list[Offer]]:
    """What the newest answers of each member's own forms offer, such as a child out of school: one query."""
    asked = {form for one in FINDINGS for form in one.forms if registry.form(form).shape is Shape.PERSON}
    rows = Record.objects.within(scope).filter(resident__in=ids, form__in=asked).order_by("encounter__date", "pk")
    newest = {(resident, form): told for resident, form, told in rows.values_list("resident_id", "form", "answers")}
    found: dict[UUID, list[Offer]] = {}
    for (resident, form), answers in newest.items():
        found.setdefault(resident, []).extend(offers_in(form, answers, household=household.pk))
    return found


def _last_days(records, subject: str) -> dict[UUID, dict[str, date]]:
    """Subject → service field → last day, in one query."""
    found: dict[UUID, dict[str, date]] = {}
    rows = records.order_by().values_list(subject, "field").annotate(day=Max("encounter__date"))
    for pk, field, day in rows:
        found.setdefault(pk, {})[field] = day
    return found


def _by_field(days: dict[str, date]) -> tuple[date | None, ...]:
    return tuple(days.get(field.key) for field in registry.FIELDS)
