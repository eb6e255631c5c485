"""What the ketua wrote beside the figures, as lines of the report."""

from datetime import date

from services.areas.scope import Scope
from services.open_days.rules import OBSTACLES
from services.posyandu.models import Posyandu

from ..models import MonthNarrative


def narrative_at(post: Posyandu, month: date) -> MonthNarrative | None:
    """What the ketua wrote beside this month, or None."""
    mine = MonthNarrative.objects.within(Scope(None, frozenset([post.pk])))
    return mine.filter(period__posyandu=post, period__month=month).first()


def narrative_of(post: Posyandu, month: date) -> tuple[tuple[str, str], ...]:
    """(heading, text) of what was written; nothing for what was not."""
    found = narrative_at(post, month)
    if found is None:
        return ()
    obstacles = "; ".join(OBSTACLES.get(code, code) for code in found.obstacles)
    lines = (
        ("Hambatan", ". ".join(text for text in (obstacles, found.obstacle_note) if text)),
        ("Rencana tindak lanjut", found.plan),
        ("Usulan", found.proposals),
        ("Keadaan alat dan logistik", found.equipment),
    )
    return tuple((heading, text) for heading, text in lines if text)
