"""The way of a ticket: one table of moves, who makes them, and what each needs. Pure."""

from dataclasses import dataclass

POSYANDU, VILLAGE, OFFICE = "posyandu", "desa", "opd"
PARTY_LABELS = {POSYANDU: "posyandu", VILLAGE: "desa/kelurahan", OFFICE: "OPD"}

NOTED, CHECKED, SUBMITTED, LOCAL, FORWARDED, IN_OFFICE = (
    "didata",
    "verifikasi",
    "diajukan_desa",
    "ditangani_desa",
    "diteruskan_opd",
    "diproses_opd",
)
WAITING, PLANNED, DONE, REFUSED, RETURNED, DUPLICATE = (
    "menunggu_berkas",
    "direncanakan",
    "selesai",
    "ditolak",
    "dikembalikan",
    "duplikat",
)
STATE_LABELS = {
    NOTED: "Dicatat",
    CHECKED: "Diperiksa kader",
    SUBMITTED: "Diajukan ke desa/kelurahan",
    LOCAL: "Ditangani desa/kelurahan",
    FORWARDED: "Diteruskan ke OPD",
    IN_OFFICE: "Diproses OPD",
    WAITING: "Menunggu berkas warga",
    PLANNED: "Direncanakan",
    DONE: "Selesai",
    REFUSED: "Tidak dapat dipenuhi",
    RETURNED: "Dikembalikan",
    DUPLICATE: "Sudah ada laporan yang sama",
}
FINAL = frozenset({DONE, REFUSED, DUPLICATE})
# Somebody of ours is to move these; those that wait for a citizen or a budget are not silent.
ACTIVE = frozenset({NOTED, CHECKED, SUBMITTED, LOCAL, FORWARDED, IN_OFFICE, RETURNED})
IN_PROCESS = (ACTIVE | {WAITING, PLANNED}) - {NOTED}
# What the person who reported wants to hear.
TELLING = frozenset({IN_OFFICE, WAITING, PLANNED, DONE, REFUSED})

NOTE, OFFICES, SURVEY, PLAN, RESULT, READY, DIRECT, RESUME, OTHER = (
    "note",
    "offices",
    "survey",
    "plan",
    "result",
    "ready",
    "direct",
    "resume",
    "other",
)


@dataclass(frozen=True)
class Move:
    """One row of the table. `needs` are what must be filled or true; the label says what the button does."""

    party: str
    source: str
    target: str
    label: str
    needs: frozenset[str] = frozenset()


def _moves(party: str, sources: tuple[str, ...], target: str, label: str, *needs: str) -> tuple[Move, ...]:
    return tuple(Move(party, source, target, label, frozenset(needs)) for source in sources)


def _resumed(party: str, *targets: str) -> tuple[Move, ...]:
    return tuple(Move(party, WAITING, target, "Berkas sudah ada, lanjutkan", frozenset({RESUME})) for target in targets)


