"""The stories that every demo holds, each found by a name that chance gives to nobody.

Who tests or shows something starts here: `STORIES["absent_child"].name` lives at Kencana Ungu.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.residents.models import Resident, WatchedCondition

from .events import add_pregnancy
from .households import CHILD, HEAD, PARENT, WIFE, Member
from .people import Numbers, add_condition, add_house, add_person
from .world import House, Person, Post, Script


@dataclass(frozen=True)
class Story:
    """Somebody to look up, and what is true of her."""

    name: str
    about: str


STORIES = {
    "absent_child": Story("Bima Arya Wicaksana", "Anak 30 bulan, tiga hari buka terakhir tidak hadir."),
    "no_gain": Story("Salma Khairunnisa Dewi", "Anak 20 bulan, dua bulan terakhir beratnya tidak naik (2T)."),
    "hypertensive": Story("Sastro Wijoyo", "Lansia 68 tahun, tekanan darah tinggi setiap kali diperiksa."),
    "leaking_house": Story("Kardi Purwanto", "Kepala keluarga; atap rumahnya bocor (RTLH)."),
    "thin_pregnant": Story("Laras Setyowati", "Ibu hamil dengan LiLA 22,4 cm (di bawah 23,5)."),
    "stunted": Story("Dimas Anggoro Putro", "Anak 34 bulan, tinggi badan menurut umur di bawah -2 SD."),
    "away_together": Story("Yanto Subagyo", "Kepala keluarga; serumah tidak hadir tiga hari buka terakhir."),
    "guest": Story("Citra Maharani Jelita", "Anak dari Margo Utomo, dua kali dilayani sebagai tamu di Kencana Ungu."),
    "no_more_doses": Story("Rafka Maulana Yusuf", "Bayi 10 bulan; tidak diimunisasi lagi sejak umur 3 bulan."),
    "newborn": Story("Arumi Nareswari Putri", "Bayi 20 hari; ibunya sudah dikunjungi pada KF1 dan KF2, KF3 belum."),
    "needs_help": Story("Mbah Tukinem", "Lansia 82 tahun; kemandirian AKS ketergantungan sedang."),
    "no_birth_date": Story("Giyem", "Lansia; tanggal lahirnya tidak diketahui, hanya perkiraan umur."),
}

PARENTS = {
    "absent_child": ("Arya Wicaksana", "Ningrum Wicaksana"),
    "no_gain": ("Darmanto Dewo", "Nurlaila Dewo"),
    "stunted": ("Anggoro Putro", "Sekar Putro"),
    "no_more_doses": ("Yusuf Maulana", "Rahma Yusuf"),
    "newborn": ("Prasetyo Nugroho", "Wulan Prasetyo"),
    "guest": ("Jarwo Jelito", "Maharani Jelito"),
}
COMES = Script(always_comes=True)


def tell(post: Post, numbers: Numbers) -> None:
    """Settle the people of the stories at their posyandu."""
    parents_of(post, numbers, "absent_child", 30, Script(absent_last=3, always_comes=True), "L")
    parents_of(post, numbers, "no_gain", 20, Script(flat_last=2, always_comes=True), "P")
    parents_of(post, numbers, "stunted", 34, Script(always_comes=True, z_length=-2.7, z_weight=-0.4), "L")
    parents_of(post, numbers, "no_more_doses", 10, Script(always_comes=True, no_doses_from=4), "L")
    parents_of(post, numbers, "newborn", 0.5, Script(), "P")
    _hypertensive(post, numbers)
    _needs_help(post, numbers)
    _leaking_house(post, numbers)
    _thin_pregnant(post, numbers)
    _away_together(post, numbers)
    _no_birth_date(post, numbers)


def tell_visitor(post: Post, numbers: Numbers) -> Person:
    """The child who lives here and was twice a guest elsewhere."""
    script = Script(always_comes=True, visits_elsewhere_last=2, z_length=-0.4, z_weight=0.1)
    return parents_of(post, numbers, "guest", 26, script, "P")


def parents_of(post: Post, numbers: Numbers, key: str, months: float, script: Script, sex: str) -> Person:
    """A couple with the one child of a story; returns the child."""
    name, (father_name, mother_name) = STORIES[key].name, PARENTS[key]
    house = _house(post, numbers, father_name)
    _person(post, numbers, house, "L", 33, HEAD, father_name)
    mother = _person(post, numbers, house, "P", 29, WIFE, mother_name)
    birth = post.today - timedelta(days=round(months * 30.4375) + 5)
    child = add_person(post, numbers, house, Member(sex, birth, CHILD), name=name, script=script)
    child.row.mother_name = mother.row.name
    return child


def _hypertensive(post: Post, numbers: Numbers) -> None:
    name = STORIES["hypertensive"].name
    house = _house(post, numbers, name)
    script = Script(always_comes=True, systolic=168)
    elder = _person(post, numbers, house, "L", 68, HEAD, name, script=script)
    _person(post, numbers, house, "P", 64, WIFE, "Wagiyem Sastro")
    if elder.watched_from is None:
        add_condition(post, elder, WatchedCondition.Kind.HYPERTENSION)


def _leaking_house(post: Post, numbers: Numbers) -> None:
    name = STORIES["leaking_house"].name
    house = _house(post, numbers, name, is_poor=True, leaks=True, latrine="numpang")
    _person(post, numbers, house, "L", 52, HEAD, name)
    _person(post, numbers, house, "P", 49, WIFE, "Sumarni Purwanto")
    _person(post, numbers, house, "P", 74, PARENT, "Rubiyah Purwanto", script=COMES)


def _thin_pregnant(post: Post, numbers: Numbers) -> None:
    name = STORIES["thin_pregnant"].name
    house = _house(post, numbers, "Bagyo Setiaji")
    _person(post, numbers, house, "L", 27, HEAD, "Bagyo Setiaji")
    woman = _person(post, numbers, house, "P", 23, WIFE, name, script=Script(always_comes=True, muac_mm=224))
    add_pregnancy(post, woman, post.today - timedelta(days=150))


def _away_together(post: Post, numbers: Numbers) -> None:
    name, script = STORIES["away_together"].name, Script(absent_last=3, always_comes=True)
    house = _house(post, numbers, name)
    _person(post, numbers, house, "L", 36, HEAD, name)
    _person(post, numbers, house, "P", 33, WIFE, "Tutik Subagyo")
    for first_name, sex, months in (("Galang Subagyo", "L", 52), ("Intan Subagyo", "P", 22)):
        birth = post.today - timedelta(days=round(months * 30.4375))
        add_person(post, numbers, house, Member(sex, birth, CHILD), name=first_name, script=script)
    _person(post, numbers, house, "P", 66, PARENT, "Kasinem Subagyo", script=script)


def _needs_help(post: Post, numbers: Numbers) -> None:
    name = STORIES["needs_help"].name
    house = _house(post, numbers, name)
    _person(post, numbers, house, "P", 82, HEAD, name, script=Script(always_comes=True, aks="s"))
    _person(post, numbers, house, "P", 51, CHILD, "Sri Tukinah")


def _no_birth_date(post: Post, numbers: Numbers) -> None:
    house = _house(post, numbers, STORIES["no_birth_date"].name)
    about = {"birth_precision": Resident.BirthPrecision.AGE}
    _person(post, numbers, house, "P", 78, HEAD, STORIES["no_birth_date"].name, script=COMES, **about)


def _house(post: Post, numbers: Numbers, head_name: str, **details) -> House:
    house = add_house(post, numbers, head_name, is_story=True)
    for name, value in {"is_poor": False, "leaks": False, "latrine": "ada", **details}.items():
        setattr(house, name, value)
    return house


def _person(
    post: Post, numbers: Numbers, house: House, sex: str, years: int, relation: str, name: str, **details
) -> Person:
    birth = _years_before(post.today, years) - timedelta(days=post.chance.randint(10, 300))
    details.setdefault("birth_precision", Resident.BirthPrecision.DAY)
    return add_person(post, numbers, house, Member(sex, birth, relation), name=name, birth_date=birth, **details)


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
