"""NIK and no_kk at rest: encrypted, with a keyed hash beside it for look-up and uniqueness (design 9)."""

import hashlib
import hmac

from django.conf import settings
from django.db import models


def keyed_hash(value: str) -> str:
    """The blind index of a secret value; empty stays empty."""
    return hmac.new(settings.HASH_KEY.encode(), value.encode(), hashlib.sha256).hexdigest() if value else ""


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
