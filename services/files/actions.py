"""The one writer of kept photos: the file first, then its row, so that a row never lacks its file."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from PIL import Image

from services.audit.actions import Verb, note

from .models import FOLDER, Attachment
from .rules import MOST_BYTES, clean_picture

CONTENT_TYPE = "image/jpeg"
JPEG = {"format": "JPEG", "quality": 82, "optimize": True}


@transaction.atomic
def keep_photo(*, upload, posyandu, by, bound: bool = True, confidential: bool = False) -> Attachment:
    """Check, clean and keep an uploaded photo. Raises BadImage; nothing is kept then.

    `upload` is a file that can be read; at most one byte more than is allowed is taken from it.
    """
    picture = clean_picture(upload.read(MOST_BYTES + 1))
    content = jpeg_of(picture)
    attachment = Attachment(
        posyandu=posyandu,
        content_type=CONTENT_TYPE,
        size=len(content),
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(content).hexdigest(),
        bound=bound,
        kept_by=by,
    )
    attachment.name = f"{FOLDER}/{timezone.now():%Y/%m}/{attachment.pk.hex}.jpg"
    _write(attachment.name, content)
    attachment.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=attachment, place=posyandu.path, confidential=confidential)
    return attachment


def jpeg_of(picture: Image.Image) -> bytes:
    """The bytes of a cleaned picture."""
    kept = io.BytesIO()
    picture.save(kept, **JPEG)
    return kept.getvalue()


def _write(name: str, content: bytes) -> None:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


def note_opened(*, attachment: Attachment, by, confidential: bool = False) -> None:
    """Remember that somebody looked at a photo."""
    note(by=by, verb=Verb.VIEW, on=attachment, place=attachment.posyandu.path, confidential=confidential)
