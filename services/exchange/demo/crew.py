"""Who fills the posyandu: this process, or two workers beside each other where the database takes several writers.

Each posyandu has a chance of its own, so the demo is the same whoever makes it and in whatever order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from django.db import connections, transaction

from services.areas.settings import remembered

from .filling import fill_all
from .world import Post

Task, Result = TypeVar("Task"), TypeVar("Result")
Job = list[Post]
"""Posyandu that are filled one after the other, because somebody of one is a guest at the next."""


def fill_jobs(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Counter[str]]]:
    """Fill every job in its own transaction, and say what each wrote, in the order of the jobs."""
    return share(fill_job, jobs, workers)


def share(work: Callable[[Task], Result], jobs: Iterable[Task], workers: int) -> Iterator[tuple[Task, Result]]:
    """Do every job, here or in so many workers, and give what each returned in the order of the jobs."""
    jobs = list(jobs)
    if workers < 2:
        for job in jobs:
            yield job, work(job)
        return
    # A connection must not be shared with a forked process; each opens its own.
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from zip(jobs, pool.map(work, jobs), strict=True)


def fill_job(job: Job) -> Counter[str]:
    """All posyandu of a job, or none."""
    with remembered(), transaction.atomic():
        return fill_all(job)
