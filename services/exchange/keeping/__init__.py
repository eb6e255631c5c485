"""Keeping what was entered: a backup in parts, and its way back. Database, files and keys never lie in one folder."""

from .backups import make_backup, write_keys
from .checking import Checked, check_all
from .manifest import BadBackup
from .restoring import restore_backup

__all__ = ["BadBackup", "Checked", "check_all", "make_backup", "restore_backup", "write_keys"]
