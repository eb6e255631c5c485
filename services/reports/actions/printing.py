"""Many frozen reports get their PDF at once: by several processes, each file kept as soon as it is there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID

from ..queries.frozen import PDF_ABOVE, frozen_reports, kept_pdfs, pdf_names
from ..renderers import Document
from ..renderers.many import Source, pdfs_of
from .freezing import hash_of

AT_A_TIME = 20  # documents read from the database together


def print_reports(
    report_ids: Iterable[UUID],
    *,
    from_above: bool = False,
    told: Callable[[], None] | None = None,
    processes: int = 0,
) -> int:
    """Render and keep the PDFs of these reports that have none yet; how many were made.

    `told` is called after each. Whoever stops in the middle loses nothing: what is kept is not made again.
    """
    made = 0
    names = pdf_names(report_ids, from_above=from_above)
    waiting = _without_pdf(names)
    for key, document in pdfs_of(_sources(waiting, names), processes=processes):
        made += _keep(UUID(key), names[UUID(key)], document)
        if told:
            told()
    return made


def without_pdf(report_ids: Iterable[UUID], *, from_above: bool = False) -> list[UUID]:
    """Those of the reports that were never printed for this reader, in their order."""
    return _without_pdf(pdf_names(report_ids, from_above=from_above))


def _without_pdf(names: Mapping[UUID, str]) -> list[UUID]:
    done = set(kept_pdfs(names).values_list("report_id", flat=True))
    return [each for each in names if each not in done]


def _sources(waiting: list[UUID], names: Mapping[UUID, str]) -> Iterator[Source]:
    for start in range(0, len(waiting), AT_A_TIME):
        for row in frozen_reports(waiting[start : start + AT_A_TIME]):
            yield Source(str(row.pk), row.document, row.sha256, names[row.pk] == PDF_ABOVE)


def _keep(report_id: UUID, name: str, document: Document) -> bool:
    """False where somebody else has printed it meanwhile: hers counts."""
    values = {
        "filename": document.filename,
        "content_type": document.content_type,
        "content": document.content,
        "sha256": hash_of(document.content),
    }
    files = kept_pdfs({report_id: name})
    return files.get_or_create(report_id=report_id, format=name, defaults=values)[1]
