"""The report's tables ready to draw: every number as text beside its denominator, and what may be folded on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from services.reports.figures import Figure, Report, Section, State, Table
from services.web.rules import MISSING, number_text, percent_text

LONGEST_RUN = 8
NOTHING = "0, selebihnya belum didata"
_WORDS = {"0": "Tidak ada (0)", NOTHING: "Tidak ada (0), selebihnya belum didata", MISSING: "Tidak berlaku bulan ini"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as text; `of` is "dari 166 orang"; `quiet` where there is no number."""

    text: str
    of: str = ""
    quiet: bool = False
    sentence: str = ""
    label: str = ""
    key: str = ""


@dataclass(frozen=True)
class ShownRow:
    label: str
    cells: tuple[Cell, ...]

    @cached_property
    def same(self) -> str:
        """What all its cells say: one word, "0", or "0" beside what is not recorded; "" where they say more."""
        said = {cell.text for cell in self.cells if cell.text}
        if said == {"0", State.NOT_RECORDED.words}:
            return NOTHING
        if said == {"0", MISSING}:  # nothing happened, so there is no share or median of it
            return "0"
        first = next(iter(said)) if len(said) == 1 else ""
        return first if first == "0" or any(cell.quiet for cell in self.cells) else ""

    @property
    def narrow(self) -> tuple[str, ...]:
        """Its cells for a narrow column, where "belum didata" is "belum"."""
        return tuple(cell.text.replace("belum didata", "belum") for cell in self.cells)


@dataclass(frozen=True)
class ShownTable:
    """A table ready to draw. `words`: the one state that all its figures have, in place of the rows.

    `known` are the rows with a number; `missing` says of the others, in words, which have none.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    note: str
    is_list: bool
    words: str = ""

    @property
    def known(self) -> tuple[ShownRow, ...]:
        return tuple(row for row in self.rows if not self.is_list or not row.cells[0].quiet)

    @cached_property
    def told(self) -> tuple[ShownRow, ...]:
        """The rows that paper draws: whichever says more than one and the same word or zero."""
        return tuple(row for row in self.rows if not row.same)

    @property
    def folded(self) -> tuple[tuple[str, str], ...]:
        """The other rows in a line for each word: their labels are on paper, their cells are not drawn."""
        by_words: dict[str, list[str]] = {}
        for row in self.rows:
            if same := row.same:
                by_words.setdefault(_WORDS.get(same, same.capitalize()), []).append(row.label)
        return tuple((words, "; ".join(labels)) for words, labels in by_words.items())

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """A short list, or the only row of a table, as (words, number) that run on in a line; () for a real table.

        A cell costs the maker of the PDF more than ten words, and a table of one row is hard to read.
        """
        if self.is_list:
            short = self.told if len(self.told) <= LONGEST_RUN else ()
            return tuple((row.label, f"{cell.text} {cell.of}".strip()) for row in short for cell in row.cells)
        if len(self.told) != 1:
            return ()
        cells = zip(self.columns, self.told[0].cells, strict=True)
        return tuple((column, cell.text) for column, cell in cells if cell.text)

    @property
    def subject(self) -> str:
        """Whom the only row of a table is about."""
        return "" if self.is_list or len(self.told) != 1 else self.told[0].label

    @property
    def pairs(self) -> tuple[tuple[ShownRow, ShownRow | None], ...]:
        """A list in two columns, each read downwards: paper is wide, and a list is narrow."""
        half = (len(self.told) + 1) // 2
        left, right = self.told[:half], self.told[half:]
        return tuple(zip_longest(left, right))

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        if not self.is_list:
            return ()
        by_words: dict[str, list[str]] = {}
        for row in self.rows:
            if row.cells[0].quiet:
                by_words.setdefault(_WORDS.get(row.cells[0].text, row.cells[0].text.capitalize()), []).append(row.label)
        return tuple((words, "; ".join(labels)) for words, labels in by_words.items())

    @property
    def is_line(self) -> bool:
        """A single number is a sentence, not a table."""
        return self.is_list and len(self.rows) == 1

    @property
    def head(self) -> str:
        """What stands before a single number, unless its label says the same."""
        return "" if self.rows[0].label.split()[0] == self.title.split()[0] else f"{self.title}: "


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    title: str
    field: str
    tables: tuple[ShownTable, ...]

    @property
    def told(self) -> tuple[ShownTable, ...]:
        """The tables with something to say."""
        return tuple(table for table in self.tables if not table.words)

    @property
    def silent(self) -> tuple[tuple[str, str], ...]:
        """The others in a line for each word: Belum didata: Imunisasi; Kekerasan."""
        by_words: dict[str, list[str]] = {}
        for table in self.tables:
            if table.words:
                by_words.setdefault(table.words.capitalize(), []).append(table.title)
        return tuple((words, "; ".join(titles)) for words, titles in by_words.items())


def value_text(figure: Figure) -> str:
    """16, 88,9%, or why there is no number: "–" for what does not apply, words for the rest."""
    if figure.state is State.NOT_APPLICABLE:
        return MISSING
    if not figure.is_known:
        return figure.state.words
    return percent_text(figure.value) if figure.unit == "%" else number_text(figure.value)


def cell_of(figure: Figure | None) -> Cell:
    """A cell; an empty one where the table has no figure."""
    if figure is None:
        return Cell("")
    return Cell(value_text(figure), _of(figure), not figure.is_known, figure.sentence, figure.label, figure.key)


def _of(figure: Figure) -> str:
    if not figure.is_known:
        return ""
    unit = "" if figure.unit == "%" else figure.unit
    return f"dari {number_text(figure.denominator)}" if figure.denominator is not None else unit


def shown_table(table: Table, figures: Mapping[str, Figure]) -> ShownTable:
    rows = tuple(ShownRow(row.label, tuple(cell_of(figures.get(key)) for key in row.keys)) for row in table.rows)
    states = {figures[key].state for key in table.keys}
    same = states.pop() if len(states) == 1 else State.KNOWN
    words = "" if same is State.KNOWN else same.words
    return ShownTable(table.key, table.title, table.columns, rows, table.note, table.is_list, words)


def shown_sections(report: Report) -> tuple[ShownSection, ...]:
    """Every figure of the report, in its table."""
    return tuple(_shown_section(section, report.figures) for section in report.sections)


def _shown_section(section: Section, figures: Mapping[str, Figure]) -> ShownSection:
    tables = tuple(shown_table(table, figures) for table in section.tables)
    return ShownSection(section.key, section.title, section.field, tables)
