from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from services.areas import clock
from services.areas.scope import Scope
from services.areas.settings import EXPECTED_WINDOW_MONTHS, value_of
from services.fields import registry
from services.fields.queries import forms_in_use
from services.fields.spec import FormSpec
from services.posyandu.models import Posyandu
from services.records.models import Attendance, Measurement, Record
from services.records.queries import latest_measurements
from services.residents.models import Pregnancy, Residency, Resident, WatchedCondition
from services.residents.queries import Person, after_birth, living_at, person, pregnancies_of, stage_rules
from services.residents.rules import (
    PRESCHOOL_MONTHS,
    SENSITIVE_CONDITIONS,
    StageRules,
    add_months,
    born_after,
    name_key,
)

from ..models import Invitation, OpenDay, Schedule
from ..rules import coming_day

HEALTH = "kesehatan"
UNFILLED_DAYS = 31  # so long a planned day that nobody filled stands on the first page
ROWS_PER_PAGE = 100
RECENT_WEIGHT_DAYS = 62
TABS = ("semua", "belum", "hadir", "selesai")


@dataclass(frozen=True)
class Counts:
    """How many people are expected, and how far the day is."""

    expected: int
    present: int
    done: int
    guests: int

    @property
    def missing(self) -> int:
        return self.expected - self.present

    @property
    def waiting(self) -> int:
        return self.present - self.done

    def of(self, tab: str) -> int:
        return {"semua": self.expected, "belum": self.missing, "hadir": self.waiting, "selesai": self.done}[tab]


@dataclass(frozen=True)
class Row:
    """One person on the roster."""

    person: Person
    state: str  # "", "hadir" or "selesai"
    note: str
    card: str  # key of the form that opens first

    @property
    def id(self) -> UUID:
        return self.person.id


@dataclass(frozen=True)
class Roster:
    """One page of those expected, with the counts of the whole day."""

    rows: list[Row]
    guests: list[Row]
    page: Page
    counts: Counts
    tab: str
    text: str


def expected_at(day: OpenDay, scope: Scope, rules: StageRules) -> QuerySet[Residency]:
    """Who is expected (flows 5): priority groups, watched, invited, came in the last months, or is there today.

    Each row has `attendance_state` and `attendance_done` of this day. No row per person is looked at in Python.
    """
    here = Attendance.objects.within(scope).filter(resident=OuterRef("resident"))
    today = here.filter(encounter=day.encounter_id)
    months = value_of(EXPECTED_WINDOW_MONTHS, day.posyandu.area_id, day.date)
    came = here.filter(
        encounter__posyandu=day.posyandu_id,
        encounter__kind="hari_buka",
        encounter__date__gte=add_months(day.date, -months),
        encounter__date__lte=day.date,
        state=Attendance.State.PRESENT,
    )
    return (
        living_at(scope, day.date)
        .filter(posyandu=day.posyandu_id, resident__birth_date__lte=day.date)
        .filter(_priority(day, rules) | Exists(came) | Exists(_invited(day)) | Exists(_watched(day)))
        .annotate(
            attendance_state=Subquery(today.values("state")[:1]), attendance_done=Subquery(today.values("is_done")[:1])
        )
    )


def _priority(day: OpenDay, rules: StageRules) -> Q:
    child = Q(resident__birth_date__gt=born_after(day.date, PRESCHOOL_MONTHS))
    elder = Q(resident__birth_date__lte=born_after(day.date, rules.elderly_from_years * 12))
    return child | elder | Exists(_mothers(day, rules))


def _mothers(day: OpenDay, rules: StageRules) -> QuerySet[Pregnancy]:
    rows = Pregnancy.objects.unscoped(reason="pregnancies of residents selected in scope")
    lasts = Q(ended_on__isnull=True) | Q(ended_on__gt=day.date)
    return rows.filter(lasts | after_birth(day.date, rules), resident=OuterRef("resident"), registered_on__lte=day.date)


def _watched(day: OpenDay) -> QuerySet[WatchedCondition]:
    rows = WatchedCondition.objects.unscoped(reason="conditions of residents selected in scope")
    lasts = Q(to_date__isnull=True) | Q(to_date__gt=day.date)
    shown = rows.exclude(kind__in=SENSITIVE_CONDITIONS)  # who is expected for no reason in sight would be told apart
    return shown.filter(lasts, resident=OuterRef("resident"), from_date__lte=day.date)


def _invited(day: OpenDay) -> QuerySet[Invitation]:
    return day.invitations.filter(resident=OuterRef("resident"))


def counts_of(day: OpenDay, expected: QuerySet[Residency], scope: Scope) -> Counts:
    """The counts of the day: two queries."""
    present = Q(attendance_state=Attendance.State.PRESENT)
    found = expected.aggregate(
        expected=Count("pk"),
        present=Count("pk", filter=present),
        done=Count("pk", filter=present & Q(attendance_done=True)),
    )
    guests = Attendance.objects.within(scope).filter(encounter=day.encounter_id, is_guest=True).count()
    return Counts(**found, guests=guests)


