"""The month's one table of moves: who may take it from which state to which, by when, and who holds it. Pure.

A month waits at one level at a time. Levels that a district leaves out are stepped over; a level that misses its day
is passed by, marked "tanpa verifikasi" (flows 23): nobody blocks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.web.rules import month_text


class Level(StrEnum):
    """Who handles a month, from the post upward."""

    POST = "posyandu"
    VILLAGE = "desa"
    SUBDISTRICT = "kecamatan"
    DISTRICT = "kabkota"


class State(StrEnum):
    """The states of a month, as `posyandu.Period` stores them."""

    DRAFT = "draf"
    RETURNED = "dikembalikan"
    SUBMITTED = "diajukan"
    VERIFIED = "diverifikasi"
    RECAPPED = "direkap"
    FINAL = "final"


ABOVE = (Level.VILLAGE, Level.SUBDISTRICT, Level.DISTRICT)
# What a level makes of a month; the post makes it "diajukan".
RESULT = {
    Level.POST: State.SUBMITTED,
    Level.VILLAGE: State.VERIFIED,
    Level.SUBDISTRICT: State.RECAPPED,
    Level.DISTRICT: State.FINAL,
}
SENT = (State.SUBMITTED, State.VERIFIED, State.RECAPPED, State.FINAL)
OPEN = frozenset({State.DRAFT, State.RETURNED})
# From here on the levels above add a month up (design 8).
ADDED_UP = (State.VERIFIED, State.RECAPPED, State.FINAL)
NAMES = {
    Level.POST: "posyandu",
    Level.VILLAGE: "desa/kelurahan",
    Level.SUBDISTRICT: "kecamatan",
    Level.DISTRICT: "kabupaten/kota",
}
# What a level does, as its button says it.
DOING = {
    Level.POST: "Kirim",
    Level.VILLAGE: "Verifikasi",
    Level.SUBDISTRICT: "Rekap",
    Level.DISTRICT: "Jadikan final",
}
UNVERIFIED = "tanpa verifikasi"
# Who heads a place of each kind, as printed; civil servants among them sign with their NIP.
HEADS = {
    "desa": "Kepala Desa",
    "desa_adat": "Kepala Desa Adat",
    "kelurahan": "Lurah",
    "kecamatan": "Camat",
    "kabupaten": "Bupati",
    "kota": "Wali Kota",
}
WITH_NIP = frozenset({"kelurahan", "kecamatan"})
_KINDS = re.compile(r"^(Kabupaten|Kota|Puskesmas|Pustu) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a month. `level` takes it; `needs_note` steps say why, and may point at a row or a figure."""

    level: Level
    from_states: frozenset[State]
    to: State
    needs_note: bool = False


def moves_of(levels: Container[Level]) -> tuple[Move, ...]:
    """The table of moves where these levels take part (the post and the kab/kota always do)."""
    steps = [Move(Level.POST, OPEN, State.SUBMITTED)]
    before = State.SUBMITTED
    for level in ABOVE:
        if level in levels or level is Level.DISTRICT:
            waiting = frozenset(SENT[SENT.index(before) : SENT.index(RESULT[level])])
            steps.append(Move(level, waiting, RESULT[level]))
            steps.append(Move(level, waiting, State.RETURNED, needs_note=True))
            before = RESULT[level]
    return tuple(steps)


def find_move(state: str, to: str, held: Container[Level], levels: Container[Level]) -> Move | None:
    """The move from `state` to `to` for somebody who acts for the levels `held`, or None."""
    for move in moves_of(levels):
        if move.to == to and state in move.from_states and move.level in held:
            return move
    return None


def holder_of(state: str, levels: Container[Level]) -> Level:
    """At which level a month waits; a final one stays with the kab/kota."""
    for move in moves_of(levels):
        if state in move.from_states:
            return move.level
    return Level.DISTRICT


def next_state(state: str, levels: Container[Level]) -> State | None:
    """Where a month goes from here when nothing is wrong with it; None after "final"."""
    forward = (move.to for move in moves_of(levels) if state in move.from_states and not move.needs_note)
    return next(forward, None)


def why_not_sent(state: str, holder: Level, month: date, today: date) -> str:
    """Why the post cannot send a month now, as a sentence with what to do instead; nothing when it can."""
    following = _following(month)
    if state in OPEN:
        return "" if today >= following else f"Bulan ini masih berjalan. Dikirim mulai 1 {month_text(following)}."
    where = "sudah final" if state == State.FINAL else f"menunggu {NAMES[holder]}"
    return f"Laporan bulan ini sudah dikirim dan sekarang {where}. Kalau ada yang perlu diubah, usulkan koreksi."


def why_not_moved(state: str, holder: Level, held: Container[Level]) -> str:
    """Why whoever acts for these levels cannot take a month on or give it back, as a sentence; nothing when she can."""
    if state == State.FINAL:
        return "Laporan ini sudah final. Kalau ada yang perlu diubah, buka bulannya untuk koreksi."
    return why_not_opened(state, holder, held)


