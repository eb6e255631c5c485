"""Every form that writes is received once: the same key with the same content gets the same receipt (decision 0004).

A key is issued with the form, is a UUID 7 (so it knows when it was issued) and is signed for one person, so it can
neither be guessed nor used by somebody else.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from .ids import uuid7
from .models import Submission
from .refusals import Refusal

FIELD = "submission_key"
CONFIRM = "simpan_perubahan"
_NOT_CONTENT = {FIELD, CONFIRM, "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Receipt:
    """What a person gets for a form: a number she can quote, a sentence, and where to go next."""

    location: str
    message: str = "Tersimpan"
    number: str = ""
    repeated: bool = False


class AlreadySaved(Refusal):
    """The key was used with other content: saving it again needs the person's word."""

    def __init__(self, receipt: Receipt):
        super().__init__("Formulir ini sudah tersimpan. Kalau isinya memang berubah, tekan Simpan sekali lagi.")
        self.receipt = receipt


def new_key(user) -> str:
    key = uuid7()
    return f"{key}.{_signature(key, user.pk)}"


def belongs_to(value: str, user) -> bool:
    """Whether this key was issued to this person."""
    key, _, signature = value.partition(".")
    try:
        return hmac.compare_digest(signature, _signature(UUID(key), user.pk))
    except ValueError:
        return False


def once(request, write: Callable[[], Receipt]) -> Receipt:
    """Run `write` in one transaction with its receipt, or give the receipt it already has.

    Raises Refusal (400) for a key that was not issued, (409) for another person's or page's, AlreadySaved (409) for
    other content under a used key.
    """
    key = _checked_key(request)
    content = _content_hash(request)
    with transaction.atomic():
        submission = Submission(
            key=key,
            user=request.user,
            url_name=request.resolver_match.view_name,
            content_hash=content,
            issued_at=_issued_at(key),
        )
        try:
            with transaction.atomic():
                submission.save(force_insert=True)
        except IntegrityError:
            return _replay(request, key, content)
        receipt = write()
        number = receipt.number or short_number(key)
        Submission.objects.filter(pk=key).update(number=number, message=receipt.message, location=receipt.location)
    return Receipt(location=receipt.location, message=receipt.message, number=number)


def short_number(key: UUID) -> str:
    """The receipt number a person can read out: the last eight characters of the key."""
    return key.hex[-8:].upper()


def _replay(request, key: UUID, content: str) -> Receipt:
    earlier = Submission.objects.get(pk=key)
    if earlier.user_id != request.user.pk or earlier.url_name != request.resolver_match.view_name:
        raise Refusal("Formulir ini milik orang atau halaman lain. Buka lagi halamannya, lalu isi dari sana.")
    receipt = Receipt(earlier.location, earlier.message, earlier.number, repeated=True)
    if earlier.content_hash != content:
        raise AlreadySaved(receipt)
    return receipt


def _checked_key(request) -> UUID:
    value = request.POST.get(FIELD, "")
    if not belongs_to(value, request.user):
        raise Refusal(
            "Formulir ini belum lengkap atau dibuka orang lain. Muat ulang halamannya, lalu isi lagi.",
            status=HTTPStatus.BAD_REQUEST,
        )
    return UUID(value.partition(".")[0])


def _signature(key: UUID, person) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"submission:{key}:{person}".encode(), hashlib.sha256).hexdigest()[
        :20
    ]


def _content_hash(request) -> str:
    digest = hmac.new(settings.HASH_KEY.encode(), digestmod=hashlib.sha256)
    for name in sorted(set(request.POST) - _NOT_CONTENT):
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for chunk in request.FILES[name].chunks():
            digest.update(chunk)
        request.FILES[name].seek(0)
    digest.update(request.path.encode())
    return digest.hexdigest()


def _issued_at(key: UUID) -> datetime:
    return datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC)
