"""Who somebody is: life stage on a day (domain 3.2, KMK 2015/2023), what a NIK says, who may be the same. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from services.clinical.ages import completed_months

POSTPARTUM_DAYS = 42  # KF1–KF4 end on day 42 (KMK 2015/2023)
BALITA_MONTHS = 60
PRESCHOOL_MONTHS = 72
SENSITIVE_CONDITIONS = frozenset({"odgj"})  # watched from a sensitive form on, in no list (design 4)

GROUPS = ("balita", "apras", "usekrem", "dewasa", "lansia", "bumil", "nifas_menyusui")
GROUP_LABELS = {
    "balita": "Balita (0–59 bulan)",
    "apras": "Anak prasekolah (60–71 bulan)",
    "usekrem": "Usia sekolah dan remaja",
    "dewasa": "Usia dewasa",
    "lansia": "Lanjut usia",
    "bumil": "Ibu hamil",
    "nifas_menyusui": "Ibu nifas/menyusui",
}


@dataclass(frozen=True)
class StageRules:
    """Ages that a district may set (years, months); defaults of domain 3.4."""

    adult_from_years: int = 18
    elderly_from_years: int = 60
    breastfeeding_months: int = 12


@dataclass(frozen=True)
class PregnancySpan:
    """A pregnancy as far as stages need it: `ended_on` None while it lasts; `born` when it ended in a live birth.

    A stillbirth has its nifas too, but no nursing; nursing also ends when the last child of it dies.
    """

    registered_on: date
    ended_on: date | None = None
    born: bool = False
    stillborn: bool = False
    nursing_until: date | None = None

    def is_nifas(self, on: date) -> bool:
        """Within the days of KF1–KF4 after a birth."""
        if self.ended_on is None or not (self.born or self.stillborn):
            return False
        return on <= self.ended_on + timedelta(days=POSTPARTUM_DAYS)

    def is_nursing(self, on: date, months: int) -> bool:
        """Whether her child of it is within the months of nursing and alive."""
        if self.ended_on is None or not self.born:
            return False
        mourned = self.nursing_until is not None and on >= self.nursing_until
        return not mourned and on < add_months(self.ended_on, months)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later; a day the month lacks moves to the first of the next one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


def born_after(on: date, months: int) -> date:
    """The latest birth date that has completed `months` on this day: for SQL, older is `birth_date <= …`."""
    candidate = add_months(on, -months)
    while completed_months(candidate, on) < months:
        candidate -= timedelta(days=1)
    while completed_months(candidate + timedelta(days=1), on) >= months:
        candidate += timedelta(days=1)
    return candidate


def mother_stage(on: date, pregnancies: Iterable[PregnancySpan], rules: StageRules = StageRules()) -> str:
    """'bumil', 'nifas', 'menyusui' or '' on a day."""
    stage = ""
    for span in pregnancies:
        if span.registered_on > on:
            continue
        if span.ended_on is None or on < span.ended_on:
            return "bumil"
        if span.is_nifas(on):
            stage = "nifas"
        elif span.is_nursing(on, rules.breastfeeding_months):
            stage = stage or "menyusui"
    return stage


def age_stage(birth_date: date, on: date, rules: StageRules = StageRules()) -> str:
    """The stage by age alone: bayi, balita, apras, usekrem, dewasa or lansia."""
    months = completed_months(birth_date, on)
    if months < 12:
        return "bayi"
    if months < BALITA_MONTHS:
        return "balita"
    if months < PRESCHOOL_MONTHS:
        return "apras"
    if months < rules.adult_from_years * 12:
        return "usekrem"
    return "dewasa" if months < rules.elderly_from_years * 12 else "lansia"


def stages(
    birth_date: date, on: date, pregnancies: Iterable[PregnancySpan] = (), rules: StageRules = StageRules()
) -> tuple[str, ...]:
    """All stages of a person on a day; the first is the one she is counted in (a pregnant girl of 17: bumil)."""
    by_age = age_stage(birth_date, on, rules)
    mother = mother_stage(on, pregnancies, rules)
    both = (mother, by_age) if mother else (by_age,)
    return (*both, "balita") if by_age == "bayi" else both


def group_of(stage: str) -> str:
    """The group of the report that a stage is counted in: bayi are among balita, nifas and menyusui are one."""
    return {"bayi": "balita", "nifas": "nifas_menyusui", "menyusui": "nifas_menyusui"}.get(stage, stage)


def is_priority(stage: str) -> bool:
    """Whether people of this stage are expected at every open day (flows 5)."""
    return stage in {"bumil", "nifas", "menyusui", "bayi", "balita", "apras", "lansia"}


NUMBER_DIGITS = 16
OLDEST_YEARS = 120


def clean_number(typed: str) -> str:
    """A NIK or no_kk without the spaces, dots and dashes people write in it."""
    return "".join(letter for letter in typed if letter not in " .-\t")


def number_fault(number: str, name: str = "NIK") -> str:
    """Why this cannot be a NIK or no_kk, as a sentence; '' when it can (or is empty)."""
    if not number:
        return ""
    if not (number.isascii() and number.isdigit()):
        return f"{name} hanya berisi angka."
    if len(number) != NUMBER_DIGITS:
        return f"{name} harus 16 angka. Yang diisi {len(number)} angka."
    return ""


def born_in(year: int, today: date) -> date:
    """The birth date stored for a person of whom only the year is known: its middle, never ahead of today."""
    return min(date(year, 7, 1), today)


def born_about(years: int, today: date) -> date:
    """The birth date stored for somebody of about so many years: exactly that age today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)  # born on a leap day that year did not have


