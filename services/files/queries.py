"""Reading kept photos, each checked against the hash it was kept with."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .models import FOLDER, Attachment

ENDINGS = (".jpg", ".pdf")


class Damaged(OSError):
    """The file is gone or is not the one that was kept."""


def content_of(attachment: Attachment) -> bytes:
    """The bytes of a photo that the caller reached in scope. Raises Damaged."""
    try:
        content = (Path(settings.MEDIA_ROOT) / attachment.name).read_bytes()
    except OSError as error:
        raise Damaged(attachment.name) from error
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise Damaged(attachment.name)
    return content


def strays(before: datetime) -> list[Path]:
    """Kept files without a row (their transaction was rolled back), older than `before`."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    files = (path for path in folder.rglob("*.*") if path.suffix in ENDINGS)
    old = [path for path in files if path.stat().st_mtime < before.timestamp()]
    kept = Attachment.objects.unscoped(reason="which files on disk belong to any row at all")
    names = set(kept.values_list("name", flat=True))
    return [path for path in old if str(path.relative_to(settings.MEDIA_ROOT)) not in names]
