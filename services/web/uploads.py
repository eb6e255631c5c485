"""Uploads that wait, privately and for a short while, between being looked at and being taken over.

The page that shows what is in a file carries only a signed reference: which file, whose, and when. What the person
confirms is read again from the file itself, so nothing hidden in the page is trusted.
"""

import hashlib
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import timezone

from .ids import uuid7
from .refusals import Refusal

LASTS = timedelta(hours=2)
KEPT_AT_MOST = timedelta(days=1)
_SALT = "waiting upload"


class UploadGone(Refusal):
    """The file was taken over already, or waited too long."""

    status = HTTPStatus.GONE

    def __init__(self):
        super().__init__("Berkas ini sudah selesai diproses atau menunggu terlalu lama. Unggah lagi berkasnya.")


def keep_upload(content: bytes, *, by) -> str:
    """Keep a file for LASTS; the reference that its owner, and nobody else, can open it with."""
    folder = _folder()
    sweep_uploads()
    name = uuid7()
    path = folder / name.hex
    path.touch(mode=0o600)
    path.write_bytes(content)
    digest = _digest(content)
    return signing.dumps([name.hex, by.pk, digest], salt=_SALT, compress=True)


def open_upload(reference: str, *, by) -> bytes:
    """The content of a waiting file. Raises UploadGone for a reference that is forged, foreign, used or too old."""
    path, digest = _read(reference, by)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UploadGone from error
    if _digest(content) != digest:
        raise UploadGone
    return content


def drop_upload(reference: str, *, by) -> None:
    """Done with it: the reference opens nothing any more."""
    path, _ = _read(reference, by)
    path.unlink(missing_ok=True)


def sweep_uploads() -> int:
    """Remove files that nobody came back for; how many."""
    oldest = (timezone.now() - KEPT_AT_MOST).timestamp()
    old = [path for path in _folder().iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _read(reference: str, by) -> tuple[Path, str]:
    try:
        name, owner, digest = signing.loads(reference, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError) as error:
        raise UploadGone from error
    if owner != by.pk:
        raise UploadGone
    return _folder() / UUID(name).hex, digest


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "menunggu"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
