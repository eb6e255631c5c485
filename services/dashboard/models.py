from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from services.areas.models import Area
from services.areas.scope import Scope, ScopedModel, area_filter
from services.web.ids import uuid7

from .rules import WITH_TARGET


class Target(ScopedModel):
    """What a kab/kota wants to reach in one year, in percent of an indicator of the dashboards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("Tahun")
    indicator = models.CharField(max_length=20, choices=[(each.key, each.label) for each in WITH_TARGET])
    percent = models.DecimalField("Sasaran (persen)", max_digits=4, decimal_places=1)
    source = models.CharField("Dasar", max_length=200)
    history = HistoricalRecords()

    scope_path = "area"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "indicator"], name="one_target_per_indicator_and_year"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="target_is_a_percentage"),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("area_id", scope.areas)
