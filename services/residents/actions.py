"""The one writer of households, residents and where they live."""

from datetime import date

from django.db import transaction

from services.areas import clock
from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from .fields import keyed_hash
from .models import Household, Residency, Resident
from .rules import name_key


@transaction.atomic
def add_household(*, posyandu: Posyandu, head_name: str, by, **details) -> Household:
    """Add a family to the posyandu's area."""
    household = Household.objects.create(posyandu=posyandu, head_name=head_name.strip(), **details)
    note(by=by, verb=Verb.CREATE, on=household, place=posyandu.path)
    return household


@transaction.atomic
def add_resident(
    *,
    posyandu: Posyandu,
    household: Household | None,
    name: str,
    sex: str,
    birth_date: date,
    since: date,
    by,
    began: str = Residency.Began.REGISTERED,
    relation: str = "",
    nik: str = "",
    **details,
) -> Resident:
    """Register a person who lives here since a day. Raises Refusal for impossible dates and a NIK met in scope.

    A NIK that belongs to somebody the writer cannot see is not told: the person is saved without it, marked
    "perlu dicocokkan" (design 9).
    """
    _check_dates(birth_date, since, posyandu)
    hold_month_open(posyandu_id=posyandu.pk, day=since)
    to_match = bool(nik) and claim_nik(nik=nik, posyandu=posyandu)
    resident = Resident.objects.create(
        name=name.strip(),
        name_key=name_key(name),
        sex=sex,
        birth_date=birth_date,
        nik="" if to_match else nik,
        nik_to_match=to_match,
        **details,
    )
    Residency.objects.create(
        resident=resident,
        household=household,
        posyandu=posyandu,
        from_date=since,
        began=began,
        relation=relation,
        recorded_by=by,
    )
    note(by=by, verb=Verb.CREATE, on=resident, place=posyandu.path)
    return resident


def claim_nik(*, nik: str, posyandu: Posyandu, besides: Resident | None = None) -> bool:
    """Whether this NIK must wait for matching: an open residency of the same kab/kota elsewhere already has it.

    Raises Refusal when the other person lives at this same posyandu, where she can be seen.
    """
    district = posyandu.area_id[:5]
    owners = Residency.objects.unscoped(reason="a NIK is unique in a kab/kota; nothing of the owner is shown").filter(
        resident__nik_hash=keyed_hash(nik), to_date__isnull=True, kind=Residency.Kind.RESIDENT
    )
    if besides is not None:
        owners = owners.exclude(resident=besides)
    places = list(owners.values_list("posyandu__area_id", "posyandu_id"))
    if any(place == posyandu.pk for _, place in places):
        raise Refusal("NIK ini sudah dipakai warga lain di posyandu ini. Cari dulu namanya.", status=422, field="nik")
    return any(area.startswith(district) for area, _ in places)


def _check_dates(birth_date: date, since: date, posyandu: Posyandu) -> None:
    today = clock.today(posyandu.area_id)
    if birth_date > today:
        raise Refusal("Tanggal lahir belum tiba. Periksa lagi.", status=422, field="birth_date")
    if since > today:
        raise Refusal("Tanggal mulai tinggal belum tiba. Periksa lagi.", status=422, field="since")
    if since < birth_date:
        raise Refusal("Tanggal mulai tinggal sebelum tanggal lahir. Periksa lagi.", status=422, field="since")


@transaction.atomic
def receive_guest(*, resident: Resident, posyandu: Posyandu, on: date, by) -> Residency:
    """Let a guest of another post be served here on one day, without opening her file."""
    hold_month_open(posyandu_id=posyandu.pk, day=on)
    residency, _ = Residency.objects.unscoped(reason="the guest row of this post and day").get_or_create(
        resident=resident,
        posyandu=posyandu,
        kind=Residency.Kind.GUEST,
        from_date=on,
        defaults={
            "to_date": on,
            "began": Residency.Began.GUEST,
            "ended": Residency.Ended.GUEST,
            "recorded_by": by,
        },
    )
    note(by=by, verb=Verb.CREATE, on=residency, place=posyandu.path)
    return residency


@transaction.atomic
def end_residency(*, residency: Residency, on: date, ended: str, by) -> Residency:
    """Say that somebody no longer lives here from a day on. Raises Refusal for dates out of order."""
    if on < residency.from_date:
        raise Refusal("Tanggalnya sebelum ia mulai tinggal di sini. Periksa lagi.", status=422, field="on")
    if on > clock.today(residency.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi.", status=422, field="on")
    hold_month_open(posyandu_id=residency.posyandu_id, day=on)
    residency.to_date, residency.ended = on, ended
    residency.save(update_fields=["to_date", "ended"])
    note(by=by, verb=Verb.UPDATE, on=residency, place=residency.posyandu.path, changed=("to_date", "ended"))
    return residency
