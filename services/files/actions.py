"""The one writer of kept photos: the file first, then its row, so that a row never lacks its file."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from services.audit.actions import Verb, note

from .models import FOLDER, Attachment
from .rules import CONTENT_TYPE, MOST_BYTES, clean_image


@transaction.atomic
def keep_photo(*, upload, posyandu, by, bound: bool = True, confidential: bool = False) -> Attachment:
    """Check, clean and keep an uploaded photo. Raises BadImage; nothing is kept then.

    `upload` is a file that can be read; at most one byte more than is allowed is taken from it.
    """
    image = clean_image(upload.read(MOST_BYTES + 1))
    attachment = Attachment(
        posyandu=posyandu,
        content_type=CONTENT_TYPE,
        size=len(image.content),
        width=image.width,
        height=image.height,
        sha256=hashlib.sha256(image.content).hexdigest(),
        bound=bound,
        kept_by=by,
    )
    attachment.name = f"{FOLDER}/{timezone.now():%Y/%m}/{attachment.pk.hex}.jpg"
    _write(attachment.name, image.content)
    attachment.save(force_insert=True)
    note(by=by, verb=Verb.CREATE, on=attachment, place=posyandu.path, confidential=confidential)
    return attachment


def _write(name: str, content: bytes) -> None:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


def note_opened(*, attachment: Attachment, by, confidential: bool = False) -> None:
    """Remember that somebody looked at a photo."""
    note(by=by, verb=Verb.VIEW, on=attachment, place=attachment.posyandu.path, confidential=confidential)
