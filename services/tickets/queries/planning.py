"""Lists for those who plan: what forms found, what people wish for, and the register of a field on paper."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from services.areas.models import Office
from services.areas.scope import Scope, inside
from services.fields import registry
from services.fields.spec import Kind, Shape
from services.posyandu.models import Posyandu
from services.records.models import Record
from services.records.queries import participants_of_month
from services.residents.models import Residency
from services.web.rules import month_text, number_text, short_date_text

from ..models import Ticket
from ..resources.papers import Table
from ..rules import ACTIVE, FINAL, STATE_LABELS, Finding, place_said
from .lists import open_tickets, posts_inside

FINDING_COLUMNS = ("No", "Desa/kelurahan", "Posyandu", "Nama", "RW", "RT", "Dusun/letak", "Ditemukan")
ASPIRATION_COLUMNS = (
    "No", "Tanggal", "Nomor", "Desa/kelurahan", "Posyandu", "Bidang", "Tentang", "Uraian", "Tempat",
    "Lingkup", "Ikut melapor", "Mendesak", "Keadaan",
)  # fmt: skip
REGISTER_COLUMNS = {
    "pekerjaan_umum": (
        "No", "Tanggal", "No Surat Permohonan RT", "Nama", "Keluhan", "Lokasi Pembangunan Sarana", "TL/BTL",
    ),
    "perumahan_rakyat": (
        "No", "Tanggal", "NIK", "Nama", "FC KK", "FC KTP", "Surat Pernyataan", "Suket Penghasilan",
        "Foto Kondisi Rumah", "TL/BTL", "Ket.",
    ),
}  # fmt: skip
OTHER_COLUMNS = ("No", "Tanggal", "NIK", "Nama", "Hal Pengaduan", "TL/BTL")
HOUSE_PAPERS = (
    "Fotokopi KK",
    "Fotokopi KTP",
    "Surat pernyataan belum pernah menerima bantuan",
    "Surat keterangan penghasilan dari desa/kelurahan",
    "Foto rumah dari 3 sisi",
)
HOUSE_GROUP = ("Persyaratan", 4, 9)
LEAST_ROWS = 10


def planning_scope(scope: Scope) -> Scope:
    """Where lists are made: the asker's places; for an office its whole kab/kota, in the fields it answers."""
    if not scope.offices:
        return scope
    offices = list(Office.objects.filter(pk__in=scope.offices))
    posts = Posyandu.objects.unscoped(reason="an office plans for its kab/kota; purpose stated, reading logged")
    within = Q(pk__in=[])
    for district in {office.area_id for office in offices}:
        within |= inside("path", district)
    ids = frozenset(posts.filter(within).values_list("pk", flat=True))
    fields = frozenset(field for office in offices for field in office.fields)
    return Scope(scope.user_id, ids | scope.posyandu, scope.areas, fields)


def found(finding: Finding, scope: Scope, on: date, place: str = "") -> QuerySet[Record]:
    """The newest records of a form that say so, one a subject, by desa and posyandu; of one place or all.

    Of people and houses only those that are there on the day, of things only those in use.
    """
    key = f"answers__{finding.question}"
    rows = Record.objects.within(scope).filter(form__in=finding.forms, answers__has_key=finding.question)
    newer = rows.filter(
        Q(household__isnull=False, household=OuterRef("household"))
        | Q(resident__isnull=False, resident=OuterRef("resident"))
        | Q(asset__isnull=False, asset=OuterRef("asset")),
        Q(encounter__date__gt=OuterRef("encounter__date"))
        | Q(encounter__date=OuterRef("encounter__date"), pk__gt=OuterRef("pk")),
    )
    wanted = Q(**{f"{key}__in": list(finding.values)})
    if registry.form(finding.forms[0]).question(finding.question).kind is Kind.MULTI:
        for value in finding.values:  # one of several ticked: both databases find it in the list's own text
            wanted |= Q(**{f"{key}__icontains": f'"{value}"'})
    says = _still_there(rows.filter(wanted).filter(~Exists(newer)), registry.form(finding.forms[0]).shape, scope, on)
    if place:
        says = says.filter(encounter__posyandu__in=posts_inside(place))
    people = says.select_related("encounter__posyandu__area", "household", "resident", "asset")
    return people.order_by("encounter__posyandu__path", "pk")