def why_not_opened(state: str, holder: Level, held: Container[Level]) -> str:
    """The same for opening a sent month and for taking in its corrections, also after "final"."""
    if state in OPEN:
        return "Laporan bulan ini belum dikirim posyandu, jadi isiannya masih dapat diubah."
    return "" if holder in held else f"Laporan ini sekarang di tangan {NAMES[holder]}."


def nothing_ready(waiting: int) -> str:
    """What to do where no month can go on without a look; `waiting` wait with a remark."""
    if waiting:
        return f"{waiting} laporan menunggu Ibu/Bapak, semuanya dengan catatan. Buka satu per satu, lalu teruskan."
    return "Tidak ada laporan bulan ini yang menunggu Ibu/Bapak. Lihat di daftar sampai di mana tiap laporan."


def fingerprint(rows: Iterable[str]) -> str:
    """A short sign of a list, to know whether it is still the one that was shown."""
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:12]


def levels_from(text: str) -> frozenset[Level]:
    """The levels that take part, from the district's setting "desa,kecamatan"."""
    return frozenset({Level(part) for part in text.split(",") if part}) | {Level.POST, Level.DISTRICT}


def _following(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """By which day of the next month each level acts."""

    days: Mapping[Level, int]

    def due(self, month: date, level: Level) -> date:
        return _following(month).replace(day=self.days[level])

    def due_after(self, month: date, level: Level, since: date | None) -> date:
        """The same, but whoever got a month late has as many days as the calendar gives that level."""
        ordered = (Level.POST, *ABOVE)
        given = self.days[level] - self.days[ordered[max(ordered.index(level) - 1, 0)]]
        due = self.due(month, level)
        return max(due, since + timedelta(days=max(given, 1))) if since else due


def passes_on(
    state: str, month: date, since: date | None, today: date, calendar: Calendar, levels: Container[Level]
) -> str | None:
    """The state a month that nobody handled goes on to, or None while there is time (or nothing was sent)."""
    if state in OPEN or state == State.FINAL:
        return None
    return next_state(state, levels) if today > calendar.due_after(month, holder_of(state, levels), since) else None


def not_owed_words(live_from: date | None, *, is_active: bool) -> str:
    """Why a post owes no report of a month: it is closed, or it is before "mulai pakai" (flows 1)."""
    if not is_active:
        return "Posyandu ini tidak aktif lagi, jadi tidak ada laporan yang dikirim."
    if live_from is None:
        return "Bulan “mulai pakai” posyandu ini belum diisi. Minta admin kabupaten/kota mengisinya."
    return f"Posyandu ini mulai pakai {month_text(live_from)}. Laporan bulan sebelumnya tidak perlu dikirim."


def standing_of(due: date, sent: date | None, today: date) -> str:
    """ "tepat waktu", "terlambat", or "belum" for a month that is not sent and not yet due, "lewat" after that."""
    if sent is not None:
        return "tepat waktu" if sent <= due else "terlambat"
    return "belum" if today <= due else "lewat"


def message_to_act(level: str, place: str, month: str, due: str, note: str = "") -> str:
    """The ready message for whoever must act now; it names no resident."""
    if note:
        asked = f"{_sentence(note)} Mohon dilengkapi lalu dikirim lagi."
        return f"Laporan {month} {place} dikembalikan: {asked} Buka “Bulan ini”."
    return f"Laporan {month} {place} menunggu {NAMES[Level(level)]}, paling lambat {due}. Buka “Bulan ini”."


def message_to_decide(level: str, place: str, month: str, proposals: Sequence[str]) -> str:
    """The ready message for whoever decides on corrections of a month that was sent; it names no resident."""
    count = f"{len(proposals)} usul koreksi" if len(proposals) > 1 else "Usul koreksi"
    asked = _sentence("; ".join(each.rstrip(" .") for each in proposals))
    return f"{count} laporan {month} {place} menunggu {NAMES[Level(level)]}: {asked} Buka “Bulan ini”."


def _sentence(text: str) -> str:
    """What somebody typed, ended once: with its own mark or a full stop."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def office_words(office: str, place: str) -> str:
    """Lurah Kandang Panjang, Plt. Wali Kota Pekalongan; an office that names its place stays as it is."""
    name = bare_name(place)
    return office if name in office else f"{office} {name}"


def bare_name(place: str) -> str:
    """Pekalongan, of "Kota Pekalongan": how a letter names the town it is signed in."""
    return _KINDS.sub("", place)


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Keys whose value is not the same, in the order of `after`."""
    return tuple(key for key in after if before.get(key) != after[key])


def disagreeing(figures: Mapping[str, float | None], sums: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Totals that do not equal the sum of their parts; what is not known is not compared."""
    found = []
    for total, parts in sums:
        values = [value for key in (total, *parts) if (value := figures.get(key)) is not None]
        if len(values) == 1 + len(parts) and values[0] != sum(values[1:]):
            found.append(total)
    return tuple(found)
