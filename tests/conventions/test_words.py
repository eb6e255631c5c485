"""One noun, one word: the README's glossary is the dictionary, and its synonyms are refused."""

import ast
import re

import pytest

from tests.conventions.source import ROOT, SERVICES, at, modules, nodes, report

README = ROOT / "README.md"
# What people would also say in English → our word. Checked in names of the source only, never in texts.
SYNONYMS = {
    "patient": "resident",
    "citizen": "resident",
    "villager": "resident",
    "inhabitant": "resident",
    "beneficiary": "resident",
    "family": "household",
    "families": "household",
    "cadre": "kader",
    "volunteer": "kader",
    "hamlet": "dusun",
    "regency": "kabupaten",
    "urban_village": "kelurahan",
    "health_center": "facility",
    "puskesmases": "facility",
    "service_day": "open_day",
    "opening_day": "open_day",
    "posyandu_day": "open_day",
    "session_day": "open_day",
    "house_visit": "home_visit",
    "household_visit": "home_visit",
    "checkup": "record",
    "followup": "follow_up",
    "presence": "attendance",
    "guestbook": "attendance",
    "toddler": "balita",
    "healthcare": "kesehatan",
    "public_works": "pekerjaan_umum",
    "housing": "perumahan_rakyat",
}


def words(name: str) -> str:
    """`OpenDayForm` and `open_day_form` are both `open_day_form`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def names(path):
    """Every name a file gives: classes, functions, arguments, variables, attributes it sets."""
    for node in nodes(path, ast.ClassDef, ast.FunctionDef, ast.arg, ast.Name, ast.Attribute):
        if isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Store):
            continue
        name = getattr(node, "name", None) or getattr(node, "arg", None) or getattr(node, "id", None) or node.attr
        yield node, name


def test_the_source_uses_the_glossarys_words():
    pattern = re.compile(r"(?:^|_)(" + "|".join(map(re.escape, SYNONYMS)) + r")(?:s?_|s?$)")
    found = [
        at(path, node, f"{name}: say {SYNONYMS[match.group(1)]}")
        for path in modules("**/*.py")
        if path.relative_to(SERVICES).parts[0] != "web"  # knows no domain; a font has a family
        for node, name in names(path)
        if (match := pattern.search(words(name)))
    ]
    report(found, "One noun, one word (README, glossary):")


def glossary() -> list[list[str]]:
    """Rows (Indonesian, meaning, identifier) of the table under the README's glossary heading."""
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    section = re.search(r"^#+ [^\n]*(?:Glossary|Glosari|Kamus|Words)[^\n]*\n(.*?)(?=^#+ |\Z)", text, re.M | re.S | re.I)
    lines = [line.strip() for line in section.group(1).splitlines()] if section else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows[2:] if len(row) >= 3]


def test_the_readme_holds_a_glossary():
    assert len(glossary()) >= 30, "README.md: a table Indonesian | meaning | identifier of about 40 lines"


def test_the_glossary_gives_each_word_once():
    firsts = [row[0].lower() for row in glossary()]
    assert sorted(firsts) == sorted(set(firsts))


def test_the_glossarys_identifiers_exist():
    """A word in the dictionary that the source does not use is a second dictionary."""
    if not glossary():
        pytest.fail("README.md has no glossary")
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules("**/*.py"))
    identifiers = [name for row in glossary() for name in re.findall(r"`([\w.]+)`", row[2])]
    missing = [name for name in identifiers if not re.search(rf"\b{re.escape(name.split('.')[-1])}\b", source)]
    assert not missing


def test_the_glossary_uses_no_synonym():
    identifiers = [name for row in glossary() for name in re.findall(r"`([\w.]+)`", row[2])]
    assert not [name for name in identifiers if words(name) in SYNONYMS]