def _still_there(rows: QuerySet[Record], shape: Shape, scope: Scope, on: date) -> QuerySet[Record]:
    """Without who moved away or died and what is used no more; a person's row says where she lives."""
    lived = Residency.objects.within(scope).filter(kind="warga")
    living = lived.filter(Residency.on_day(on))
    if shape is Shape.ASSET:
        return rows.filter(Q(asset__retired_on=None) | Q(asset__retired_on__gt=on))
    if shape is Shape.HOUSEHOLD:
        home = OuterRef("household")  # one whose people were never written down is a house all the same
        return rows.filter(Exists(living.filter(household=home)) | ~Exists(lived.filter(household=home)))
    if shape is Shape.ACTIVITY:
        return rows
    home = living.filter(resident=OuterRef("resident")).order_by("pk")
    where = {f"home_{part}": Subquery(home.values(f"household__{part}")[:1]) for part in ("rw", "rt", "dusun")}
    return rows.filter(Exists(home)).annotate(**where)


def finding_table(finding: Finding, records: Iterable[Record], purpose: str, today: date, *, total: int) -> Table:
    """A list of findings as a paper, with what it is for; `total` is how many there are, also where fewer are shown."""
    rows = [_finding_row(number, record) for number, record in enumerate(records, start=1)]
    head = (("Tujuan", purpose or "belum ditulis"), ("Jumlah", number_text(total)), ("Dibuat", short_date_text(today)))
    return Table(f"Daftar {finding.label.lower()}", head, FINDING_COLUMNS, rows)


def _finding_row(number: int, record: Record) -> list[str]:
    post, subject = record.encounter.posyandu, record.household or record.asset
    name = record.household.head_name if record.household else str(record.resident or record.asset or record.activity)
    rw, rt, dusun = (
        getattr(subject, part, "") or getattr(record, f"home_{part}", "") or "" for part in ("rw", "rt", "dusun")
    )
    where = dusun or getattr(subject, "location_note", "") or place_said(record.answers)
    return [str(number), post.area.title, post.name, name, rw, rt, where, short_date_text(record.encounter.date)]


def aspirations(scope: Scope, year: int) -> QuerySet[Ticket]:
    """What people wished for in a year, for Musrenbang; confidential tickets are never among it."""
    wishes = open_tickets(scope).filter(kind=Ticket.Kind.ASPIRATION, received_on__year=year)
    return wishes.select_related("posyandu__area").prefetch_related("joiners").order_by("posyandu__path", "received_on")


def aspiration_table(tickets: Iterable[Ticket], year: int, purpose: str, *, total: int) -> Table:
    rows = [_aspiration_row(number, ticket) for number, ticket in enumerate(tickets, start=1)]
    head = (("Tahun", str(year)), ("Tujuan", purpose or "Musrenbang"), ("Jumlah", number_text(total)))
    return Table("Daftar aspirasi warga", head, ASPIRATION_COLUMNS, rows)


def _aspiration_row(number: int, ticket: Ticket) -> list[str]:
    return [
        str(number),
        short_date_text(ticket.received_on),
        ticket.number,
        ticket.posyandu.area.title,
        ticket.posyandu.name,
        registry.field(ticket.field).label,
        ticket.about,
        ticket.description,
        ticket.place,
        ticket.get_extent_display(),
        str(len(ticket.joiners.all())),
        ticket.get_urgency_display(),
        STATE_LABELS[ticket.state],
    ]


