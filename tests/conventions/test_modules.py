"""A reader knows where to look: module names are a closed list, and no module grows past one room."""

import ast
import re

import pytest

from tests.conventions.source import ROOT, SERVICES, apps, at, modules, nodes, report

EVERY_APP = {
    "__init__", "models", "rules", "queries", "actions", "forms", "views", "urls", "checks", "tasks", "resources",
    "apps", "middleware", "templatetags", "management", "migrations",
}  # fmt: skip

# What a section of the design names for one app beyond the common list, each with its reason to exist.
ONE_APP = {
    "web": {"ids", "submissions", "refusals", "charts", "inputs", "jobs", "keeping", "pdf", "sealed", "tables"}
    | {"uploads"},
    "areas": {"access", "scope", "settings", "clock"},
    "residents": {"fields"},
    "profiles": {"growth_chart"},
    "records": {"growth", "results", "paper", "thresholds"},
    "accounts": {"backends", "roles"},
    "fields": {"spec", "definitions", "registry", "ledger", "predicates", "audience"},
    "reports": {"figures", "sources", "monthly", "renderers", "charts", "letters"},
    "exchange": {"demo", "readers", "keeping"},
}
# Pure Python over published tables: its modules are named by what they measure.
FREE_APPS = {"clinical"}

LONGEST = 350
BANNED_MODULES = {"utils", "util", "helpers", "helper", "services", "managers", "signals", "mixins", "common", "misc"}
# A `Helper` alone is a person who helps at an open day; a `RosterHelper` would be a drawer.
BANNED_NAMES = re.compile(r"(?:^|_)(?:utils?|misc)(?:_|$)|Utils?(?:[A-Z]|$)|[a-z](?:Helpers?|Mixin)$")


@pytest.mark.parametrize("app", apps())
def test_an_app_has_only_modules_of_the_closed_list(app):
    if app in FREE_APPS:
        return
    allowed = EVERY_APP | ONE_APP.get(app, set())
    here = {path.stem for path in (SERVICES / app).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert here <= allowed, f"services/{app}: {sorted(here - allowed)}; rename, or name it in ONE_APP with the design"


def test_no_module_is_a_drawer_for_everything():
    found = [at(path, 1, path.stem) for path in modules("**/*.py") if path.stem in BANNED_MODULES]
    report(found, "These names say nothing about what is inside:")


def test_no_class_or_function_is_a_drawer_for_everything():
    found = [
        at(path, node, node.name)
        for path in modules("**/*.py")
        for node in nodes(path, ast.ClassDef, ast.FunctionDef)
        if BANNED_NAMES.search(node.name)
    ]
    report(found, "These names say nothing about what they do:")


def test_no_module_is_longer_than_one_room():
    """Declared data (fields' definitions) may be as long as the paper form it stands for."""
    found = [
        at(path, 1, f"{length} lines")
        for path in modules("**/*.py")
        if "definitions" not in path.parts and (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    report(found, f"Past about 300 lines a module becomes a package of the same name (limit {LONGEST}):")


def test_nothing_is_left_open():
    words = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|NotImplemented\b")
    found = [
        at(path, number, line.strip())
        for path in [*modules("**/*.py"), *(ROOT / "posyandu_spm").glob("*.py")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(line)
    ]
    report(found, "Finish it, or write it down where it is read:")


def test_every_app_is_installed():
    """An app with tables or templates that Django does not know would be silently absent."""
    from django.conf import settings

    with_tables = {app for app in apps() if (SERVICES / app / "apps.py").exists()}
    missing = {f"services.{app}" for app in with_tables} - {name.split(".apps.")[0] for name in settings.INSTALLED_APPS}
    assert not missing
