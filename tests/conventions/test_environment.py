"""Tests stand on what production stands on: no network, the same database options, our warnings as errors."""

import socket
import warnings

import pytest
from django.db import connection

from tests.conftest import NetworkForbidden


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_test_cannot_leave_this_machine(method):
    with socket.socket() as outward, pytest.raises(NetworkForbidden):
        getattr(outward, method)(("192.0.2.1", 80))


def test_a_warning_of_ours_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_sqlite_lies_on_a_file_that_several_may_write():
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    with connection.cursor() as cursor:
        path = cursor.execute("PRAGMA database_list").fetchone()[2]
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    assert path.endswith(".sqlite3")
    assert journal == "wal"
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_postgresql_is_15_or_newer_and_sorts_by_code_point():
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    assert connection.pg_version >= 150000
    with connection.cursor() as cursor:
        cursor.execute("SELECT datcollate FROM pg_database WHERE datname = current_database()")
        assert cursor.fetchone()[0] == "C.UTF-8"
