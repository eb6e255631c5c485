from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from services.areas import clock
from services.areas.models import Area
from services.audit.actions import Verb, note
from services.web.refusals import Refusal
from services.web.rules import month_text

from .models import AreaMembership, Period, Posyandu


class MonthLocked(Refusal):
    """The month of this record was sent; only whoever received it can open it again."""

    def __init__(self, period: Period):
        month = month_text(period.month)
        super().__init__(
            f"Laporan {month} sudah dikirim, jadi tidak dapat diubah. "
            "Minta kelurahan/desa mengembalikan laporan bulan itu, lalu simpan lagi."
        )
        self.period = period


def hold_month_open(*, posyandu_id, day: date) -> Period:
    """Lock the month's row and make sure a record dated `day` may still be written. Raises MonthLocked.

    Call it first in every dated action: two writers, and a writer and the one who submits, then wait for each other.
    """
    month = clock.month_of(day)
    mine = Period.objects.unscoped(reason="the month of a post that the action already reached in scope")
    period = mine.select_for_update().filter(posyandu_id=posyandu_id, month=month).first()
    if period is None:
        period, _ = mine.get_or_create(posyandu_id=posyandu_id, month=month)
    if not period.is_open(timezone.now()):
        raise MonthLocked(period)
    return period


@transaction.atomic
def add_posyandu(*, area: Area, name: str, by, on: date, **details) -> Posyandu:
    """Register a new posyandu in a desa/kelurahan, with the next serial of that place."""
    serial = next_serial(area.code)
    posyandu = Posyandu(area=area, name=name, serial=serial, path=f"{area.code}.{serial}", **details)
    posyandu.full_clean()
    posyandu.save(force_insert=True)
    AreaMembership.objects.create(posyandu=posyandu, area=area, path=posyandu.path, from_date=on)
    note(by=by, verb=Verb.CREATE, on=posyandu, place=posyandu.path)
    return posyandu


def next_serial(area_code: str) -> int:
    """The next serial of a desa/kelurahan; serials of posts that left are not used again."""
    taken = AreaMembership.objects.unscoped(reason="a serial is never used twice in a place, whoever asks").filter(
        area_id=area_code
    )
    highest = taken.aggregate(Max("posyandu__serial"))["posyandu__serial__max"] or 0
    return highest + 1
