"""The pages that say no: Indonesian, each with a way on, none needing more than its own context."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "static" / "icons"
STYLES = ROOT / "static" / "css"
PAGES = ["403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html", "web/refusal.html"]


def drawn(name: str, rf, **context) -> str:
    request = rf.get("/")
    request.user = AnonymousUser()
    return get_template(name).template.render(Context({"request": request, **context}))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_says_no_tells_what_to_do(name, rf):
    html = drawn(name, rf, message="Bulan ini sudah dikirim.")
    assert re.search(r"<p data-say>[A-Z][^<]+\.</p>", html)
    assert 'class="button"' in html
    assert "<h1>" in html


@pytest.mark.parametrize("name", [*PAGES, "base.html"])
def test_no_page_carries_inline_script_or_style(name, rf):
    html = drawn(name, rf)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", html)


def test_the_frame_stays_within_a_strict_policy_and_off_the_disk(rf):
    html = drawn("base.html", rf)
    assert '"allowEval":false' in html
    assert '"includeIndicatorStyles":false' in html
    assert '"historyCacheSize":0' in html


def test_the_frame_weighs_little():
    css = len(brotli.compress((ROOT / "static/css/app.css").read_bytes()))
    script = len(brotli.compress((ROOT / "static/js/app.js").read_bytes()))
    assert css < 7_000
    assert script < 3_000


def test_the_stylesheet_runs_in_old_web_views():
    css = re.sub(r"/\*.*?\*/", "", (ROOT / "static/css/app.css").read_text(), flags=re.S)
    assert not re.search(r"@layer|:has\(|oklch|color-mix|@container|light-dark", css)
    rules = css[css.index("*, *::before") :]
    assert not re.search(r"#[0-9a-f]{3,6}\b", rules), "colours are variables at the top"


def drawn_in(*sheets: Path) -> set[str]:
    """Names of the classes that these stylesheets draw."""
    texts = (re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S) for sheet in sheets)
    return {name for text in texts for name in re.findall(r"\.([a-z][\w-]*)", text)}


def is_paper(path: Path, text: str) -> bool:
    """What becomes a PDF: a document, or a part of one, that does not stand on the app's stylesheet."""
    return ("<html" in text and "app.css" not in text) or path.name.startswith("_paper")


def test_templates_use_only_classes_and_icons_that_are_drawn():
    screen = STYLES / "app.css"
    on_screen, on_paper = drawn_in(screen), drawn_in(*set(STYLES.glob("*.css")) - {screen})
    unknown = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        plain = re.sub(r"{%.*?%}|{{.*?}}", " ", text)
        names = {name for group in re.findall(r'class="([^"]*)"', plain) for name in group.split()}
        icons = [name for name in re.findall(r'{% icon "([^"]+)"', text) if not (ICONS / f"{name}.svg").is_file()]
        undrawn = names - (on_paper if is_paper(path, text) else on_screen)
        unknown += [f"{path.name}: {name}" for name in [*sorted(undrawn), *icons] if not name.endswith("-")]
    assert unknown == []
