"""Identifiers that leave the server: UUID version 7, in order of their making, telling nothing else."""

from uuid import UUID

import uuid_utils


def uuid7() -> UUID:
    """A new identifier. Python 3.11 has none of its own; the package `uuid-utils` gives it."""
    return UUID(int=uuid_utils.uuid7().int)
