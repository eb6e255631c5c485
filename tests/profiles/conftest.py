"""The same posts and people as in all tests of residents and their pages."""

from tests.worlds import send, world

__all__ = ["send", "world"]
