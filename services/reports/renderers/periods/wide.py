"""Tables whose rows are places: a column for each figure, cut into pieces that fit on landscape paper."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.reports.figures import Figure, Section, State, Table
from services.reports.figures.periods import Standing
from services.web.rules import MISSING, number_text, percent_text

# So many columns stand beside a place and its reports; more where all headers are as short as "D" and "2T".
MOST_COLUMNS, MOST_NARROW, NARROW = 12, 18, 4
FEW_LINES = 24  # a table of so few lines is not broken across pages
WHOLE = "Seluruhnya"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of a table: the heading it shares with its neighbours ("" in a list), its own, and its key."""

    heading: str
    header: str
    key: str

    @property
    def words(self) -> str:
        return f"{self.heading}: {self.header}" if self.heading else self.header


@dataclass(frozen=True)
class Line:
    """A row: a month or a place, of how many reports, and its numbers as text."""

    label: str
    reports: str
    texts: tuple[str, ...]
    note: str = ""
    code: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class WideTable:
    """A piece of a table: (heading, how many columns), headers, a line a place and one for the whole.

    `silent` says in words which columns have no number other than zero at any place.
    """

    title: str
    headings: tuple[tuple[str, int], ...]
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    silent: tuple[tuple[str, str], ...] = ()

    @property
    def is_short(self) -> bool:
        return len(self.lines) <= FEW_LINES


def text_of(figure: Figure) -> str:
    """16, 88,9%, or why there is no number."""
    if figure.state is State.NOT_APPLICABLE:
        return MISSING
    if not figure.is_known:
        return figure.state.words
    return percent_text(figure.value) if figure.unit == "%" else number_text(figure.value)


def short_text(figure: Figure) -> str:
    """The same in a narrow column."""
    return text_of(figure).replace("belum didata", "belum")


def counted_words(standing: Standing) -> str:
    """3 dari 4 reports, as it stands beside every sum."""
    return f"{number_text(standing.counted)} dari {number_text(standing.owing)}"


def columns_of(table: Table) -> tuple[Column, ...]:
    """Every figure of a table, row after row."""
    if table.is_list:
        return tuple(Column("", row.label, row.keys[0]) for row in table.rows)
    return tuple(
        Column(row.label, header, key)
        for row in table.rows
        for header, key in zip(table.columns, row.keys, strict=True)
        if key
    )


def wide_tables(section: Section, recap) -> Iterator[WideTable]:
    """The tables of a section with a line for each place below and one for the whole, in pieces."""
    rows = [(part.place.name, part.place.code, part.standing, part.figures) for part in recap.parts]
    rows.append((WHOLE, "", recap.standing, recap.figures))
    for table in section.tables:
        yield from _pieces(table, rows)


def _pieces(table: Table, rows: Sequence[tuple[str, str, Standing, Mapping[str, Figure]]]) -> Iterator[WideTable]:
    columns, silent = _told(table, [figures for *_, figures in rows])
    pieces = list(_cut(columns)) or [()]
    for number, piece in enumerate(pieces, start=1):
        lines = tuple(
            Line(label, counted_words(standing), _texts(piece, figures), code=code, is_whole=not code)
            for label, code, standing, figures in rows
        )
        headings = tuple((text, len(list(same))) for text, same in groupby(piece, key=lambda each: each.heading))
        yield WideTable(
            table.title if number == 1 else f"{table.title} (lanjutan {number})",
            headings if any(text for text, _ in headings) else (),
            tuple(each.header for each in piece),
            lines if piece else (),
            silent if number == len(pieces) else (),
        )


def _texts(columns: Sequence[Column], figures: Mapping[str, Figure]) -> tuple[str, ...]:
    return tuple(short_text(figures[each.key]) for each in columns)


def _told(table: Table, rows: Sequence[Mapping[str, Figure]]) -> tuple[list[Column], tuple[tuple[str, str], ...]]:
    """The columns that say something somewhere, and the others in words."""
    told, silent = [], {}
    columns = columns_of(table)
    for column in columns:
        words = _silence([figures[column.key] for figures in rows])
        if words:
            silent.setdefault(words, []).append(column)
        else:
            told.append(column)
    return told, tuple((words, _names(found, columns)) for words, found in silent.items())


def _silence(figures: Sequence[Figure]) -> str:
    states = {each.state for each in figures}
    if State.DISGUISED in states or any(each.value for each in figures):
        return ""
    if State.KNOWN in states:
        return "0"
    return "Belum didata" if State.NOT_RECORDED in states else "Tidak berlaku"


def _names(silent: Sequence[Column], columns: Sequence[Column]) -> str:
    """Their names: what is silent under every heading once, and a whole heading without its columns."""
    everywhere = [header for header, number in _times(columns).items() if number == _times(silent).get(header)]
    said = [f"{header} (semua)" if any(each.heading for each in columns) else header for header in everywhere]
    rest = [each for each in silent if each.header not in everywhere]
    for heading, found in groupby(rest, key=lambda each: each.heading):
        headers = [each.header for each in found]
        is_all = len(headers) == sum(each.heading == heading and each.header not in everywhere for each in columns)
        said.append(heading if is_all else f"{heading}: {', '.join(headers)}")
    return "; ".join(said)


def _times(columns: Sequence[Column]) -> Counter[str]:
    return Counter(each.header for each in columns)


def _cut(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """Pieces of a page's width; columns under one heading stay together where they fit."""
    piece: list[Column] = []
    most = MOST_NARROW if all(len(each.header) <= NARROW for each in columns) else MOST_COLUMNS
    for _, found in groupby(columns, key=lambda each: each.heading or each.key):
        own = list(found)
        if piece and len(piece) + len(own) > most:
            yield tuple(piece)
            piece = []
        piece += own
        while len(piece) > most:
            yield tuple(piece[:most])
            piece = piece[most:]
    if piece:
        yield tuple(piece)
