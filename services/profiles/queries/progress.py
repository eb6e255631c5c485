"""How far the households of a place were written down this year: "85 dari 220 KK didata", by RT or dusun."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from services.areas.scope import Scope
from services.fields.spec import FormSpec
from services.records.models import Record
from services.residents.models import Household, Residency

GROUPS = {"rt": ("rw", "rt"), "dusun": ("dusun",)}


@dataclass(frozen=True)
class ProgressRow:
    """One RT or dusun of a post."""

    posyandu_id: UUID
    posyandu: str
    name: str
    total: int
    done: int
    query: str

    @property
    def missing(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class Progress:
    """All of them, with their sum."""

    rows: tuple[ProgressRow, ...]
    total: int
    done: int


def household_progress(scope: Scope, spec: FormSpec, on: date, *, by: str = "rt") -> Progress:
    """Households somebody lives in, and how many of them have this form this year: one query for any number."""
    columns = GROUPS[by]
    living = Residency.objects.within(scope).filter(Residency.on_day(on), household=OuterRef("pk"), kind="warga")
    records = Record.objects.within(scope).filter(
        form=spec.key, household=OuterRef("pk"), encounter__date__range=(date(on.year, 1, 1), on)
    )
    found = (
        Household.objects.within(scope)
        .filter(Exists(living))
        .values("posyandu_id", "posyandu__name", *columns)
        .annotate(total=Count("pk"), done=Count("pk", filter=Exists(records)))
        .order_by("posyandu__name", *columns)
    )
    rows = tuple(_row(group, by) for group in found)
    return Progress(rows, sum(row.total for row in rows), sum(row.done for row in rows))


def _row(group: dict, by: str) -> ProgressRow:
    if by == "dusun":
        name, query = group["dusun"] or "Dusun belum diisi", f"dusun={group['dusun']}"
    else:
        words = [f"{label} {group[key]}" for label, key in (("RT", "rt"), ("RW", "rw")) if group[key]]
        name, query = " / ".join(words) or "RT belum diisi", f"rw={group['rw']}&rt={group['rt']}"
    return ProgressRow(group["posyandu_id"], group["posyandu__name"], name, group["total"], group["done"], query)
