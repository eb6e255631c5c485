"""What the rules need of one posyandu, in six queries whatever its size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, Min, OuterRef, Q, Subquery, When
from django.utils import timezone

from services.areas.clock import local_date
from services.areas.scope import Scope
from services.areas.settings import (
    ADULT_FROM_YEARS,
    BREASTFEEDING_MONTHS,
    ELDERLY_FROM_YEARS,
    NEED_SETTINGS,
    POSTNATAL_CONTACTS,
    TIME_ZONE,
    VISIT_DAYS,
    VISIT_USED,
    values_of,
)
from services.fields import registry
from services.posyandu.models import Posyandu
from services.records.models import Attendance, Encounter, Measurement, Record
from services.records.thresholds import THRESHOLD_SETTINGS, limits_from
from services.residents.models import Residency
from services.residents.rules import PregnancySpan, StageRules

from ..models import Need, NeedEvent, Referral
from ..rules import BY_PEOPLE, KINDS, HouseFacts, Known, PersonFacts, PostFacts, Seen, Told, handled_until

ABSENCE_DAYS = 200  # more absences in a row than six or seven are told as so many
EVIDENCE_DAYS = 100  # what was measured or answered longer ago opens nothing
HANDLED_DAYS = 400
TREATED = {code for code, kind in KINDS.items() if kind.is_treated}
TOLD_QUESTIONS = ("obat_ada", "obat_diminum_24_jam", "kontrol")
ARRIVED = (Referral.State.RECEIVED, Referral.State.TREATED, Referral.State.DONE)
RULE_SETTINGS = (
    TIME_ZONE,
    ADULT_FROM_YEARS,
    ELDERLY_FROM_YEARS,
    BREASTFEEDING_MONTHS,
    POSTNATAL_CONTACTS,
    *NEED_SETTINGS,
    *THRESHOLD_SETTINGS,
)
COLUMNS = (
    "weight_status", "no_gain_months", "muac_mm", "systolic", "diastolic", "glucose_mg_dl", "oedema",
    "z_wfa", "z_lhfa", "z_wflh",
)  # fmt: skip
INDEX_OF = {"z_wfa": "wfa", "z_lhfa": "lhfa", "z_wflh": "wflh"}
QUESTIONS = (
    "imunisasi_lengkap_sesuai_umur", "batuk_terus_menerus", "demam_2_minggu", "bb_tidak_naik_atau_turun_2_bulan",
    "kontak_erat_tbc", "tanda_bahaya_ibu_hamil", "obat_ada", "obat_diminum_24_jam", "obat_tbc_diminum_24_jam",
    "aks_tingkat", "odgj_berobat", "odgj_obat_diminum",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Everything one computation looks at."""

    post: PostFacts
    people: dict[UUID, PersonFacts]
    houses: list[HouseFacts]
    known: list[Known]


def scope_at(posyandu: Posyandu) -> Scope:
    """The scope of work that the register does for one post itself, in nobody's name."""
    return Scope(user_id=None, posyandu=frozenset({posyandu.pk}))


def limits_of(area_code: str, on: date | None = None) -> dict[str, Any]:
    """Every setting the rules look at, and the district's time zone, in one query."""
    return values_of(RULE_SETTINGS, area_code, on or timezone.localdate())


def facts_at(posyandu: Posyandu, *, on: date | None = None, limits: dict[str, Any] | None = None) -> Facts | None:
    """What is known of a live posyandu on a day (default: today there); None before "mulai pakai".

    `limits` may be other settings than the district's own, to see what they would do.
    """
    limits = limits or limits_of(posyandu.area_id, on)
    on = on or local_date(timezone.now(), limits[TIME_ZONE.key])
    if posyandu.live_from is None or posyandu.live_from > on or posyandu.state != Posyandu.State.ACTIVE:
        return None
    scope = scope_at(posyandu)
    known, told = _known(scope, on, posyandu.live_from)
    days, came, is_correcting = _days(scope, posyandu.live_from, on)
    post = PostFacts(
        on=on,
        live_from=posyandu.live_from,
        days=tuple((pk, day) for pk, day in days),
        limits=limits,
        within={kind: limits[setting.key] for kind, setting in VISIT_DAYS.items()},
        used=frozenset(kind for kind, setting in VISIT_USED.items() if limits[setting.key]),
        stage_rules=StageRules(
            limits[ADULT_FROM_YEARS.key], limits[ELDERLY_FROM_YEARS.key], limits[BREASTFEEDING_MONTHS.key]
        ),
        is_correcting=is_correcting,
        cards=limits_from(limits),
    )
    people, houses = _people(scope, post, dict(days), came, known, told)
    return Facts(post, people, houses, known)


