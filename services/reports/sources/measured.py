"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal.

One statement: of each person's measurements the last that holds a value is marked for each kind of value, and every
class of the cards is a sum over those marks.
"""

from django.db import connection
from django.db.models import F, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber

from services.fields.spec import IS_YES
from services.records.models import Measurement, Record
from services.reports.figures.ages import band_group

from .answers import holds
from .classes import ALL, BALITA, VALUES, classes_of_cards
from .people import ELSEWHERE, Counts, Frame, add, reaching, where_they_live, younger
from .sums import EVERY_ROW, counted_when, latest_first, mark, summed

TWELVE_YEARS = 12 * 12
BOOK = "punya_buku_kia"
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
    for row in summed(_measured(frame), GROUP, sums, around=LAST_OF_EACH_VALUE):
        for turn, each in enumerate(cards):
            for key, name in each.figures(row):
                add(counts, row["home"], key, row[names[turn, name]])


def count_books(frame: Frame, counts: Counts) -> None:
    """K: under-fives who by the last answer have a KMS or Buku KIA; it is asked once, so any month up to now counts."""
    answered = Record.objects.unscoped(reason=ELSEWHERE).filter(
        form="kartu_balita", encounter__date__lte=frame.on, answers__has_key=BOOK
    )
    rows = where_they_live(answered, frame).annotate(
        sex=F("resident__sex"), band=frame.band, turn=latest_first(["resident_id"])
    )
    columns = rows.order_by().values("home", "band", "sex", "id", "turn", "answers")
    sums = {"asked": EVERY_ROW, "owns": counted_when(*holds(IS_YES, connection.vendor, BOOK))}
    for row in summed(columns, ("home", "band", "sex"), sums, where="turn = 1"):
        if row["band"] in BALITA:
            add(counts, row["home"], "kesehatan.balita.k_ditanya", row["asked"])
            add(counts, row["home"], "kesehatan.balita.k", row["owns"])
            add(counts, row["home"], f"skdn.{band_group(row['band'], row['sex'])}.k", row["owns"])
