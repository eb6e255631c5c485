"""One line of a form: its kind, bounds, when it is asked, what it counts and what must follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.fields.spec.predicates import NO, YES, Number, Predicate

Bounds = tuple[Number, Number]
AgeRange = tuple[int | None, int | None]


class Kind(StrEnum):
    """How a question is asked and stored; a key never changes its kind."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"
    DECIMAL = "decimal"
    INTEGER = "integer"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    BLOOD_PRESSURE = "blood_pressure"
    PARTICIPANTS = "participants"


class Step(StrEnum):
    """The five steps of an open day; the paper colours each line "Diisi langkah 1…5"."""

    PENDAFTARAN = "pendaftaran"
    PENGUKURAN = "pengukuran"
    PENCATATAN = "pencatatan"
    PELAYANAN = "pelayanan"
    PENYULUHAN = "penyuluhan"

    @property
    def label(self) -> str:
        """The heading on the card, for example "1. Pendaftaran"."""
        return f"{list(Step).index(self) + 1}. {self.value.capitalize()}"


class Cycle(StrEnum):
    """How often a question comes back; `services.fields.rules.due_questions` applies it."""

    EVERY_TIME = "setiap kali"
    YEARLY = "setahun sekali"
    ONCE = "sekali"
    FIRST_VISIT = "kunjungan pertama"  # only while nothing of this form was ever answered on another day


class Next(StrEnum):
    """What a finding leads to. It is never a diagnosis."""

    URGENT = "perlu ditolong sekarang"
    REFER = "perlu dirujuk"
    CONFIRM = "perlu dikonfirmasi tenaga kesehatan"
    EDUCATE = "perlu edukasi"
    FOLLOW_UP = "perlu ditindaklanjuti"


@dataclass(frozen=True)
class Choice:
    """One answer to choose; the value is stored and printed in exports, so it follows the paper.

    `stages`: the register knows it of residents of these life stages, and fills it in.
    """

    value: str
    label: str
    stages: tuple[str, ...] = ()


YES_NO_CHOICES = (Choice(YES, "Ya"), Choice(NO, "Tidak"))
NONE_OF_THESE = "tidak_ada"
"""The value of a `multi` question's "Tidak ada": it stands alone."""


@dataclass(frozen=True)
class When:
    """Asked only if another question of the same form got such an answer."""

    question: str
    predicate: Predicate


@dataclass(frozen=True)
class Count:
    """A figure of the report: how many subjects gave such an answer."""

    key: str
    label: str
    when: Predicate

    def sentence(self, question: Question) -> str:
        """The line printed under a table, for example: Dihitung bila “Jamban sehat” dijawab “Tidak ada”."""
        return f"Dihitung bila “{question.label}” {self.when.sentence(question.choice_labels)}."


@dataclass(frozen=True)
class Sum:
    """A figure of the report that adds numbers up; `part` names one box of a two-part answer."""

    key: str
    label: str
    part: str = ""

    def sentence(self, question: Question) -> str:
        """The line printed under a table."""
        boxes = [box.label for box in question.parts if not self.part or box.key == self.part]
        named = f" ({' dan '.join(boxes).lower()})" if boxes else ""
        return f"Jumlah dari isian “{question.label}”{named}."


@dataclass(frozen=True)
class Finding:
    """An answer that somebody must act on, in the words shown to the kader."""

    when: Predicate
    sentence: str
    next: Next = Next.FOLLOW_UP


@dataclass(frozen=True)
class Change:
    """What is odd compared with the value before: a warning, never a refusal."""

    more_than: Number | None = None  # either direction, in the question's unit
    share: Number | None = None  # either direction, as a part of the value before, per month
    share_from: Number = 0  # the share is odd only from this value on: a newborn grows a fifth in a month
    fall: Number | None = None  # downwards, in the question's unit


@dataclass(frozen=True)
class Part:
    """One box of an answer with two boxes."""

    key: str
    label: str
    hard: Bounds
    soft: Bounds | None = None


@dataclass(frozen=True)
class Question:
    """One line of a form. Bounds are inclusive; `hard` refuses, `soft` asks to look again."""

    key: str
    label: str
    kind: Kind
    help: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    hard: Bounds | None = None
    soft: Bounds | None = None
    places: int = 1  # digits behind the comma that a decimal may have
    example: str = ""  # shown in refusals, for example "9,8"
    parts: tuple[Part, ...] = ()
    asked_if: When | None = None
    age_months: AgeRange | None = None  # completed months, both ends included
    sex: str | None = None  # "L" or "P"
    months: tuple[int, ...] = ()  # calendar months in which it is asked; empty is always
    cycle: Cycle = Cycle.EVERY_TIME
    step: Step = Step.PENCATATAN
    group: str = ""  # questions of one group are drawn together; see `GROUPS`
    counts: tuple[Count, ...] = ()
    sums: tuple[Sum, ...] = ()
    finding: Finding | None = None
    measure: str = ""  # the column of the typed measurement, or "blood_pressure" for two
    change: Change | None = None
    retired_on: date | None = None

    @property
    def choice_labels(self) -> dict[str, str]:
        """Value → label of every answer that can be chosen."""
        return {choice.value: choice.label for choice in self.offered}

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices as drawn; ya and tidak for a yes-no question."""
        return YES_NO_CHOICES if self.kind is Kind.YES_NO else self.choices

    def but(self, **changes: object) -> Question:
        """The same question with other bounds, step, help or fewer choices in another form; key and kind stay."""
        frozen = {"key", "kind", "label", "unit", "measure"} & set(changes)
        if frozen:
            raise ValueError(f"{self.key}: {', '.join(sorted(frozen))} is the same in every form")
        return replace(self, **changes)  # type: ignore[arg-type]

    def offering(self, *values: str) -> Question:
        """The same question with only these of its choices, in this order."""
        by_value = {choice.value: choice for choice in self.choices}
        return replace(self, choices=tuple(by_value[value] for value in values))


@dataclass(frozen=True)
class Group:
    """Questions drawn together. `none_label` answers all open yes-no ones with "tidak" in one tap.

    With a `summary` the questions themselves are folded away under it until one is needed or answered.
    """

    key: str
    label: str
    none_label: str = ""
    summary: str = ""


GROUPS = {
    group.key: group
    for group in (
        Group("tbc", "Gejala TBC", "4 ditanya, semua tidak", "Ada yang ya · lihat pertanyaannya"),
        Group("skilas", "SKILAS", "6 bidang diperiksa, semua tidak", "Ada yang ya · lihat bidangnya"),
        Group("tanda_bahaya", "Tanda bahaya", summary="Ada tanda bahaya? Isi ini dulu"),
        Group("cara_ukur", "", summary="Cara mengukur lain dari biasanya"),
        Group("mt_pangan", "", summary="Dapat makanan tambahan dari tenaga kesehatan"),
        Group("imunisasi_0", "Saat lahir sampai 1 bulan", summary="Isi tanggalnya"),
        *(
            Group(f"imunisasi_{months}", f"Umur {months} bulan", summary="Isi tanggalnya")
            for months in (2, 3, 4, 9, 10, 12, 18)
        ),
    )
}
