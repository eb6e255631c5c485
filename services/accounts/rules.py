"""The one table role → permissions. Few roles, no custom sets (decision 0005)."""

from services.areas.access import Permission as P

_KADER = {P.HOME, P.RECORD, P.SEE_NAMES, P.SEE_REPORT}
_KETUA = _KADER | {P.CLOSE_DAY, P.MANAGE_KADER, P.SUBMIT_MONTH, P.REVEAL_NIK, P.MERGE}
_VILLAGE = {P.HOME, P.SEE_NAMES, P.SEE_REPORT, P.SEE_PLACES, P.VERIFY_MONTH, P.REVEAL_NIK, P.MERGE}

ROLE_PERMISSIONS: dict[str, frozenset[P]] = {
    "kader": frozenset(_KADER | {P.CLOSE_DAY}),
    "ketua": frozenset(_KETUA),
    "sekretaris": frozenset(_KETUA - {P.MERGE}),
    "bidan": frozenset({P.HOME, P.RECORD, P.SEE_NAMES, P.SEE_REPORT, P.CONFIRM_HEALTH, P.SEE_PLACES}),
    "puskesmas": frozenset({P.HOME, P.SEE_NAMES, P.SEE_REPORT, P.CONFIRM_HEALTH, P.SEE_PLACES}),
    "lurah": frozenset(_VILLAGE),
    "kelurahan": frozenset(_VILLAGE),
    "kecamatan": frozenset({P.HOME, P.SEE_REPORT, P.SEE_PLACES}),
    "kota": frozenset({P.HOME, P.SEE_REPORT, P.SEE_PLACES}),
    "opd": frozenset({P.HOME}),
    "admin": frozenset({P.HOME, P.SEE_REPORT, P.SEE_PLACES, P.MANAGE_POSTS, P.MANAGE_USERS}),
    "auditor": frozenset({P.HOME, P.SEE_PLACES, P.SEE_AUDIT}),
}
