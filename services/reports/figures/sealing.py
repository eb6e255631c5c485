"""Counts of confidential things: from what is shown nobody can tell whether there is any (domain 4.5, flows 20). Pure.

A posyandu, desa or kelurahan (and a puskesmas) never tells them, so nothing shows there by subtraction either; above,
they are told from five on, and zero reads as one to four do. The sums above need the numbers: `Report.sealed` brings
those of a post to the rows that are added up, and no document or reader has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.reports.figures.catalogue import DEFINITIONS
from services.reports.figures.hiding import SMALLEST_SHOWN
from services.reports.figures.model import Figure, State

SEALED = frozenset(each.key for each in DEFINITIONS if each.sealed)


def as_told(figures: Mapping[str, Figure], *, above: bool) -> dict[str, Figure]:
    """The figures of a place with its confidential counts closed. `above`: it is one above desa/kelurahan.

    A place that owes nothing has none of any figure, and that is said as of the others.
    """
    sealed = {key: figures[key] for key in SEALED & figures.keys() if figures[key].state is not State.NOT_APPLICABLE}
    return {**figures, **{key: _close(each) for key, each in sealed.items() if not (above and _is_told(each))}}


def _is_told(figure: Figure) -> bool:
    return (figure.value or 0) >= SMALLEST_SHOWN


def _close(figure: Figure) -> Figure:
    return replace(figure, state=State.DISGUISED, value=None, denominator=None)
