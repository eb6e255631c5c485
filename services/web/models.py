from django.conf import settings
from django.db import models
from django.utils import timezone

from .ids import uuid7


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
