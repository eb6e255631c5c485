"""The private files as one tar and back. They are swapped in by renaming, inside their folder: it may be a mount."""

import shutil
import tarfile
from pathlib import Path

from django.conf import settings

from services.web.ids import uuid7

from .manifest import BadBackup, HashingWriter, Part, Progress

PART = "files.tar"
COMING, LEAVING = ".pulih-", ".lama-"


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def kept_files() -> list[Path]:
    """Every private file, by name; what a broken restore left behind is none."""
    found = (path for path in root().rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if not path.relative_to(root()).parts[0].startswith((COMING, LEAVING)))


def pack(path: Path, progress: Progress) -> tuple[Part, int]:
    """Write all private files into one tar; the part and how many they are."""
    writer, count = HashingWriter(path, "berkas", progress), 0
    try:
        with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for file in kept_files():
                try:
                    tar.add(file, arcname=str(file.relative_to(root())), recursive=False)
                except FileNotFoundError:
                    continue  # swept meanwhile; the check after a restore would name one that is missed
                count += 1
    finally:
        part = writer.close()
    return part, count


class Swap:
    """The files of a backup beside those that are there: laid out, swapped in, and, if need be, swapped back."""

    def __init__(self):
        mark = uuid7().hex[-8:]
        self.coming, self.leaving = root() / f"{COMING}{mark}", root() / f"{LEAVING}{mark}"
        self.moved: list[tuple[Path, Path]] = []

    def lay_out(self, path: Path, expected: int, progress: Progress) -> None:
        """Unpack next to what is there. Raises BadBackup for names that lead elsewhere and for a wrong count."""
        self.coming.mkdir(mode=0o700, parents=True)
        count = done = 0
        try:
            with tarfile.open(path, mode="r|") as tar:
                for member in tar:
                    if not member.isfile():
                        raise BadBackup(f"{PART} berisi {member.name}, yang bukan berkas.")
                    tar.extract(member, self.coming, filter="data")
                    count, done = count + 1, done + member.size
                    progress("berkas", done)
        except (tarfile.TarError, OSError) as error:
            raise BadBackup(f"{PART} tidak dapat dibuka: {error}") from None
        if count != expected:
            raise BadBackup(f"{PART} berisi {count} berkas, yang dicatat {expected}.")

    def swap_in(self) -> None:
        self.leaving.mkdir(mode=0o700)
        self._move(root(), self.leaving)
        self._move(self.coming, root())

    def swap_back(self) -> None:
        """Undo `swap_in`, as far as it came."""
        while self.moved:
            source, target = self.moved.pop()
            target.rename(source)

    def clear(self) -> None:
        """Remove what is beside the files that stay."""
        for folder in (self.coming, self.leaving):
            shutil.rmtree(folder, ignore_errors=True)

    def _move(self, source: Path, target: Path) -> None:
        for path in [one for one in source.iterdir() if one not in (self.coming, self.leaving)]:
            path.rename(target / path.name)
            self.moved.append((path, target / path.name))
