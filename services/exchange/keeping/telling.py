"""Progress of a long command: a line every few seconds, none for what is quick."""

from time import monotonic

EVERY_SECONDS = 3
MEGABYTE = 1024 * 1024


class Teller:
    """Writes how far each step is."""

    def __init__(self, out):
        self.out, self.last = out, monotonic()

    def tell(self, label: str, done: int) -> None:
        """So many bytes."""
        self._say(f"… {label}: {done // MEGABYTE} MB")

    def count(self, label: str, done: int) -> None:
        """So many rows."""
        self._say(f"… {label}: {done}")

    def _say(self, line: str) -> None:
        if monotonic() - self.last >= EVERY_SECONDS:
            self.last = monotonic()
            self.out.write(line)
