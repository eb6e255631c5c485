"""Results of what was measured, by life stage (health.md 4)."""

from services.clinical.categories import classify, muac_child, oedema_category
from services.clinical.findings import Finding, number
from services.clinical.kms import KmsRules, above_orange_line, below_red_line
from services.clinical.limits import Limits
from services.clinical.screening import adult_bmi, blood_pressure, glucose, haemoglobin, muac_pregnant, waist
from services.clinical.screening.rules import ScreeningRules

from .model import Measured, Result, line

BALITA_STAGES = {"bayi", "balita", "apras"}
ADULT_STAGES = {"dewasa", "lansia"}
MOTHER_STAGES = {"nifas", "menyusui"}
SCREENED_FROM_MONTHS = 180  # waist, blood pressure and glucose from 15 years (kartu bantu)
ADULT_FROM_MONTHS = 216
FERTILE_UNTIL_MONTHS = 600
HEAD_UNTIL_MONTHS = 60
INDICES = (("wfa", "BB/U"), ("lhfa", "TB/U"), ("wflh", "BB/TB"), ("hcfa", "Lingkar kepala"))
STANDS_UNDER = {"wfa": "weight_kg", "lhfa": "length_cm", "wflh": "length_cm", "hcfa": "head_cm"}
WEIGHT_STATUS = {
    "N": ("Naik (N)", "tidak", ""),
    "T": ("Tidak naik (T)", "rujuk", "Kenaikan berat bulan ini kurang dari kenaikan minimal"),
    "O": ("Bulan lalu tidak ditimbang (O)", "tidak", ""),
    "B": ("Baru pertama ditimbang (B)", "tidak", ""),
}


def measured_lines(measured: Measured, held: set[str], sex: str, age_months: int, limits: Limits) -> list[Result]:
    """The lines of one measurement."""
    rules = limits.screening
    if held & BALITA_STAGES:
        return _child(measured, age_months, limits)
    if "bumil" in held:
        return _pregnant(measured, rules)
    if held & MOTHER_STAGES:
        return _mother(measured, rules)
    if held & ADULT_STAGES:
        return _adult(measured, sex, age_months, rules)
    return _young(measured, sex, age_months, limits)


def _child(measured: Measured, age_months: int, limits: Limits) -> list[Result]:
    lines = _weight_status(measured)
    if measured.oedema:
        lines.append(_swelling(age_months, limits))
    if "c9mo" in measured.flags:
        words = "Berdiri sebelum 9 bulan – periksa ulang"
        lines.append(Result("Cara mengukur", words, "konfirmasi", "Belum 9 bulan diukur berdiri", "length_cm"))
    lines += _kms_lines(measured, limits.kms)
    for index, label in INDICES:
        lines += _class(measured, index, label, age_months, limits)
    return lines + line("LiLA", muac_child(_cm(measured.muac_mm), age_months, limits.muac), "muac_cm")


def _kms_lines(measured: Measured, rules: KmsRules) -> list[Result]:
    z = _z(measured, "wfa")
    if "wfa" in measured.flags:
        return []
    if below_red_line(z, rules):
        return [Result("KMS", "Di bawah garis merah (BGM)", "rujuk", "Berat di bawah garis merah", "weight_kg")]
    if above_orange_line(z, rules):
        return [Result("KMS", "Di atas garis oranye", "rujuk", "Berat di atas garis oranye", "weight_kg")]
    return []


def _weight_status(measured: Measured) -> list[Result]:
    if not measured.weight_status:
        return []
    words, refer, reason = WEIGHT_STATUS[measured.weight_status]
    if measured.no_gain_months > 1:
        words = f"{words} · {measured.no_gain_months} bulan"
        reason = f"Berat tidak naik {measured.no_gain_months} bulan berturut-turut"
    if measured.status_override:
        words = f"{words}, ditetapkan bidan (hitungan: {measured.status_computed})"
    return [Result("Berat", words, refer, reason, "weight_kg")]


def _swelling(age_months: int, limits: Limits) -> Result:
    category = oedema_category(age_months, limits.categories)
    words = category.label if category else "Bengkak di kedua kaki"
    return Result("Bengkak", words, "segera", "Bengkak di kedua punggung kaki", "oedema")


def _class(measured: Measured, index: str, label: str, age_months: int, limits: Limits) -> list[Result]:
    z = _z(measured, index)
    category = classify(index, z, age_months, limits.categories)
    measure = STANDS_UNDER[index]
    if category is None:
        return []
    reason = f"{label} {number(z)} SD: {category.label.lower()}"
    if index in measured.flags:
        words = f"{category.label} – periksa ulang ukurannya"
        return [Result(label, words, "konfirmasi", f"{label} {number(z)} SD tidak biasa", measure)]
    return [Result(label, category.label, "rujuk" if category.refer else "tidak", reason, measure)]


