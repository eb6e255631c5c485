"""The one writer of kept photos and scans: the file first, then its row, so that a row never lacks its file."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from PIL import Image

from services.audit.actions import Verb, note

from .models import FOLDER, Attachment
from .rules import MOST_BYTES, check_pdf, clean_picture, is_pdf

CONTENT_TYPE, PDF_TYPE = "image/jpeg", "application/pdf"
JPEG = {"format": "JPEG", "quality": 82, "optimize": True}


@transaction.atomic
def keep_photo(*, upload, posyandu, by, bound: bool = True, confidential: bool = False) -> Attachment:
    """Check, clean and keep an uploaded photo. Raises BadImage; nothing is kept then.

    `upload` is a file that can be read; at most one byte more than is allowed is taken from it.
    """
    return _keep_picture(upload.read(MOST_BYTES + 1), posyandu, by, bound, confidential)


@transaction.atomic
def keep_scan(*, upload, posyandu, by) -> Attachment:
    """Check and keep a scan of a paper: a PDF byte for byte, or a photo cleaned as any other. Raises BadImage.

    It is bound: reached through what it is a scan of.
    """
    content = upload.read(MOST_BYTES + 1)
    if not is_pdf(content):
        return _keep_picture(content, posyandu, by, bound=True, confidential=False)
    check_pdf(content)
    return _keep(Attachment(posyandu=posyandu, content_type=PDF_TYPE, bound=True, kept_by=by), content, "pdf")


def _keep_picture(content: bytes, posyandu, by, bound: bool, confidential: bool) -> Attachment:
    picture = clean_picture(content)
    width, height = picture.size
    attachment = Attachment(
        posyandu=posyandu, content_type=CONTENT_TYPE, width=width, height=height, bound=bound, kept_by=by
    )
    return _keep(attachment, jpeg_of(picture), "jpg", confidential)


def _keep(attachment: Attachment, content: bytes, ending: str, confidential: bool = False) -> Attachment:
    attachment.size, attachment.sha256 = len(content), hashlib.sha256(content).hexdigest()
    attachment.name = f"{FOLDER}/{timezone.now():%Y/%m}/{attachment.pk.hex}.{ending}"
    _write(attachment.name, content)
    attachment.save(force_insert=True)
    place = attachment.posyandu.path
    note(by=attachment.kept_by, verb=Verb.CREATE, on=attachment, place=place, confidential=confidential)
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
