"""Bundles: the kept PDFs of a place-month put together for each level, in the way that level hands them on.

Everything is kept as soon as it is made, so work that was cut off goes on where it stopped.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from services.areas import clock
from services.areas.queries import letterhead
from services.areas.scope import Scope
from services.audit.actions import Verb, note

from ..figures import Place
from ..figures.periods import read_span
from ..models import Bundle
from ..queries.bundles import Contents, contents_of, filled_words, part_of, villages_of
from ..queries.frozen import kept_pdfs, pdf_names
from ..queries.levels import level_rows
from ..queries.periods import asked_place, tables_recap
from ..renderers import Document, levels, periods
from ..renderers.bundles import PDF, Cover, CoverLine, Sheet, archive, cover_pdf, filename_of, merged
from ..sources import identity
from ..sources.stationery import logo_of
from .freezing import hash_of
from .printing import print_reports, without_pdf

AT_A_TIME = 40  # kept files read from the database together
FORMATS = {"kecamatan": ("zip",), "kabupaten": ("pdf", "xlsx"), "kota": ("pdf", "xlsx")}

Told = Callable[..., None]


def formats_of(place: Place) -> tuple[str, ...]:
    """The files that the bundle of a level is handed on as."""
    return FORMATS.get(place.level, ("pdf",))


def make_bundle(*, place: Place, month: date, by, told: Told, from_above: bool = False) -> Contents:
    """Make what is missing or out of date of a place-month's bundle. `told(done=…, total=…)` hears how far it is."""
    contents = contents_of(place, month, from_above=from_above)
    wanted = [format_ for format_ in formats_of(place) if not is_current(contents, format_)]
    if wanted:
        _print_members(contents, told)
    for format_ in wanted:
        _keep(contents, format_, _document(contents, format_, by, told), by)
        told()
    return contents


def is_current(contents: Contents, format_: str) -> bool:
    """Whether the kept bundle holds what it would hold if it were made now."""
    return _kept(contents, format_).filter(contents=contents.key).exists()


def _kept(contents: Contents, format_: str):
    here = Scope(None, areas=(contents.place.code,))
    return Bundle.objects.within(here).filter(
        place=contents.place.code, month=contents.month, format=contents.kept_as(format_)
    )


def _print_members(contents: Contents, told: Told) -> None:
    ids = [member.report_id for member in contents.members]
    waiting = without_pdf(ids, from_above=contents.from_above)
    done = len(ids) - len(waiting)
    told(done=done, total=len(ids))

    def count() -> None:
        nonlocal done
        done += 1
        told(done=done)

    print_reports(waiting, from_above=contents.from_above, told=count)


def _document(contents: Contents, format_: str, by, told: Told) -> Document:
    if format_ == "zip":
        return _archive(contents, by, told)
    if format_ == "xlsx":
        missing = [(each.path, each.name, each.why) for each in contents.missing]
        return levels.xlsx(contents.place, contents.month, level_rows(contents), missing)
    return Document(filename_of(contents.place, contents.month, "pdf"), PDF, _book(contents))


def _book(contents: Contents) -> bytes:
    cover = Sheet(("Lembar pengantar",), cover_pdf(cover_of(contents)))
    return merged(_sheets(contents, cover), title=f"Bundel laporan {contents.place.title} {contents.month:%Y-%m}")


def _sheets(contents: Contents, cover: Sheet) -> Iterator[Sheet]:
    yield cover
    is_village = not contents.place.is_above_village
    for start in range(0, len(contents.members), AT_A_TIME):
        members = contents.members[start : start + AT_A_TIME]
        names = pdf_names([member.report_id for member in members], from_above=contents.from_above)
        files = dict(kept_pdfs(names).values_list("report_id", "content"))
        for member in members:
            above = () if is_village else (member.subdistrict, member.village)
            yield Sheet((*above, member.name), bytes(files[member.report_id]))


def cover_of(contents: Contents) -> Cover:
    """The cover sheet of a bundle: signed once for all posts, by the head of the place."""
    above = identity.places_above(contents.place.code)
    today = clock.today(contents.place.code)
    filled = filled_words(contents.members)
    is_village = not contents.place.is_above_village
    return Cover(
        place=contents.place,
        month=contents.month,
        made_on=today,
        letterhead=letterhead(above),
        inside=tuple(
            CoverLine(
                each.name,
                "" if is_village else each.village,
                each.version_words,
                each.sha256,
                filled[each.report_id],
            )
            for each in contents.members
        ),
        missing=tuple(
            CoverLine(each.name, "" if is_village else each.village, why=each.why) for each in contents.missing
        ),
        signatures=identity.signatures(contents.place, above, today, "")[:1],
        logo=logo_of(contents.place.code),
    )


def _archive(contents: Contents, by, told: Told) -> Document:
    """One bundle for each desa/kelurahan, itself kept for its lurah, and the recap of the month."""

    def documents() -> Iterator[Document]:
        for village in villages_of(contents):
            part = part_of(contents, village)
            if part.members:
                told()
                yield _kept_or_made(part, by)
        recap = tables_recap(asked_place(contents.place.code, read_span(f"{contents.month:%Y-%m}"), scope=None))
        yield periods.pdf(recap)
        yield periods.xlsx(recap)

    return archive(documents(), filename_of(contents.place, contents.month, "zip"))


def _kept_or_made(part: Contents, by) -> Document:
    kept = _kept(part, "pdf").filter(contents=part.key).first()
    if kept is None:
        kept = _keep(part, "pdf", _document(part, "pdf", by, lambda **_: None), by)
    return Document(kept.filename, kept.content_type, bytes(kept.content))


def columns_of(*, document: Document, by) -> dict[str, Any]:
    """What a kept bundle says of its file and of who made it."""
    return {
        "filename": document.filename,
        "content_type": document.content_type,
        "content": document.content,
        "sha256": hash_of(document.content),
        "made_by": by,
        "made_at": timezone.now(),
    }


@transaction.atomic
def _keep(contents: Contents, format_: str, document: Document, by) -> Bundle:
    values = {
        "level": contents.place.level,
        "contents": contents.key,
        "inside": len(contents.members),
        "missing": len(contents.missing),
        **columns_of(document=document, by=by),
    }
    row, is_new = _kept(contents, format_).update_or_create(
        place=contents.place.code, month=contents.month, format=contents.kept_as(format_), defaults=values
    )
    verb = Verb.CREATE if is_new else Verb.UPDATE
    note(by=by, verb=verb, on=row, place=row.place, bulan=f"{row.month:%Y-%m}", bentuk=format_, isi=row.inside)
    return row
