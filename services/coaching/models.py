from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from services.areas.models import Area, Office
from services.areas.scope import Scope, ScopedModel, area_filter
from services.files.models import Attachment
from services.posyandu.models import Posyandu
from services.records.models import Record
from services.web.ids import uuid7

from .rules import OUTCOMES

USER = settings.AUTH_USER_MODEL


class CoachingVisit(ScopedModel):
    """The Tim Pembina was at a posyandu: what is ready, what is in the way, what was agreed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="coaching_visits")
    date = models.DateField("Tanggal")
    ready = models.JSONField("Yang sudah siap", default=list)
    obstacles = models.JSONField("Hambatan", default=list)
    notes = models.TextField("Catatan", max_length=1500, blank=True)
    photo = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    visited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        indexes = [models.Index(fields=["posyandu", "date"])]


class ActionPoint(ScopedModel):
    """Something that was agreed on at a visit: who does it until when; open until it is done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(CoachingVisit, on_delete=models.CASCADE, related_name="points")
    text = models.CharField("Yang disepakati", max_length=200)
    responsible = models.CharField("Siapa", max_length=80)
    due_on = models.DateField("Paling lambat")
    done_on = models.DateField("Selesai", null=True, blank=True)
    done_note = models.CharField("Hasilnya", max_length=200, blank=True)
    history = HistoricalRecords()

    scope_path = "visit__posyandu"

    class Meta:
        indexes = [models.Index(fields=["done_on", "due_on"])]


class Sample(ScopedModel):
    """Records of one posyandu's month that are looked at again; the seed is kept, so it can be drawn again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="samples")
    month = models.DateField("Bulan")
    seed = models.CharField(max_length=40)
    candidates = models.PositiveIntegerField("Diambil dari berapa isian")
    drawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posyandu", "month"], name="one_sample_per_posyandu_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="sample_month_first_of_month"),
        ]


class SampledRecord(ScopedModel):
    """One record of a sample and what was found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("Hasil", max_length=14, choices=tuple(OUTCOMES.items()), blank=True)
    note = models.CharField("Apa yang berbeda", max_length=200, blank=True)
    checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    history = HistoricalRecords()

    scope_path = "sample__posyandu"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "record"], name="one_line_per_sampled_record")]


class RecheckGrant(ScopedModel):
    """Somebody who sees no names may re-check one posyandu's sample, for a reason, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.CASCADE, related_name="recheck_grants")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField("Alasan", max_length=200)
    until = models.DateField("Sampai tanggal")
    granted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        indexes = [models.Index(fields=["user", "until"])]


class InArea(ScopedModel):
    """A row of an area's Tim Pembina."""

    scope_path = "area"

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter(f"{cls.scope_path}_id", scope.areas)


class Meeting(InArea):
    """A coordination meeting of an area's Tim Pembina; its material is printed from the month it speaks of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meetings")
    date = models.DateField("Tanggal")
    place = models.CharField("Tempat", max_length=120, blank=True)
    agenda = models.CharField("Acara", max_length=200)
    month = models.DateField("Bulan laporan yang dibahas")
    called_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="meeting_month_first_of_month")]
        indexes = [models.Index(fields=["area", "date"])]


class Decision(InArea):
    """What a meeting decided, which office answers for it, and until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField("Keputusan", max_length=300)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="OPD penanggung jawab"
    )
    responsible = models.CharField("Penanggung jawab lain", max_length=80, blank=True)
    due_on = models.DateField("Paling lambat")
    done_on = models.DateField("Selesai", null=True, blank=True)
    history = HistoricalRecords()

    scope_path = "meeting__area"

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """Also the office that answers for it reads it."""
        return super().scope_filter(scope) | Q(office__in=scope.offices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(office__isnull=False) | ~Q(responsible=""), name="decision_has_an_owner")
        ]


class PlanItem(InArea):
    """One line of next year's plan of an area."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plan_items")
    year = models.PositiveSmallIntegerField("Tahun")
    field = models.CharField("Bidang", max_length=20, blank=True)
    text = models.CharField("Kegiatan", max_length=200)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="OPD"
    )
    funding = models.CharField("Sumber dana", max_length=80, blank=True)
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "year"])]
