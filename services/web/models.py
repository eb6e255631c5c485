from django.conf import settings
from django.db import models
from django.utils import timezone

from .ids import uuid7
from .sealed import SealedTextField


class Submission(models.Model):
    """A form that was received: its one-time key, and the receipt that the same key gets again."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    url_name = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    number = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300, blank=True)

    scope_public = "A person's own receipts; only asked for by key, and compared with the asker."

    class Meta:
        indexes = [models.Index(fields=["received_at"])]


class KeptForm(models.Model):
    """A form that could not be saved for one reason only, and that this reason may pass: nothing typed is lost.

    `place` is the path of the posyandu whose month was closed; the content is encrypted.
    """

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        SAVED = "tersimpan", "Sudah tersimpan"
        DROPPED = "dibuang", "Dibuang"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    url_name = models.CharField(max_length=80)
    content = SealedTextField()
    reason = models.CharField(max_length=300)
    place = models.CharField(max_length=24)
    period = models.DateField(null=True, blank=True)
    lost_files = models.PositiveSmallIntegerField(default=0)
    kept_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    scope_public = "Reached only through the posyandu in scope whose path it carries (reports.queries.tray)."

    class Meta:
        indexes = [models.Index(fields=["place", "state"]), models.Index(fields=["user", "state"])]

    @property
    def number(self) -> str:
        return self.id.hex[-8:].upper()


class Job(models.Model):
    """Long work done by the worker: its progress, its heartbeat, and where its result is."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        RUNNING = "berjalan", "Sedang dikerjakan"
        DONE = "selesai", "Selesai"
        FAILED = "gagal", "Belum berhasil"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)

    scope_public = "Reached only by its owner: the view filters by user."

    @property
    def percent(self) -> int:
        return 0 if not self.total else min(100, self.done * 100 // self.total)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
