"""Many documents at once: processes that get a frozen document as text and give back a file. None of them has a
database connection: they are forked from a process that never had one.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from multiprocessing.connection import wait
from typing import TypeVar

from services.reports.figures import report_from, seen_from_above

from . import Document

# After so many documents a process ends and another begins: whatever a library keeps is given back.
PER_PROCESS = 40
# So few are made here: to start processes would take longer.
FEW = 3

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Source:
    """A frozen document as it is kept; `key` tells the caller whose file comes back.

    `from_above`: for those who may not read small sensitive counts.
    """

    key: str
    text: str
    sha256: str
    from_above: bool = False


def pdf_of(source: Source) -> Document:
    """The PDF of one document, in this process."""
    from . import pdf  # its library takes a second to load: not before the first PDF

    report = report_from(source.text, sha256=source.sha256)
    return pdf.render(seen_from_above(report) if source.from_above else report)


def pdfs_of(sources: Iterable[Source], *, processes: int = 0) -> Iterator[tuple[str, Document]]:
    """(key, PDF) of each document, in order; `processes` is how many work at once, as many as there are cores if 0."""
    first = list(islice(sources := iter(sources), FEW + 1))
    if len(first) <= FEW and not processes:
        yield from ((source.key, pdf_of(source)) for source in first)
        return
    yield from in_processes(_keyed, _chain(first, sources), processes=processes)


def in_processes(work: Callable[[Item], Result], items: Iterable[Item], *, processes: int = 0) -> Iterator[Result]:
    """`work` (a function of a module) done to each item, in order, with few of them in memory at a time.

    A process that was killed raises BrokenProcessPool: what came before it has been given.
    """
    size = processes or len(os.sched_getaffinity(0))
    items = iter(items)
    while batch := list(islice(items, 1)):
        with ProcessPoolExecutor(size, mp_context=_clean(), initializer=_begin) as pool:
            share = _chain(batch, islice(items, size * PER_PROCESS - 1))
            yield from _in_order(pool, work, share, 2 * size)


def _in_order(pool: ProcessPoolExecutor, work, items: Iterable, most: int) -> Iterator:
    waiting: deque = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _keyed(source: Source) -> tuple[str, Document]:
    return source.key, pdf_of(source)


def _chain(first: Iterable[Item], rest: Iterable[Item]) -> Iterator[Item]:
    yield from first
    yield from rest


def _clean() -> multiprocessing.context.BaseContext:
    """Processes forked from a server that loads Django and the renderer once and opens nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"{__package__}.ready"])
    return context


def _begin() -> None:
    """End with the worker that wants the documents, however it ends; and load what the server could not load ahead."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import_module(f"{__package__}.ready")


def _end_with_parent() -> None:
    """A killed parent closes no queue: its processes would wait for the next document for ever."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)
