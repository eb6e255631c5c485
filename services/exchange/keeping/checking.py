"""After a restore: is every frozen report, kept file and photo what its hash says, and do the keys open a NIK?"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from services.files.models import Attachment
from services.files.queries import Damaged, content_of
from services.reports.models import KeptFile, MonthlyReport
from services.residents.fields import keyed_hash
from services.residents.models import Resident

WHOLE = "whether what was kept is what its hash says; only the names of what differs are told"
AT_ONCE = 50  # a kept file has up to some megabytes


@dataclass(frozen=True)
class Checked:
    """How many of one kind were looked at, and which are not what they were."""

    label: str
    count: int
    bad: tuple[str, ...]


def _all(model):
    return model.objects.unscoped(reason=WHOLE)


def check_all(progress: Callable[[str, int], None]) -> list[Checked]:
    """Every hash of the database and its files, and one NIK. Rows are read in small batches."""
    return [
        _checked("Laporan beku", _reports(), progress),
        _checked("Berkas laporan", _files(), progress),
        _checked("Foto dan pindaian", _attachments(), progress),
        _checked("Kunci NIK", _keys(), progress),
    ]


def _checked(label: str, found: Iterable[tuple[str, bool]], progress) -> Checked:
    count, bad = 0, []
    for name, is_whole in found:
        count += 1
        if not is_whole:
            bad.append(name)
        progress(f"{label} diperiksa", count)
    return Checked(label, count, tuple(bad))


def _reports() -> Iterator[tuple[str, bool]]:
    rows = _all(MonthlyReport).order_by("place", "month", "version")
    for place, month, version, told, document in rows.values_list(
        "place", "month", "version", "sha256", "document"
    ).iterator(AT_ONCE):
        named = f"versi {version}" if version else "kiriman"
        yield f"{place} {month:%Y-%m} {named}", hashlib.sha256(document.encode()).hexdigest() == told


def _files() -> Iterator[tuple[str, bool]]:
    rows = _all(KeptFile).order_by("filename")
    for filename, told, content in rows.values_list("filename", "sha256", "content").iterator(AT_ONCE):
        yield filename, hashlib.sha256(content).hexdigest() == told


def _attachments() -> Iterator[tuple[str, bool]]:
    for attachment in _all(Attachment).order_by("name").iterator(AT_ONCE):
        try:
            content_of(attachment)
        except Damaged:
            yield attachment.name, False
        else:
            yield attachment.name, True


def _keys() -> Iterator[tuple[str, bool]]:
    """The first NIK there is: read with FIELD_KEYS, found with HASH_KEY. Neither is told."""
    people = _all(Resident).exclude(nik_hash=None)
    try:
        row = people.order_by("pk").values_list("nik", "nik_hash").first()
    except InvalidToken:
        yield "FIELD_KEYS bukan kunci basis data ini", False
        return
    if row:
        yield "HASH_KEY atau FIELD_KEYS bukan kunci basis data ini", keyed_hash(row[0] or "") == row[1]
