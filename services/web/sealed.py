"""Text encrypted at rest with the keys of FIELD_KEYS alone: a new SECRET_KEY leaves it readable.

The first key writes, all of them read.
"""

import base64
import hashlib

from django.conf import settings
from django.utils.functional import cached_property
from encrypted_fields.fields import EncryptedTextField


def sealing_keys() -> list[bytes]:
    """The keys of FIELD_KEYS as Fernet takes them."""
    return [base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()) for key in settings.FIELD_KEYS]


class SealedTextField(EncryptedTextField):
    """A long text that only the app can read."""

    @cached_property
    def keys(self) -> list[bytes]:
        return sealing_keys()

    def get_prep_value(self, value):
        return super().get_prep_value(value) or ("" if value == "" else None)
