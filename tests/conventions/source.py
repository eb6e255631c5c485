"""Reading our own source: which files there are, and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ROOT / "services"
TEMPLATES = ROOT / "templates"


def apps() -> list[str]:
    """Names of our apps, those whose folder is a package."""
    return sorted(path.parent.name for path in SERVICES.glob("*/__init__.py"))


def modules(*patterns: str) -> list[Path]:
    """Python files under `services/` that match one of the patterns, without migrations."""
    found = {path for pattern in patterns for path in SERVICES.glob(pattern)}
    return sorted(path for path in found if path.suffix == ".py" and "migrations" not in path.parts)


def module_files(name: str) -> list[Path]:
    """Every app's module of this name, be it a file (`rules.py`) or a package (`rules/…`)."""
    return modules(f"*/{name}.py", f"*/{name}/**/*.py")


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree; each node knows its parent as `node.parent`."""
    parsed = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(parsed):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    return parsed


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of these kinds in a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, with "" where something else stands at its head."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, full name) of everything a file imports; a relative import is spelled out."""
    package = path.relative_to(ROOT).parent.parts
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
            continue
        head = list(package[: len(package) - node.level + 1]) if node.level else []
        module = ".".join([*head, node.module] if node.module else head)
        yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def at(path: Path, node_or_line: ast.AST | int, text: str) -> str:
    """One line of a failure: where, and what."""
    line = node_or_line if isinstance(node_or_line, int) else node_or_line.lineno
    return f"{path.relative_to(ROOT)}:{line}: {text}"


def report(found: list[str], rule: str) -> None:
    """Fail with every place where a rule is broken."""
    assert not found, f"{rule}\n  " + "\n  ".join(found)


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file git knows or would add; without git, everything but what the commands make."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", "var", "staticfiles", ".git", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
        paths = [path for path in ROOT.rglob("*") if not made.intersection(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))
