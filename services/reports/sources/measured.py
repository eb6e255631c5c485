"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from services.clinical.categories import DEFAULT_CATEGORIES, Band, oedema_category
from services.clinical.kms import DEFAULT_KMS
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.records.models import Measurement, Record
from services.reports.figures.ages import band_group
from services.reports.figures.health import ADULTS, INDICES, SCREENED
from services.residents.rules import BALITA_MONTHS, PRESCHOOL_MONTHS

from .people import ELSEWHERE, Counts, Frame, add, grouped, last_of_each, pregnant, reaching, where_they_live, younger


def last_measured(frame: Frame, known: Q) -> QuerySet[Measurement]:
    """The last measurement of the month of each person that holds this value, with where she lives (`home`)."""
    rows = Measurement.objects.unscoped(reason=ELSEWHERE)
    held = rows.filter(known, period=frame.month, measured_on__lte=frame.on)
    found = where_they_live(last_of_each(held, ("resident_id",), "measured_on"), frame)
    return found.annotate(flag_text=Cast("flags", TextField()))


def counted(rows: QuerySet, *by: str, **conditions: Q) -> Iterable[dict[str, Any]]:
    """By where people live: how many rows there are, and how many meet each condition."""
    filtered = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return grouped(rows, "home", *by, measured=Count("pk"), **filtered)


def flagged(index: str) -> Q:
    """The z-score of this index is implausible."""
    return Q(flag_text__contains=f'"{index}"')


def children(frame: Frame, known: Q, months: int = BALITA_MONTHS) -> QuerySet[Measurement]:
    """The last measurement of the month of each child below this age that holds this value."""
    return last_measured(frame, known).filter(younger(frame.on, months))


def count_weighed(frame: Frame, counts: Counts) -> None:
    """D, N, T, O, B, 2T and BGM of the under-fives."""
    balita = younger(frame.on, BALITA_MONTHS)
    plausible = ~flagged("wfa") & balita
    conditions = {
        **{letter.lower(): Q(weight_status=letter) & balita for letter in "NTOB"},
        "dua_t": Q(no_gain_months__gte=2) & balita,
        "bgm": Q(z_wfa__lt=DEFAULT_KMS.red_line_z) & plausible,
        "d": balita,
    }
    apart = {
        "s36_berat": Q(weight_g__gte=DEFAULT_KMS.grown_at_36_months_g) & reaching(frame, 36),
        "bb_tidak_naik": Q(weight_status="T") & balita
        | (Q(z_wfa__lt=DEFAULT_KMS.red_line_z) | Q(z_wfa__gt=DEFAULT_KMS.orange_line_z)) & plausible,
    }
    weighed = children(frame, Q(weight_g__isnull=False), PRESCHOOL_MONTHS).annotate(band=frame.band)
    for row in counted(weighed, "band", "resident__sex", **conditions, **apart):
        post, line = row["home"], f"skdn.{band_group(row['band'], row['resident__sex'])}"
        add(counts, post, "kesehatan.semua.ditimbang", row["measured"])
        add(counts, post, "kesehatan.balita.s36_berat", row["s36_berat"])
        add(counts, post, "rekap.anak.bb_tidak_naik", row["bb_tidak_naik"])
        for base in ("kesehatan.balita", line):
            add(counts, post, f"{base}.d_murni", row["d"] - row["o"] - row["b"])
            for key in conditions:
                add(counts, post, f"{base}.{key}", row[key])


def in_band(index: str, low: Band | None, band: Band) -> Q:
    """A z-score in one class: above the class below it, up to its own end."""
    condition = Q()
    if low is not None:
        condition &= Q(**{f"z_{index}__{'gt' if low.including else 'gte'}": low.up_to})
    if band.up_to is not None:
        condition &= Q(**{f"z_{index}__{'lte' if band.including else 'lt'}": band.up_to})
    return condition


def classes_of(index: str, months: int = 0) -> dict[str, Q]:
    """The classes of an index at this age, each as a condition on the z-score."""
    ages = DEFAULT_CATEGORIES.indices[index]
    bands = next(each for each in ages if each.from_month <= months < each.before_month).bands
    below: list[Band | None] = [None, *bands[:-1]]
    return {band.category.code.lower(): in_band(index, low, band) for low, band in zip(below, bands, strict=True)}


