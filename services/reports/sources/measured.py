"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal.

One statement: of each person's measurements the last that holds a value is marked for each kind of value, and every
class of the cards is a sum over those marks.
"""

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from services.records.models import Measurement

from .classes import ALL, VALUES, classes_of_cards
from .people import ELSEWHERE, Counts, Frame, add, reaching, where_they_live, younger
from .sums import Grouping, counted_when, mark, summed

TWELVE_YEARS = 12 * 12
GROUP = ("home", "stage", "band", "sex")
# Which values a row holds, as bits of a number; the sum of the person's later rows says which of them come again.
BITS = 10  # nobody is measured a thousand times a month
IN_ONE = 6  # a number has 63 bits
_PLACES = [(value, condition, *divmod(turn, IN_ONE)) for turn, (value, condition) in enumerate(VALUES.items())]
_NUMBERS = sorted({number for _, _, number, _ in _PLACES})


def _held(number: int) -> str:
    here = [(condition, place) for _, condition, own, place in _PLACES if own == number]
    return " + ".join(f"CASE WHEN {condition} THEN {1 << BITS * place} ELSE 0 END" for condition, place in here)


_HELD = ", ".join(f"{_held(number)} AS held_{number}" for number in _NUMBERS)
_LATER = ", ".join(
    f"COALESCE(CAST(SUM(held_{number}) OVER later AS BIGINT), 0) AS later_{number}" for number in _NUMBERS
)
_LAST = ", ".join(
    f"({condition}) AND ((later_{number} >> {BITS * place}) & {(1 << BITS) - 1}) = 0 AS last_{value}"
    for value, condition, number, place in _PLACES
)
ALL_OF_THEM = 1 << 62
# The last measurement with a value is the one after which none holds it: one sort and two sums for all values. With a
# limit PostgreSQL works out these marks once, and not in each of the two hundred sums that read them.
LAST_OF_EACH_VALUE = f"""
    SELECT followed.*, {_LAST} FROM (
        SELECT held.*, {_LATER} FROM (SELECT measured.*, {_HELD} FROM ({{}}) AS measured) AS held
        WINDOW later AS (
            PARTITION BY resident_id ORDER BY measured_on DESC, id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    ) AS followed LIMIT {ALL_OF_THEM}
"""  # noqa: S608  constants of this module
COLUMNS = (
    "id",
    "resident_id",
    "measured_on",
    "weight_g",
    "length_mm",
    "oedema",
    "muac_mm",
    "waist_mm",
    "systolic",
    "diastolic",
    "glucose_mg_dl",
    "hb_mg_dl",
    "z_wfa",
    "z_lhfa",
    "z_wflh",
    "z_bfa",
    "z_hcfa",
    "weight_status",
    "no_gain_months",
)


def _measured(frame: Frame) -> QuerySet:
    """The measurements of the month with where each person lives."""
    rows = Measurement.objects.unscoped(reason=ELSEWHERE).filter(period=frame.month, measured_on__lte=frame.on)
    return (
        where_they_live(rows, frame)
        .annotate(
            sex=F("resident__sex"),
            stage=frame.stage,
            band=frame.band,
            flag_text=Cast("flags", TextField()),
            grown=mark(reaching(frame, 36)),
            under_12=mark(younger(frame.on, TWELVE_YEARS)),
        )
        .order_by()
        .values(*GROUP, "flag_text", "grown", "under_12", *COLUMNS)
    )


def count_measured(frame: Frame, counts: Counts) -> None:
    """Everything the cards measure: weighing, growth, tapes, IMT, blood pressure, glucose, haemoglobin."""
    cards = classes_of_cards(frame.limits)
    # Sums are called by number in the statement, for a class may have a name that is no SQL.
    pairs = [(turn, name) for turn, each in enumerate(cards) for name in (ALL, *each.conditions)]
    names = {pair: f"c{number}" for number, pair in enumerate(pairs)}
    sums = {
        names[turn, name]: counted_when(f"last_{each.value} AND ({condition})")
        for turn, each in enumerate(cards)
        for name, condition in {ALL: "1 = 1", **each.conditions}.items()
    }
    for row in summed(frame, _measured(frame), Grouping(GROUP, sums), around=LAST_OF_EACH_VALUE):
        for turn, each in enumerate(cards):
            for key, name in each.figures(row):
                add(counts, row["home"], key, row[names[turn, name]])
