"""The figures of a month: what they are, how they add up, and in which tables they stand. No Django, no clock."""

from services.reports.figures.adding import Tally, monthly_figures, share_of
from services.reports.figures.catalogue import DEFINITIONS, SECTIONS
from services.reports.figures.definitions import Definition
from services.reports.figures.hiding import (
    SMALLEST_SHOWN,
    disguised,
    disguised_parts,
    hidden_groups,
    is_small,
    seen_from_above,
    without_groups,
)
from services.reports.figures.model import (
    CorrectionLine,
    DayLine,
    Figure,
    PartLine,
    Place,
    Report,
    Row,
    Section,
    Signature,
    State,
    Table,
    names_apart,
)
from services.reports.figures.plain import canonical, contract, report_from
from services.reports.figures.sealing import SEALED, as_told
from services.reports.figures.visits import REASONS, STEPS

__all__ = [
    "DEFINITIONS",
    "REASONS",
    "SEALED",
    "SECTIONS",
    "SMALLEST_SHOWN",
    "STEPS",
    "CorrectionLine",
    "DayLine",
    "Definition",
    "Figure",
    "PartLine",
    "Place",
    "Report",
    "Row",
    "Section",
    "Signature",
    "State",
    "Table",
    "Tally",
    "as_told",
    "canonical",
    "contract",
    "disguised",
    "disguised_parts",
    "hidden_groups",
    "is_small",
    "monthly_figures",
    "names_apart",
    "report_from",
    "seen_from_above",
    "share_of",
    "without_groups",
]
