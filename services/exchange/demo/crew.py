"""Who fills the posyandu: this process, or two workers beside each other where the database takes several writers.

Each posyandu has a chance of its own, so the demo is the same whoever makes it and in whatever order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connections, transaction

from .filling import fill_all
from .world import Post

Job = list[Post]
"""Posyandu that are filled one after the other, because somebody of one is a guest at the next."""


def fill_jobs(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Counter[str]]]:
    """Fill every job in its own transaction, and say what each wrote, in the order of the jobs."""
    jobs = list(jobs)
    if workers < 2:
        for job in jobs:
            yield job, fill_job(job)
        return
    # A connection must not be shared with a forked process; each opens its own.
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from zip(jobs, pool.map(fill_job, jobs), strict=True)


def fill_job(job: Job) -> Counter[str]:
    """All posyandu of a job, or none."""
    with transaction.atomic():
        return fill_all(job)
