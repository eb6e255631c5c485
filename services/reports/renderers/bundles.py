"""Kept PDFs put together: one PDF with a cover and bookmarks, or an archive. A bundle claims no PDF/UA."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile

import pikepdf
from django.template.loader import render_to_string

from services.reports.figures import Place, Signature
from services.web.pdf import render_pdf
from services.web.rules import month_text

from ..rules import bare_name
from . import Document, plain_name

PDF, ZIP = "application/pdf", "application/zip"
MADE = (1980, 1, 1, 0, 0, 0)  # the same contents are the same bytes whenever they are archived


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF under its bookmarks, outermost first: ("Pekalongan Utara", "Kandang Panjang", "Kencana Ungu")."""

    bookmarks: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A post on the cover: what is in the bundle, or why it is not (`why`)."""

    name: str
    above: str
    version: str = ""
    sha256: str = ""
    filled: str = ""
    why: str = ""

    @property
    def code(self) -> str:
        """The beginning of the hash in fours, as one reads it aloud."""
        return " ".join(self.sha256[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands before the reports: which are here, which are missing, and one place to sign."""

    place: Place
    month: object
    made_on: date
    letterhead: tuple[str, ...]
    inside: tuple[CoverLine, ...]
    missing: tuple[CoverLine, ...]
    signatures: tuple[Signature, ...]
    logo: str = ""

    @property
    def signed_at(self) -> str:
        """Kandang Panjang, ……………… 2026: the day is written by hand."""
        return f"{bare_name(self.place.name)}, ……………… {self.made_on:%Y}"

    @property
    def title(self) -> str:
        return f"Bundel laporan {self.place.title}, {month_text(self.month)}"


def cover_pdf(cover: Cover) -> bytes:
    """The cover sheet on paper."""
    owing = len(cover.inside) + len(cover.missing)
    said = f"{len(cover.inside)} dari {owing} posyandu"
    shown = {"cover": cover, "said": said, "month_name": month_text(cover.month), "foot": f"{cover.title} · {said}"}
    return render_pdf(render_to_string("reports/_bundle_cover.html", shown), stylesheet="bundle.css")


def merged(sheets: Iterable[Sheet], *, title: str) -> bytes:
    """One PDF of all sheets, in order, with nested bookmarks.

    Each is closed as soon as its pages are taken: most of a tagged PDF is its tree of tags, which does not go along.
    """
    starts: list[tuple[tuple[str, ...], int]] = []
    with pikepdf.new() as book, TemporaryFile() as target:
        for sheet in sheets:
            starts.append((sheet.bookmarks, len(book.pages)))
            with pikepdf.open(BytesIO(sheet.content)) as source:
                book.pages.extend(source.pages)
        _drop_marks(book)
        _bookmark(book, starts)
        book.Root.Lang = "id-ID"
        book.docinfo["/Title"] = title
        book.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        target.seek(0)
        return target.read()


def _drop_marks(book: pikepdf.Pdf) -> None:
    """The pages' numbers in a tree of tags that stayed behind would point nowhere."""
    for page in book.pages:
        for name in ("/StructParents", "/Tabs"):
            if name in page:
                del page[name]


def _bookmark(book: pikepdf.Pdf, starts: Sequence[tuple[tuple[str, ...], int]]) -> None:
    with book.open_outline() as outline:
        above: list[tuple[str, list]] = []
        for bookmarks, page in starts:
            shared = 0
            while shared < min(len(above), len(bookmarks) - 1) and above[shared][0] == bookmarks[shared]:
                shared += 1
            del above[shared:]
            for text in bookmarks[shared:]:
                item = pikepdf.OutlineItem(text, page)
                (above[-1][1] if above else outline.root).append(item)
                above.append((text, item.children))


def archive(documents: Iterable[Document], filename: str) -> Document:
    """Files in one ZIP; PDFs are small already and are only stored."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as book:
        for document in documents:
            book.writestr(zipfile.ZipInfo(document.filename, MADE), document.content)
    return Document(filename, ZIP, target.getvalue())


def filename_of(place: Place, month, ending: str) -> str:
    """bundel-2026-10-kandang-panjang.pdf"""
    return f"bundel-{month:%Y-%m}-{plain_name(place.name)}.{ending}"
