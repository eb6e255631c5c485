from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from services.areas import clock
from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal
from services.web.rules import short_date_text

from ..fields import claim_hash
from ..models import Household, Residency, Resident
from ..rules import birth_fault, name_key, number_fault
from .births import follow_child


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
    scope: Scope | None = None,
    **details,
) -> Resident:
    """Register a person who lives here since a day. Raises Refusal for impossible dates and a NIK met in scope.

    A NIK that belongs to somebody the writer cannot see is not told: the person is saved without it, marked
    "perlu dicocokkan" (design 9). `scope` is the writer's; without it only this posyandu counts as seen.
    """
    check_dates(birth_date, since, posyandu)
    hold_month_open(posyandu_id=posyandu.pk, day=since)
    resident = Resident(name=name.strip(), name_key=name_key(name), sex=sex, birth_date=birth_date, **details)
    residency = Residency(
        resident=resident,
        household=household,
        posyandu=posyandu,
        from_date=since,
        began=began,
        relation=relation,
        recorded_by=by,
    )
    _insert(resident, residency, nik, scope)
    note(by=by, verb=Verb.CREATE, on=resident, place=posyandu.path)
    return resident


def _insert(resident: Resident, residency: Residency, nik: str, scope: Scope | None) -> None:
    """Save both with the NIK if it is free; a NIK taken in the very moment is treated like one taken before."""
    to_match = claim_nik(nik=nik, posyandu=residency.posyandu, scope=scope)
    try:
        with transaction.atomic():
            _save_new(resident, residency, "" if to_match else nik, to_match)
    except IntegrityError:
        if not claim_nik(nik=nik, posyandu=residency.posyandu, scope=scope):
            raise
        _save_new(resident, residency, "", to_match=True)


def _save_new(resident: Resident, residency: Residency, nik: str, to_match: bool) -> None:
    resident.nik, resident.nik_to_match = nik, to_match
    residency.nik_claim = claim_hash(nik, residency.posyandu.area_id)
    resident.save(force_insert=True)
    residency.save(force_insert=True)


def claim_nik(*, nik: str, posyandu: Posyandu, besides: Resident | None = None, scope: Scope | None = None) -> bool:
    """Whether this NIK must wait for matching: an open residency of the same kab/kota that cannot be seen has it.

    Raises Refusal (422) for a NIK that is not 16 digits, and when the other person lives where the writer sees her.
    The other side is marked for matching too; nothing about her is shown.
    """
    fault = number_fault(nik)
    if fault:
        raise Refusal(fault, status=422, field="nik")
    claim = claim_hash(nik, posyandu.area_id)
    if claim is None:
        return False
    owners = Residency.objects.unscoped(reason="a NIK is unique in a kab/kota; nothing of the owner is shown").filter(
        nik_claim=claim, to_date__isnull=True, kind=Residency.Kind.RESIDENT
    )
    owner = owners.exclude(resident=besides).select_related("resident").first()
    if owner is None:
        return False
    if owner.posyandu_id in ({posyandu.pk} | (scope.posyandu if scope else frozenset())):
        raise Refusal("NIK ini sudah dipakai warga lain. Cari dulu namanya di daftar warga.", status=422, field="nik")
    if not owner.resident.nik_to_match:
        owner.resident.nik_to_match = True
        owner.resident.save(update_fields=["nik_to_match"])
    return True


