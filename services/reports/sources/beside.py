"""The counts of a whole kota side by side, each on a connection of its own, so that both cores are used.

PostgreSQL counts most of them on one core only (a window over many rows is not shared out).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context

from django.db import connection

from .people import Counts, Frame, empty_counts
from .sums import on_one_core

CONNECTIONS = 2
# Fewer posts are counted sooner than a second connection is made.
MANY_POSTS = 50

Job = Callable[[Frame, Counts], None]


@contextmanager
def counted_beside(jobs: Iterable[Job], frame: Frame, counts: Counts) -> Iterator[None]:
    """Run every job on these counts: many posts on connections of their own, while the caller goes on with the rest.

    Few posts, or rows that are not committed yet, are counted one job after the other.
    """
    if connection.vendor == "sqlite" or connection.in_atomic_block or len(frame.posts) < MANY_POSTS:
        for job in jobs:
            job(frame, counts)
        yield
        return
    waiting = deque(jobs)
    with on_one_core(), ThreadPoolExecutor(CONNECTIONS) as pool:
        found = [pool.submit(copy_context().run, _work_off, waiting, frame) for _ in range(CONNECTIONS)]
        yield
        for part in found:
            _add_all(counts, part.result())


def _work_off(waiting: deque[Job], frame: Frame) -> Counts:
    """What this thread counted. It adds up by itself, for two threads adding to one number would lose some."""
    mine = empty_counts(frame)
    try:
        with on_one_core():
            while job := _next(waiting):
                job(frame, mine)
    finally:
        connection.close()
    return mine


def _next(waiting: deque[Job]) -> Job | None:
    try:
        return waiting.popleft()
    except IndexError:  # another thread has taken the last
        return None


def _add_all(counts: Counts, more: Counts) -> None:
    for post, tally in {id(tally): (post, tally) for post, tally in more.items()}.values():
        for key, value in tally.items():
            counts[post][key] += value
