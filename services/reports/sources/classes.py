"""The classes that the cards sort a measurement into, each as a condition on its values, and the figures they count in.

Conditions are text for the statement of `measured`; every number in them is one of the limits, never typed by a user.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.clinical.categories import Band, CategoryRules, MuacRules, oedema_category
from services.clinical.kms import KmsRules
from services.clinical.limits import Limits
from services.clinical.screening.rules import ScreeningRules
from services.reports.figures.ages import OLDER, WEIGHING_BANDS, band_group
from services.reports.figures.health import ADULTS, INDICES, SCREENED
from services.reports.figures.recapped import ADULTS as GROWN
from services.reports.figures.recapped import BMI
from services.residents.rules import BALITA_MONTHS

from .sums import Row

# The values a person's last measurement of the month must hold to be counted by them.
VALUES = {
    "weight": "weight_g IS NOT NULL",
    "body": "weight_g IS NOT NULL AND length_mm IS NOT NULL",
    "wfa": "z_wfa IS NOT NULL",
    "lhfa": "z_lhfa IS NOT NULL",
    "wflh": "z_wflh IS NOT NULL OR oedema",
    "bfa": "z_bfa IS NOT NULL",
    "hcfa": "z_hcfa IS NOT NULL",
    "arm": "muac_mm IS NOT NULL",
    "waist": "waist_mm IS NOT NULL",
    "pressure": "systolic IS NOT NULL OR diastolic IS NOT NULL",
    "glucose": "glucose_mg_dl IS NOT NULL",
    "hb": "hb_mg_dl IS NOT NULL",
}
ALL = "all"
BALITA = frozenset(key for key, _, _ in WEIGHING_BANDS)
UNDER_SIX_YEARS = BALITA | {"60_71"}
YOUNGEST = WEIGHING_BANDS[0][0]

Keys = Callable[[Row], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Classes:
    """Classes of one of VALUES: a condition each, and for a group of people the figures with the class they count.

    The class ALL is everybody who was measured.
    """

    value: str
    conditions: Mapping[str, str]
    figures: Keys


def classes_of_cards(limits: Limits) -> tuple[Classes, ...]:
    """All classes that the report counts, by these limits."""
    screening, categories = limits.screening, limits.categories
    return (
        _weighed(limits.kms),
        *(_growth(index, categories) for index in INDICES),
        _heads(categories),
        _arms_of_children(limits.muac),
        _bmi_of_children(categories),
        _bmi_of_adults(screening),
        _haemoglobin(screening),
        *_screened(screening),
        _arms_of_mothers(screening),
    )


def _number(limit: float) -> str:
    return f"{float(limit):g}" if float(limit).is_integer() else repr(float(limit))


def _flagged(index: str) -> str:
    """The z-score of this index is implausible."""
    return f"""flag_text LIKE '%%"{index}"%%'"""


def _classes_of(index: str, rules: CategoryRules, months: int = 0) -> dict[str, str]:
    """The classes of an index at this age, each as a condition on the z-score, without the implausible."""
    ages = rules.indices[index]
    bands = next(each for each in ages if each.from_month <= months < each.before_month).bands
    below: list[Band | None] = [None, *bands[:-1]]
    return {
        band.category.code.lower(): f"{_in_band(index, low, band)} AND NOT {_flagged(index)}"
        for low, band in zip(below, bands, strict=True)
    }


def _in_band(index: str, low: Band | None, band: Band) -> str:
    """A z-score in one class: above the class below it, up to its own end."""
    parts = []
    if low is not None and low.up_to is not None:
        parts.append(f"z_{index} {'>' if low.including else '>='} {_number(low.up_to)}")
    if band.up_to is not None:
        parts.append(f"z_{index} {'<=' if band.including else '<'} {_number(band.up_to)}")
    return f"({' AND '.join(parts)})"


def _weighed(kms: KmsRules) -> Classes:
    """D, N, T, O, B, 2T and BGM of the under-fives."""
    red, orange = f"z_wfa < {_number(kms.red_line_z)}", f"z_wfa > {_number(kms.orange_line_z)}"
    plain = f"NOT {_flagged('wfa')}"
    letters = {letter.lower(): f"weight_status = '{letter}'" for letter in "NTOB"}
    counted = {
        **letters,
        "dua_t": "no_gain_months >= 2",
        "bgm": f"{red} AND {plain}",
        "d_murni": f"NOT ({letters['o']} OR {letters['b']})",
    }
    apart = {
        "s36_berat": f"grown = 1 AND weight_g >= {_number(kms.grown_at_36_months_g)}",
        "bb_tidak_naik": f"{letters['t']} OR (({red} OR {orange}) AND {plain})",
    }

    def figures(row: Row) -> Iterator[tuple[str, str]]:
        if row["band"] in UNDER_SIX_YEARS:
            yield "kesehatan.semua.ditimbang", ALL
        if row["band"] in BALITA:
            yield "kesehatan.balita.s36_berat", "s36_berat"
            yield "rekap.anak.bb_tidak_naik", "bb_tidak_naik"
            for base in ("kesehatan.balita", f"skdn.{band_group(row['band'], row['sex'])}"):
                yield f"{base}.d", ALL
                yield from ((f"{base}.{name}", name) for name in counted)

    return Classes("weight", counted | apart, figures)


def _growth(index: str, rules: CategoryRules) -> Classes:
    """The classes of BB/U, TB/U or BB/TB of the under-fives; implausible results are counted apart.

    Swelling of both feet counts as the lowest class of BB/TB whatever the weight.
    """
    group, classes = INDICES[index][0], _classes_of(index, rules)
    again = _flagged(index)
    if index == "wflh":
        again = f"({again} AND NOT oedema)"
        lowest = oedema_category(BALITA_MONTHS - 1, rules)
        classes = {key: f"{condition} AND NOT oedema" for key, condition in classes.items()}
        if lowest is not None:
            classes[lowest.code.lower()] += " OR oedema"

    def figures(row: Row) -> Iterator[tuple[str, str]]:
        if row["band"] in BALITA:
            yield from ((f"kesehatan.{group}.{name}", name) for name in (*classes, "periksa_ulang", "diukur"))
            if index == "lhfa":
                yield from (("kesehatan.balita.stunting", name) for name in ("sp", "p"))

    return Classes(index, {**classes, "periksa_ulang": again, "diukur": f"NOT {again}"}, figures)


def _heads(rules: CategoryRules) -> Classes:
    """Head (LK/U) of the under-fives: normal or not; implausible heads are in neither."""
    normal = _classes_of("hcfa", rules)["n"]
    plain = f"NOT {_flagged('hcfa')}"
    pairs = {"#diukur": plain, "_normal": normal, "_tidak_normal": f"NOT ({normal}) AND {plain}"}
    return Classes("hcfa", pairs, _of_children("rekap.anak.lk", pairs))


def _arms_of_children(muac: MuacRules) -> Classes:
    """Upper arm (LiLA) of the under-fives, by the limit of her age."""
    young, older = _number(muac.young_risk_below * 10), _number(muac.moderate_below * 10)
    thin = f"muac_mm < CASE WHEN band = '{YOUNGEST}' THEN {young} ELSE {older} END"
    pairs = {"#diukur": "1 = 1", "_normal": f"NOT {thin}", "_tidak_normal": thin}
    return Classes("arm", pairs, _of_children("rekap.anak.lila", pairs))


def _of_children(base: str, names: Iterable[str]) -> Keys:
    return lambda row: ((f"{base}{name}", name) for name in names if row["band"] in BALITA)


def _bmi_of_children(rules: CategoryRules) -> Classes:
    """IMT menurut umur of school children and teenagers."""
    classes = _classes_of("bfa", rules, BALITA_MONTHS)
    named = {column: classes[code] for column, (_, code) in BMI.items()}
    return _body("bfa", {**named, "imt#diukur": f"NOT {_flagged('bfa')}"}, ("usekrem",))


def _bmi_of_adults(limits: ScreeningRules) -> Classes:
    """IMT rounded half up to tenths is below a limit exactly when 20000 g < (2 × limit in tenths − 1) mm².

    No division, so no rounding of the database's own; limits that belong to the lower class count as a tenth more.
    """
    below = (limits.bmi_very_thin_below, limits.bmi_thin_below, limits.bmi_normal_to + 0.1, limits.bmi_fat_to + 0.1)
    under = [
        f"CAST(weight_g AS BIGINT) * 20000 < CAST(length_mm AS BIGINT) * length_mm * {2 * round(limit * 10) - 1}"
        for limit in below
    ]
    columns = list(BMI)
    named = {
        column: " AND ".join([*(f"NOT ({each})" for each in under[:turn]), *under[turn : turn + 1]])
        for turn, column in enumerate(columns)
    }
    return _body("body", {**named, "imt#diukur": "1 = 1"}, GROWN)


def _body(value: str, named: Mapping[str, str], stages: Iterable[str]) -> Classes:
    return Classes(
        value, named, lambda row: ((f"rekap.{row['stage']}.{name}", name) for name in named if row["stage"] in stages)
    )


def _haemoglobin(limits: ScreeningRules) -> Classes:
    """Girls of school age with and without anaemia, by the limits of their age."""
    child, teenager, woman = (
        round(limit * 1000) for limit in (limits.hb_5_to_11, limits.hb_12_to_14, limits.hb_female)
    )
    low = f"hb_mg_dl < CASE WHEN under_12 = 1 THEN {child} WHEN band <> '{OLDER}' THEN {teenager} ELSE {woman} END"
    pairs = {"hb#diukur": "1 = 1", "anemia": low, "tidak_anemia": f"NOT {low}"}

    def figures(row: Row) -> Iterator[tuple[str, str]]:
        if row["stage"] == "usekrem" and row["sex"] == "P":
            yield from ((f"rekap.putri.{name}", name) for name in pairs)

    return Classes("hb", pairs, figures)


def _screened(limits: ScreeningRules) -> Iterator[Classes]:
    """Blood pressure, glucose and waist: measured, and in each class of the card."""
    high = f"(systolic >= {limits.systolic_high} OR diastolic >= {limits.diastolic_high})"
    low = f"(systolic < {limits.systolic_low} OR diastolic < {limits.diastolic_low})"
    both = "systolic IS NOT NULL AND diastolic IS NOT NULL"
    not_high, not_low = f"{high} IS NOT TRUE", f"{low} IS NOT TRUE"
    pressure = {"tinggi": high, "rendah": f"{low} AND {not_high}", "normal": f"{both} AND {not_high} AND {not_low}"}
    yield _screening("pressure", "td", SCREENED, pressure)
    sweet, faint = f"glucose_mg_dl >= {_number(limits.glucose_high)}", f"glucose_mg_dl < {_number(limits.glucose_low)}"
    glucose = {"tinggi": sweet, "rendah": faint, "normal": f"NOT {sweet} AND NOT {faint}"}
    yield _screening("glucose", "gd", ADULTS, glucose)
    male = f"(sex = 'L' AND waist_mm > {_number(limits.waist_male_above * 10)})"
    female = f"(sex = 'P' AND waist_mm > {_number(limits.waist_female_above * 10)})"
    yield _screening("waist", "perut", ADULTS, {"lebih": f"{male} OR {female}", "lebih_l": male, "lebih_p": female})


def _screening(value: str, measure: str, stages: Iterable[str], classes: Mapping[str, str]) -> Classes:
    def figures(row: Row) -> Iterator[tuple[str, str]]:
        yield "kesehatan.semua.diukur", ALL
        if row["stage"] in stages:
            base = f"kesehatan.{row['stage']}.{measure}"
            yield f"{base}_diukur", ALL
            yield from ((f"{base}_{name}", name) for name in classes)

    return Classes(value, classes, figures)


def _arms_of_mothers(limits: ScreeningRules) -> Classes:
    thin = f"muac_mm < {_number(limits.muac_pregnant_below * 10)}"
    classes = {"kurang": thin, "hijau": f"NOT {thin}"}
    every = _screening("arm", "lila", ("bumil",), classes)
    return Classes("arm", classes, lambda row: every.figures(row) if row["stage"] == "bumil" else ())