def _days(scope: Scope, live_from: date, on: date):
    """Closed open days, newest first, who came, and whether one is open again: one query."""
    rows = (
        Encounter.objects.within(scope)
        .filter(
            kind=Encounter.Kind.OPEN_DAY,
            open_day__state__in=("selesai", "berlangsung"),
            date__lte=on,
            date__gte=max(live_from, on - timedelta(days=ABSENCE_DAYS)),
        )
        .order_by("-date", "pk")
        .values_list("pk", "date", "open_day__state", "attendances__resident_id", "attendances__state")
    )
    days: dict[UUID, date] = {}
    came: dict[UUID, set[UUID]] = defaultdict(set)
    is_correcting = False
    for pk, day, state, resident_id, attended in rows:
        if state == "selesai":
            days[pk] = day
        else:
            is_correcting = True
        if attended == Attendance.State.PRESENT:
            came[resident_id].add(pk)
    return list(days.items()), came, is_correcting


HOME_COLUMNS = (
    "resident_id", "household_id", "from_date", "resident__sex", "resident__birth_date", "resident__birth_weight_g",
    "household__rw", "household__rt", "household__head_name", "visited_on", "referred_on",
    "resident__pregnancies__registered_on", "resident__pregnancies__ended_on", "resident__pregnancies__outcome",
    "resident__conditions__kind", "resident__conditions__from_date", "resident__conditions__to_date",
    "resident__pregnancies__nursing_until", "seen_on",
)  # fmt: skip


def _homes(scope: Scope, on: date):
    """Who lives there, with pregnancies and watched conditions beside (a row for each pair), in one query."""
    met = Encounter.objects.within(scope).filter(
        kind=Encounter.Kind.HOME_VISIT, home_visit__household=OuterRef("household"), home_visit__outcome="bertemu"
    )
    referrals = Referral.objects.within(scope).filter(resident=OuterRef("resident"))
    sent, arrived = referrals.filter(state=Referral.State.MADE), referrals.filter(state__in=ARRIVED)
    return (
        Residency.objects.within(scope)
        .filter(Residency.on_day(on), kind=Residency.Kind.RESIDENT, resident__birth_date__lte=on)
        .annotate(
            visited_on=Subquery(met.values("home_visit__household").annotate(last=Max("date")).values("last")[:1]),
            seen_on=Subquery(arrived.values("resident").annotate(last=Max("answered_on")).values("last")[:1]),
            referred_on=Subquery(sent.values("resident").annotate(first=Min("made_on")).values("first")[:1]),
        )
        .values_list(*HOME_COLUMNS)
    )


def _people(scope: Scope, post: PostFacts, days: dict[UUID, date], came, known: list[Known], told):
    by_resident: dict[UUID, list] = defaultdict(list)
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for row in _homes(scope, post.on):
        by_resident[row[0]].append(row)
        members[row[1]].add(row[0])
    measured, answers = _measured(scope, post.on, post.live_from), _answers(scope, post.on, post.live_from)
    handled = handled_until(known)
    people = {}
    for resident_id, rows in by_resident.items():
        here = came.get(resident_id, set())
        people[resident_id] = PersonFacts(
            id=resident_id,
            household_id=rows[0][1],
            from_date=rows[0][2],
            sex=rows[0][3],
            birth_date=rows[0][4],
            birth_weight_g=rows[0][5],
            visited_on=rows[0][9],
            referred_on=rows[0][10],
            seen_on=rows[0][18],
            told=told.get(resident_id, {}),
            pregnancies=tuple(
                {PregnancySpan(r[11], r[12], r[13] == "lahir", r[13] == "lahir_mati", r[17]) for r in rows if r[11]}
            ),
            conditions=tuple({(r[14], r[15]) for r in rows if r[14] and (r[16] is None or r[16] > post.on)}),
            came=frozenset(here),
            last_came=max((days[pk] for pk in here if pk in days), default=None),
            measured=measured.get(resident_id, {}),
            answers=answers.get(resident_id, {}),
            lives_alone=rows[0][1] is not None and len(members[rows[0][1]]) == 1,
            handled=handled.get(resident_id, {}),
        )
    return people, _houses(by_resident, post)


