from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from services.areas.models import Area
from services.audit.actions import Verb, note

from .models import Target


@transaction.atomic
def set_targets(*, area: Area, year: int, targets: Mapping[str, Decimal | None], source: str, by) -> tuple[str, ...]:
    """The targets of a kab/kota for a year; None takes one back. Gives the indicators that changed."""
    current = {row.indicator: row for row in area.targets.select_for_update().filter(year=year)}
    changed = []
    for indicator, percent in targets.items():
        row = current.get(indicator)
        if (row.percent if row else None) == percent:
            continue
        changed.append(indicator)
        if percent is None:
            row.delete()
        elif row:
            row.percent, row.source = percent, source
            row.save(update_fields=["percent", "source"])
        else:
            row = Target(area=area, year=year, indicator=indicator, percent=percent, source=source)
            row.save(force_insert=True)
    if changed:
        note(by=by, verb=Verb.UPDATE, on=Target, place=area.pk, changed=tuple(changed), tahun=year)
    return tuple(changed)
