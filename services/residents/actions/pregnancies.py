"""Contacts of a pregnancy, and the birth that ends it: the children come to live in their mother's household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from services.areas import clock
from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.clinical.pregnancy import ANTENATAL, LONGEST_DAYS, NEONATAL, POSTNATAL, birth_fault
from services.posyandu.actions import hold_month_open
from services.web.refusals import Refusal

from ..models import Birth, Pregnancy, PregnancyContact, Residency, Resident
from .moving import check_day, record_death
from .people import add_resident

SERIES = (ANTENATAL, POSTNATAL, NEONATAL)


@dataclass(frozen=True)
class NewBaby:
    """A baby as the form tells: the name may come later, `died_on` only for who was born alive and died."""

    condition: str
    sex: str = ""
    name: str = ""
    weight_g: int | None = None
    length_mm: int | None = None
    died_on: date | None = None


@transaction.atomic
def record_birth(
    *,
    residency: Residency,
    pregnancy: Pregnancy,
    born_on: date,
    babies: Sequence[NewBaby],
    by,
    scope: Scope | None = None,
    place: str = "",
    helper: str = "",
    way: str = "",
) -> tuple[Birth, ...]:
    """Write down a birth, of twins too: every child who was born alive lives in her mother's household from that day.

    `residency` is the mother's. Raises Refusal for impossible dates and a pregnancy that ended before.
    """
    _check_birth(residency, pregnancy, born_on)
    alive = [baby for baby in babies if baby.condition != Birth.Condition.STILLBORN]
    pregnancy.ended_on = born_on
    pregnancy.outcome = Pregnancy.Outcome.BIRTH if alive else Pregnancy.Outcome.STILLBIRTH
    pregnancy.birth_place, pregnancy.birth_helper, pregnancy.birth_way = place, helper, way
    columns = ("ended_on", "outcome", "birth_place", "birth_helper", "birth_way")
    pregnancy.save(update_fields=columns)
    born = []
    for order, baby in enumerate(babies, start=1):
        name = baby.name or called(residency.resident, order, len(babies))
        child = _child(residency, baby, name, born_on, by, scope) if baby in alive else None
        born.append(_birth(residency, pregnancy, order, born_on, baby, child, by))
    for birth, baby in zip(born, babies, strict=True):
        if birth.condition == Birth.Condition.DIED:
            _mourn(birth, baby, by)
    note(by=by, verb=Verb.UPDATE, on=pregnancy, place=residency.posyandu.path, changed=columns)
    return tuple(born)


def called(mother: Resident, order: int, count: int) -> str:
    """What a child is called before she has a name."""
    return f"Bayi {f'{order} ' if count > 1 else ''}Ny. {mother.name}"[:80]


def _check_birth(residency: Residency, pregnancy: Pregnancy, born_on: date) -> None:
    check_day(residency, born_on, "born_on")
    if pregnancy.ended_on is not None:
        raise Refusal("Kehamilan ini sudah dicatat selesai.")
    if born_on < pregnancy.registered_on:
        raise Refusal("Tanggal lahirnya sebelum kehamilan dicatat. Periksa lagi.", status=422, field="born_on")
    fault = birth_fault(pregnancy.lmp_on, pregnancy.is_estimate, born_on)
    if fault:
        raise Refusal(fault, status=422, field="born_on")
    hold_month_open(posyandu_id=residency.posyandu_id, day=born_on)


def _child(residency: Residency, baby: NewBaby, name: str, born_on: date, by, scope: Scope | None) -> Resident:
    return add_resident(
        posyandu=residency.posyandu,
        household=residency.household,
        name=name,
        sex=baby.sex,
        birth_date=born_on,
        since=born_on,
        began=Residency.Began.BIRTH,
        relation="Anak" if residency.household_id else "",
        by=by,
        scope=scope,
        mother=residency.resident,
        mother_name=residency.resident.name,
        birth_weight_g=baby.weight_g,
        birth_length_mm=baby.length_mm,
    )


def _birth(residency, pregnancy, order: int, born_on: date, baby: NewBaby, child: Resident | None, by) -> Birth:
    return Birth.objects.create(
        pregnancy=pregnancy,
        posyandu=residency.posyandu,
        order=order,
        born_on=born_on,
        condition=baby.condition,
        sex=baby.sex,
        weight_g=baby.weight_g,
        length_mm=baby.length_mm,
        child=child,
        recorded_by=by,
    )


def _mourn(birth: Birth, baby: NewBaby, by) -> None:
    """She was born alive and died: a death on its day, like any other."""
    if baby.died_on is None:
        raise Refusal("Isi tanggal meninggalnya.", status=422, field=f"died_on_{birth.order}")
    if baby.died_on < birth.born_on:
        said = "Tanggal meninggalnya sebelum tanggal lahir. Periksa lagi."
        raise Refusal(said, status=422, field=f"died_on_{birth.order}")
    home = birth.child.residencies.select_related("resident", "posyandu").get()
    if baby.died_on > clock.today(home.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi.", status=422, field=f"died_on_{birth.order}")
    record_death(residency=home, on=baby.died_on, by=by)


@transaction.atomic
def save_contact(
    *, residency: Residency, pregnancy: Pregnancy, kind: str, on: date, by, birth: Birth | None = None, **details
) -> PregnancyContact:
    """Write down a contact (K, KF, or KN of one baby), or correct it. `details`: place, officer.

    It may have been before she lived here: the Buku KIA tells. Raises Refusal for a day that cannot be.
    """
    place = residency.posyandu
    if on > clock.today(place.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi.", status=422, field="on")
    _check_contact(pregnancy, kind, on, birth)
    before = _contact(pregnancy, kind, birth)
    for day in {on, before.on} if before else {on}:
        hold_month_open(posyandu_id=place.pk, day=day)
    contact = before or PregnancyContact(pregnancy=pregnancy, kind=kind, birth=birth)
    for name, value in {"on": on, "recorded_by": by, **details}.items():
        setattr(contact, name, value)
    if before:
        contact.save(update_fields=["on", "recorded_by", *details])
    else:
        contact.save(force_insert=True)
    verb = Verb.UPDATE if before else Verb.CREATE
    note(by=by, verb=verb, on=contact, place=place.path, changed=("on", *details))
    return contact


@transaction.atomic
def remove_contact(*, residency: Residency, pregnancy: Pregnancy, kind: str, by, birth: Birth | None = None) -> None:
    """A contact was written down by mistake. Nothing happens when there is none."""
    contact = _contact(pregnancy, kind, birth)
    if contact is None:
        return
    hold_month_open(posyandu_id=residency.posyandu_id, day=contact.on)
    note(by=by, verb=Verb.DELETE, on=contact, place=residency.posyandu.path)
    contact.delete()


def _contact(pregnancy: Pregnancy, kind: str, birth: Birth | None) -> PregnancyContact | None:
    return pregnancy.contacts.filter(kind=kind, birth=birth).first()


def _check_contact(pregnancy: Pregnancy, kind: str, on: date, birth: Birth | None) -> None:
    """Raises Refusal (422) beside the day when it cannot be: before the pregnancy, after the birth, or out of order."""
    if kind in ANTENATAL:
        first, fault = pregnancy.lmp_on, "Tanggalnya sebelum haid terakhir. Periksa lagi."
        if pregnancy.ended_on and on > pregnancy.ended_on:
            raise Refusal("Tanggalnya sesudah kehamilan berakhir. Periksa lagi.", status=422, field="on")
        if first is None and (pregnancy.registered_on - on).days > LONGEST_DAYS:
            raise Refusal("Tanggalnya jauh sebelum kehamilan dicatat. Periksa lagi.", status=422, field="on")
    else:
        first, fault = pregnancy.ended_on, "Tanggalnya sebelum melahirkan. Periksa lagi."
        if first is None:
            raise Refusal("Catat dulu kelahirannya.", status=422, field="on")
    if first and on < first:
        raise Refusal(fault, status=422, field="on")
    _check_order(pregnancy, kind, on, birth)


def _check_order(pregnancy: Pregnancy, kind: str, on: date, birth: Birth | None) -> None:
    series = next(names for names in SERIES if kind in names)
    mine = series.index(kind)
    for other in pregnancy.contacts.filter(kind__in=series, birth=birth).exclude(kind=kind):
        place = series.index(other.kind)
        if (place < mine and on < other.on) or (place > mine and on > other.on):
            before = "sebelum" if place < mine else "sesudah"
            raise Refusal(f"Tanggalnya {before} {other.kind}. Periksa lagi.", status=422, field="on")
