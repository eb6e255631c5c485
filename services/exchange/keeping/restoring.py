"""Putting a backup back: everything is looked at first, then all of it or nothing changes."""

from pathlib import Path

from . import trees
from .databases import database, is_empty
from .manifest import BadBackup, Manifest, Progress, check_parts, read_manifest


def restore_backup(folder: Path, *, replace: bool, progress: Progress) -> Manifest:
    """Put database and files of a backup in place of those that are there. Raises BadBackup; nothing changed then.

    What is there is only replaced when told so.
    """
    manifest, target = read_manifest(folder), database()
    if manifest.vendor != target.vendor:
        raise BadBackup(
            f"Cadangan ini dari {manifest.vendor}, basis data di sini {target.vendor}. Pulihkan ke jenis yang sama."
        )
    check_parts(folder, manifest, progress)
    rows, files = manifest.part(target.part), manifest.part(trees.PART)
    if not replace and (not is_empty(target.counts()) or trees.kept_files()):
        raise BadBackup("Di sini sudah ada isinya. Tambahkan --replace bila memang mau diganti seluruhnya.")
    swap = trees.Swap()
    try:
        swap.lay_out(folder / files.name, manifest.files, progress)
        swap.swap_in()
        target.load(folder / rows.name, manifest.rows, progress)
    except BaseException:
        swap.swap_back()
        raise
    finally:
        swap.clear()
    return manifest
