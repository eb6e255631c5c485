"""What a backup holds: each part with its size and SHA-256, and how many rows each table had. Written last."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024

Progress = Callable[[str, int], None]
"""Called with what is being done and the bytes done so far."""


class BadBackup(Exception):
    """This backup cannot be made or put back; the message says why, in words of who runs the server."""


@dataclass(frozen=True)
class Part:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`vendor` is the database it came from; `rows` are counts by table, of the same moment as the dump."""

    made_at: str
    vendor: str
    parts: tuple[Part, ...]
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    format: int = FORMAT

    def part(self, name: str) -> Part:
        """The part of this name. Raises BadBackup."""
        found = next((part for part in self.parts if part.name == name), None)
        if found is None:
            raise BadBackup(f"Bagian {name} tidak ada di {NAME}.")
        return found


class HashingWriter:
    """A file being written, hashed on the way; `progress` is told how far it is."""

    def __init__(self, path: Path, label: str, progress: Progress):
        self.file, self.label, self.progress = path.open("xb"), label, progress
        self.size, self.digest = 0, hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        self.size += len(content)
        self.progress(self.label, self.size)
        return self.file.write(content)

    def close(self) -> Part:
        self.file.close()
        return Part(Path(self.file.name).name, self.size, self.digest.hexdigest())


def chunks_of(file) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def part_of(path: Path, label: str, progress: Progress) -> Part:
    """Size and hash of a file that is there."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        for chunk in chunks_of(file):
            digest.update(chunk)
            size += len(chunk)
            progress(label, size)
    return Part(path.name, size, digest.hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The manifest with a hash of itself, so that a change by hand shows."""
    body = asdict(manifest)
    (folder / NAME).write_text(
        json.dumps({**body, "sha256": _hash_of(body)}, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BadBackup where there is none, it was changed, or it is of another format."""
    try:
        body = json.loads((folder / NAME).read_text(encoding="utf-8"))
        told = body.pop("sha256")
        if body["format"] != FORMAT:
            raise BadBackup(f"Cadangan ini berbentuk {body['format']}; yang dikenal {FORMAT}.")
        if told != _hash_of(body):
            raise BadBackup(f"{NAME} sudah diubah. Cadangan ini tidak dipulihkan.")
        return Manifest(**{**body, "parts": tuple(Part(**part) for part in body["parts"])})
    except OSError:
        raise BadBackup(f"{folder}: {NAME} tidak dapat dibaca. Ini bukan cadangan yang selesai.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadBackup(f"{NAME} rusak. Cadangan ini tidak dipulihkan.") from None


def check_parts(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Raises BadBackup unless every part is there, byte for byte."""
    for part in manifest.parts:
        path = folder / part.name
        if path.parent != folder or not path.is_file():
            raise BadBackup(f"Bagian {part.name} tidak ada.")
        if part_of(path, f"memeriksa {part.name}", progress) != part:
            raise BadBackup(f"Bagian {part.name} tidak sama dengan yang dicatat di {NAME}.")


def _hash_of(body: dict) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=list)
    return hashlib.sha256(text.encode()).hexdigest()
