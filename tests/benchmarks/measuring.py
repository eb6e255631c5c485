"""One measured row: times, queries of the whole request without savepoints, bytes, and memory."""

import gc
import math
import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Not work the page asked for: they only bracket it.
BRACKETS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")
QUICK_REPEATS = 3


def measure(
    name: str,
    call: Callable[[], Any],
    *,
    repeat: int = 20,
    note: str = "",
    quick: bool = False,
) -> dict[str, Any]:
    """Run `call` once to warm up, once counting queries, once tracing memory, then `repeat` times by the clock.

    Args:
        name: stable key of the row in the baseline, e.g. `roster_page_100`.
        call: the work; what it returns (response, bytes, text) gives the bytes.
        repeat: timed runs; three when `quick`.
        note: printed at the row's end.

    Returns:
        A row with name, median_ms, p95_ms, queries, bytes, peak_mb and note. Memory is what Python allocated above
        the start (tracemalloc), in MB of 10^6 bytes; C libraries are not in it.
    """
    call()
    with CaptureQueriesContext(connection) as captured:
        result = call()
    queries = sum(not query["sql"].startswith(BRACKETS) for query in captured.captured_queries)

    gc.collect()
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    times = sorted(milliseconds(call) for _ in range(QUICK_REPEATS if quick else repeat))
    return {
        "name": name,
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[math.ceil(0.95 * len(times)) - 1], 2),
        "queries": queries,
        "bytes": size(result),
        "peak_mb": round(peak / 1e6, 1),
        "note": note,
    }


def milliseconds(call: Callable[[], Any]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def size(result: Any) -> int | None:
    """Bytes of a response (as sent, compressed if it was), of bytes or of text; None for anything else."""
    if hasattr(result, "streaming"):
        return sum(map(len, result.streaming_content)) if result.streaming else len(result.content)
    if isinstance(result, str):
        return len(result.encode())
    return len(result) if isinstance(result, bytes | bytearray) else None
