"""The picture in a district's letterhead."""

import io

from django.db import transaction
from django.utils import timezone
from PIL import Image

from services.areas.models import Area
from services.audit.actions import Verb, note
from services.files.rules import MOST_BYTES, clean_picture

from ..models import DistrictLogo

# It is kept inside every frozen report: small enough for that, sharp enough for 18 mm of paper.
SIDE, COLOURS = 240, 64
PNG = {"format": "PNG", "optimize": True}


@transaction.atomic
def keep_logo(*, district: Area, upload, by) -> DistrictLogo:
    """Check, clean and keep a picture in place of the one before; what was frozen keeps its own. Raises BadImage."""
    content = png_of(clean_picture(upload.read(MOST_BYTES + 1)))
    values = {"content": content, "kept_by": by, "kept_at": timezone.now()}
    logo, _ = DistrictLogo.objects.update_or_create(area=district, defaults=values)
    note(by=by, verb=Verb.UPDATE, on=logo, place=district.pk)
    return logo


def png_of(picture: Image.Image) -> bytes:
    """The picture at the size of a letterhead, in few colours."""
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    picture.quantize(COLOURS).save(kept, **PNG)
    return kept.getvalue()
