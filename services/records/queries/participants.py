"""Who came to an activity by name, and who may be named: people who live there, and who was met there that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import FormSpec
from services.posyandu.models import Posyandu
from services.residents.models import Resident
from services.residents.queries import Person, living_at, person, pregnancies_of, reachable, stage_rules
from services.residents.rules import name_key

from ..models import Attendance, Participant, Record
from ..rules import known_groups

FOUND = 20


@dataclass(frozen=True)
class Named:
    """A participant as lists and papers show her. The phone of a resident is shown where she lives or lived."""

    pk: UUID
    name: str
    sex: str
    phone: str
    groups: str
    is_resident: bool
    lacks_phone: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Nama, JK, HP, and what was asked of each, as the paper has them."""
        return (self.name, self.sex, self.phone, self.groups)


def participants_of(record: Record, scope: Scope) -> list[Named]:
    """Everybody who is named at an activity, in the order of naming."""
    rows = Participant.objects.within(scope).filter(record=record)
    return _named(rows.order_by("added_at", "pk"), registry.form(record.form), scope)


def participants_of_month(spec: FormSpec, posyandu: Posyandu, scope: Scope, month: date) -> list[tuple[date, Named]]:
    """Who was named at a posyandu's activities of one form in a month, with the day."""
    rows = Participant.objects.within(scope).filter(
        record__form=spec.key, record__encounter__posyandu=posyandu, record__encounter__period=month
    )
    days = dict(rows.values_list("pk", "record__encounter__date"))
    named = _named(rows.order_by("record__encounter__date", "record", "added_at", "pk"), spec, scope)
    return [(days[one.pk], one) for one in named]


def _named(rows: QuerySet[Participant], spec: FormSpec, scope: Scope) -> list[Named]:
    people = list(rows.select_related("resident"))
    ids = [row.resident_id for row in people if row.resident_id]
    own = set(Resident.objects.within(scope).filter(pk__in=ids).values_list("pk", flat=True))
    labels = spec.question(spec.names_participants.question).choice_labels if spec.names_participants else {}
    return [_one(row, labels, is_own=row.resident_id in own) for row in people]


def _one(row: Participant, labels: dict[str, str], *, is_own: bool) -> Named:
    said = ", ".join(labels[value] for value in row.groups if value in labels)
    known = row.resident
    if known is None:
        return Named(row.pk, row.name, row.sex, row.phone, said, is_resident=False, lacks_phone=False)
    phone = known.phone if is_own else ""
    lacks = is_own and not known.phone
    return Named(row.pk, known.name, known.sex, phone, said, is_resident=True, lacks_phone=lacks)


def may_be_named(record: Record, scope: Scope) -> QuerySet[Resident]:
    """Who lived at the activity's posyandu that day, or was met there: guests of the day are among them."""
    encounter = record.encounter
    here = living_at(scope, encounter.date).filter(posyandu=encounter.posyandu_id)
    wanted = Q(pk__in=here.values("resident")) | Q(pk__in=_met(record, scope))
    return reachable(scope).filter(wanted, merged_into__isnull=True)


def _met(record: Record, scope: Scope) -> QuerySet:
    met = Attendance.objects.within(scope).filter(
        encounter__posyandu=record.encounter.posyandu_id, encounter__date=record.encounter.date, state="hadir"
    )
    return met.values("resident")


def found_for(record: Record, scope: Scope, text: str) -> list[Person]:
    """Who may be named and is not yet: by words that her name has, or without any, who was met that day."""
    rows = may_be_named(record, scope).exclude(pk__in=record.participants.exclude(resident=None).values("resident"))
    words = name_key(text).split()
    for word in words:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    if not words:
        rows = rows.filter(pk__in=_met(record, scope))
    first = Case(When(name_key__startswith=words[0], then=0), default=1) if words else Value(0)
    return people_at(record, list(rows.defer("nik").order_by(first, "name_key", "pk")[:FOUND]), scope)


def people_at(record: Record, residents: list[Resident], scope: Scope) -> list[Person]:
    """Residents as lists show them on the day of an activity, in three queries however many they are."""
    encounter = record.encounter
    ids = [resident.pk for resident in residents]
    living = living_at(scope, encounter.date).filter(resident__in=ids).select_related("household")
    homes = {home.resident_id: home for home in living.defer("household__no_kk")}
    rules, spans = stage_rules(encounter.posyandu.area_id, encounter.date), pregnancies_of(ids)
    return [
        person(
            one,
            encounter.date,
            rules,
            spans=spans.get(one.pk, ()),
            household=homes[one.pk].household if one.pk in homes else None,
            is_guest=one.pk not in homes,
        )
        for one in residents
    ]


def groups_known(record: Record, resident: Resident, scope: Scope) -> tuple[str, ...]:
    """What the register says of a resident's groups on the day of an activity."""
    return known_groups(registry.form(record.form), people_at(record, [resident], scope)[0].stages)


def called(record: Record, scope: Scope, names: Iterable[str]) -> dict[str, list[Resident]]:
    """Who may be named and is called exactly so, by the name as it is searched."""
    found: dict[str, list[Resident]] = {}
    keys = {name_key(name) for name in names if name.strip()}
    for resident in may_be_named(record, scope).filter(name_key__in=keys).defer("nik"):
        found.setdefault(resident.name_key, []).append(resident)
    return found
