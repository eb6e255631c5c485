"""What only the monthly recaps count: TBC, education, PUMA and referrals by each person's latest card."""

from django.db import connection
from django.db.models import Case, Q, QuerySet

from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules
from services.fields.spec import ANSWERED, AT_LEAST, BELOW, IS_YES
from services.follow_ups.models import Referral
from services.records.models import Record
from services.reports.figures.ages import recap_group
from services.reports.figures.recapped import (
    CARDS,
    CARDS_FILLED,
    EDUCATED,
    PUMA,
    REFERRED,
    TBC_QUESTIONS,
)

from .answers import Sql, how_many
from .people import ELSEWHERE, Counts, Frame, add
from .sums import EVERY_ROW, LATEST, Row, counted_when, mark, only


def cards_filled(frame: Frame) -> QuerySet[Record]:
    """The cards of the month, whoever filled them and wherever."""
    return Record.objects.unscoped(reason=ELSEWHERE).filter(form__in=CARDS, recorded_on__range=(frame.month, frame.on))


def sent_on(frame: Frame) -> Q:
    """Whose row's `resident_id` was referred this month; "ditangani di tempat" is none."""
    made = Referral.objects.unscoped(reason=ELSEWHERE).filter(made_on__range=(frame.month, frame.on))
    return Q(resident_id__in=made.exclude(state=Referral.State.ON_SPOT).values("resident_id"))


def _measures(vendor: str, limits: ScreeningRules) -> dict[str, Sql]:
    def when(pairs, comparison: str) -> Sql:
        text, parameters = how_many(pairs, vendor)
        return counted_when(f"{text} {comparison}", parameters)

    sent, given = how_many(REFERRED, vendor)
    return {
        # As the recap is printed, from however few a district is alerted (domain 3.4).
        "tbc": when([(key, IS_YES) for key in TBC_QUESTIONS], f">= {DEFAULT_SCREENING.tbc_refer_from}"),
        "asked": when([(key, ANSWERED) for key in TBC_QUESTIONS], "> 0"),
        "edukasi": when(EDUCATED, "> 0"),
        "puma_kurang": when([(PUMA, BELOW(limits.puma_refer_from))], "> 0"),
        "puma_lebih": when([(PUMA, AT_LEAST(limits.puma_refer_from))], "> 0"),
        "dirujuk": counted_when(f"{sent} > 0 OR referred = 1", given),
    }


def is_card() -> Case:
    return mark(Q(form__in=CARDS))


def was_referred(frame: Frame) -> Case:
    return mark(sent_on(frame))


def sums_of_cards(frame: Frame) -> dict[str, Sql]:
    """By each person's latest card of the month, whichever of the cards it is: nobody counts twice in a month.

    Of rows with is_card, card_turn (1 for the latest), referred and answers.
    """
    sums = {"cards": EVERY_ROW, **_measures(connection.vendor, frame.limits.screening)}
    return {name: only(sql, f"is_card = 1 AND card_turn {LATEST}") for name, sql in sums.items()}


def add_cards(counts: Counts, row: Row) -> None:
    post, base = row["post"], f"rekap.{recap_group(row['stage'], row['band'])}"
    add(counts, post, CARDS_FILLED, row["cards"])
    add(counts, post, f"{base}#tbc_ditanya", row["asked"])
    for name in ("tbc", "edukasi", "puma_kurang", "puma_lebih", "dirujuk"):
        add(counts, post, f"{base}.{name}", row[name])
    for name in ("puma_kurang", "puma_lebih"):
        add(counts, post, f"{base}#puma", row[name])
