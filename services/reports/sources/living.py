"""Who lived at the posts on the day, who of them came to an open day, and who was sent on."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Case, Count, Exists, F, JSONField, OuterRef, Q, QuerySet, When

from services.fields.spec import IS_YES
from services.records.models import Attendance, Record
from services.reports.figures.ages import band_group, recap_group
from services.reports.figures.recapped import CARDS_FILLED
from services.residents.models import Residency
from services.residents.rules import BALITA_MONTHS

from .answers import Sql, holds
from .classes import BALITA
from .people import ELSEWHERE, HELD, Counts, Frame, add, came, grouped, reaching, staged, younger
from .recapped import cards_filled, sent_on
from .sums import EVERY_ROW, Grouping, Row, counted_when, mark, summed, summed_apart

SHE = {"resident_id": OuterRef("resident_id")}
GROUP = ("posyandu_id", "stage", "band", "sex")
HOUSEHOLDS = "kependudukan.keluarga.jumlah"
SUMS = {
    "people": EVERY_ROW,
    "grown": counted_when("grown = 1"),
    "came": counted_when("came = 1"),
    "sent": counted_when("sent = 1"),
    "asked": counted_when("book IS NOT NULL"),
}
BOOK = "punya_buku_kia"
# KK with somebody who lives there, each once.
HOMES = Grouping(
    ("posyandu_id",),
    {"homes": ("COUNT(household_id)", [])},
    once=("posyandu_id", "household_id"),
    subject=("keluarga", "household_id"),
)


def count_living(frame: Frame, counts: Counts) -> None:
    """Jiwa, L/P, KK, sasaran and hadir by group, and K."""
    # Asked person by person, so that a database with a whole kota in it looks only at the people of these posts.
    here = Attendance.objects.unscoped(reason=ELSEWHERE).filter(came([frame.month]), **SHE)
    # Whoever filled a card counts as referred there; this is who was referred without one.
    sent = sent_on(frame) & ~Q(Exists(cards_filled(frame).filter(**SHE)))
    rows = staged(frame).annotate(
        sex=F("resident__sex"),
        grown=mark(reaching(frame, 36)),
        came=mark(Q(Exists(here))),
        sent=mark(sent),
        book=Case(When(younger(frame.on, BALITA_MONTHS), then=_last_word_on_her_book(frame)), output_field=JSONField()),
    )
    columns = rows.order_by().values(*GROUP, "resident_id", "household_id", "grown", "came", "sent", "book")
    people = Grouping(GROUP, {**SUMS, "owns": _owns()})
    for number, row in summed_apart(frame, columns, [people, HOMES]):
        for key, name in [(HOUSEHOLDS, "homes")] if number else _figures(row):
            add(counts, row["posyandu_id"], key, row[name])
    _count_absent(counts)


def _figures(row: Row) -> Iterator[tuple[str, str]]:
    """The figures of a group of people, each with the sum it takes."""
    stage, finer = row["stage"], recap_group(row["stage"], row["band"])
    yield "kependudukan.warga.jumlah", "people"
    yield f"kependudukan.warga.{'laki_laki' if row['sex'] == 'L' else 'perempuan'}", "people"
    for base in ("kesehatan.semua", f"kesehatan.{stage}", *((f"rekap.{finer}",) if finer != stage else ())):
        yield f"{base}.sasaran", "people"
        yield f"{base}.hadir", "came"
    if stage == "balita":
        yield "kesehatan.balita.s", "people"
        yield "kesehatan.balita.s36", "grown"
        yield f"skdn.{band_group(row['band'], row['sex'])}.s", "people"
    if row["band"] in BALITA:
        yield "kesehatan.balita.k_ditanya", "asked"
        yield "kesehatan.balita.k", "owns"
        yield f"skdn.{band_group(row['band'], row['sex'])}.k", "owns"
    yield f"rekap.{finer}.dirujuk", "sent"
    yield CARDS_FILLED, "sent"


def _last_word_on_her_book(frame: Frame) -> QuerySet:
    """K: the answers that last said whether a child has a KMS or Buku KIA; asked once, so any month counts."""
    cards = Record.objects.unscoped(reason=ELSEWHERE).filter(
        form="kartu_balita", recorded_on__lte=frame.on, answers__has_key=BOOK, **SHE
    )
    return cards.order_by("-recorded_on", "-pk").values("answers")[:1]


def _owns() -> Sql:
    return counted_when(*holds(IS_YES, connection.vendor, BOOK, "book"))


def _count_absent(counts: Counts) -> None:
    for tally in {id(tally): tally for tally in counts.values()}.values():
        for key in [key for key in tally if key.endswith(".sasaran")]:
            base = key.removesuffix(".sasaran")
            tally[f"{base}.tidak_hadir"] = tally[key] - tally.get(f"{base}.hadir", 0)


MOVES = (("began", "from_date", ("lahir", "pindah_masuk")), ("ended", "to_date", ("pindah_keluar", "meninggal")))


def count_moves(frame: Frame, counts: Counts) -> None:
    """Who came and who went this month, each person once."""
    within = [Q(**{f"{day}__range": (frame.month, frame.on), f"{how}__in": kinds}) for how, day, kinds in MOVES]
    mine = Residency.objects.within(frame.scope).filter(
        within[0] | within[1], kind=Residency.Kind.RESIDENT, resident__merged_into__isnull=True
    )
    rows = mine.annotate(came_in=mark(within[0]), went=mark(within[1])).order_by()
    sums = {
        kind: (f"COUNT(DISTINCT CASE WHEN {flag} = 1 AND {how} = '{kind}' THEN resident_id END)", [])
        for (how, _, kinds), flag in zip(MOVES, ("came_in", "went"), strict=True)
        for kind in kinds
    }
    columns = rows.values("posyandu_id", "resident_id", "began", "ended", "came_in", "went")
    for row in summed(frame, columns, Grouping(("posyandu_id",), sums)):
        for kind in sums:
            add(counts, row["posyandu_id"], f"kependudukan.warga.{kind}", row[kind])


def count_guests(frame: Frame, counts: Counts) -> None:
    """Guests count where they were served."""
    guests = Attendance.objects.within(frame.scope).filter(
        state=Attendance.State.PRESENT,
        is_guest=True,
        encounter__period=frame.month,
        encounter__open_day__state__in=HELD,
    )
    for row in grouped(guests, "encounter__posyandu_id", n=Count("resident_id", distinct=True)):
        add(counts, row["encounter__posyandu_id"], "kesehatan.tamu.hadir", row["n"])