def count_growth(frame: Frame, counts: Counts) -> None:
    """The classes of BB/U, TB/U and BB/TB of the under-fives; implausible results are counted apart.

    Swelling of both feet counts as the lowest class of BB/TB whatever the weight.
    """
    for index, (group, _) in INDICES.items():
        known = Q(**{f"z_{index}__isnull": False})
        again = known & flagged(index)
        classes = {key: condition & ~flagged(index) for key, condition in classes_of(index).items()}
        if index == "wflh":
            known, again = _with_swelling(known, again, classes)
        for row in counted(children(frame, known), periksa_ulang=again, **classes):
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
    """Blood pressure, glucose, waist and arm: measured, and in each class of the card."""
    both = Q(systolic__isnull=False, diastolic__isnull=False)
    high = Q(systolic__gte=LIMITS.systolic_high) | Q(diastolic__gte=LIMITS.diastolic_high)
    low = (Q(systolic__lt=LIMITS.systolic_low) | Q(diastolic__lt=LIMITS.diastolic_low)) & ~high
    sweet, faint = Q(glucose_mg_dl__gte=LIMITS.glucose_high), Q(glucose_mg_dl__lt=LIMITS.glucose_low)
    male = Q(resident__sex="L", waist_mm__gt=LIMITS.waist_male_above * 10)
    female = Q(resident__sex="P", waist_mm__gt=LIMITS.waist_female_above * 10)
    waists = {"lebih": male | female, "lebih_l": male, "lebih_p": female}
    pressure = {"tinggi": high, "rendah": low, "normal": both & ~high & ~low}
    glucose = {"tinggi": sweet, "rendah": faint, "normal": ~sweet & ~faint}
    checks = (
        ("td", SCREENED, Q(systolic__isnull=False) | Q(diastolic__isnull=False), pressure),
        ("gd", ADULTS, Q(glucose_mg_dl__isnull=False), glucose),
        ("perut", ADULTS, Q(waist_mm__isnull=False), waists),
    )
    for measure, groups, known, classes in checks:
        rows = last_measured(frame, known).annotate(stage=frame.stage)
        for row in counted(rows, "stage", **classes):
            add(counts, row["home"], "kesehatan.semua.diukur", row["measured"])
            if row["stage"] in groups:
                _add_classes(counts, row, f"kesehatan.{row['stage']}.{measure}", classes)
    arms = last_measured(frame, Q(muac_mm__isnull=False)).filter(resident_id__in=pregnant(frame.on))
    green = Q(muac_mm__gte=LIMITS.muac_pregnant_below * 10)
    arm = {"kurang": Q(muac_mm__lt=LIMITS.muac_pregnant_below * 10), "hijau": green}
    for row in counted(arms, **arm):
        add(counts, row["home"], "kesehatan.semua.diukur", row["measured"])
        _add_classes(counts, row, "kesehatan.bumil.lila", arm)


def _add_classes(counts: Counts, row: dict[str, Any], base: str, classes: Iterable[str]) -> None:
    add(counts, row["home"], f"{base}_diukur", row["measured"])
    for key in classes:
        add(counts, row["home"], f"{base}_{key}", row[key])


def count_books(frame: Frame, counts: Counts) -> None:
    """K: under-fives who by the last answer have a KMS or Buku KIA; it is asked once, so any month up to now counts."""
    answered = Record.objects.unscoped(reason=ELSEWHERE).filter(
        form="kartu_balita", encounter__date__lte=frame.on, answers__has_key="punya_buku_kia"
    )
    last = last_of_each(answered, ("resident_id",), "encounter__date")
    owners = where_they_live(last, frame).filter(younger(frame.on, BALITA_MONTHS)).annotate(band=frame.band)
    for row in counted(owners, "band", "resident__sex", owns=Q(answers__punya_buku_kia="ya")):
        add(counts, row["home"], "kesehatan.balita.k_ditanya", row["measured"])
        add(counts, row["home"], "kesehatan.balita.k", row["owns"])
        add(counts, row["home"], f"skdn.{band_group(row['band'], row['resident__sex'])}.k", row["owns"])
