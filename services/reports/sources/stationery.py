"""What a district prints its reports on: its paper and the picture in its letterhead."""

import base64
from datetime import date

from services.areas.settings import Setting, one_of, value_of

from ..models import DistrictLogo

PAPER = Setting(
    "kertas_laporan",
    "Kertas laporan",
    "A4",
    "domain 5.4: A4 atau F4 (215 × 330 mm)",
    one_of("A4", "F4"),
    (("A4", "A4 (210 × 297 mm)"), ("F4", "F4/Folio (215 × 330 mm)")),
)


def paper_of(area_code: str, on: date) -> str:
    """The district's paper on a day: "A4" or "F4"."""
    return value_of(PAPER, area_code, on)


def logo_of(area_code: str) -> str:
    """The district's picture as a PNG in base64, or ""."""
    kept = DistrictLogo.objects.filter(pk=area_code[:5]).values_list("content", flat=True).first()
    return base64.b64encode(bytes(kept)).decode() if kept else ""
