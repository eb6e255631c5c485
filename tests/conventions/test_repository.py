"""What must not lie in the repository: this machine's paths, a registry's host, copies of others' code, real people."""

import re

from tests.conventions.source import ROOT, report, repository_files

# Written in pieces, so that this file is not its own finding.
HOSTS = re.compile(
    r"pythonhosted\.[o]rg|pypi\.[o]rg|registry\.[n]pmjs|deb\.debian\.[o]rg|unpkg\.[c]om|jsdelivr\.[n]et", re.I
)
MACHINE = re.compile(r"(?:^|[\s\"'=:(`])/(?:[w]ork|[r]oot|[h]ome|[U]sers|[o]pt)/[a-z.]", re.M)
COPIED = re.compile(r"(?:^|/)(?:bootstrap|htmx|jquery|alpine)[\w.-]*\.(?:js|css)$", re.I)
LARGEST = 3 * 1024 * 1024


def texts():
    for path in repository_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern):
    return [
        f"{path.relative_to(ROOT)}:{text[: match.start()].count(chr(10)) + 1}: {match.group().strip()}"
        for path, text in texts()
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_registrys_host():
    report(lines_with(HOSTS), "Packages come from whatever registry the machine is set to:")


def test_no_file_names_a_path_of_one_machine():
    report(lines_with(MACHINE), "Paths are relative to the repository or come from the environment:")


def test_front_end_libraries_come_inside_packages():
    found = [str(path.relative_to(ROOT)) for path in repository_files() if COPIED.search(path.as_posix())]
    report(found, "Copies age; take the file from its Python package:")


def test_no_file_is_too_large_to_read():
    found = [
        f"{path.relative_to(ROOT)}: {path.stat().st_size:,}"
        for path in repository_files()
        if path.stat().st_size > LARGEST
    ]
    report(found, "Large reference data belongs in a package:")


def test_nothing_the_commands_make_is_kept():
    made = re.compile(r"(?:^|/)(?:var|\.venv|staticfiles|__pycache__)/|\.sqlite3|(?:^|/)\.env$")
    found = [
        str(path.relative_to(ROOT)) for path in repository_files() if made.search(path.relative_to(ROOT).as_posix())
    ]
    report(found, "These are made again by the commands:")


def test_each_decision_stands_in_their_list():
    folder = ROOT / "posyandu_spm" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
