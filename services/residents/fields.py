"""NIK and no_kk at rest: encrypted, with a keyed hash beside it for look-up and uniqueness (design 9)."""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from encrypted_fields.fields import EncryptedCharField

from services.web.sealed import sealing_keys


def keyed_hash(value: str) -> str:
    """The blind index of a secret value; empty stays empty."""
    return hmac.new(settings.HASH_KEY.encode(), value.encode(), hashlib.sha256).hexdigest() if value else ""


def claim_hash(number: str, area_code: str) -> str | None:
    """What makes a NIK or no_kk unique in one kab/kota: a keyed hash of both; None when there is no number."""
    return keyed_hash(f"{area_code[:5]}:{number}") if number else None


class SealedCharField(EncryptedCharField):
    """Text encrypted with the keys of FIELD_KEYS alone, so a new SECRET_KEY leaves it readable. Empty stays empty.

    The first key writes, all of them read.
    """

    @cached_property
    def keys(self) -> list[bytes]:
        return sealing_keys()

    def get_prep_value(self, value):
        return super().get_prep_value(value) or ("" if value == "" else None)


class BlindIndexField(models.CharField):
    """A keyed hash of another column, filled on every way of saving (bulk_create included); NULL when that is empty."""

    def __init__(self, *args, of: str, **kwargs):
        self.of = of
        kwargs.update(max_length=64, editable=False, null=True, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for default in ("max_length", "editable", "null", "blank"):
            kwargs.pop(default, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance, add):
        value = keyed_hash(getattr(instance, self.of) or "") or None
        setattr(instance, self.attname, value)
        return value
