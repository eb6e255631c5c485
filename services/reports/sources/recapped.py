"""What only the monthly recaps count: heads and arms of children, IMT, anaemia, and each person's latest card."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q, QuerySet
from django.db.models.functions import Cast

from services.clinical.categories import DEFAULT_MUAC
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.fields.spec import ANSWERED, IS_YES
from services.follow_ups.models import Referral
from services.records.models import Record
from services.reports.figures.ages import FIFTEEN_YEARS, recap_group
from services.reports.figures.recapped import (
    ADULTS,
    BMI,
    CARDS,
    CARDS_FILLED,
    EDUCATED,
    PUMA_BELOW,
    PUMA_REFER,
    REFERRED,
    TBC_QUESTIONS,
)
from services.residents.rules import BALITA_MONTHS

from .answers import HowMany
from .measured import children, classes_of, counted, flagged, last_measured
from .people import ELSEWHERE, Counts, Frame, add, grouped, last_of_each, staged, where_they_live, younger

TWELVE_YEARS = 12 * 12


def count_child_tapes(frame: Frame, counts: Counts) -> None:
    """Head (LK/U) and upper arm of the under-fives: normal or not; implausible heads are in neither."""
    low_or_high = Q()
    for key, condition in classes_of("hcfa").items():
        if key != "n":
            low_or_high |= condition
    heads = children(frame, Q(z_hcfa__isnull=False)).exclude(flagged("hcfa"))
    for row in counted(heads, odd=low_or_high):
        _add_pair(counts, row, "rekap.anak.lk", odd=row["odd"])
    young = younger(frame.on, DEFAULT_MUAC.young_months)
    thin = Q(muac_mm__lt=DEFAULT_MUAC.moderate_below * 10) & ~young
    thin |= Q(muac_mm__lt=DEFAULT_MUAC.young_risk_below * 10) & young
    for row in counted(children(frame, Q(muac_mm__isnull=False)), odd=thin):
        _add_pair(counts, row, "rekap.anak.lila", odd=row["odd"])


def _add_pair(counts: Counts, row: dict[str, Any], base: str, *, odd: int) -> None:
    add(counts, row["home"], f"{base}#diukur", row["measured"])
    add(counts, row["home"], f"{base}_tidak_normal", odd)
    add(counts, row["home"], f"{base}_normal", row["measured"] - odd)


def count_bmi(frame: Frame, counts: Counts) -> None:
    """IMT menurut umur of school children and teenagers, and IMT of adults by one decimal as on the card."""
    by_age = {column: classes_of("bfa", BALITA_MONTHS)[code] for column, (_, code) in BMI.items()}
    young = last_measured(frame, Q(z_bfa__isnull=False)).annotate(stage=frame.stage).exclude(flagged("bfa"))
    for row in counted(young.filter(stage="usekrem"), **by_age):
        _add_classes(counts, row, "rekap.usekrem", by_age)
    both = last_measured(frame, Q(weight_g__isnull=False, length_mm__isnull=False)).annotate(
        stage=frame.stage,
        grams=Cast("weight_g", BigIntegerField()) * 20_000,
        square=Cast("length_mm", BigIntegerField()) * F("length_mm"),
    )
    adult = _adult_classes()
    for row in counted(both.filter(stage__in=ADULTS), "stage", **adult):
        _add_classes(counts, row, f"rekap.{row['stage']}", adult)


def _add_classes(counts: Counts, row: dict[str, Any], base: str, classes: Iterable[str]) -> None:
    add(counts, row["home"], f"{base}.imt#diukur", row["measured"])
    for key in classes:
        add(counts, row["home"], f"{base}.{key}", row[key])


def _adult_classes() -> dict[str, Q]:
    """IMT rounded half up to tenths is below a limit exactly when 20000 g < (2 × limit in tenths − 1) mm².

    No division, so no rounding of the database's own; limits that belong to the lower class count as a tenth more.
    """
    below = (LIMITS.bmi_very_thin_below, LIMITS.bmi_thin_below, LIMITS.bmi_normal_to + 0.1, LIMITS.bmi_fat_to + 0.1)
    found, lower = {}, Q()
    for column, limit in zip(BMI, below, strict=False):
        under = Q(grams__lt=F("square") * (2 * round(limit * 10) - 1))
        found[column] = lower & under
        lower &= ~under
    return {**found, list(BMI)[-1]: lower}


def count_anaemia(frame: Frame, counts: Counts) -> None:
    """Girls of school age with and without anaemia, by the limits of their age."""
    limits = ((TWELVE_YEARS, LIMITS.hb_5_to_11), (FIFTEEN_YEARS, LIMITS.hb_12_to_14), (None, LIMITS.hb_female))
    low, older = Q(), Q()
    for months, limit in limits:
        of_age = younger(frame.on, months) if months else Q()
        low |= older & of_age & Q(hb_mg_dl__lt=round(limit * 1000))
        older &= ~of_age if months else Q()
    rows = last_measured(frame, Q(hb_mg_dl__isnull=False)).annotate(stage=frame.stage)
    for row in counted(rows.filter(stage="usekrem", resident__sex="P"), low=low):
        add(counts, row["home"], "rekap.putri.hb#diukur", row["measured"])
        add(counts, row["home"], "rekap.putri.anemia", row["low"])
        add(counts, row["home"], "rekap.putri.tidak_anemia", row["measured"] - row["low"])


def _filled(frame: Frame) -> QuerySet[Record]:
    return Record.objects.unscoped(reason=ELSEWHERE).filter(
        form__in=CARDS, encounter__period=frame.month, encounter__date__lte=frame.on
    )


def _cards(frame: Frame) -> QuerySet[Record]:
    """The latest card of the month of each person, whichever of the cards it is."""
    return last_of_each(_filled(frame), ("resident_id",), "encounter__date").annotate(
        symptoms=HowMany([(key, IS_YES) for key in TBC_QUESTIONS]),
        asked=HowMany([(key, ANSWERED) for key in TBC_QUESTIONS]),
        taught=HowMany(EDUCATED),
        puma_low=HowMany(PUMA_BELOW),
        puma_high=HowMany(PUMA_REFER),
        sent=HowMany(REFERRED),
    )


def count_cards(frame: Frame, counts: Counts) -> None:
    """TBC, education, PUMA and referrals by each person's latest card: nobody counts twice in a month."""
    rows = where_they_live(_cards(frame), frame).annotate(stage=frame.stage, band=frame.band)
    referred = _referred(frame)
    measures = {
        "tbc": Q(symptoms__gte=LIMITS.tbc_refer_from),
        "#tbc_ditanya": Q(asked__gt=0),
        "edukasi": Q(taught__gt=0),
        "puma_kurang": Q(puma_low__gt=0),
        "puma_lebih": Q(puma_high__gt=0),
        "dirujuk": Q(sent__gt=0) | Q(resident_id__in=referred.values("resident_id")),
    }
    names = {f"m{number}": condition for number, condition in enumerate(measures.values())}
    for row in counted(rows, "stage", "band", **names):
        base = f"rekap.{recap_group(row['stage'], row['band'])}"
        add(counts, row["home"], CARDS_FILLED, row["measured"])
        for number, key in enumerate(measures):
            add(counts, row["home"], f"{base}{key}" if key.startswith("#") else f"{base}.{key}", row[f"m{number}"])
        add(counts, row["home"], f"{base}#puma", row["m3"] + row["m4"])
    without_card = staged(frame).filter(resident_id__in=referred.values("resident_id"))
    without_card = without_card.exclude(resident_id__in=_filled(frame).values("resident_id"))
    for row in grouped(without_card, "posyandu_id", "stage", "band", n=Count("pk")):
        group = recap_group(row["stage"], row["band"])
        add(counts, row["posyandu_id"], f"rekap.{group}.dirujuk", row["n"])
        add(counts, row["posyandu_id"], CARDS_FILLED, row["n"])


def _referred(frame: Frame) -> QuerySet[Referral]:
    """Referrals of this month; "ditangani di tempat" is none."""
    made = Referral.objects.unscoped(reason=ELSEWHERE).filter(made_on__range=(frame.month, frame.on))
    return made.exclude(state=Referral.State.ON_SPOT)