def register_tickets(scope: Scope, field: str, month: date, until: date) -> QuerySet[Ticket]:
    """A month's tickets of a field at the posts of the scope, as they came in."""
    rows = open_tickets(scope).filter(field=field, received_on__range=(month, until))
    return rows.select_related("resident", "posyandu__area__parent__parent").order_by("received_on", "number")


def participants_tables(posyandu: Posyandu, field: str, month: date, scope: Scope) -> tuple[Table, ...]:
    """Who came by name to a field's activities of a month, a table a form; `scope` is where the reader sees names."""
    tables = []
    for spec in registry.forms_for(field=field, shape=Shape.ACTIVITY):
        if spec.names_participants is None:
            continue
        named = participants_of_month(spec, posyandu, scope, month)
        rows = [[str(number), short_date_text(day), *one.columns] for number, (day, one) in enumerate(named, start=1)]
        columns = ("No", "Tanggal", "Nama", "JK", "HP", spec.names_participants.label)
        if rows:
            tables.append(Table(f"Peserta {spec.title}", (), columns, rows))
    return tuple(tables)


def register_table(
    posyandu: Posyandu, field: str, month: date, tickets: Iterable[Ticket], *, also: Sequence[Table] = ()
) -> Table:
    """Format Pencatatan SPM of a field (lessons 5): each column from its own field, ruled rows for the pen."""
    head = (*head_of(posyandu), ("Bulan", month_text(month)))
    make = {"pekerjaan_umum": _works_row, "perumahan_rakyat": _house_row}.get(field, _other_row)
    rows = [[str(number), short_date_text(row.received_on), *make(row)] for number, row in enumerate(tickets, 1)]
    return Table(
        f"Format Pencatatan SPM Posyandu Bidang {registry.field(field).label}",
        head,
        REGISTER_COLUMNS.get(field, OTHER_COLUMNS),
        rows,
        signs=("Mengetahui: Kader Posyandu", "Kader Yang Melaporkan"),
        note="TL = tindak lanjut (diproses atau selesai), BTL = belum ditindaklanjuti.",
        least_rows=LEAST_ROWS,
        group=HOUSE_GROUP if field == "perumahan_rakyat" else None,
        also=also,
    )


def head_of(posyandu: Posyandu) -> tuple[tuple[str, str], ...]:
    """Whose paper it is."""
    area = posyandu.area
    return (
        ("Posyandu", posyandu.name),
        ("Kelurahan/Desa", area.name),
        ("Kecamatan", area.parent.name),
        ("Kabupaten/Kota", area.parent.parent.title),
    )


def _works_row(ticket: Ticket) -> list[str]:
    letter = "ada" if "Surat permohonan RT/RW (kadus)" in ticket.papers_ready else ""
    return [
        ticket.letter_number or letter,
        name_on_paper(ticket),
        ticket.description or ticket.about,
        ticket.place,
        _handled(ticket),
    ]


def _house_row(ticket: Ticket) -> list[str]:
    papers = ["✓" if paper in ticket.papers_ready else "" for paper in HOUSE_PAPERS]
    return [nik_on_paper(ticket), name_on_paper(ticket), *papers, _handled(ticket), ticket.result]


def _other_row(ticket: Ticket) -> list[str]:
    return [nik_on_paper(ticket), name_on_paper(ticket), ticket.description or ticket.about, _handled(ticket)]


def name_on_paper(ticket: Ticket) -> str:
    """The paper is signed and handed on: whoever asked the posyandu to keep her name stands on it without."""
    return "minta dirahasiakan" if ticket.name_withheld else ticket.reporter_name


def nik_on_paper(ticket: Ticket) -> str:
    """Masked: a paper that lies about must not carry a NIK."""
    return ticket.resident.masked_nik if ticket.resident and not ticket.name_withheld else ""


def _handled(ticket: Ticket) -> str:
    moved = ticket.state in (FINAL | {"direncanakan", "menunggu_berkas"})
    return "TL" if moved or ticket.state in ACTIVE - {"didata", "verifikasi", "dikembalikan"} else "BTL"
