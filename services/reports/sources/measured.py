"""What was measured this month, by the last value of each person who lives at the posts; unmeasured is not normal."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber

from services.clinical.categories import DEFAULT_CATEGORIES, Band, oedema_category
from services.clinical.kms import DEFAULT_KMS
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.records.models import Measurement, Record
from services.reports.figures.health import ADULTS, INDICES, SCREENED

from .people import ELSEWHERE, Counts, Frame, add, grouped, living, staged

ROW = "resident__measurements__"


def _latest(frame: Frame, known: Q) -> QuerySet:
    """The last measurement of the month of each person that holds this value."""
    here = living(frame.scope, frame.on).values("resident_id")
    rows = Measurement.objects.unscoped(reason=ELSEWHERE).filter(
        known, period=frame.month, measured_on__lte=frame.on, resident_id__in=here
    )
    rank = Window(RowNumber(), partition_by=F("resident_id"), order_by=[F("measured_on").desc(), F("pk").desc()])
    return rows.annotate(rank=rank).filter(rank=1).values("pk")


def _by_stage(frame: Frame, known: Q, **conditions: Q) -> list[dict[str, Any]]:
    rows = staged(frame).filter(resident__measurements__in=_latest(frame, known))
    return grouped(
        rows.annotate(flag_text=Cast(f"{ROW}flags", TextField())),
        "posyandu_id",
        "stage",
        measured=Count("pk"),
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()},
    )


def _is(column: str, value: Any) -> Q:
    return Q(**{f"{ROW}{column}": value})


def _flagged(index: str) -> Q:
    return Q(flag_text__contains=f'"{index}"')


def count_weighed(frame: Frame, counts: Counts) -> None:
    """D, N, T, O, B, 2T and BGM of the under-fives."""
    conditions = {
        **{letter.lower(): _is("weight_status", letter) for letter in "NTOB"},
        "dua_t": _is("no_gain_months__gte", 2),
        "bgm": _is("z_wfa__lt", DEFAULT_KMS.red_line_z) & ~_flagged("wfa"),
    }
    for row in _by_stage(frame, Q(weight_g__isnull=False), **conditions):
        post = row["posyandu_id"]
        if row["stage"] in ("balita", "apras"):
            add(counts, post, "kesehatan.semua.ditimbang", row["measured"])
        if row["stage"] == "balita":
            add(counts, post, "kesehatan.balita.d", row["measured"])
            add(counts, post, "kesehatan.balita.d_murni", row["measured"] - row["o"] - row["b"])
            for key in conditions:
                add(counts, post, f"kesehatan.balita.{key}", row[key])


def _in_band(index: str, low: Band | None, band: Band) -> Q:
    """A z-score in one class: above the class below it, up to its own end."""
    condition = Q()
    if low is not None:
        condition &= _is(f"z_{index}__{'gt' if low.including else 'gte'}", low.up_to)
    if band.up_to is not None:
        condition &= _is(f"z_{index}__{'lte' if band.including else 'lt'}", band.up_to)
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
        classes = _classes(index)
        computed = _is(f"z_{index}__isnull", False)
        swollen = _is("oedema", True) if index == "wflh" else Q(pk__isnull=True)
        good = {key: condition & ~_flagged(index) & ~swollen for key, condition in classes.items()}
        if index == "wflh":
            lowest = oedema_category(24)
            key = lowest.code.lower() if lowest else ""
            good[key] = good[key] | swollen
        known = Q(**{f"z_{index}__isnull": False}) | (Q(oedema=True) if index == "wflh" else Q())
        again = computed & _flagged(index) & ~swollen
        for row in _by_stage(frame, known, periksa_ulang=again, **good):
            if row["stage"] != "balita":
                continue
            post = row["posyandu_id"]
            for key in (*classes, "periksa_ulang"):
                add(counts, post, f"kesehatan.{group}.{key}", row[key])
            add(counts, post, f"kesehatan.{group}.diukur", row["measured"] - row["periksa_ulang"])
            if index == "lhfa":
                add(counts, post, "kesehatan.balita.stunting", row["sp"] + row["p"])


def count_screened(frame: Frame, counts: Counts) -> None:
    """Blood pressure, glucose, waist and arm: measured, and over (or under) the limit of the card."""
    waist = Q(resident__sex="L") & _is("waist_mm__gt", LIMITS.waist_male_above * 10)
    waist |= Q(resident__sex="P") & _is("waist_mm__gt", LIMITS.waist_female_above * 10)
    pressure = _is("systolic__gte", LIMITS.systolic_high) | _is("diastolic__gte", LIMITS.diastolic_high)
    checks = (
        ("td", "tinggi", SCREENED, Q(systolic__isnull=False) | Q(diastolic__isnull=False), pressure),
        ("gd", "tinggi", ADULTS, Q(glucose_mg_dl__isnull=False), _is("glucose_mg_dl__gte", LIMITS.glucose_high)),
        ("perut", "lebih", ADULTS, Q(waist_mm__isnull=False), waist),
        ("lila", "kurang", ("bumil",), Q(muac_mm__isnull=False), _is("muac_mm__lt", LIMITS.muac_pregnant_below * 10)),
    )
    for measure, word, groups, known, bad in checks:
        for row in _by_stage(frame, known, bad=bad):
            add(counts, row["posyandu_id"], "kesehatan.semua.diukur", row["measured"])
            if row["stage"] in groups:
                base = f"kesehatan.{row['stage']}.{measure}"
                add(counts, row["posyandu_id"], f"{base}_diukur", row["measured"])
                add(counts, row["posyandu_id"], f"{base}_{word}", row["bad"])


def count_books(frame: Frame, counts: Counts) -> None:
    """K: under-fives who by the last answer have a KMS or Buku KIA; it is asked once, so any month up to now counts."""
    here = living(frame.scope, frame.on).values("resident_id")
    answered = Record.objects.unscoped(reason=ELSEWHERE).filter(
        form="kartu_balita",
        resident_id__in=here,
        encounter__date__lte=frame.on,
        answers__has_key="punya_buku_kia",
    )
    order = [F("encounter__date").desc(), F("pk").desc()]
    last = answered.annotate(rank=Window(RowNumber(), partition_by=F("resident_id"), order_by=order)).filter(rank=1)
    owns = Count("pk", filter=Q(resident__records__answers__punya_buku_kia="ya"))
    for row in grouped(
        staged(frame).filter(resident__records__in=last.values("pk")), "posyandu_id", "stage", n=Count("pk"), owns=owns
    ):
        if row["stage"] == "balita":
            add(counts, row["posyandu_id"], "kesehatan.balita.k_ditanya", row["n"])
            add(counts, row["posyandu_id"], "kesehatan.balita.k", row["owns"])
