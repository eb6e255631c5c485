"""The database as one file and back: SQLite by its backup interface, PostgreSQL by its own client.

Both take the counts at the same moment as the rows, and put back all or nothing.
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from .manifest import BadBackup, HashingWriter, Part, Progress, chunks_of, part_of

PAGES = 2000
# Rows that `migrate` writes into an empty database by itself.
OF_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"})
# What libpq calls the options that DATABASE_URL may carry.
LIBPQ = {
    "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "service": "PGSERVICE", "passfile": "PGPASSFILE", "connect_timeout": "PGCONNECT_TIMEOUT",
}  # fmt: skip
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# Whoever still works with the tables is waited for half a minute; then nothing is changed.
DROP_ALL = """
SET lock_timeout = '30s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.tablename);
  END LOOP;
END $$;
"""
# pg_dump's script leaves an empty search_path behind.
AFTER = "\nRESET search_path;\n"
COUNTED = """DO $$ BEGIN IF (SELECT count(*) FROM {table}) <> {rows} THEN
  RAISE EXCEPTION 'isi cadangan tidak sama dengan yang dicatat'; END IF; END $$;
"""
BROKEN = "DO $$ BEGIN RAISE EXCEPTION 'cadangan tidak terbaca sampai akhir'; END $$;\n"


class Sqlite:
    """The file of SQLite, copied while it is in use."""

    vendor, part = "sqlite", "database.sqlite3"

    def __init__(self):
        self.path = Path(connection.settings_dict["NAME"])

    def dump(self, path: Path, progress: Progress) -> tuple[Part, dict[str, int]]:
        with closing(sqlite3.connect(self.path)) as live, closing(sqlite3.connect(path)) as copy:
            size = copy.execute("PRAGMA page_size").fetchone()[0]
            live.backup(
                copy, pages=PAGES, progress=lambda _, left, total: progress("basis data", (total - left) * size)
            )
            copy.execute("PRAGMA journal_mode=DELETE")
            counts = self._counts(copy)
        return part_of(path, "basis data", progress), counts

    def counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.path)) as live:
            return self._counts(live)

    def load(self, path: Path, rows: dict[str, int], progress: Progress) -> None:
        """Write the copy over the database in one transaction of SQLite's own. Raises BadBackup before anything."""
        connection.close()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or self._counts(copy) != rows:
                raise BadBackup("Isi basis data di cadangan tidak sama dengan yang dicatat.")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=20)) as live:
                copy.backup(live)
                progress("basis data", path.stat().st_size)

    @staticmethod
    def _counts(database: sqlite3.Connection) -> dict[str, int]:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608 - names of its own catalogue


class Postgres:
    """PostgreSQL by pg_dump, pg_restore and psql. Passwords go by the environment, never on a command line."""

    vendor, part = "postgresql", "database.dump"

    def __init__(self):
        given = connection.settings_dict
        named = {
            "dbname": given["NAME"], "user": given["USER"], "password": given["PASSWORD"], "host": given["HOST"],
            "port": given["PORT"],
        }  # fmt: skip
        named |= {key: value for key, value in given.get("OPTIONS", {}).items() if key in LIBPQ}
        self.named = {key: str(value) for key, value in named.items() if value}
        self.environment = {**os.environ, **{LIBPQ[key]: value for key, value in self.named.items()}}

    def dump(self, path: Path, progress: Progress) -> tuple[Part, dict[str, int]]:
        with psycopg.connect(**self.named) as live:
            live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            moment = live.execute("SELECT pg_export_snapshot()").fetchone()[0]
            counts = self._counts(live)
            command = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
            writer = HashingWriter(path, "basis data", progress)
            try:
                with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE) as dumping:  # noqa: S603
                    for chunk in chunks_of(dumping.stdout):
                        writer.write(chunk)
            finally:
                part = writer.close()
        if dumping.returncode:
            raise BadBackup("pg_dump berhenti dengan kesalahan di atas. Cadangan tidak dibuat.")
        return part, counts

    def counts(self) -> dict[str, int]:
        with psycopg.connect(**self.named) as live:
            return self._counts(live)

    def load(self, path: Path, rows: dict[str, int], progress: Progress) -> None:
        """Drop all tables, load and count them in one transaction: any fault leaves what was there."""
        connection.close()
        reading = [_tool("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
        writing = [_tool("psql"), "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"]
        with (
            subprocess.Popen(writing, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as psql,  # noqa: S603
            subprocess.Popen(reading, stdout=subprocess.PIPE) as script,  # noqa: S603
        ):
            try:
                psql.stdin.write(DROP_ALL.encode())
                done = 0
                for chunk in chunks_of(script.stdout):
                    psql.stdin.write(chunk)
                    done += len(chunk)
                    progress("basis data", done)
                psql.stdin.write(self._must_count(rows, is_whole=script.wait() == 0))
                psql.stdin.close()
            except BrokenPipeError:
                script.kill()
        if psql.returncode or script.returncode:
            raise BadBackup("Basis data tidak dapat dipulihkan (kesalahan di atas). Isi yang lama tetap ada.")

    @staticmethod
    def _counts(live: psycopg.Connection) -> dict[str, int]:
        tables = live.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        ).fetchall()
        count = sql.SQL("SELECT count(*) FROM {}")
        return {name: live.execute(count.format(sql.Identifier(name))).fetchone()[0] for (name,) in tables}

    @staticmethod
    def _must_count(rows: dict[str, int], *, is_whole: bool) -> bytes:
        """SQL that fails unless every table has its rows, and all of the dump came."""
        checks = [COUNTED.format(table=_quoted(name), rows=int(count)) for name, count in rows.items()]
        return "".join([AFTER, *checks, *([] if is_whole else [BROKEN])]).encode()


def database() -> Sqlite | Postgres:
    """The way of this installation's database."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()


def is_empty(counts: dict[str, int]) -> bool:
    """Whether a database holds nothing but what `migrate` writes."""
    return not any(count for name, count in counts.items() if name not in OF_MIGRATE)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _tool(name: str) -> str:
    """A program of the PostgreSQL client: as POSTGRES_BIN says, the newest of Debian, or on the path."""
    asked = os.environ.get("POSTGRES_BIN", "")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in (*([Path(asked)] if asked else []), *debian, *map(Path, os.environ.get("PATH", "").split(":"))):
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    raise BadBackup(f"{name} tidak ada. Pasang klien PostgreSQL (Debian: postgresql-client).")
