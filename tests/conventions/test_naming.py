"""One word in five places: URL name, view function, template, test, and the middle of the test's name."""

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.conventions.source import ROOT, SERVICES, TEMPLATES, apps, at, dotted, module_files, nodes, report

# Folders and files of templates that are no page of one view.
NOT_PAGES = {"components", "parts", "pdf", "email", "forms", "widgets"}
NOT_AN_APPS = {"django", "web", "registration", "axes"}


@dataclass(frozen=True)
class Route:
    """One `path(…)` of an app's urls.py."""

    app: str
    name: str
    view: str
    path: Path
    line: int


def routes() -> list[Route]:
    found = []
    for urls in module_files("urls"):
        for call in nodes(urls, ast.Call):
            if dotted(call.func) not in {"path", "re_path"} or len(call.args) < 2:
                continue
            target = call.args[1]
            if isinstance(target, ast.Call):  # include(…) or a class
                view = dotted(target.func)
                if view.split(".")[-1] == "include":
                    continue
            else:
                view = dotted(target)
            names = [
                word.value.value
                for word in call.keywords
                if word.arg == "name" and isinstance(word.value, ast.Constant)
            ]
            found.append(Route(urls.relative_to(SERVICES).parts[0], names[0] if names else "", view, urls, call.lineno))
    return found


def test_a_url_is_named_as_its_view():
    found = [
        at(route.path, route.line, f"name={route.name!r}, view {route.view}")
        for route in routes()
        if route.view.split(".")[-1] != route.name
    ]
    report(found, "URL name and view function are one word:")


def enclosing_function(node: ast.AST) -> str:
    name = ""
    while not isinstance(node, ast.Module):
        if isinstance(node, ast.FunctionDef):
            name = node.name
        node = node.parent
    return name


def rendered():
    """(file, call, app, function, template) of each template a view names as text."""
    for path in module_files("views"):
        app = path.relative_to(SERVICES).parts[0]
        for node in nodes(path, ast.Constant):
            # "page.html#part" is a part of a page, which the action on one of its rows may answer with.
            if isinstance(node.value, str) and ".html" in node.value and "/" in node.value and "#" not in node.value:
                yield path, node, app, enclosing_function(node), node.value


def test_a_view_renders_the_template_of_its_name():
    """A shared part (`_row.html`) and a function that several views call (`_answer`) are free within their app."""
    names = {(route.app, route.name) for route in routes()}
    found = []
    for path, node, app, function, template in rendered():
        folder, _, file = template.partition("/")
        stem = file.removesuffix(".html")
        if file.startswith("_") or "/" in file or folder in NOT_AN_APPS:
            continue
        own = folder == app and (stem == function or ((app, function) not in names and (app, stem) in names))
        if not own:
            found.append(at(path, node, f"{function} renders {template}"))
    report(found, "View and template are one word:")


def test_every_page_belongs_to_a_view():
    names = {(route.app, route.name) for route in routes()}
    found = []
    for app in set(apps()) - NOT_AN_APPS:
        for path in sorted((TEMPLATES / app).glob("*.html")):
            if not path.name.startswith("_") and (app, path.stem) not in names:
                found.append(str(path.relative_to(ROOT)))
    report(found, "A page is named as its view; a part begins with an underscore:")


def test_every_url_is_named_in_its_apps_tests():
    """Best in tests/<app>/views/test_<name>.py; at least by its full name in a test of the app."""
    found = []
    texts: dict[str, str] = {}
    for route in routes():
        folder = ROOT / "tests" / route.app
        if (folder / "views" / f"test_{route.name}.py").exists():
            continue
        if route.app not in texts:
            texts[route.app] = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("test_*.py"))
        if f"{route.app}:{route.name}" not in texts[route.app]:
            found.append(at(route.path, route.line, f"{route.app}:{route.name}"))
    report(found, "A page without a test of its name:")
