"""A database to measure on: made with all migrations, thrown away afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def throw_away_database() -> Iterator[str]:
    """Give the vendor ("sqlite" or "postgresql") of a fresh, migrated database that is Django's default meanwhile.

    SQLite lies on a file with production's options. PostgreSQL is the server of DATABASE_URL; the database itself is
    called `test_…` there and never the one named in the address.
    """
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    with tempfile.TemporaryDirectory(prefix="posyandu-bench-") as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        before = connection.settings_dict["NAME"]
        setup_test_environment(debug=False)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield connection.vendor
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)
            teardown_test_environment()
