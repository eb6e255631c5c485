from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import Scope, ScopedModel, area_filter
from services.posyandu.models import Posyandu
from services.web.ids import uuid7


class MonthlyReport(ScopedModel):
    """A frozen month of a place: the whole document as canonical JSON with its SHA-256 (design 8).

    An attempt has no version; version 1 is made at "final", each accepted correction makes the next.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.CharField(max_length=24)
    level = models.CharField(max_length=10)
    month = models.DateField()
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)

    scope_path = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "version"], condition=Q(version__isnull=False), name="one_report_per_version"
            ),
        ]
        indexes = [models.Index(fields=["month", "place"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("place", scope.areas) | Q(place__in=Posyandu.objects.within(scope).values("path"))


class FrozenFigure(ScopedModel):
    """One figure of a frozen month, so that a year of a city is one query."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="figures")
    place = models.CharField(max_length=24)
    month = models.DateField()
    key = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    state = models.CharField(max_length=14)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    scope_path = "place"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_row_per_figure")]
        indexes = [models.Index(fields=["month", "key", "place"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(report__in=MonthlyReport.objects.within(scope))


class PaperRecap(ScopedModel):
    """The recaps of a post that is still on paper, typed by the desa or kelurahan and shown apart (flows 25).

    `values` holds form → column → number; a column that the paper left empty is absent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="paper_recaps")
    month = models.DateField()
    values = models.JSONField(default=dict)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posyandu", "month"], name="one_paper_recap_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="paper_recap_is_first_of_month"),
        ]
        indexes = [models.Index(fields=["month"])]
