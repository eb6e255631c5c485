"""Counting what a request asks of the database: the whole request, without the brackets of transactions."""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.measuring import BRACKETS


@contextmanager
def at_most(limit: int):
    """Fail when more than `limit` queries are made inside; says which."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(BRACKETS)]
    assert len(asked) <= limit, f"{len(asked)} queries, at most {limit}:\n" + "\n".join(sql[:120] for sql in asked)