def day_counts(day: OpenDay, scope: Scope) -> Counts:
    """The counts of a day alone."""
    rules = stage_rules(day.posyandu.area_id, day.date)
    return counts_of(day, expected_at(day, scope, rules), scope)


def roster(day: OpenDay, scope: Scope, *, tab: str = "semua", text: str = "", page: str | int = 1) -> Roster:
    """A page of the roster; the number of queries is the same for 10 and for 10,000 residents."""
    rules = stage_rules(day.posyandu.area_id, day.date)
    expected = expected_at(day, scope, rules)
    counts = counts_of(day, expected, scope)
    wanted = (
        _found(_of_tab(expected, tab), text)
        .select_related("resident", "household")
        .order_by("resident__name_key", "pk")
    )
    chosen = Paginator(wanted, ROWS_PER_PAGE).get_page(page)
    guests = _guests(day, scope) if tab != "belum" and chosen.number == 1 and counts.guests else []
    rows = _rows(day, list(chosen.object_list), guests, scope, rules)
    return Roster(
        rows=[row for row in rows if not row.person.is_guest],
        guests=[row for row in rows if row.person.is_guest],
        page=chosen,
        counts=counts,
        tab=tab,
        text=text,
    )


def one_row(day: OpenDay, resident_id: UUID, scope: Scope) -> tuple[Row | None, Counts]:
    """One person's row after a tap, with the new counts."""
    rules = stage_rules(day.posyandu.area_id, day.date)
    expected = expected_at(day, scope, rules)
    found = list(expected.filter(resident=resident_id).select_related("resident", "household"))
    rows = _rows(day, found, [], scope, rules)
    return (rows[0] if rows else None), counts_of(day, expected, scope)


def _of_tab(expected: QuerySet[Residency], tab: str) -> QuerySet[Residency]:
    present = Q(attendance_state=Attendance.State.PRESENT)
    conditions = {
        "belum": ~present | Q(attendance_state__isnull=True),
        "hadir": present & Q(attendance_done=False),
        "selesai": present & Q(attendance_done=True),
    }
    return expected.filter(conditions[tab]) if tab in conditions else expected


def _found(rows: QuerySet[Residency], text: str) -> QuerySet[Residency]:
    for word in name_key(text).split():
        rows = rows.filter(Q(resident__name_key__startswith=word) | Q(resident__name_key__contains=f" {word}"))
    return rows


def _guests(day: OpenDay, scope: Scope) -> list[Attendance]:
    rows = Attendance.objects.within(scope).filter(encounter=day.encounter_id, is_guest=True)
    return list(rows.select_related("resident").order_by("resident__name_key"))


def _rows(day, residencies: list, guests: list, scope: Scope, rules: StageRules) -> list[Row]:
    ids = [row.resident_id for row in residencies]
    spans = pregnancies_of([*ids, *(guest.resident_id for guest in guests)])
    weights = latest_measurements(ids, scope, since=day.date - timedelta(days=RECENT_WEIGHT_DAYS), until=day.date)

    enabled = forms_in_use(day.posyandu.area_id, day.date)

    def row(resident, state: str, *, household=None, is_guest: bool = False) -> Row:
        own = spans.get(resident.pk, ())
        shown = person(resident, day.date, rules, spans=own, household=household, is_guest=is_guest)
        return Row(shown, state, _note(weights.get(resident.pk)), _card(shown, scope, enabled))

    rows = [
        row(home.resident, _state(home.attendance_state, home.attendance_done), household=home.household)
        for home in residencies
    ]
    return rows + [row(guest.resident, _state(guest.state, guest.is_done), is_guest=True) for guest in guests]


def _card(shown: Person, scope: Scope, enabled: frozenset[str]) -> str:
    forms = forms_of(shown, scope, enabled)
    return card_of(forms).key if forms else ""


def forms_of(shown: Person, scope: Scope, enabled: frozenset[str]) -> tuple[FormSpec, ...]:
    """The forms a person is asked, in the fields this reader may fill, the health card first.

    `enabled` are those the district uses.
    """
    forms = registry.forms_for_person(
        shown.stages, shown.sex, conditions=shown.stages, age_months=shown.age_months, enabled=enabled
    )
    mine = (spec for spec in forms if scope.fields is None or spec.field in scope.fields)
    return tuple(sorted(mine, key=lambda spec: spec.field != HEALTH))


