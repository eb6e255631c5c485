"""What must be computable without a database, a request or a clock, is; and writes happen in one place."""

import ast
import re

from tests.conventions.source import at, dotted, imported, module_files, modules, nodes, report

CLOCKS = {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "timezone.now", "timezone.localdate",
          "timezone.localtime", "time.time", "clock.today", "clock.now"}  # fmt: skip
# The rest of areas.clock computes with dates it is given.
WHAT_TIME_IS_IT = {"services.areas.clock", "services.areas.clock.today", "services.areas.clock.local_now"}
NOT_IN_RULES = re.compile(
    r"^django\.(?:db|http|shortcuts|contrib|core\.exceptions\.ObjectDoesNotExist|utils\.timezone)\b"
    r"|^services\.\w+\.(?:models|queries|actions|views|forms|scope|access)\b"
    r"|\btime_machine\b"
)
# An enumeration of names, which the one table role → permissions is made of.
NAMES_ONLY = {"services.areas.access.Permission"}
WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Sessions and forms of the framework are not rows of ours.
NOT_ROWS = re.compile(r"(?:^|\.)session$")


def pure_modules():
    return {
        *module_files("rules"),
        *module_files("figures"),
        *module_files("spec"),
        *module_files("definitions"),
        *modules("clinical/**/*.py"),
    }


def test_rules_know_no_database_and_no_request():
    found = [
        at(path, line, name)
        for path in module_files("rules")
        for line, name in imported(path)
        if NOT_IN_RULES.search(name) and name not in NAMES_ONLY
    ]
    report(found, "rules are pure; hand them values:")


def test_pure_modules_are_told_the_date():
    found = [
        at(path, node, dotted(node.func))
        for path in sorted(pure_modules())
        for node in nodes(path, ast.Call)
        if ".".join(dotted(node.func).split(".")[-2:]) in CLOCKS
    ]
    found += [
        at(path, line, name)
        for path in sorted(pure_modules())
        for line, name in imported(path)
        if name.startswith(("time.", "django.utils.timezone")) or name in WHAT_TIME_IS_IT
    ]
    report(found, "`today` is an argument:")


def test_only_actions_write():
    found = [
        at(path, node, dotted(node.func))
        for name in ("views", "queries", "forms", "rules", "templatetags")
        for path in module_files(name)
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not NOT_ROWS.search(dotted(node.func.value))
    ]
    report(found, "All writes live in actions:")


def restores(path) -> bool:
    """Rows put back as they were set aside (django.core.serializers) are whole by nature."""
    return any(name.startswith("django.core.serializers") for _, name in imported(path))


def test_saves_name_their_columns():
    """A save of the whole row would write back what another kader changed meanwhile."""
    found = [
        at(path, node, "save() without update_fields= or force_insert=")
        for path in module_files("actions")
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and not {keyword.arg for keyword in node.keywords} & {"update_fields", "force_insert", None}
        and not dotted(node.func).startswith("super")
        and not restores(path)
    ]
    report(found, "A save names the columns it changes:")


def public_actions():
    """Functions of an actions module that change something: they say by whom, or open a transaction."""
    for path in module_files("actions"):
        for node in nodes(path, ast.FunctionDef):
            if not isinstance(node.parent, ast.Module) or node.name.startswith("_"):
                continue
            named = {arg.arg for arg in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]}
            atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
            if atomic or "by" in named:
                yield path, node, named


def test_actions_take_keywords_only():
    found = [
        at(path, node, f"{node.name}({', '.join(arg.arg for arg in node.args.posonlyargs + node.args.args)}, …)")
        for path, node, _ in public_actions()
        if node.args.posonlyargs or node.args.args
    ]
    report(found, "A public action is keyword-only, so that a call reads as a sentence:")


def test_actions_say_by_whom():
    found = [at(path, node, node.name) for path, node, named in public_actions() if "by" not in named]
    report(found, "No write without by=:")
