"""Making a backup: a folder that appears under its name only when all of it is there."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from . import trees
from .databases import database
from .manifest import BadBackup, Manifest, Progress, write_manifest

UNFINISHED = ".belum-selesai-"
KEYS = ("FIELD_KEYS", "HASH_KEY")


def make_backup(folder: Path, *, at: datetime, progress: Progress) -> tuple[Path, Manifest]:
    """Write database, files and manifest into a new folder inside `folder`, named by the moment. Raises BadBackup.

    The database comes first: a file that is added meanwhile is too much, never missing.
    """
    name = f"posyandu-{timezone.localtime(at):%Y-%m-%d-%H%M%S}"
    done, work = folder / name, folder / f"{UNFINISHED}{name}"
    if trees.root().resolve() in (folder.resolve(), *folder.resolve().parents):
        raise BadBackup("Cadangan tidak boleh disimpan di dalam folder berkas (MEDIA_ROOT).")
    try:
        work.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise BadBackup(f"{work} tidak dapat dibuat: {error.strerror}.") from None
    if done.exists():
        work.rmdir()
        raise BadBackup(f"{done} sudah ada.")
    try:
        source = database()
        rows, counts = source.dump(work / source.part, progress)
        files, count = trees.pack(work / trees.PART, progress)
        manifest = Manifest(at.isoformat(), source.vendor, (rows, files), counts, count)
        write_manifest(work, manifest)
        for path in work.iterdir():
            path.chmod(0o600)
        work.rename(done)
    except BaseException as error:
        shutil.rmtree(work, ignore_errors=True)
        if isinstance(error, OSError):
            raise BadBackup(f"Cadangan tidak selesai: {error}") from error
        raise
    return done, manifest


def write_keys(path: Path, *, apart_from: Path) -> None:
    """Write the keys of NIK and no_kk into a new file, for its owner alone. Raises BadBackup near the backup.

    With the keys beside it a stolen backup is an open register; without them it is unreadable where it counts.
    """
    here = path.resolve()
    if apart_from.resolve() in here.parents or here.parent in (apart_from.resolve(), *apart_from.resolve().parents):
        raise BadBackup("Kunci tidak boleh disimpan di tempat yang sama dengan cadangan. Pilih tempat lain.")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadBackup(f"Kunci tidak ditulis ke {path}: {error.strerror}.") from None
    lines = {"FIELD_KEYS": ",".join(settings.FIELD_KEYS), "HASH_KEY": settings.HASH_KEY}
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={lines[name]}\n" for name in KEYS)
