from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.models import Area, Office
from services.areas.scope import Scope, ScopedModel, ScopedQuerySet
from services.files.models import Attachment
from services.posyandu.models import Posyandu
from services.residents.models import Household, Resident
from services.web.ids import uuid7

from .rules import FINAL, STATE_LABELS

USER = settings.AUTH_USER_MODEL


class RequestType(models.Model):
    """A district's own request type, or its word on one of the list: label, papers, whether it is taken in at all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    district = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="request_types")
    field = models.CharField("Bidang", max_length=20)
    key = models.SlugField(max_length=40)
    label = models.CharField("Nama", max_length=80)
    papers = models.JSONField("Berkas yang diperlukan", default=list)
    is_active = models.BooleanField("Dipakai", default=True)

    scope_public = "What a district's posyandu take in is public."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "field", "key"], name="one_request_type_per_key")]


class Route(models.Model):
    """Which office answers a field in its district, or one request type of it (an empty type is all others)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="routes")
    field = models.CharField(max_length=20)
    request_type = models.CharField(max_length=40, blank=True)

    scope_public = "Which office answers what is public."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "field", "request_type"], name="one_route_per_office_and_type")
        ]


class Serial(models.Model):
    """The last ticket number given in a district, field and month; the row is locked to give the next."""

    district = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=20)
    month = models.DateField()
    last = models.PositiveIntegerField(default=0)

    scope_public = "Counts numbers that were given; holds nothing about people."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "field", "month"], name="one_serial_per_month")]


class TicketQuerySet(ScopedQuerySet):
    """Tickets; those that stand on lists have a narrowing of their own."""

    def listed(self, scope: Scope):
        """The tickets of the scope that stand on lists: a confidential one stands on none.

        Said without the confidential ones' other ways in, so that a database counts and sorts by its indexes.
        """
        return self.for_reason("scope, without confidential tickets").filter(Ticket.listed_filter(scope))


