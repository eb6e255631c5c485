"""Templates stay within the strict Content-Security-Policy and hold no rule of ours."""

import re

import pytest

from tests.conventions.source import ROOT, SERVICES, TEMPLATES, report

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "inline style sheet": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"""<[^>]*\sstyle\s*=""", re.I | re.S),
    "on… attribute": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["'{]""", re.I | re.S),
    "hx-on": re.compile(r"\bhx-on\b", re.I),
    "hx-vals or hx-vars with js:": re.compile(r"""\bhx-va(?:ls|rs)\s*=\s*["']js:""", re.I),
    "javascript: address": re.compile(r"""(?:href|action|src)\s*=\s*["']?\s*javascript:""", re.I),
    "another host": re.compile(r"""\b(?:src|href|action|hx-get|hx-post)\s*=\s*["'](?:https?:)?//""", re.I),
    "|safe": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"\{%\s*autoescape\s+off"),
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.S)
# Posyandu counts are input; the achievement of the SPM is the government's. Saying so is allowed.
CLAIM = re.compile(r"(?<!bukan )(?<!Bukan )capaian\s+spm", re.I)


def templates():
    return sorted(TEMPLATES.rglob("*.html")) + sorted(SERVICES.glob("*/templates/**/*.html"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_needs_a_looser_policy(what):
    found = []
    for path in templates():
        text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), path.read_text(encoding="utf-8"))
        for match in FORBIDDEN[what].finditer(text):
            line = text[: match.end()].count("\n") + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {match.group()[-60:].strip()}")
    report(found, f"{what} is refused by our policy:")


HTMX_WRITE = re.compile(r"<(\w+)([^>]*\bhx-(?:post|put|patch|delete)\b[^>]*)>", re.S)
HTMX_READ = re.compile(r"<(\w+)([^>]*\bhx-get\b[^>]*)>", re.S)


def test_every_htmx_element_also_works_as_a_plain_one():
    """What writes is a form with an action, or stands in one; a link that reads has an address of its own."""
    found = []
    for path in templates():
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        needs = [("form", "action=", HTMX_WRITE), ("a", "action=", HTMX_WRITE), ("a", "href=", HTMX_READ)]
        found += [
            f"{path.relative_to(ROOT)}: <{tag} {attributes.strip()[:80]}"
            for kind, attribute, pattern in needs
            for tag, attributes in pattern.findall(text)
            if tag == kind and attribute not in attributes
        ]
    report(found, "Every hx-* element has a working href, or method and action:")


def test_nothing_shown_calls_posyandu_counts_an_achievement():
    shown = [*templates(), *SERVICES.rglob("*.py"), *(ROOT / "posyandu_spm").rglob("*.py"), *TEMPLATES.rglob("*.txt")]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in shown
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if CLAIM.search(line)
    ]
    report(found, "Posyandu counts are input, not an achievement:")
