"""No row is read without scope: what the syntax of our source shows of it (design section 5)."""

import ast

from tests.conventions.source import at, dotted, imported, module_files, modules, nodes, report

# Uses of `unscoped(reason=…)` outside tests. It may only fall; a new one is discussed, then this number is raised.
UNSCOPED_AT_MOST = 97

WAYS_IN = {"within", "unscoped"}
PLAIN_MANAGERS = {"_base_manager", "_default_manager"}
BY_HAND = {"raw", "cursor"}
# The guard itself reads Django's own managers.
GUARD = {"services/areas/scope.py"}


# Asking the database whether it answers reads no row.
HEALTH_CHECK = {"services/web/views.py"}
# The demo's bulk writer (COPY) reads no row either.
BULK_WRITER = {"services/exchange/demo/rows.py"}
# Its rows are a queryset that the guard has let through; only the sums around them are text (decision 0061).
SUMS = {"services/reports/sources/sums.py"}


def is_guard(path) -> bool:
    return path.as_posix().endswith(tuple(GUARD))


def is_of_the_asker(called: ast.Attribute) -> bool:
    """`….filter(user=request.user, …)`: rows that belong to who is asking, in an app below places."""
    call = called.parent
    if called.attr != "filter" or not isinstance(call, ast.Call):
        return False
    return any(keyword.arg == "user" and dotted(keyword.value) == "request.user" for keyword in call.keywords)


def test_views_read_rows_only_in_scope():
    found = []
    for path in module_files("views"):
        for node in nodes(path, ast.Attribute):
            if node.attr == "objects":
                parent = node.parent
                if not (isinstance(parent, ast.Attribute) and (parent.attr in WAYS_IN or is_of_the_asker(parent))):
                    found.append(at(path, node, dotted(node)))
    report(found, "In a view a row is read through Model.objects.within(request.scope):")


def test_views_hand_no_bare_model_to_a_shortcut():
    """`get_object_or_404(Resident, pk=…)` reads through the plain manager."""
    found = [
        at(path, node, f"{dotted(node.func)}({dotted(node.args[0])}, …)")
        for path in module_files("views")
        for node in nodes(path, ast.Call)
        if dotted(node.func).split(".")[-1] in {"get_object_or_404", "get_list_or_404"}
        and node.args
        and dotted(node.args[0]).split(".")[-1][:1].isupper()
    ]
    report(found, "Give the shortcut a queryset within the scope:")


def test_nobody_goes_around_the_guarded_managers():
    found = [
        at(path, node, dotted(node))
        for path in modules("**/*.py")
        if not is_guard(path)
        for node in nodes(path, ast.Attribute)
        if node.attr in PLAIN_MANAGERS
    ]
    report(found, "Django's own managers know no scope:")


def test_nobody_writes_sql_by_hand():
    found = [
        at(path, node, dotted(node.func))
        for path in modules("**/*.py")
        if not path.as_posix().endswith(tuple(HEALTH_CHECK | BULK_WRITER | SUMS))
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in BY_HAND
    ]
    report(found, "SQL by hand passes the guard unseen:")


def test_views_do_not_touch_the_connection():
    found = [
        at(path, line, name)
        for path in module_files("views")
        if not path.as_posix().endswith(tuple(HEALTH_CHECK))
        for line, name in imported(path)
        if name in {"django.db.connection", "django.db.connections"}
    ]
    report(found, "A view asks queries, not the connection:")


def unscoped_uses():
    return [
        (path, node)
        for path in modules("**/*.py")
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "unscoped"
    ]


def test_every_way_out_of_scope_says_why():
    found = [
        at(path, node, "unscoped() without reason=")
        for path, node in unscoped_uses()
        if not any(keyword.arg == "reason" for keyword in node.keywords)
    ]
    report(found, "The only way out names its reason:")


def test_the_ways_out_of_scope_do_not_grow():
    count = len(unscoped_uses())
    assert count <= UNSCOPED_AT_MOST, f"{count} uses of unscoped(); at most {UNSCOPED_AT_MOST}"