class Ticket(ScopedModel):
    """A request, complaint or aspiration, from a kader's table to its answer.

    A confidential one is seen by its creator, its recipient, and by their post the ketua and the lurah/kepala desa,
    unless one of the two is a party to it (`party`).
    """

    class Kind(models.TextChoices):
        REQUEST = "permohonan", "Permohonan"
        COMPLAINT = "pengaduan", "Pengaduan"
        ASPIRATION = "aspirasi", "Aspirasi (usulan)"

    class Extent(models.TextChoices):
        ONE = "individu", "Satu keluarga"
        MANY = "komunal", "Banyak warga"

    class Urgency(models.TextChoices):
        HIGH = "tinggi", "Tinggi, tidak bisa menunggu"
        MIDDLE = "sedang", "Sedang"
        LOW = "rendah", "Rendah"

    class Channel(models.TextChoices):
        OPEN_DAY = "hari_buka", "Hari buka"
        VISIT = "kunjungan", "Kunjungan rumah"
        IN_PERSON = "datang", "Datang langsung"
        MESSAGE = "pesan", "WhatsApp atau telepon"

    class Consent(models.TextChoices):
        VICTIM = "korban", "Korban setuju dilaporkan"
        CHILD = "anak", "Korban anak: wajib dilaporkan"

    class Party(models.TextChoices):
        NOBODY = "", "Bukan keduanya"
        HEAD = "kepala", "Lurah/kepala desa"
        KETUA = "ketua", "Ketua posyandu"
        BOTH = "keduanya", "Keduanya"

    class Sex(models.TextChoices):
        FEMALE = "P", "Perempuan"
        MALE = "L", "Laki-laki"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, editable=False)
    code = models.CharField(max_length=13, null=True, unique=True, editable=False)
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tickets")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="tickets")
    kind = models.CharField("Jenis", max_length=10, choices=Kind)
    field = models.CharField("Bidang", max_length=20)
    request_type = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    extent = models.CharField("Siapa yang terkena", max_length=8, choices=Extent, default=Extent.ONE)
    description = models.TextField("Uraian", max_length=1500, blank=True)
    recommendation = models.CharField("Saran kader", max_length=300, blank=True)
    place = models.CharField("Tempat", max_length=160, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    urgency = models.CharField("Mendesak?", max_length=6, choices=Urgency, default=Urgency.MIDDLE)
    channel = models.CharField("Diterima lewat", max_length=9, choices=Channel, blank=True)
    reporter_name = models.CharField("Nama pelapor", max_length=80, blank=True)
    reporter_phone = models.CharField("Nomor HP pelapor", max_length=16, blank=True)
    reporter_sex = models.CharField("Jenis kelamin pelapor", max_length=1, choices=Sex, blank=True)
    reporter_address = models.CharField("Alamat pelapor", max_length=160, blank=True)
    name_withheld = models.BooleanField("Pelapor minta namanya dirahasiakan", default=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets")
    papers_ready = models.JSONField("Berkas yang sudah ada", default=list)
    letter_number = models.CharField("Nomor surat permohonan RT/RW", max_length=40, blank=True)
    lapor_number = models.CharField("Nomor pelacakan LAPOR!", max_length=20, blank=True)

    state = models.CharField(max_length=16, choices=tuple(STATE_LABELS.items()))
    turn = models.CharField(max_length=8, blank=True)
    resume_state = models.CharField(max_length=16, blank=True)
    moved_on = models.DateField()
    clock_part = models.CharField(max_length=4, blank=True)
    clock_since = models.DateField(null=True, blank=True)
    clock_used = models.PositiveSmallIntegerField(default=0)
    received_on = models.DateField("Diterima")
    submitted_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    survey_on = models.DateField("Tanggal survei", null=True, blank=True)
    planned_year = models.PositiveSmallIntegerField("Tahun anggaran", null=True, blank=True)
    planned_source = models.CharField("Sumber dana", max_length=60, blank=True)
    result = models.CharField("Hasil", max_length=300, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")

    is_confidential = models.BooleanField(default=False)
    consent = models.CharField(max_length=6, choices=Consent, blank=True)
    party = models.CharField(max_length=8, choices=Party, blank=True, default=Party.NOBODY)
    recipient = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    objects = models.Manager.from_queryset(TicketQuerySet)()

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="one_ticket_per_number_and_district"),
            models.CheckConstraint(
                condition=Q(is_confidential=False, code__isnull=False) | Q(is_confidential=True, code__isnull=True),
                name="confidential_ticket_has_no_code",
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=False) | ~Q(consent=""), name="confidential_ticket_has_consent"
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=True) | Q(recipient__isnull=True, party="", consent=""),
                name="only_confidential_ticket_has_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(state="selesai") | Q(done_on__isnull=False), name="done_ticket_has_day"
            ),
        ]
        indexes = [
            models.Index(fields=["posyandu", "is_confidential", "state"]),
            models.Index(fields=["district", "is_confidential", "received_on"]),
            # The lists of a kota, each in its own order: all, those in one state, and those that are not over.
            models.Index(fields=["received_on", "id"], condition=Q(is_confidential=False), name="ticket_newest"),
            models.Index(
                fields=["state", "received_on", "id"], condition=Q(is_confidential=False), name="ticket_state_newest"
            ),
            models.Index(
                fields=["moved_on", "id"], condition=Q(is_confidential=False) & ~Q(turn=""), name="ticket_open_oldest"
            ),
            models.Index(fields=["clock_part", "clock_since"]),
        ]

    def __str__(self):
        return self.number

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """Fail-closed: a confidential ticket is nobody's by place, field or office, only by name or post."""
        mine = Q(pk__in=[]) if scope.user_id is None else Q(created_by=scope.user_id) | Q(recipient=scope.user_id)
        by_post = Q(posyandu__in=scope.confidential, party="") if scope.confidential else Q(pk__in=[])
        return cls.listed_filter(scope) | (Q(is_confidential=True) & (mine | by_post))

    @classmethod
    def listed_filter(cls, scope: Scope) -> Q:
        """What is the scope's by place, field or office, confidential tickets left out."""
        place = Q(posyandu__in=scope.posyandu)
        if scope.offices:
            routed = RoutedOffice.objects.unscoped(reason="which tickets were routed to the asker's own offices")
            place |= Q(pk__in=routed.filter(office__in=scope.offices).values("ticket"))
        if scope.fields is not None:
            place &= Q(field__in=scope.fields)
        return Q(is_confidential=False) & place

    @property
    def is_final(self) -> bool:
        return self.state in FINAL


class TicketPart(ScopedModel):
    """What hangs on a ticket is seen by whoever sees the ticket."""

    scope_path = "ticket"

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(ticket__in=Ticket.objects.within(scope))


class RoutedOffice(TicketPart):
    """An office a ticket was forwarded to, and who there looks after it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="routed")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="routed")
    routed_at = models.DateTimeField(default=timezone.now)
    assigned_to = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "office"], name="one_routing_per_office")]


class Transition(TicketPart):
    """One move of a ticket: who, when, from where to where, for which party, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16, choices=tuple(STATE_LABELS.items()))
    party = models.CharField(max_length=8)
    on_behalf = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["ticket", "on"]), models.Index(fields=["on", "to_state"])]


class Joiner(TicketPart):
    """A neighbour who reports the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="joiners")
    name = models.CharField("Nama", max_length=80)
    phone = models.CharField("Nomor HP", max_length=16, blank=True)
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "name", "phone"], name="one_joiner_per_ticket")]


class Photo(TicketPart):
    """A photo of a ticket."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="photos")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="ticket_photo")
