"""Needs that come from what was measured and answered. Screening: a health worker confirms. Pure."""

from datetime import date, timedelta

from services.clinical.ages import completed_months, completed_years
from services.clinical.categories import Index, classify, muac_child
from services.clinical.findings import number
from services.clinical.kms import above_orange_line, below_red_line
from services.clinical.screening import blood_pressure, muac_pregnant
from services.residents.rules import BALITA_MONTHS, POSTPARTUM_DAYS, PRESCHOOL_MONTHS, PregnancySpan

from .facts import Judgement, PersonFacts, PostFacts, Seen, ended, holding

TBC_QUESTIONS = ("batuk_terus_menerus", "demam_2_minggu", "bb_tidak_naik_atau_turun_2_bulan", "kontak_erat_tbc")
SMALL_NEWBORN_G = 2500  # BBLR
NEWBORN_DAYS = 28


def judge_height(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """STUNTING: the newest length or height for age is short or very short."""
    return _by_index("STUNTING", "z_lhfa", "lhfa", {"pendek", "sangat pendek"}, person, post)


def judge_wasting(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """GIZI_BURUK: by weight for height, upper arm, or swollen feet."""
    kind = "GIZI_BURUK"
    swollen, arm = person.measured.get("oedema"), person.measured.get("muac_mm")
    if swollen and swollen.value and _is_balita(person, swollen.on):
        return holding(kind, swollen.on, "bengkak di kedua kaki", post.due(kind))
    if arm and completed_months(person.birth_date, arm.on) >= 6:
        found = muac_child(arm.value / 10, completed_months(person.birth_date, arm.on), post.cards.muac)
        if found and found.code == "merah":
            return holding(kind, arm.on, f"LiLA {number(arm.value / 10)} cm (merah)", post.due(kind))
    return _by_index(kind, "z_wflh", "wflh", {"gizi buruk"}, person, post)


def judge_no_gain(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """DUA_T: no gain in so many months in a row."""
    kind, months, status = "DUA_T", person.measured.get("no_gain_months"), person.measured.get("weight_status")
    if not _is_balita(person, post.on):
        return ended(kind, post.on, "bukan_sasaran")
    if months and months.value >= post.limits["tidak_naik_bulan"]:
        return holding(kind, months.on, f"BB tidak naik {months.value} bulan", post.due(kind))
    if status and status.value in {"N", "T"}:  # a single T follows a month of gain
        return ended(kind, status.on, "berat_naik")
    return None


def judge_lines(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """BGM: weight for age below the red or above the orange line (health 2.2)."""
    kind, weight = "BGM", person.measured.get("z_wfa")
    if not _is_balita(person, post.on):
        return ended(kind, post.on, "bukan_sasaran")
    if weight is None:
        return None
    found = classify("wfa", float(weight.value), completed_months(person.birth_date, weight.on))
    if found and below_red_line(float(weight.value), post.cards.kms):
        return holding(kind, weight.on, "berat di bawah garis merah", post.due(kind))
    if found and above_orange_line(float(weight.value), post.cards.kms):
        return holding(kind, weight.on, "berat di atas garis oranye", post.due(kind))
    return ended(kind, weight.on, "pertumbuhan_baik")


def _by_index(
    kind: str, column: str, index: Index, labels: set[str], person: PersonFacts, post: PostFacts
) -> Judgement | None:
    z = person.measured.get(column)
    if not _is_balita(person, post.on):
        return ended(kind, post.on, "bukan_sasaran")
    if z is None:
        return None
    found = classify(index, float(z.value), completed_months(person.birth_date, z.on), post.cards.categories)
    if found and found.label.lower() in labels:
        words = {"lhfa": f"{found.label.lower()} menurut umur", "wflh": found.label.lower()}[index]
        return holding(kind, z.on, words, post.due(kind))
    return ended(kind, z.on, "pertumbuhan_baik")


def _is_balita(person: PersonFacts, day: date) -> bool:
    return completed_months(person.birth_date, day) < BALITA_MONTHS


def judge_pregnancy(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """BUMIL_RISTI: thin arm, high blood pressure, a danger sign, or very young or old, while she is pregnant."""
    kind = "BUMIL_RISTI"
    now = next((span for span in person.pregnancies if _lasts(span, post.on)), None)
    if now is None:
        return ended(kind, post.on, "selesai_hamil")
    risks = [
        risk
        for risk in (*_measured_risks(person, now, post), _age_risk(person, now, post), _danger(person, now))
        if risk
    ]
    if not risks:
        return None
    return holding(kind, max(day for day, _ in risks), ", ".join(words for _, words in risks), post.due(kind))


def _lasts(span: PregnancySpan, on: date) -> bool:
    return span.registered_on <= on and (span.ended_on is None or on < span.ended_on)


def _measured_risks(person: PersonFacts, now: PregnancySpan, post: PostFacts) -> list[tuple[date, str]]:
    arm, upper, lower = (person.measured.get(name) for name in ("muac_mm", "systolic", "diastolic"))
    risks = []
    if (
        arm
        and arm.on >= now.registered_on
        and (found := muac_pregnant(arm.value / 10, post.cards.screening))
        and found.refer != "tidak"
    ):
        risks.append((arm.on, f"LiLA {number(arm.value / 10)} cm"))
    if upper and lower and upper.on >= now.registered_on:
        found = blood_pressure(upper.value, lower.value, pregnant=True, rules=post.cards.screening)
        if found and found.refer != "tidak":
            risks.append((upper.on, f"tekanan darah {upper.value}/{lower.value}"))
    return risks


def _age_risk(person: PersonFacts, now: PregnancySpan, post: PostFacts) -> tuple[date, str] | None:
    years = completed_years(person.birth_date, now.registered_on)
    if post.limits["ibu_hamil_muda"] <= years <= post.limits["ibu_hamil_tua"]:
        return None
    return max(now.registered_on, post.live_from), f"umur {years} tahun"


def _danger(person: PersonFacts, now: PregnancySpan) -> tuple[date, str] | None:
    signs = person.answers.get("tanda_bahaya_ibu_hamil")
    if signs and signs.on >= now.registered_on and set(signs.value) - {"tidak_ada"}:
        return signs.on, "ada tanda bahaya"
    return None


def windows_of(text: str) -> list[tuple[int, int]]:
    """Ranges of days as the district writes them: "0-2, 3-7" → [(0, 2), (3, 7)]."""
    return [(int(first), int(last)) for first, _, last in (part.strip().partition("-") for part in text.split(","))]


def kf_due(born_on: date, on: date, visited_on: date | None, windows: str) -> tuple[int, date] | None:
    """The next postpartum visit (KF number, last day) on a day, after the one in whose window she was visited."""
    seen = (visited_on - born_on).days if visited_on else -1
    for kf, (first, last) in enumerate(windows_of(windows), start=1):
        if (on - born_on).days <= last and seen < first:
            return kf, born_on + timedelta(days=last)
    return None


def judge_birth(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """NIFAS_BBL: the mother's visits after birth by their dates, and a newborn under 2,500 g."""
    kind = "NIFAS_BBL"
    born = max((span.ended_on for span in person.pregnancies if span.born and span.ended_on), default=None)
    if born and post.live_from <= born <= post.on and (post.on - born).days <= POSTPARTUM_DAYS:
        following = kf_due(born, post.on, person.visited_on, post.limits["kunjungan_nifas_hari"])
        if following is None:
            return ended(kind, post.on, "nifas_selesai")
        return holding(kind, born, f"kunjungan KF{following[0]}", following[1])
    small = person.birth_weight_g is not None and person.birth_weight_g < SMALL_NEWBORN_G
    if small and post.live_from <= person.birth_date and (post.on - person.birth_date).days <= NEWBORN_DAYS:
        return holding(kind, person.birth_date, "bayi lahir kurang dari 2.500 g", post.due(kind))
    return ended(kind, post.on, "nifas_selesai")


def judge_immunisation(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """IMUN_DO: the newest look into the Buku KIA said "not complete for her age"."""
    kind, answer = "IMUN_DO", person.answers.get("imunisasi_lengkap_sesuai_umur")
    if completed_months(person.birth_date, post.on) >= PRESCHOOL_MONTHS:
        return ended(kind, post.on, "bukan_sasaran")
    if answer is None:
        return None
    if answer.value == "tidak":
        return holding(kind, answer.on, "imunisasi belum lengkap", post.due(kind))
    return ended(kind, answer.on, "imunisasi_lengkap")


def judge_tbc(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """TBC: as many symptoms as the district says, or treatment that is not taken."""
    kind = "TBC"
    if (took := person.answers.get("obat_tbc_diminum_24_jam")) and took.value == "tidak":
        return holding(kind, took.on, "obat TBC tidak diminum", post.due(kind))
    asked = [person.answers[key] for key in TBC_QUESTIONS if key in person.answers]
    if not asked:
        return None
    newest = max(seen.on for seen in asked)
    yes = _yes(asked, newest)
    if yes >= post.limits["tbc_gejala"]:
        return holding(kind, newest, f"{yes} gejala TBC", post.due(kind))
    return ended(kind, newest, "tidak_bergejala")


def _yes(asked: list[Seen], on: date) -> int:
    return sum(1 for seen in asked if seen.on == on and seen.value == "ya")
