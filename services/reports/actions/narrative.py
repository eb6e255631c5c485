"""What the ketua writes beside the figures."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction

from services.areas.settings import TIME_ZONE, value_of
from services.audit.actions import Verb, note
from services.open_days.rules import OBSTACLES
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.web.refusals import Refusal

from ..models import MonthNarrative

COLUMNS = ("obstacles", "obstacle_note", "plan", "proposals", "equipment")


class NarrativeChanged(Refusal):
    """Somebody else wrote meanwhile: what is asked to be kept says otherwise. `seen` is the sign of what stands now."""

    def __init__(self, narrative: MonthNarrative, different: Sequence[str]):
        zone = value_of(TIME_ZONE, narrative.period.posyandu.area_id, narrative.changed_at.date())
        who, at = narrative.changed_by, narrative.changed_at.astimezone(ZoneInfo(zone))
        theirs = "; ".join(f"{_label(name)}: “{_text(narrative, name)}”" for name in different)
        said = f"Baru saja diubah {who} pukul {at:%H.%M}. {theirs}. Lihat lagi, lalu simpan kalau isian ini yang benar."
        super().__init__(said)
        self.seen = sign_of(narrative)


def sign_of(narrative: MonthNarrative | None) -> str:
    """What a form carries to know whether somebody else wrote since it was opened."""
    return narrative.changed_at.isoformat() if narrative and not narrative._state.adding else ""


@transaction.atomic
def save_narrative(*, posyandu: Posyandu, month: date, by, seen: str | None = None, **values) -> MonthNarrative:
    """Keep the narrative of an open month. `seen` is the sign of what its author saw; None asks nothing.

    Raises MonthLocked, and NarrativeChanged where another wrote since, something else than now.
    """
    period = hold_month_open(posyandu_id=posyandu.pk, day=month)
    narrative = getattr(period, "narrative", None) or MonthNarrative(period=period)
    different = [name for name in COLUMNS if name in values and getattr(narrative, name) != values[name]]
    if seen is not None and different and seen != sign_of(narrative) and not narrative._state.adding:
        raise NarrativeChanged(narrative, different)
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


def _label(name: str) -> str:
    return str(MonthNarrative._meta.get_field(name).verbose_name)


def _text(narrative: MonthNarrative, name: str) -> str:
    value = getattr(narrative, name)
    words = "; ".join(OBSTACLES.get(code, code) for code in value) if name == "obstacles" else value
    return words or "kosong"
