from datetime import date

from services.areas.scope import Scope
from services.fields.spec import Shape
from services.posyandu.models import Posyandu
from services.records.models import Record

MOST = 100


def activities_since(posyandu: Posyandu, scope: Scope, since: date) -> list[Record]:
    """Group activities of a post from a day on, newest first."""
    rows = Record.objects.within(scope).filter(
        encounter__posyandu=posyandu, encounter__date__gte=since, shape=Shape.ACTIVITY.value
    )
    return list(rows.select_related("encounter").order_by("-encounter__date", "-created_at")[:MOST])