def birth_fault(birth_date: date, today: date) -> str:
    """Why nobody alive was born on this day, as a sentence; '' when it may be."""
    if birth_date > today:
        return "Tanggal lahir belum tiba. Periksa lagi."
    if birth_date.year < today.year - OLDEST_YEARS:
        return f"Menurut tanggal lahir ini umurnya lebih dari {OLDEST_YEARS} tahun. Periksa lagi."
    return ""


@dataclass(frozen=True)
class NikReading:
    """What a NIK says about its owner; used only to warn."""

    birth_day: int
    birth_month: int
    birth_year_2: int
    sex: str


def read_nik(nik: str) -> NikReading:
    """The birth date and sex inside a NIK of 16 digits (day + 40 for women)."""
    day = int(nik[6:8])
    return NikReading(day - 40 if day > 40 else day, int(nik[8:10]), int(nik[10:12]), "P" if day > 40 else "L")


def nik_disagrees(nik: str, birth_date: date, sex: str, *, birth_is_exact: bool = True) -> str:
    """A sentence when a NIK and the rest of the form tell different things, else ''. Never blocks."""
    reading = read_nik(nik)
    if reading.sex != sex:
        return "NIK ini biasanya milik " + ("perempuan" if reading.sex == "P" else "laki-laki") + ". Periksa lagi."
    same = (reading.birth_day, reading.birth_month, reading.birth_year_2) == (
        birth_date.day,
        birth_date.month,
        birth_date.year % 100,
    )
    if birth_is_exact and not same:
        born = f"{reading.birth_day:02d}-{reading.birth_month:02d}-{reading.birth_year_2:02d}"
        return f"Menurut NIK lahir {born}. Periksa lagi."
    return ""


def name_key(name: str) -> str:
    """How a name is looked up and compared: small letters, no titles or signs. 'M. Rafka, S.Pd' → 'm rafka s pd'."""
    kept = "".join(letter if letter.isalnum() else " " for letter in name.lower())
    return " ".join(kept.split())


NEAR_BIRTH_DAYS = 31
NEAR_BIRTH_YEARS = 3  # where only a year or an approximate age is known


@dataclass(frozen=True)
class Likeness:
    """What two entries are compared by. `exact` is False where the birth date stands for a year or an age."""

    name: str
    birth_date: date
    mother_name: str = ""
    exact: bool = True


def names_alike(first: str, second: str) -> bool:
    """Whether two names may be one: equal, one spelled nearly as the other, or one a shorter form of the other."""
    one, other = name_key(first), name_key(second)
    if not one or not other:
        return False
    short, long = sorted((one.split(), other.split()), key=len)
    return set(short) <= set(long) or SequenceMatcher(None, one, other).ratio() >= 0.8


def begins_so(typed: str, name: str) -> bool:
    """Whether each word typed, of three letters or more, begins a word of the name: 'slam riy' of 'Slamet Riyadi'."""
    words, own = name_key(typed).split(), name_key(name).split()
    return bool(words) and all(len(word) >= 3 and any(part.startswith(word) for part in own) for word in words)


def likely_same(first: Likeness, second: Likeness) -> bool:
    """Whether two entries look like one person: names alike, and born about the same time or of the same mother."""
    return names_alike(first.name, second.name) and (_births_near(first, second) or _same_mother(first, second))


def _births_near(first: Likeness, second: Likeness) -> bool:
    apart = abs((first.birth_date - second.birth_date).days)
    return apart <= (NEAR_BIRTH_DAYS if first.exact and second.exact else NEAR_BIRTH_YEARS * 365)


def _same_mother(first: Likeness, second: Likeness) -> bool:
    return (
        names_alike(first.mother_name, second.mother_name)
        and abs((first.birth_date - second.birth_date).days) <= NEAR_BIRTH_YEARS * 365
    )
