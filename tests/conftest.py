"""What every test stands on: no network, a database on a file, and the reference reading where it is present."""

import gc
import ipaddress
import os
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("POSYANDU_SHARED", ROOT.parent / "shared"))


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def is_local(address: object) -> bool:
    """Unix sockets (a path) and loopback addresses are this machine."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Fail where a test would leave this machine, instead of passing only where there is a network."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guard(original):
        def guarded(self, address):
            if not is_local(address):
                raise NetworkForbidden(f"tests use no network, but something connects to {address!r}")
            return original(self, address)

        return guarded

    socket.socket.connect, socket.socket.connect_ex = guard(connect), guard(connect_ex)
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite is tested on a file with production's options (WAL, locks), not in memory."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("database") / f"{connection.alias}.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the reference reading; tests that need it carry the marker `shared`."""
    if not SHARED.is_dir():
        pytest.skip("reference reading (../shared) is not beside this checkout")
    return SHARED


def pytest_collection_modifyitems(items):
    """A test that opens `shared` is marked so, and one in journeys is a journey."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")
        if "journeys" in item.path.relative_to(ROOT).parts:
            item.add_marker("journey")


def pytest_collection_finish():
    """The tests themselves stay to the end; looking through them for garbage over and over took some 7% of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Argon2 takes a tenth of a second and a hundred megabytes on purpose; hundreds of tests need neither."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
