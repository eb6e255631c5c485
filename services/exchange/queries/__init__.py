"""Reads across all apps."""

from .outdated import KINDS, Kind, find

__all__ = ["KINDS", "Kind", "find"]
