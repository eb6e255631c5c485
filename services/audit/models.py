from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import Scope, ScopedModel, area_filter
from services.web.ids import uuid7


class Entry(ScopedModel):
    """Who changed, opened or took away what, and when. Names of columns, never their values."""

    class Verb(models.TextChoices):
        CREATE = "buat", "Membuat"
        UPDATE = "ubah", "Mengubah"
        DELETE = "hapus", "Menghapus"
        VIEW = "lihat", "Membuka"
        REVEAL = "buka_nik", "Membuka NIK"
        DOWNLOAD = "unduh", "Mengunduh"
        LOGIN = "masuk", "Masuk"
        LOGOUT = "keluar", "Keluar"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    model = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=30, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    is_confidential = models.BooleanField(default=False)

    scope_path = "place"

    class Meta:
        indexes = [models.Index(fields=["place", "at"]), models.Index(fields=["model", "object_id"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """Entries about confidential rows stand on no audit page; who may read such a row sees its log there."""
        return area_filter("place", scope.areas) & Q(is_confidential=False)