MOVES: tuple[Move, ...] = (
    *_moves(POSYANDU, (NOTED, CHECKED), SUBMITTED, "Ajukan ke desa/kelurahan", READY),
    *_moves(POSYANDU, (NOTED,), CHECKED, "Periksa dulu di tempat"),
    *_moves(POSYANDU, (NOTED, CHECKED), FORWARDED, "Teruskan langsung ke OPD", READY, DIRECT, OFFICES),
    *_moves(POSYANDU, (NOTED, CHECKED), WAITING, "Tunggu berkas dari warga", NOTE),
    *_moves(POSYANDU, (NOTED, CHECKED), DUPLICATE, "Sudah ada laporan yang sama", NOTE, OTHER),
    *_moves(POSYANDU, (NOTED, CHECKED, RETURNED), REFUSED, "Tidak dapat dipenuhi", NOTE),
    *_moves(POSYANDU, (RETURNED,), SUBMITTED, "Ajukan lagi ke desa/kelurahan", READY),
    *_resumed(POSYANDU, NOTED, CHECKED, SUBMITTED, LOCAL, FORWARDED, IN_OFFICE),
    *_moves(POSYANDU, (DONE,), SUBMITTED, "Belum beres, buka lagi", NOTE),
    *_moves(VILLAGE, (SUBMITTED, RETURNED), LOCAL, "Ditangani desa/kelurahan sendiri"),
    *_moves(VILLAGE, (SUBMITTED, LOCAL, RETURNED), FORWARDED, "Teruskan ke OPD", OFFICES),
    *_moves(VILLAGE, (LOCAL, PLANNED), DONE, "Selesai", RESULT),
    *_moves(VILLAGE, (SUBMITTED, LOCAL), PLANNED, "Rencanakan", PLAN),
    *_moves(VILLAGE, (PLANNED,), LOCAL, "Mulai dikerjakan"),
    *_moves(VILLAGE, (SUBMITTED, LOCAL), WAITING, "Tunggu berkas dari warga", NOTE),
    *_moves(VILLAGE, (SUBMITTED,), RETURNED, "Kembalikan ke kader", NOTE),
    *_moves(VILLAGE, (SUBMITTED, LOCAL, RETURNED), REFUSED, "Tidak dapat dipenuhi", NOTE),
    *_moves(VILLAGE, (SUBMITTED,), DUPLICATE, "Sudah ada laporan yang sama", NOTE, OTHER),
    *_moves(VILLAGE, (FORWARDED,), IN_OFFICE, "Catat jawaban OPD", SURVEY, NOTE),
    *_moves(VILLAGE, (FORWARDED, IN_OFFICE), DONE, "Catat selesai dari OPD", RESULT),
    *_moves(VILLAGE, (FORWARDED, IN_OFFICE), PLANNED, "Catat rencana OPD", PLAN),
    *_moves(VILLAGE, (FORWARDED, IN_OFFICE), WAITING, "Catat: OPD menunggu berkas warga", NOTE),
    *_moves(VILLAGE, (FORWARDED, IN_OFFICE), REFUSED, "Catat: OPD tidak dapat memenuhi", NOTE),
    *_moves(VILLAGE, (FORWARDED, IN_OFFICE), LOCAL, "Tarik kembali dari OPD", NOTE),
    *_resumed(VILLAGE, SUBMITTED, LOCAL, FORWARDED, IN_OFFICE),
    *_moves(VILLAGE, (DONE,), SUBMITTED, "Belum beres, buka lagi", NOTE),
    *_moves(OFFICE, (FORWARDED, PLANNED), IN_OFFICE, "Tetapkan tanggal survei", SURVEY),
    *_moves(OFFICE, (IN_OFFICE,), IN_OFFICE, "Ganti tanggal survei", SURVEY),
    *_moves(OFFICE, (FORWARDED, IN_OFFICE, PLANNED), DONE, "Selesai", RESULT),
    *_moves(OFFICE, (FORWARDED, IN_OFFICE), PLANNED, "Rencanakan", PLAN),
    *_moves(OFFICE, (FORWARDED, IN_OFFICE), WAITING, "Tunggu berkas dari warga", NOTE),
    *_moves(OFFICE, (FORWARDED, IN_OFFICE), RETURNED, "Kembalikan ke desa/kelurahan", NOTE),
    *_moves(OFFICE, (FORWARDED, IN_OFFICE), REFUSED, "Tidak dapat dipenuhi", NOTE),
    *_resumed(OFFICE, FORWARDED, IN_OFFICE),
)


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands, as the table sees it."""

    state: str
    turn: str
    resume_state: str = ""
    direct_allowed: bool = False
    village_barred: bool = False  # the head or the ketua is a party: the village takes no part


def moves_from(standing: Standing, parties: frozenset[str]) -> tuple[Move, ...]:
    """What somebody who acts for these parties may do next, the usual step first."""
    return tuple(move for move in MOVES if move.party in parties and _fits(move, standing))


def find_move(standing: Standing, parties: frozenset[str], target: str) -> Move | None:
    """The move to `target` that is open to one of these parties, or None."""
    return next((move for move in moves_from(standing, parties) if move.target == target), None)


def _fits(move: Move, standing: Standing) -> bool:
    if move.source != standing.state:
        return False
    if move.source == RETURNED and move.party != standing.turn:
        return False
    if standing.village_barred and (move.party == VILLAGE or turn_after(move.target, move.party) == VILLAGE):
        return False
    if RESUME in move.needs and move.target != standing.resume_state:
        return False
    return DIRECT not in move.needs or standing.direct_allowed


def turn_after(target: str, party: str) -> str:
    """Whose turn it is when `party` has moved a ticket to `target`."""
    if target in (NOTED, CHECKED, WAITING):
        return POSYANDU
    if target in (SUBMITTED, LOCAL):
        return VILLAGE
    if target in (FORWARDED, IN_OFFICE):
        return OFFICE
    if target == RETURNED:
        return VILLAGE if party == OFFICE else POSYANDU
    return party if target == PLANNED else ""
