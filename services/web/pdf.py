"""HTML to a tagged PDF (PDF/UA) by WeasyPrint; the one way paper is made. Stylesheets and fonts are parsed once."""

import gc
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

STYLESHEETS = Path(settings.BASE_DIR) / "static" / "css"
FONTS = FontConfiguration()
# All that the paper needs is inside it: no file and no address is opened.
INSIDE = URLFetcher(allowed_protocols={"data"})


@cache
def parsed(stylesheet: str) -> CSS:
    """The parsed stylesheet of static/css/ of this file name."""
    return CSS(string=(STYLESHEETS / stylesheet).read_text(encoding="utf-8"), font_config=FONTS)


class _Plain(HTML):
    """HTML that uses few elements: what they are by nature is said by a stylesheet of ours."""

    defaults: CSS

    def _ua_stylesheets(self, forms=False):
        return [self.defaults]


def render_pdf(html: str, *, stylesheet: str, defaults: str = "") -> bytes:
    """A PDF of this HTML (with `lang`, a title and alternative texts) in the look of a file of static/css/.

    `defaults` is a file that takes the place of WeasyPrint's own stylesheet, for paper that is made by the hundred.
    """
    document = (_Plain if defaults else HTML)(string=html, url_fetcher=INSIDE)
    if defaults:
        document.defaults = parsed(defaults)
    with _uncollected():
        return document.write_pdf(stylesheets=[parsed(stylesheet)], font_config=FONTS, pdf_variant="pdf/ua-1")


@contextmanager
def _uncollected():
    """Boxes are made by the ten thousand and live to the end: looking for garbage among them costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
