"""Many frozen reports get their PDF at once: by several processes, each file kept as soon as it is there."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from ..queries.frozen import frozen_reports, kept_pdfs
from ..renderers import Document
from ..renderers.many import Source, pdfs_of
from .freezing import hash_of

AT_A_TIME = 20  # documents read from the database together


def print_reports(report_ids: Iterable[UUID], *, told: Callable[[], None] | None = None, processes: int = 0) -> int:
    """Render and keep the PDFs of these reports that have none yet; how many were made.

    `told` is called after each. Whoever stops in the middle loses nothing: what is kept is not made again.
    """
    made = 0
    for key, document in pdfs_of(_sources(list(report_ids)), processes=processes):
        made += _keep(UUID(key), document)
        if told:
            told()
    return made


def without_pdf(report_ids: Iterable[UUID]) -> list[UUID]:
    """Those of the reports that were never printed, in their order."""
    wanted = list(report_ids)
    done = set(kept_pdfs(wanted).values_list("report_id", flat=True))
    return [each for each in wanted if each not in done]


def _sources(report_ids: list[UUID]) -> Iterator[Source]:
    waiting = without_pdf(report_ids)
    for start in range(0, len(waiting), AT_A_TIME):
        for row in frozen_reports(waiting[start : start + AT_A_TIME]):
            yield Source(str(row.pk), row.document, row.sha256)


def _keep(report_id: UUID, document: Document) -> bool:
    """False where somebody else has printed it meanwhile: hers counts."""
    values = {
        "filename": document.filename,
        "content_type": document.content_type,
        "content": document.content,
        "sha256": hash_of(document.content),
    }
    return kept_pdfs([report_id]).get_or_create(report_id=report_id, format="pdf", defaults=values)[1]
