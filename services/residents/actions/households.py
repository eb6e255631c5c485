from django.db import IntegrityError, transaction

from services.areas.scope import Scope
from services.audit.actions import Verb, note
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..fields import claim_hash
from ..models import Household
from ..rules import number_fault


@transaction.atomic
def add_household(
    *, posyandu: Posyandu, head_name: str, by, no_kk: str = "", scope: Scope | None = None, **details
) -> Household:
    """Add a household to the posyandu's area.

    A no_kk of 16 digits is unique in a kab/kota: met in the writer's scope it is refused (422), met elsewhere the
    household is saved without it and marked "perlu dicocokkan" (design 9).
    """
    household = Household(posyandu=posyandu, head_name=head_name.strip(), **details)
    _take_number(household, no_kk, scope)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError:  # the same no_kk came in meanwhile
        _take_number(household, no_kk, scope)
        household.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=household, place=posyandu.path)
    return household


@transaction.atomic
def change_household(
    *, household: Household, by, no_kk: str | None = None, scope: Scope | None = None, **details
) -> Household:
    """Change a household's address, head or no_kk (None leaves the number as it is). Refusals as in add_household."""
    changed = [name for name, value in details.items() if getattr(household, name) != value]
    for name in changed:
        setattr(household, name, details[name])
    if no_kk is not None and no_kk != household.no_kk:
        _take_number(household, no_kk, scope)
        changed += ["no_kk", "no_kk_hash", "kk_claim", "no_kk_to_match"]
    if changed:
        household.save(update_fields=changed)
        note(by=by, verb=Verb.UPDATE, on=household, place=household.posyandu.path, changed=tuple(changed))
    return household


def _take_number(household: Household, no_kk: str, scope: Scope | None) -> None:
    """Give the household this no_kk, or mark it for matching when one that cannot be seen has it."""
    fault = number_fault(no_kk, "Nomor KK")
    if fault:
        raise Refusal(fault, status=422, field="no_kk")
    claim = claim_hash(no_kk, household.posyandu.area_id)
    owner = _owner(claim, household) if claim else None
    if owner is not None and _is_seen(owner, household.posyandu_id, scope):
        raise Refusal(
            f"Nomor KK ini sudah dipakai keluarga {owner.head_name}. Periksa lagi.", status=422, field="no_kk"
        )
    household.no_kk_to_match = owner is not None
    household.no_kk, household.kk_claim = ("", None) if owner is not None else (no_kk, claim)


def _owner(claim: str, household: Household) -> Household | None:
    """The other household with this no_kk in the kab/kota; one that everybody left lets go of it."""
    others = Household.objects.unscoped(reason="a no_kk is unique in a kab/kota; only its existence is used")
    owner = others.filter(kk_claim=claim).exclude(pk=household.pk).first()
    if owner is None:
        return None
    lived = list(owner.residencies.values_list("to_date", flat=True))
    if lived and all(lived):
        owner.kk_claim = None
        owner.save(update_fields=["kk_claim"])
        return None
    return owner


def _is_seen(owner: Household, posyandu_id, scope: Scope | None) -> bool:
    return owner.posyandu_id in ({posyandu_id} | (scope.posyandu if scope else frozenset()))
