"""The immunisation card: the date of each dose, copied once out of the Buku KIA and kept.

The labels and ages are those of `fixtures/rules/immunisation.csv`; which doses concern a child (pentavalent or
hexavalent, JE) the district's dated settings say, and the page leaves the others out.
"""

from __future__ import annotations

from operator import attrgetter

from services.clinical.immunisation import SCHEDULE, SCHOOL, Dose
from services.fields.spec import Audience, Cycle, FormSpec, Kind, Printed, Question, Shape, Step

PREFIX = "imunisasi_"


def question_key(code: str) -> str:
    """The question of a dose: "imunisasi_hb0"."""
    return PREFIX + code


def dose_code(key: str) -> str:
    """The dose of a question."""
    return key.removeprefix(PREFIX)


def _dose(dose: Dose) -> Question:
    return Question(
        question_key(dose.code),
        dose.label,
        Kind.DATE,
        help="Diberikan sampai 24 jam sesudah lahir." if dose.code == "hb0" else "",
        age_months=(dose.from_month, None),
        cycle=Cycle.ONCE,
        step=Step.PELAYANAN,
        group=f"{PREFIX}{dose.from_month}",
    )


KARTU_IMUNISASI = FormSpec(
    key="kartu_imunisasi",
    field="kesehatan",
    title="Imunisasi",
    printed_name="Catatan Imunisasi Anak (dari Buku KIA)",
    shape=Shape.PERSON,
    audience=Audience(stages=("bayi", "balita", "apras")),
    printed=(Printed("imunisasi_berikutnya", "Imunisasi berikutnya"),),
    questions=tuple(_dose(dose) for dose in sorted(SCHEDULE, key=attrgetter("from_month")) if dose.where != SCHOOL),
)
