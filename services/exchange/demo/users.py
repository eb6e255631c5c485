"""People who log in to the demo. All have one password; the kader of Kencana Ungu a PIN each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from services.accounts.models import Assignment, Role, User
from services.areas.models import Area, Office
from services.posyandu.models import Facility, Posyandu
from services.reports.models import Signatory

from .chance import Chance, moment_of
from .plans import KENCANA_UNGU, MARGO_UTOMO, PostPlan

KANDANG_PANJANG, UTARA, KOTA = KENCANA_UNGU.area, KENCANA_UNGU.subdistrict, KENCANA_UNGU.district
PINS = {"kader": "2580", "kader2": "1470", "kader3": "3691", "ketua": "7418"}


@dataclass(frozen=True)
class Account:
    """Somebody who logs in: a role at the place she is added with, or in the area of a code."""

    username: str
    name: str
    role: str
    title: str = ""
    area: str = ""


OFFICERS = (
    Account("kelurahan", "Ibu Contoh Kelurahan", Role.KELURAHAN, "Kasi Kesra", KANDANG_PANJANG),
    Account("lurah", "Bapak Contoh Lurah", Role.LURAH, "Lurah Kandang Panjang", KANDANG_PANJANG),
    Account("kecamatan", "Ibu Contoh Kecamatan", Role.KECAMATAN, "Tim Pembina kecamatan", UTARA),
    Account("kota", "Ibu Contoh Kota", Role.KOTA, "Tim Pembina kota", KOTA),
    Account("admin", "Bapak Contoh Admin", Role.ADMIN, "Admin kota", KOTA),
    Account("auditor", "Ibu Contoh Auditor", Role.AUDITOR, "Inspektorat", KOTA),
    Account("desa-jepara", "Bapak Contoh Petinggi", Role.LURAH, "Petinggi Pendosawalan", MARGO_UTOMO.area),
)
KADER_OF = {
    "kencana": (
        Account("ketua", "Ibu Contoh Ketua", Role.KETUA),
        Account("kader", "Ibu Contoh Kader", Role.KADER),
        Account("kader2", "Ibu Contoh Kader Dua", Role.KADER),
        Account("kader3", "Ibu Contoh Kader Tiga", Role.KADER),
    ),
    "jepara": (
        Account("ketua-jepara", "Ibu Contoh Ketua Jepara", Role.KETUA),
        Account("kader-jepara", "Ibu Contoh Kader Jepara", Role.KADER),
        Account("kader2-jepara", "Ibu Contoh Kader Dua Jepara", Role.KADER),
    ),
}
# (area, title, name, NIP) of whoever signs its reports; a kepala desa has no NIP.
SIGNATORIES = (
    (KANDANG_PANJANG, "Lurah", "Bapak Contoh Lurah, S.Sos", "000000000000000001"),
    (UTARA, "Camat", "Ibu Contoh Camat, M.Si", "000000000000000002"),
    (KOTA, "Wali Kota", "Bapak Contoh Wali Kota", ""),
    (MARGO_UTOMO.area, "Petinggi", "Bapak Contoh Petinggi", ""),
)
OFFICIAL = Account("opd", "Bapak Contoh Dinas", Role.OPD, "Kasi perumahan")
MIDWIFE = Account("bidan", "Ibu Contoh Bidan", Role.BIDAN, "Bidan kelurahan")


class Accounts:
    """Makes accounts. The password is hashed once: Argon2 is slow on purpose.

    Unless `is_open`, nobody but the teams of posyandu may log in before `open` was called: the months that are kept
    count them.
    """

    def __init__(self, chance: Chance, since: date, *, is_open: bool = True) -> None:
        self.chance, self.since, self.is_open = chance, since, is_open
        self.made: list[User] = []
        self.password = make_password(password())
        self.pins = {username: make_password(pin) for username, pin in PINS.items()}
        self.phones = 0

    def add(self, accounts: Iterable[Account], place: Posyandu | Facility | Office | None = None) -> dict[str, User]:
        """The accounts with their roles at `place`, or in the area each names: username → user."""
        accounts = list(accounts)
        users = {user.username: user for user in User.objects.bulk_create(self._user(each, place) for each in accounts)}
        Assignment.objects.bulk_create(self._assignment(each, users[each.username], place) for each in accounts)
        self.made += users.values()
        return users

    def open(self) -> None:
        """The demo is whole: all may log in."""
        if self.is_open:
            return
        for user in self.made:
            if not user.is_active:
                user.is_active = True
                user.save(update_fields=["is_active"])

    def _user(self, account: Account, place: Posyandu | Facility | Office | None) -> User:
        self.phones += 1
        return User(
            username=account.username,
            name=account.name,
            phone=f"+6228500{self.phones:05}",
            password=self.password,
            pin=self.pins.get(account.username, ""),
            is_active=self.is_open or isinstance(place, Posyandu),
            created_at=moment_of(self.since),
        )

    def _assignment(self, account: Account, user: User, place: Posyandu | Facility | Office | None) -> Assignment:
        column = {Posyandu: "posyandu", Facility: "facility", Office: "office"}.get(type(place), "area_id")
        return Assignment(
            id=self.chance.row_id(moment_of(self.since)),
            user=user,
            role=account.role,
            post_title=account.title,
            from_date=self.since,
            **{column: place if place is not None else account.area},
        )


def add_signatories(since: date) -> None:
    """Who signs for the places of the demo, since it began."""
    Signatory.objects.bulk_create(
        Signatory(area_id=area, title=title, name=name, nip=nip, from_date=since)
        for area, title, name, nip in SIGNATORIES
        if Area.objects.filter(pk=area).exists()
    )


def accounts_of(plan: PostPlan) -> tuple[Account, ...]:
    """The ketua and the kader of a posyandu, the ketua first."""
    return KADER_OF.get(plan.slug) or (
        Account(f"ketua-{plan.slug}", f"Ibu Ketua {plan.name}", Role.KETUA),
        Account(f"kader-{plan.slug}", f"Ibu Kader {plan.name}", Role.KADER),
        *(
            Account(f"kader{number}-{plan.slug}", f"Ibu Kader {word} {plan.name}", Role.KADER)
            for number, word in ((2, "Dua"), (3, "Tiga"), (4, "Empat"), (5, "Lima"))
        ),
    )


def password() -> str:
    """The one password of the demo."""
    return settings.DEMO_PASSWORD


def lines() -> list[str]:
    """Who may log in, for whoever has just made the demo."""
    shown = (*KADER_OF["kencana"][1:], KADER_OF["kencana"][0], MIDWIFE, *OFFICERS, OFFICIAL, *KADER_OF["jepara"])
    rows = [
        f"  {account.username:<14} {Role(account.role).label}"
        + (f", PIN {PINS[account.username]}" if account.username in PINS else "")
        for account in shown
    ]
    return [f"Masuk dengan kata sandi {password()} sebagai:", *rows]
