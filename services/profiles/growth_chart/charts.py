"""The four charts. Windows are completed months: a phone shows the first two years or the rest, paper the whole."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from services.clinical.kms import DEFAULT_KMS, STATUS, KmsRules
from services.clinical.tables import Sex
from services.web.rules import number_text, short_date_text

from .curves import Curve, Measured, Point, curves_by_age, curves_by_length, points_by_age, points_by_length
from .drawing import (
    GREEN,
    LIGHT,
    PALE,
    WHITE,
    YELLOW,
    Room,
    bands,
    child,
    gain_row,
    lines,
    marks,
    picture,
    room_for,
    scale,
    status_row,
)

FIRST, SECOND, WHOLE = (0, 24), (24, 60), (0, 60)
WIDE_FROM_MONTHS = 40
# Lines of each index from the highest, and the colour of the band under each.
KMS_BANDS = ((3, YELLOW), (2, PALE), (1, GREEN), (0, LIGHT), (-2, YELLOW), (-3, WHITE))
LENGTH_BANDS = ((3, LIGHT), (2, GREEN), (0, GREEN), (-2, YELLOW), (-3, WHITE))
PROPORTION_BANDS = ((3, YELLOW), (2, PALE), (1, GREEN), (0, GREEN), (-2, YELLOW), (-3, WHITE))
HEAD_BANDS = ((2, GREEN), (0, GREEN), (-2, WHITE))
Bands = tuple[tuple[int, str], ...]
NOTHING = "Belum ada ukuran pada umur ini."


def kms_chart(
    sex: Sex,
    measured: Sequence[Measured],
    *,
    window: tuple[int, int] = WHOLE,
    width: int = 0,
    height: int = 0,
    font: str = "",
    rules: KmsRules = DEFAULT_KMS,
) -> str:
    """KMS: weight for age with the bands of the card, KBM of these rules and N/T/O/B under each month."""
    start, end = window
    points = points_by_age(measured, "weight_kg", start, end)
    key = ("wfa", sex, start, end)
    room = room_for(_curves(key, KMS_BANDS), points, start, end, width or _width(window), height or 400, bottom=70)
    parts = [_ground(room, key, KMS_BANDS, "kg", _months(window), "bulan"), *child(room, points)]
    parts += gain_row(room, sex, room.base + 20, 28, rules) + status_row(room, measured, room.base + 50, 16)
    shown = [one for one in measured if start <= one.months <= end and one.weight_kg is not None]
    status = f" {STATUS[shown[-1].status]}." if shown and shown[-1].status in STATUS else ""
    told = _told(points, shown, "kg") + status
    return picture(room, "KMS: berat badan menurut umur", told, parts, font=font, wide=end - start > WIDE_FROM_MONTHS)


def length_chart(sex: Sex, measured: Sequence[Measured], **look: Any) -> str:
    """Length (lying, below two years) and height (standing) for age."""
    title = "Panjang atau tinggi badan menurut umur"
    return _by_age("lhfa", "length_cm", LENGTH_BANDS, title, sex, measured, **look)


def head_chart(sex: Sex, measured: Sequence[Measured], **look: Any) -> str:
    """Head circumference for age."""
    return _by_age("hcfa", "head_cm", HEAD_BANDS, "Lingkar kepala menurut umur", sex, measured, **look)


def proportion_chart(
    sex: Sex, measured: Sequence[Measured], *, standing: bool, width: int = 360, height: int = 340, font: str = ""
) -> str:
    """Weight for length (`standing` False: measured below two years) or for height."""
    points = points_by_length(measured, standing=standing)
    key = ("wfh" if standing else "wfl", sex, 0, 0)
    curves = _curves(key, PROPORTION_BANDS)
    x0, x1 = curves[0].pieces[0][0][0], curves[0].end[0]
    room = room_for(curves, points, x0, x1, width, height, bottom=24)
    parts = [_ground(room, key, PROPORTION_BANDS, "kg", (5, 10), "cm"), *child(room, points)]
    title = "Berat badan menurut " + ("tinggi badan" if standing else "panjang badan")
    last = f"Terakhir {number_text(points[-1].y)} kg pada {number_text(points[-1].x)} cm." if points else NOTHING
    return picture(room, title, last, parts, font=font, wide=False)


def _by_age(
    index: str,
    column: str,
    drawn: Bands,
    title: str,
    sex: Sex,
    measured: Sequence[Measured],
    *,
    window: tuple[int, int] = WHOLE,
    width: int = 0,
    height: int = 0,
    font: str = "",
) -> str:
    start, end = window
    points = points_by_age(measured, column, start, end)
    key = (index, sex, start, end)
    room = room_for(_curves(key, drawn), points, start, end, width or _width(window), height or 360, bottom=24)
    parts = [_ground(room, key, drawn, "cm", _months(window), "bulan"), *child(room, points)]
    shown = [one for one in measured if start <= one.months <= end and getattr(one, column) is not None]
    told = _told(points, shown, "cm")
    return picture(room, title, told, parts, font=font, wide=end - start > WIDE_FROM_MONTHS)


Key = tuple[str, Sex, int, int]  # index, sex, first and last month


def _curves(key: Key, drawn: Bands) -> tuple[Curve, ...]:
    index, sex, start, end = key
    sds = tuple(sd for sd, _ in drawn)
    if index in {"wfl", "wfh"}:
        return curves_by_length(sex, sds, standing=index == "wfh")
    return curves_by_age(index, sex, sds, start, end)


@lru_cache(maxsize=64)
def _ground(room: Room, key: Key, drawn: Bands, unit: str, steps: tuple[int, int], word: str) -> str:
    """All that does not depend on the child; the same for most children of a sex, so it is kept."""
    curves = _curves(key, drawn)
    fills = [fill for _, fill in drawn]
    return "".join(bands(room, curves, fills) + scale(room, unit) + marks(room, *steps, word) + lines(room, curves))


def _width(window: tuple[int, int]) -> int:
    return 720 if window[1] - window[0] > WIDE_FROM_MONTHS else 360


def _months(window: tuple[int, int]) -> tuple[int, int]:
    """A line each month, a number at every second or third."""
    return (1, 2) if window[1] - window[0] <= 24 else (1, 3)


def _told(points: Sequence[Point], shown: Sequence[Measured], unit: str) -> str:
    if not points or not shown:
        return NOTHING
    last = shown[-1]
    return (
        f"Terakhir {number_text(points[-1].y)} {unit} pada umur {last.completed_months} bulan"
        f" ({short_date_text(last.on)})."
    )