@transaction.atomic
def change_resident(
    *,
    residency: Residency,
    by,
    nik: str | None = None,
    relation: str | None = None,
    scope: Scope | None = None,
    **details,
) -> Resident:
    """Correct what is known of a person through her residency here. `nik` None leaves it, '' takes it away.

    Raises Refusal (422) for an impossible birth date, one after something that is known of her, or a NIK met in
    scope.
    """
    resident = residency.resident
    born_before = resident.birth_date
    fault = birth_fault(details.get("birth_date", resident.birth_date), clock.today(residency.posyandu.area_id))
    if fault:
        raise Refusal(fault, status=422, field="birth_date")
    if resident.died_on and details.get("birth_date", resident.birth_date) > resident.died_on:
        raise Refusal("Tanggal lahir sesudah tanggal meninggal. Periksa lagi.", status=422, field="birth_date")
    changed = _set_changed(resident, details)
    if "birth_date" in changed:
        _follow_birth(resident, born_before)
    if nik is not None and nik != resident.nik:
        _change_nik(residency, nik, scope)
        changed += ["nik", "nik_hash", "nik_to_match"]
    if changed:
        resident.save(update_fields=changed)
    if {"birth_date", "sex"} & set(changed):
        follow_child(child=resident, before=born_before, by=by)
    if relation is not None and relation != residency.relation:
        residency.relation = relation
        residency.save(update_fields=["relation"])
        changed.append("relation")
    if changed:
        note(by=by, verb=Verb.UPDATE, on=resident, place=residency.posyandu.path, changed=tuple(changed))
    if {"birth_date", "sex"} & set(changed):
        # Growth follows from them; who computes it lives above this app, so it is named by a setting.
        import_string(settings.AFTER_BIRTH_CORRECTION)(resident=resident, by=by, place=residency.posyandu.path)
    return resident


def _follow_birth(resident: Resident, before: date) -> None:
    """Who lives here since her birth lives here since the corrected day; all else known of her must come after it."""
    for home in resident.residencies.filter(from_date=before, kind=Residency.Kind.RESIDENT):
        home.from_date = resident.birth_date
        if home.to_date is None or home.from_date <= home.to_date:
            home.save(update_fields=["from_date"])
    known = (
        ("tinggal atau bertamu di posyandu", resident.residencies, "from_date"),
        ("dipantau", resident.conditions, "from_date"),
        ("hamil", resident.pregnancies, "registered_on"),
    )
    for words, rows, column in known:
        first = rows.order_by(column).values_list(column, flat=True).first()
        if first is not None and first < resident.birth_date:
            said = f"Ia tercatat {words} sejak {short_date_text(first)}, sebelum tanggal lahir ini. Periksa lagi."
            raise Refusal(said, status=422, field="birth_date")


def _set_changed(resident: Resident, details: dict) -> list[str]:
    if "name" in details:
        details = {**details, "name_key": name_key(details["name"])}
    changed = [name for name, value in details.items() if getattr(resident, name) != value]
    for name in changed:
        setattr(resident, name, details[name])
    return changed


def _change_nik(residency: Residency, nik: str, scope: Scope | None) -> None:
    resident, posyandu = residency.resident, residency.posyandu
    to_match = claim_nik(nik=nik, posyandu=posyandu, besides=resident, scope=scope)
    resident.nik, resident.nik_to_match = ("", True) if to_match else (nik, False)
    residency.nik_claim = claim_hash(resident.nik, posyandu.area_id)
    try:
        with transaction.atomic():
            residency.save(update_fields=["nik_claim"])
    except IntegrityError:
        claim_nik(nik=nik, posyandu=posyandu, besides=resident, scope=scope)
        resident.nik, resident.nik_to_match, residency.nik_claim = "", True, None
        residency.save(update_fields=["nik_claim"])


def check_dates(birth_date: date, since: date, posyandu: Posyandu) -> None:
    """Raises Refusal (422) beside the field for a birth or a start of living here that cannot be."""
    today = clock.today(posyandu.area_id)
    fault = birth_fault(birth_date, today)
    if fault:
        raise Refusal(fault, status=422, field="birth_date")
    if since > today:
        raise Refusal("Tanggal mulai tinggal belum tiba. Periksa lagi.", status=422, field="since")
    if since < birth_date:
        raise Refusal("Tanggal mulai tinggal sebelum tanggal lahir. Periksa lagi.", status=422, field="since")
