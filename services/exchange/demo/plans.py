"""Which posyandu a demo holds, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.areas.clock import months_back, previous_month

SIZES = ("tiny", "small", "city")
CITY_POSTS, CITY_PEOPLE, CITY_MONTHS = 416, 765, 12
TINY_PEOPLE = 60
MONTHS = 6

KELURAHAN = (
    *(f"33.75.01.{code}" for code in (1002, 1003, 1004, 1006, 1008, 1009, 1012)),
    *(f"33.75.02.{code}" for code in (1002, 1004, 1007, 1008, 1009, 1010, 1012)),
    *(f"33.75.03.{code}" for code in (1002, 1003, 1004, 1006, 1007, 1009, 1010)),
    *(f"33.75.04.{code}" for code in (1002, 1003, 1004, 1006, 1008, 1010)),
)
"""The 27 kelurahan of Kota Pekalongan (Kepmendagri 300.2.2-2138/2025)."""

FLOWERS = ("Melati", "Mawar", "Anggrek", "Kenanga", "Cempaka", "Dahlia", "Seruni", "Teratai", "Sakura", "Kamboja")


@dataclass(frozen=True)
class PostPlan:
    """One posyandu to be made. `days_ahead` places this month's open day that many days after today."""

    name: str
    area: str
    slug: str
    people: int
    months: int = MONTHS
    days_ahead: int = 0
    rw: str = ""
    rts: tuple[str, ...] = ("01", "02", "03", "04", "05")
    dusun: tuple[str, ...] = ()
    registered: bool = False
    wave: str = "percontohan"
    cancelled_back: int = 0  # so many months ago the open day did not take place
    has_stories: bool = False
    has_visitor: bool = False

    @property
    def district(self) -> str:
        return self.area[:5]

    @property
    def subdistrict(self) -> str:
        return self.area[:8]

    def live_months(self, today: date) -> list[date]:
        """The months since "mulai pakai", the running one last."""
        return months_back(today.replace(day=1), self.months + 1)

    def live_from(self, today: date) -> date:
        month = today.replace(day=1)
        for _ in range(self.months):
            month = previous_month(month)
        return month


MARGO_UTOMO = PostPlan(
    "Margo Utomo",
    "33.20.13.2004",
    "jepara",
    people=250,
    days_ahead=3,
    rw="",
    rts=("01", "02", "03"),
    dusun=("Krajan", "Gondang", "Kidul"),
    has_visitor=True,
)
KENCANA_UNGU = PostPlan(
    "Kencana Ungu",
    "33.75.03.1003",
    "kencana",
    people=CITY_PEOPLE,
    rw="09",
    registered=True,
    has_stories=True,
)
EXAMPLES = (
    PostPlan("Contoh Melati", "33.75.01.1002", "melati", people=250, days_ahead=-6, rw="03"),
    PostPlan("Contoh Mawar", "33.75.02.1008", "mawar", people=250, days_ahead=5, rw="05", cancelled_back=3),
    PostPlan("Contoh Anggrek", "33.75.04.1004", "anggrek", people=250, months=4, days_ahead=9, rw="02"),
)


def plans_of(size: str) -> list[PostPlan]:
    """The posyandu of a size. The visitor's home comes first, because her visits follow from what was there."""
    if size == "tiny":
        return [replace(MARGO_UTOMO, people=TINY_PEOPLE), replace(KENCANA_UNGU, people=TINY_PEOPLE)]
    if size == "small":
        return [MARGO_UTOMO, KENCANA_UNGU, *EXAMPLES]
    grown = [replace(plan, people=CITY_PEOPLE, months=CITY_MONTHS) for plan in (KENCANA_UNGU, *EXAMPLES)]
    return [replace(MARGO_UTOMO, months=CITY_MONTHS), *grown, *_rest_of_city(len(grown))]


def _rest_of_city(made: int) -> list[PostPlan]:
    """Posts of later waves, spread evenly over the kelurahan."""
    found = []
    for number in range(CITY_POSTS - made):
        area, turn = KELURAHAN[number % len(KELURAHAN)], number // len(KELURAHAN) + 1
        flower = FLOWERS[number % len(FLOWERS)]
        found.append(
            PostPlan(
                f"Contoh {flower} {turn}",
                area,
                f"{area.replace('.', '')}-{turn}",
                people=CITY_PEOPLE,
                months=CITY_MONTHS,
                days_ahead=number % 27 - 13,
                rw=f"{turn:02}",
                wave=("gelombang_1", "gelombang_2", "gelombang_3")[number % 3],
            )
        )
    return found
