"""What is known of a resident beside her name: pregnancies, conditions under watch, consent, and who looked."""

from datetime import date

from django.db import transaction

from services.audit.actions import Verb, note
from services.clinical.ages import completed_years
from services.clinical.pregnancy import lmp_fault
from services.posyandu.actions import hold_month_open
from services.web.refusals import Refusal

from ..models import Consent, Household, Pregnancy, Residency, Resident, WatchedCondition
from .moving import check_day

ADULT_YEARS = 18  # UU 35/2014: below it a parent or guardian agrees


@transaction.atomic
def add_pregnancy(*, residency: Residency, registered_on: date, by, **details) -> Pregnancy:
    """Write down that a woman is pregnant. Raises Refusal for a man, an impossible date or a second open pregnancy."""
    resident = residency.resident
    if resident.sex != "P":
        raise Refusal("Kehamilan hanya dapat dicatat untuk perempuan. Periksa jenis kelaminnya.", status=422)
    check_day(residency, registered_on, "registered_on")
    lmp_on = details.get("lmp_on")
    if lmp_on and (fault := lmp_fault(lmp_on, registered_on)):
        raise Refusal(fault, status=422, field="lmp_on")
    if resident.pregnancies.filter(ended_on__isnull=True).exists():
        raise Refusal("Kehamilannya sudah tercatat dan belum selesai.", status=422)
    if resident.pregnancies.filter(ended_on__gt=registered_on).exists():
        raise Refusal("Tanggal ini masih dalam kehamilan sebelumnya. Periksa lagi.", status=422, field="registered_on")
    hold_month_open(posyandu_id=residency.posyandu_id, day=registered_on)
    pregnancy = Pregnancy.objects.create(resident=resident, registered_on=registered_on, **details)
    note(by=by, verb=Verb.CREATE, on=pregnancy, place=residency.posyandu.path)
    return pregnancy


@transaction.atomic
def end_pregnancy(*, residency: Residency, pregnancy: Pregnancy, ended_on: date, outcome: str, by) -> Pregnancy:
    """Write down how and when a pregnancy ended. Raises Refusal for impossible dates or a second end."""
    check_day(residency, ended_on, "ended_on")
    if pregnancy.ended_on is not None:
        raise Refusal("Kehamilan ini sudah dicatat selesai.")
    if ended_on < pregnancy.registered_on:
        raise Refusal("Tanggalnya sebelum kehamilan dicatat. Periksa lagi.", status=422, field="ended_on")
    hold_month_open(posyandu_id=residency.posyandu_id, day=ended_on)
    pregnancy.ended_on, pregnancy.outcome = ended_on, outcome
    pregnancy.save(update_fields=["ended_on", "outcome"])
    note(by=by, verb=Verb.UPDATE, on=pregnancy, place=residency.posyandu.path, changed=("ended_on", "outcome"))
    return pregnancy


@transaction.atomic
def add_condition(*, residency: Residency, kind: str, from_date: date, by) -> WatchedCondition:
    """Put a condition under watch from a day on. Raises Refusal for impossible dates and one already watched."""
    check_day(residency, from_date, "from_date")
    if residency.resident.conditions.filter(kind=kind, to_date__isnull=True).exists():
        raise Refusal("Keadaan ini sudah dipantau.", status=422, field="kind")
    hold_month_open(posyandu_id=residency.posyandu_id, day=from_date)
    condition = WatchedCondition.objects.create(resident=residency.resident, kind=kind, from_date=from_date)
    note(by=by, verb=Verb.CREATE, on=condition, place=residency.posyandu.path)
    return condition


@transaction.atomic
def watch_condition(*, resident: Resident, posyandu_id, kind: str, from_date: date, by) -> WatchedCondition | None:
    """What a form of hers puts under watch: once, and only where she lives (a guest's answers stay where they were
    given). None when it was watched before or she does not live there. The caller has checked the month."""
    homes = resident.residencies.filter(posyandu=posyandu_id, kind=Residency.Kind.RESIDENT, to_date__isnull=True)
    residency = homes.select_related("posyandu").first()
    if residency is None or resident.conditions.filter(kind=kind, to_date__isnull=True).exists():
        return None
    condition = WatchedCondition.objects.create(
        resident=resident, kind=kind, from_date=max(from_date, residency.from_date)
    )
    note(by=by, verb=Verb.CREATE, on=condition, place=residency.posyandu.path)
    return condition


@transaction.atomic
def end_condition(*, residency: Residency, condition: WatchedCondition, to_date: date, by) -> WatchedCondition:
    """Stop watching a condition from a day on. Raises Refusal for impossible dates or a second end."""
    check_day(residency, to_date, "to_date")
    if condition.to_date is not None:
        raise Refusal("Keadaan ini sudah tidak dipantau.")
    if to_date < condition.from_date:
        raise Refusal("Tanggalnya sebelum mulai dipantau. Periksa lagi.", status=422, field="to_date")
    hold_month_open(posyandu_id=residency.posyandu_id, day=to_date)
    condition.to_date = to_date
    condition.save(update_fields=["to_date"])
    note(by=by, verb=Verb.UPDATE, on=condition, place=residency.posyandu.path, changed=("to_date",))
    return condition


@transaction.atomic
def give_consent(*, resident: Resident, relation: str, by, place: str, on: date, method: str = "lisan") -> Consent:
    """The privacy notice was read out and somebody agreed. For a child it is a parent or guardian (UU 27/2022, 25).

    No report counts consents, so a month that was sent does not hold them up.
    """
    if relation == Consent.Relation.SELF and completed_years(resident.birth_date, on) < ADULT_YEARS:
        raise Refusal("Untuk anak, yang menyetujui ibu, ayah, atau walinya.", status=422, field="consent_by")
    consent = Consent.objects.create(resident=resident, relation=relation, given_on=on, method=method, recorded_by=by)
    note(by=by, verb=Verb.CREATE, on=consent, place=place)
    return consent


@transaction.atomic
def reveal_nik(*, resident: Resident, reason: str, by, place: str) -> str:
    """The NIK in full, for a reason that is remembered with who asked."""
    note(by=by, verb=Verb.REVEAL, on=resident, place=place, reason=reason)
    return resident.nik


@transaction.atomic
def note_view(*, on: Resident | Household, by, place: str) -> None:
    """Remember that somebody opened a person's or a household's page."""
    note(by=by, verb=Verb.VIEW, on=on, place=place)


@transaction.atomic
def note_download(*, on: Resident, by, place: str, paper: str) -> None:
    """Remember that somebody took a paper about a person away."""
    note(by=by, verb=Verb.DOWNLOAD, on=on, place=place, bentuk=paper)
