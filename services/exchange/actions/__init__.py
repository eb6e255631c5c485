"""Writes across all apps."""

from .retention import apply_retention

__all__ = ["apply_retention"]
