from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from services.areas.scope import Scope
from services.areas.settings import ABSENCE_OTHERS, ABSENCE_PRIORITY, values_of
from services.posyandu.models import Posyandu
from services.records.models import Attendance, Encounter, Measurement
from services.residents.models import Residency
from services.residents.queries import living_at, pregnancies_of, stage_rules
from services.residents.rules import is_priority, stages

from .rules import Need, absent_in_a_row

LOOK_BACK_DAYS = 370
VISIT_WITHIN_DAYS = {"ABSEN_BERULANG": 14, "DUA_T": 14, "STUNTING": 7}


def needs_of(scope: Scope, on: date) -> list[Need]:
    """Needs that absences and weights raise today at the posts of the scope; a constant number of queries a post."""
    posts = Posyandu.objects.within(scope).filter(live_from__isnull=False)
    return [need for post in posts for need in _needs_at(post, scope, on)]


def _needs_at(post: Posyandu, scope: Scope, on: date) -> list[Need]:
    days = _closed_days(post, scope, on)
    came = _attendances(days, scope)
    homes = list(
        living_at(scope, on).filter(posyandu=post, household__isnull=False).select_related("resident", "household")
    )
    return [*_absences(post, homes, days, came, on), *_weights(homes, scope, on)]


def _closed_days(post: Posyandu, scope: Scope, on: date) -> list[tuple[UUID, date]]:
    """Open days that were closed since the post is live, newest first: (encounter, date)."""
    rows = Encounter.objects.within(scope).filter(
        posyandu=post,
        kind=Encounter.Kind.OPEN_DAY,
        open_day__state="selesai",
        date__lte=on,
        date__gte=max(post.live_from, on - timedelta(days=LOOK_BACK_DAYS)),
    )
    return list(rows.order_by("-date").values_list("pk", "date"))


def _attendances(days: list[tuple[UUID, date]], scope: Scope) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Attendance.objects.within(scope).filter(encounter__in=[pk for pk, _ in days], state=Attendance.State.PRESENT)
    for resident_id, encounter_id in rows.values_list("resident_id", "encounter_id"):
        found[resident_id].add(encounter_id)
    return found


def _absences(post, homes: list[Residency], days, came, on: date) -> list[Need]:
    """Priority people who missed the last open days in a row while they lived here."""
    limits = values_of((ABSENCE_PRIORITY, ABSENCE_OTHERS), post.area_id, on)
    rules = stage_rules(post.area_id, on)
    spans = pregnancies_of(home.resident_id for home in homes)
    needs = []
    for home in homes:
        stage = stages(home.resident.birth_date, on, spans.get(home.resident_id, ()), rules)[0]
        if not is_priority(stage):
            continue
        own = [(pk, day) for pk, day in days if day >= home.from_date]
        missed = absent_in_a_row(pk in came[home.resident_id] for pk, _ in own)
        key = ABSENCE_OTHERS.key if stage == "lansia" else ABSENCE_PRIORITY.key
        if missed >= limits[key]:
            needs.append(_need(home, "ABSEN_BERULANG", f"{missed} kali tidak hadir", own[limits[key] - 1][1], 2))
    return needs


def _weights(homes: list[Residency], scope: Scope, on: date) -> list[Need]:
    """Children whose newest weighing was the second or later without gain."""
    residents = {home.resident_id: home for home in homes}
    rows = Measurement.objects.within(scope).filter(
        resident_id__in=residents, measured_on__gte=on - timedelta(days=62), measured_on__lte=on, weight_g__isnull=False
    )
    newest = {row.resident_id: row for row in rows.order_by("measured_on")}
    return [
        _need(residents[pk], "DUA_T", f"BB tidak naik {row.no_gain_months} bulan", row.measured_on, 0)
        for pk, row in newest.items()
        if row.no_gain_months > 1
    ]


def _need(home: Residency, reason: str, words: str, since: date, priority: int) -> Need:
    due = since + timedelta(days=VISIT_WITHIN_DAYS[reason])
    return Need(home.household, home.resident, reason, words, due, priority)
