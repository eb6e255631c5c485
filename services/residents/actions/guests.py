from datetime import date

from django.db import transaction

from services.areas import clock
from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..models import Residency, Resident
from ..rules import birth_fault, name_key, number_fault


@transaction.atomic
def receive_guest(*, resident: Resident, posyandu: Posyandu, on: date, by) -> Residency:
    """Let a guest of another post be served here on one day, without opening her file. Asking twice is asking once."""
    hold_month_open(posyandu_id=posyandu.pk, day=on)
    residency, created = resident.residencies.get_or_create(
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
    if created:
        note(by=by, verb=Verb.CREATE, on=residency, place=posyandu.path)
    return residency


@transaction.atomic
def add_guest(
    *, posyandu: Posyandu, name: str, sex: str, birth_date: date, on: date, by, nik: str = "", **details
) -> Resident:
    """Write down a guest whom no register knows: a person with one day here and no home. Raises Refusal (422)."""
    for field, fault in (
        ("nik", number_fault(nik)),
        ("birth_date", birth_fault(birth_date, clock.today(posyandu.area_id))),
        ("birth_date", "Tanggal lahir sesudah hari buka ini. Periksa lagi." if birth_date > on else ""),
    ):
        if fault:
            raise Refusal(fault, status=422, field=field)
    resident = Resident.objects.create(
        name=name.strip(), name_key=name_key(name), sex=sex, birth_date=birth_date, nik=nik, **details
    )
    receive_guest(resident=resident, posyandu=posyandu, on=on, by=by)
    note(by=by, verb=Verb.CREATE, on=resident, place=posyandu.path)
    return resident