def sensitive_forms(shown: Person, scope: Scope, enabled: frozenset[str]) -> list[tuple[FormSpec, date | None]]:
    """The sensitive forms a person may be asked, with the day each was last filled here (never what it says).

    Of a form whose filling alone would tell something of her there is no day.
    """
    forms = registry.forms_for_person(
        shown.stages,
        shown.sex,
        conditions=shown.stages,
        age_months=shown.age_months,
        sensitive=True,
        enabled=enabled,
    )
    wanted = [spec for spec in forms if spec.sensitive and (scope.fields is None or spec.field in scope.fields)]
    last = Record.objects.sensitive_days(scope, shown.id) if wanted else {}
    return [(spec, None if spec.day_tells else last.get(spec.key)) for spec in wanted]


def _state(state: str | None, done: bool | None) -> str:
    return "" if state != Attendance.State.PRESENT else "selesai" if done else "hadir"


def _note(measurement: Measurement | None) -> str:
    months = measurement.no_gain_months if measurement else 0
    return f"{months} bulan berat tidak naik" if months > 1 else ""


def find_in_area(day: OpenDay, scope: Scope, text: str, limit: int = 20) -> list[Person]:
    """Residents found by name who are not expected today: everyone else is found by search (flows 5)."""
    if not name_key(text):
        return []
    rules = stage_rules(day.posyandu.area_id, day.date)
    others = living_at(scope, day.date).filter(posyandu=day.posyandu_id)
    expected = expected_at(day, scope, rules).values("pk")
    rows = list(
        _found(others.exclude(pk__in=expected), text)
        .select_related("resident", "household")
        .order_by("resident__name_key")[:limit]
    )
    spans = pregnancies_of(row.resident_id for row in rows)
    return [
        person(row.resident, day.date, rules, spans=spans.get(row.resident_id, ()), household=row.household)
        for row in rows
    ]


def next_waiting(day: OpenDay, scope: Scope, *, besides: UUID | None = None) -> Resident | None:
    """Who has arrived and is unfinished, first come first served."""
    rows = Attendance.objects.within(scope).filter(
        encounter=day.encounter_id, state=Attendance.State.PRESENT, is_done=False
    )
    first = rows.exclude(resident=besides).select_related("resident").order_by("marked_at").first()
    return first.resident if first else None


def person_at(day: OpenDay, resident: Resident, scope: Scope) -> tuple[Person, tuple[FormSpec, ...]]:
    """A person on the day, and the forms she is asked: her card first, then the other fields."""
    rules = stage_rules(day.posyandu.area_id, day.date)
    homes = Residency.objects.within(scope).filter(Residency.on_day(day.date), resident=resident, kind="warga")
    home = homes.select_related("household").first()
    spans = pregnancies_of([resident.pk]).get(resident.pk, ())
    shown = person(
        resident, day.date, rules, spans=spans, household=home.household if home else None, is_guest=home is None
    )
    return shown, forms_of(shown, scope, forms_in_use(day.posyandu.area_id, day.date))


def first_form_url(day: OpenDay, resident: Resident, scope: Scope) -> str:
    """Where a person's card is opened."""
    _, forms = person_at(day, resident, scope)
    if not forms:
        return reverse("open_days:day_detail", args=[day.pk])
    return reverse("open_days:record_edit", args=[day.pk, resident.pk, card_of(forms).key])


def card_of(forms: tuple[FormSpec, ...]) -> FormSpec:
    """The health card comes first: the other fields must not disturb it (domain 3.1)."""
    return forms[0]


def days_of(scope: Scope, *, limit: int = 24) -> QuerySet[OpenDay]:
    """Open days of the scope, newest first, with how many came."""
    came = Count("encounter__attendances", filter=Q(encounter__attendances__state=Attendance.State.PRESENT))
    return OpenDay.objects.within(scope).select_related("posyandu").annotate(present=came).order_by("-date")[:limit]


def current_day(posyandu_ids: Iterable[UUID], scope: Scope, today: date) -> OpenDay | None:
    """The one that is running, else today's or one of the last month that nobody filled, else the next."""
    days = OpenDay.objects.within(scope).filter(posyandu__in=posyandu_ids).select_related("posyandu", "encounter")
    running = days.filter(state=OpenDay.State.RUNNING).order_by("date").first()
    planned = days.filter(state=OpenDay.State.PLANNED)
    due = planned.filter(date__lte=today, date__gte=today - timedelta(days=UNFILLED_DAYS)).order_by("-date").first()
    return running or due or planned.filter(date__gt=today).order_by("date").first()


def suggested_date(posyandu: Posyandu, scope: Scope, today: date) -> date | None:
    """The next day by the posyandu's schedule, if it has one."""
    schedule = Schedule.objects.within(scope).filter(posyandu=posyandu, to_date__isnull=True).first()
    return coming_day(schedule.nth, schedule.weekday, today) if schedule else None


def local_today(posyandu: Posyandu) -> date:
    return clock.today(posyandu.area_id)
