"""Rows waiting to be written: many at once, parents before children."""

from __future__ import annotations

from collections import Counter

from django.db import models

from services.home_visits.models import HomeVisit
from services.open_days.models import Helper, Invitation, OpenDay
from services.posyandu.models import Period
from services.records.models import Asset, Attendance, Encounter, Measurement, Record
from services.residents.models import Consent, Household, Pregnancy, Residency, Resident, WatchedCondition

ORDER: tuple[type[models.Model], ...] = (
    Period,
    Household,
    Resident,
    Residency,
    Pregnancy,
    WatchedCondition,
    Encounter,
    OpenDay,
    Helper,
    Invitation,
    HomeVisit,
    Attendance,
    Asset,
    Record,
    Measurement,
    Consent,
)
BATCH = 1000


class Rows:
    """What one posyandu adds. `written` counts all that went to the database, by model."""

    def __init__(self) -> None:
        self.waiting: dict[type[models.Model], list] = {model: [] for model in ORDER}
        self.written: Counter[str] = Counter()

    def add(self, row: models.Model) -> None:
        self.waiting[type(row)].append(row)

    def flush(self) -> None:
        """Write everything that waits."""
        for model, rows in self.waiting.items():
            model.objects.bulk_create(rows, batch_size=BATCH)
            self.written[model.__name__] += len(rows)
            rows.clear()
