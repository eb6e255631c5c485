from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import Scope, ScopedModel
from services.web.ids import uuid7

# Below MEDIA_ROOT, which no address of ours serves.
FOLDER = "berkas"


class Attachment(ScopedModel):
    """A photo, or a PDF (without width and height), kept privately under MEDIA_ROOT. Its bytes never change.

    A `bound` one belongs to a row with stricter readers than its posyandu (a ticket) and is reached through it alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey("posyandu.Posyandu", on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=100, unique=True, editable=False)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    bound = models.BooleanField(default=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        indexes = [models.Index(fields=["posyandu", "kept_at"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(posyandu__in=scope.posyandu, bound=False)
