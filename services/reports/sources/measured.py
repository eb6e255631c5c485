"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal.

One statement: of each person's measurements the last that holds a value is marked for each kind of value, and every
class of the cards is a sum over those marks.
"""

from django.db.models import F, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber

from services.records.models import Measurement

from .classes import ALL, VALUES, classes_of_cards
from .people import ELSEWHERE, Counts, Frame, add, reaching, where_they_live, younger
from .sums import Grouping, counted_when, mark, summed

TWELVE_YEARS = 12 * 12
GROUP = ("home", "stage", "band", "sex")
_MARKS = ", ".join(
    f"turn = MAX(CASE WHEN {condition} THEN turn END) OVER person AS last_{value}"
    for value, condition in VALUES.items()
)
# The last measurement with a value is the one with the highest turn among those that hold it: one sort for all.
LAST_OF_EACH_VALUE = (
    f"SELECT measured.*, {_MARKS} FROM ({{}}) AS measured "  # noqa: S608  constants of this module
    "WINDOW person AS (PARTITION BY resident_id)"
)
COLUMNS = (
    "resident_id",
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
    """The measurements of the month with where each person lives, and in which turn she was measured."""
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
            turn=Window(RowNumber(), partition_by=["resident_id"], order_by=[F("measured_on").asc(), F("pk").asc()]),
        )
        .order_by()
        .values(*GROUP, "flag_text", "grown", "under_12", "turn", *COLUMNS)
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
