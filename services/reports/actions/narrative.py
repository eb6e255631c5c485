"""What the ketua writes beside the figures."""

from datetime import date

from django.db import transaction

from services.audit.actions import Verb, note
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu

from ..models import MonthNarrative

COLUMNS = ("obstacles", "obstacle_note", "plan", "proposals", "equipment")


@transaction.atomic
def save_narrative(*, posyandu: Posyandu, month: date, by, **values) -> MonthNarrative:
    """Keep the narrative of an open month. Raises MonthLocked."""
    period = hold_month_open(posyandu_id=posyandu.pk, day=month)
    narrative = getattr(period, "narrative", None) or MonthNarrative(period=period)
    changed = tuple(name for name in COLUMNS if name in values and getattr(narrative, name) != values[name])
    for name in changed:
        setattr(narrative, name, values[name])
    narrative.changed_by = by
    if narrative._state.adding:
        narrative.save(force_insert=True)
    elif changed:
        narrative.save(update_fields=[*changed, "changed_by", "changed_at"])
    note(by=by, verb=Verb.UPDATE, on=narrative, place=posyandu.path, changed=changed, bulan=f"{month:%Y-%m}")
    return narrative
