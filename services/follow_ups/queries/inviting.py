"""Messages that a kader sends herself: one for the group without names, one for each who agreed. Nothing is sent."""

from dataclasses import dataclass
from datetime import date, time
from urllib.parse import quote
from uuid import UUID

from services.areas.scope import Scope
from services.records.models import Encounter
from services.web.rules import date_text

from ..models import Need
from ..rules import HIDDEN_WORDS
from .lists import open_needs


@dataclass(frozen=True)
class NextDay:
    """The next open day of a post, as a message tells it."""

    posyandu: str
    date: date
    starts_at: time | None
    place: str

    @property
    def when(self) -> str:
        hour = f" pukul {self.starts_at:%H.%M}" if self.starts_at else ""
        where = f" di {self.place}" if self.place else ""
        return f"{date_text(self.date)}{hour}{where}"


@dataclass(frozen=True)
class Invitable:
    """Somebody to invite. `link` opens WhatsApp with the message; "" when she did not agree or has no number."""

    id: UUID
    name: str
    address: str
    words: str
    link: str
    why_not: str


def next_day(scope: Scope, today: date) -> NextDay | None:
    """The next open day of the scope's posts: one query."""
    days = Encounter.objects.within(scope).filter(
        kind=Encounter.Kind.OPEN_DAY, date__gte=today, open_day__state__in=("dijadwalkan", "berlangsung")
    )
    row = days.order_by("date").values_list("posyandu__name", "date", "open_day__starts_at", "open_day__place").first()
    return NextDay(*row) if row else None


def group_message(day: NextDay) -> str:
    """For the RW's group: no name in it."""
    return (
        f"Bapak/Ibu, Posyandu {day.posyandu} buka {day.when}. Silakan datang bersama balita, ibu hamil, "
        "dan orang tua lanjut usia. Bawa Buku KIA atau kartu kesehatan. Terima kasih."
    )


def invitable_people(scope: Scope, day: NextDay | None) -> list[Invitable]:
    """Who has an open need and should come, each with her message: one query. No reason is written in a message."""
    needs = open_needs(scope).filter(resident__isnull=False).order_by("resident__name_key")
    found: dict[UUID, Invitable] = {}
    for need in needs:
        found.setdefault(need.resident_id, _invitable(need, day))
    return list(found.values())


def _invitable(need: Need, day: NextDay | None) -> Invitable:
    person, home = need.resident, need.household
    number = international(person.phone or (home.phone if home else ""))
    why_not = "" if person.may_message and number else "belum setuju" if number else "tidak ada nomor HP"
    invitation = f" Kami tunggu di posyandu {day.when}." if day else " Kapan kami boleh berkunjung?"
    text = f"Bapak/Ibu {person.name}, kami kader posyandu.{invitation} Terima kasih."
    link = "" if why_not else f"https://wa.me/{number}?text={quote(text)}"
    return Invitable(
        id=person.pk,
        name=person.name,
        address=f"RT {home.rt}" if home and home.rt else "",
        words=HIDDEN_WORDS,
        link=link,
        why_not=why_not,
    )


def international(phone: str) -> str:
    """0812… or +62812… as wa.me wants it: 62812…; "" for anything else."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    return digits if digits.startswith("62") and 10 <= len(digits) <= 15 else ""
