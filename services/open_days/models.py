from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import ScopedModel
from services.posyandu.models import Posyandu
from services.records.models import Encounter
from services.residents.models import Resident
from services.web.ids import uuid7


class Schedule(ScopedModel):
    """When a posyandu opens every month: on the nth weekday, or the same day of the month."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.CASCADE, related_name="schedules")
    nth = models.PositiveSmallIntegerField("Minggu ke")
    weekday = models.PositiveSmallIntegerField("Hari")
    starts_at = models.TimeField("Jam mulai", default="08:00")
    place = models.CharField("Tempat", max_length=100, blank=True)
    from_date = models.DateField("Berlaku sejak")
    to_date = models.DateField(null=True, blank=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nth__range=(1, 5)) & Q(weekday__range=(0, 6)), name="schedule_in_calendar"
            ),
            models.UniqueConstraint(fields=["posyandu"], condition=Q(to_date__isnull=True), name="one_open_schedule"),
        ]


class OpenDay(ScopedModel):
    """One open day: planned, running, closed, or cancelled with a reason. Attendance hangs on its encounter."""

    class State(models.TextChoices):
        PLANNED = "dijadwalkan", "Dijadwalkan"
        RUNNING = "berlangsung", "Berlangsung"
        CLOSED = "selesai", "Selesai"
        CANCELLED = "batal", "Batal"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encounter = models.OneToOneField(Encounter, on_delete=models.CASCADE, related_name="open_day")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="open_days")
    date = models.DateField("Tanggal")
    state = models.CharField("Keadaan", max_length=12, choices=State, default=State.PLANNED)
    starts_at = models.TimeField("Jam mulai", null=True, blank=True)
    ends_at = models.TimeField("Jam selesai", null=True, blank=True)
    place = models.CharField("Tempat", max_length=100, blank=True)
    opened_fields = models.JSONField("Bidang yang dibuka", default=list)
    meals = models.PositiveIntegerField("Porsi PMT", null=True, blank=True)
    meal_menu = models.CharField("Menu PMT", max_length=100, blank=True)
    shortages = models.CharField("Yang kurang", max_length=200, blank=True)
    obstacles = models.JSONField("Hambatan (kode)", default=list)
    obstacle_note = models.CharField("Catatan hambatan", max_length=200, blank=True)
    cancel_reason = models.CharField("Alasan batal", max_length=200, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("Catatan", max_length=200, blank=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["posyandu", "date"], condition=~Q(state="batal"), name="one_open_day_per_posyandu_and_date"
            ),
            models.CheckConstraint(condition=~Q(state="batal") | ~Q(cancel_reason=""), name="cancelled_with_reason"),
            models.CheckConstraint(
                condition=~Q(state="selesai") | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="closed_by_whom_and_when",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "date"])]


class Helper(ScopedModel):
    """Who worked or came along on an open day: a kader (by account) or another officer (by post, not a user)."""

    class Kind(models.TextChoices):
        KADER = "kader", "Kader"
        BIDAN = "bidan", "Bidan/perawat"
        OPD = "opd", "OPD"
        PAUD = "paud", "PAUD"
        PKK = "pkk", "PKK"
        PLKB = "plkb", "PLKB"
        VILLAGE = "desa", "Perangkat desa/kelurahan"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    open_day = models.ForeignKey(OpenDay, on_delete=models.CASCADE, related_name="helpers")
    kind = models.CharField(max_length=6, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=80, blank=True)

    scope_path = "open_day__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["open_day", "user"], condition=Q(user__isnull=False), name="one_helper_row_per_kader"
            ),
        ]


class Invitation(ScopedModel):
    """Somebody invited to a coming open day, and so expected there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    open_day = models.ForeignKey(OpenDay, on_delete=models.CASCADE, related_name="invitations")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    scope_path = "open_day__posyandu"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["open_day", "resident"], name="invited_once")]