def _houses(by_resident: dict[UUID, list], post: PostFacts) -> list[HouseFacts]:
    """Households with somebody in them, neighbours beside each other, with their place in the yearly round."""
    found: dict[UUID, tuple] = {}
    for rows in by_resident.values():
        row = rows[0]
        if row[1] is not None:
            since = min(row[2], found[row[1]][1]) if row[1] in found else row[2]
            found[row[1]] = ((row[6], row[7], row[8], str(row[1])), since, row[9])
    ordered = sorted(found.items(), key=lambda pair: pair[1][0])
    return [
        HouseFacts(pk, place, len(ordered), since, visited) for place, (pk, (_, since, visited)) in enumerate(ordered)
    ]


def _since(on: date, live_from: date) -> date:
    return max(live_from, on - timedelta(days=EVIDENCE_DAYS))


def _measured(scope: Scope, on: date, live_from: date) -> dict[UUID, dict[str, Seen]]:
    """The newest value of each column, by person; values to be measured again are left out."""
    rows = (
        Measurement.objects.within(scope)
        .filter(measured_on__lte=on, measured_on__gte=_since(on, live_from))
        .order_by("measured_on")
        .values_list("resident_id", "measured_on", "flags", *COLUMNS)
    )
    found: dict[UUID, dict[str, Seen]] = defaultdict(dict)
    for resident_id, day, flags, *values in rows:
        seen = found[resident_id]
        for column, value in zip(COLUMNS, values, strict=True):
            if value not in (None, "") and INDEX_OF.get(column) not in flags:
                seen[column] = Seen(value, day)
    return found


def _answers(scope: Scope, on: date, live_from: date) -> dict[UUID, dict[str, Seen]]:
    """The newest answer of each question the rules look at, by person."""
    rows = (
        Record.objects.within_for_rules(scope, [spec.key for spec in registry.forms_watching()])
        .filter(field="kesehatan", resident__isnull=False)
        .filter(encounter__date__lte=on, encounter__date__gte=_since(on, live_from))
        .order_by("encounter__date", "changed_at")
        .values_list("resident_id", "encounter__date", "answers")
    )
    found: dict[UUID, dict[str, Seen]] = defaultdict(dict)
    for resident_id, day, answers in rows:
        for key in QUESTIONS:
            if key in answers:
                found[resident_id][key] = Seen(answers[key], day)
    return found


KNOWN_COLUMNS = (
    "pk", "kind", "resident_id", "household_id", "due_on", "words", "closed_on", "closed_as",
    "resident__died_on", "resident__merged_into_id", "state",
)  # fmt: skip


def _known(scope: Scope, on: date, live_from: date) -> tuple[list[Known], dict[UUID, dict[str, Told]]]:
    """Open needs, and those people dealt with within a year; and what the newest visit heard of each treatment, by
    person and kind: one query."""
    recent = Q(closed_on__gte=on - timedelta(days=HANDLED_DAYS), closed_as__in=BY_PEOPLE)
    met = NeedEvent.objects.within(scope).filter(
        need=OuterRef("pk"), what=NeedEvent.What.MET, on__lte=on, on__gte=_since(on, live_from)
    )
    newest = met.order_by("-on", "-at")
    treated = Q(kind__in=TREATED, resident__isnull=False)
    heard = Case(When(treated, then=Subquery(newest.values("encounter__home_visit__answers")[:1])), default=None)
    heard_on = Case(When(treated, then=Subquery(newest.values("on")[:1])), default=None)
    rows = (
        Need.objects.within(scope).filter(Q(closed_on__isnull=True) | recent).annotate(heard=heard, heard_on=heard_on)
    )
    known: list[Known] = []
    told: dict[UUID, dict[str, Told]] = defaultdict(dict)
    for (
        pk,
        kind,
        resident_id,
        household_id,
        due_on,
        words,
        closed_on,
        closed_as,
        died_on,
        merged,
        state,
        *said,
    ) in rows.values_list(*KNOWN_COLUMNS, "heard", "heard_on"):
        known.append(
            Known(
                id=pk,
                kind=kind,
                resident_id=resident_id,
                household_id=household_id,
                is_open=closed_on is None,
                due_on=due_on,
                words=words,
                state=state,
                closed_on=closed_on,
                closed_as=closed_as,
                gone_as="digabung" if merged else "meninggal" if died_on else "",
            )
        )
        if said[1] and (kind not in told[resident_id] or told[resident_id][kind].on < said[1]):
            given = (said[0] or {}).get(kind, {})
            told[resident_id][kind] = Told(said[1], *(given.get(key, "") for key in TOLD_QUESTIONS))
    return known, told
