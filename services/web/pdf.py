"""HTML to a tagged PDF (PDF/UA) by WeasyPrint; the one way paper is made. Stylesheets and fonts are parsed once."""

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


def render_pdf(html: str, *, stylesheet: str) -> bytes:
    """A PDF of this HTML (with `lang`, a title and alternative texts) in the look of a file of static/css/."""
    return HTML(string=html, url_fetcher=INSIDE).write_pdf(
        stylesheets=[parsed(stylesheet)], font_config=FONTS, pdf_variant="pdf/ua-1"
    )
