"""Environment of the test process, set before Django reads its settings (loaded by `-p tests.environment`).

Every value is a default: `DATABASE_URL` from outside chooses PostgreSQL. The database's options stay production's.
"""

import os
import tempfile
from pathlib import Path

# Pages under test find styles where they are written; WhiteNoise only wants its folder to exist.
EMPTY = Path(tempfile.gettempdir()) / "posyandu-spm-no-static"
EMPTY.mkdir(exist_ok=True)

DEFAULTS = {
    "DJANGO_SETTINGS_MODULE": "posyandu_spm.settings",
    "SECRET_KEY": "only-for-tests-" + "k" * 50,
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE=",
    "HASH_KEY": "only-for-tests-" + "h" * 40,
    "DEBUG": "0",
    "DEMO": "0",
    "HTTPS": "0",
    "PLAIN_STATIC": "1",
    "STATIC_ROOT": str(EMPTY),
    "MEDIA_ROOT": str(Path(tempfile.gettempdir()) / "posyandu-spm-test-files"),
    "TASKS_IMMEDIATE": "1",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATABASE_URL": f"sqlite:///{Path(tempfile.gettempdir()) / 'posyandu-spm-never-opened.sqlite3'}",
}

for name, value in DEFAULTS.items():
    os.environ.setdefault(name, value)