def _pregnant(measured: Measured, rules: ScreeningRules) -> list[Result]:
    return [
        *line("LiLA", muac_pregnant(_cm(measured.muac_mm), rules), "muac_cm"),
        *line("Tekanan darah", _pressure(measured, rules, pregnant=True), "blood_pressure"),
    ]


def _mother(measured: Measured, rules: ScreeningRules) -> list[Result]:
    return [
        *line("LiLA", muac_pregnant(_cm(measured.muac_mm), rules), "muac_cm"),
        *line("Tekanan darah", _pressure(measured, rules), "blood_pressure"),
    ]


def _adult(measured: Measured, sex: str, age_months: int, rules: ScreeningRules) -> list[Result]:
    is_fertile = sex == "P" and age_months < FERTILE_UNTIL_MONTHS
    return [
        *line("IMT", adult_bmi(_kg(measured), _cm(measured.length_mm), rules), "weight_kg"),
        *_grown(measured, sex, rules),
        *(line("LiLA", muac_pregnant(_cm(measured.muac_mm), rules), "muac_cm") if is_fertile else []),
    ]


def _young(measured: Measured, sex: str, age_months: int, limits: Limits) -> list[Result]:
    """School age and teenagers: IMT/U under 18 years, and from 15 what adults are measured."""
    lines, rules = [], limits.screening
    if age_months < ADULT_FROM_MONTHS:
        z = _z(measured, "bfa")
        category = classify("bfa", z, age_months, limits.categories)
        if category is not None:
            refer = "konfirmasi" if category.refer or "bfa" in measured.flags else "tidak"
            reason = f"IMT/U {number(z)} SD: {category.label.lower()}"
            lines.append(Result("IMT/U", category.label, refer, reason, "weight_kg"))
    else:
        lines += line("IMT", adult_bmi(_kg(measured), _cm(measured.length_mm), rules), "weight_kg")
    if age_months >= SCREENED_FROM_MONTHS:
        lines += _grown(measured, sex, rules)
    if sex == "P":
        g_dl = None if measured.hb_mg_dl is None else measured.hb_mg_dl / 1000
        lines += line("Hb", haemoglobin(g_dl, sex=sex, age_months=age_months, rules=rules), "hb_g_dl")
    return lines


def _grown(measured: Measured, sex: str, rules: ScreeningRules) -> list[Result]:
    return [
        *line("Lingkar perut", waist(sex, _cm(measured.waist_mm), rules), "waist_cm"),
        *line("Tekanan darah", _pressure(measured, rules), "blood_pressure"),
        *line("Gula darah", glucose(measured.glucose_mg_dl, rules), "glucose_mg_dl"),
    ]


def not_measured(measured: Measured | None, held: set[str], age_months: int) -> tuple[str, ...]:
    """What belongs to the card of this stage and was not measured: "belum diukur", never normal."""
    columns = [("weight_g", "berat")]
    if held & BALITA_STAGES:
        columns += [("length_mm", "panjang/tinggi"), ("muac_mm", "LiLA")] if age_months >= 6 else []
        columns += [("length_mm", "panjang")] if age_months < 6 else []
        columns += [("head_mm", "lingkar kepala")] if age_months < HEAD_UNTIL_MONTHS else []
    elif held & ({"bumil"} | MOTHER_STAGES):
        columns += [("muac_mm", "LiLA"), ("systolic", "tekanan darah")]
    else:
        columns += [("length_mm", "tinggi")]
        if age_months >= SCREENED_FROM_MONTHS:
            columns += [("waist_mm", "lingkar perut"), ("systolic", "tekanan darah"), ("glucose_mg_dl", "gula darah")]
    return tuple(label for column, label in columns if measured is None or getattr(measured, column) is None)


def _pressure(measured: Measured, rules: ScreeningRules, *, pregnant: bool = False) -> Finding | None:
    return blood_pressure(measured.systolic, measured.diastolic, pregnant=pregnant, rules=rules)


def _z(measured: Measured, index: str) -> float | None:
    z = getattr(measured, f"z_{index}")
    return None if z is None else float(z)


def _kg(measured: Measured) -> float | None:
    return None if measured.weight_g is None else measured.weight_g / 1000


def _cm(millimetres: int | None) -> float | None:
    return None if millimetres is None else millimetres / 10
