"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal."""

from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from services.clinical.categories import DEFAULT_CATEGORIES, Band, oedema_category
from services.clinical.kms import DEFAULT_KMS
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.records.models import Measurement, Record
from services.reports.figures.health import ADULTS, INDICES, SCREENED
from services.residents.rules import BALITA_MONTHS, PRESCHOOL_MONTHS

from .people import ELSEWHERE, Counts, Frame, add, grouped, last_of_each, pregnant, where_they_live, younger


def _last(frame: Frame, known: Q) -> QuerySet[Measurement]:
    """The last measurement of the month of each person that holds this value, with where she lives (`home`)."""
    rows = Measurement.objects.unscoped(reason=ELSEWHERE)
    held = rows.filter(known, period=frame.month, measured_on__lte=frame.on)
    return where_they_live(last_of_each(held, ("resident_id",), "measured_on"), frame)


def _counted(rows: QuerySet, *by: str, **conditions: Q) -> list[dict[str, Any]]:
    filtered = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return grouped(rows, "home", *by, measured=Count("pk"), **filtered)


def _flagged(index: str) -> Q:
    return Q(flag_text__contains=f'"{index}"')


def _children(frame: Frame, known: Q, months: int = BALITA_MONTHS) -> QuerySet[Measurement]:
    rows = _last(frame, known).filter(younger(frame.on, months))
    return rows.annotate(flag_text=Cast("flags", TextField()))


def count_weighed(frame: Frame, counts: Counts) -> None:
    """D, N, T, O, B, 2T and BGM of the under-fives."""
    balita = younger(frame.on, BALITA_MONTHS)
    conditions = {
        **{letter.lower(): Q(weight_status=letter) & balita for letter in "NTOB"},
        "dua_t": Q(no_gain_months__gte=2) & balita,
        "bgm": Q(z_wfa__lt=DEFAULT_KMS.red_line_z) & ~_flagged("wfa") & balita,
        "d": balita,
    }
    for row in _counted(_children(frame, Q(weight_g__isnull=False), PRESCHOOL_MONTHS), **conditions):
        add(counts, row["home"], "kesehatan.semua.ditimbang", row["measured"])
        add(counts, row["home"], "kesehatan.balita.d_murni", row["d"] - row["o"] - row["b"])
        for key in conditions:
            add(counts, row["home"], f"kesehatan.balita.{key}", row[key])


def _in_band(index: str, low: Band | None, band: Band) -> Q:
    """A z-score in one class: above the class below it, up to its own end."""
    condition = Q()
    if low is not None:
        condition &= Q(**{f"z_{index}__{'gt' if low.including else 'gte'}": low.up_to})
    if band.up_to is not None:
        condition &= Q(**{f"z_{index}__{'lte' if band.including else 'lt'}": band.up_to})
    return condition


def _classes(index: str) -> dict[str, Q]:
    bands = DEFAULT_CATEGORIES.indices[index][0].bands
    below: list[Band | None] = [None, *bands[:-1]]
    return {band.category.code.lower(): _in_band(index, low, band) for low, band in zip(below, bands, strict=True)}


def count_growth(frame: Frame, counts: Counts) -> None:
    """The classes of BB/U, TB/U and BB/TB of the under-fives; implausible results are counted apart.

    Swelling of both feet counts as the lowest class of BB/TB whatever the weight.
    """
    for index, (group, _) in INDICES.items():
        known = Q(**{f"z_{index}__isnull": False})
        again = known & _flagged(index)
        classes = {key: condition & ~_flagged(index) for key, condition in _classes(index).items()}
        if index == "wflh":
            known, again = _with_swelling(known, again, classes)
        for row in _counted(_children(frame, known), periksa_ulang=again, **classes):
            for key in (*classes, "periksa_ulang"):
                add(counts, row["home"], f"kesehatan.{group}.{key}", row[key])
            add(counts, row["home"], f"kesehatan.{group}.diukur", row["measured"] - row["periksa_ulang"])
            if index == "lhfa":
                add(counts, row["home"], "kesehatan.balita.stunting", row["sp"] + row["p"])


def _with_swelling(known: Q, again: Q, classes: dict[str, Q]) -> tuple[Q, Q]:
    lowest = oedema_category(BALITA_MONTHS - 1)
    for key in classes:
        classes[key] &= Q(oedema=False)
    if lowest is not None:
        classes[lowest.code.lower()] |= Q(oedema=True)
    return known | Q(oedema=True), again & Q(oedema=False)


def count_screened(frame: Frame, counts: Counts) -> None:
    """Blood pressure, glucose, waist and arm: measured, and over (or under) the limit of the card."""
    waist = Q(resident__sex="L", waist_mm__gt=LIMITS.waist_male_above * 10)
    waist |= Q(resident__sex="P", waist_mm__gt=LIMITS.waist_female_above * 10)
    pressure = Q(systolic__gte=LIMITS.systolic_high) | Q(diastolic__gte=LIMITS.diastolic_high)
    checks = (
        ("td", "tinggi", SCREENED, Q(systolic__isnull=False) | Q(diastolic__isnull=False), pressure),
        ("gd", "tinggi", ADULTS, Q(glucose_mg_dl__isnull=False), Q(glucose_mg_dl__gte=LIMITS.glucose_high)),
        ("perut", "lebih", ADULTS, Q(waist_mm__isnull=False), waist),
    )
    for measure, word, groups, known, bad in checks:
        rows = _last(frame, known).annotate(stage=frame.stage)
        for row in _counted(rows, "stage", bad=bad):
            add(counts, row["home"], "kesehatan.semua.diukur", row["measured"])
            if row["stage"] in groups:
                base = f"kesehatan.{row['stage']}.{measure}"
                add(counts, row["home"], f"{base}_diukur", row["measured"])
                add(counts, row["home"], f"{base}_{word}", row["bad"])
    arms = _last(frame, Q(muac_mm__isnull=False)).filter(resident_id__in=pregnant(frame.on))
    for row in _counted(arms, bad=Q(muac_mm__lt=LIMITS.muac_pregnant_below * 10)):
        add(counts, row["home"], "kesehatan.semua.diukur", row["measured"])
        add(counts, row["home"], "kesehatan.bumil.lila_diukur", row["measured"])
        add(counts, row["home"], "kesehatan.bumil.lila_kurang", row["bad"])


def count_books(frame: Frame, counts: Counts) -> None:
    """K: under-fives who by the last answer have a KMS or Buku KIA; it is asked once, so any month up to now counts."""
    answered = Record.objects.unscoped(reason=ELSEWHERE).filter(
        form="kartu_balita", encounter__date__lte=frame.on, answers__has_key="punya_buku_kia"
    )
    last = last_of_each(answered, ("resident_id",), "encounter__date")
    children = where_they_live(last, frame).filter(younger(frame.on, BALITA_MONTHS))
    for row in _counted(children, owns=Q(answers__punya_buku_kia="ya")):
        add(counts, row["home"], "kesehatan.balita.k_ditanya", row["measured"])
        add(counts, row["home"], "kesehatan.balita.k", row["owns"])
