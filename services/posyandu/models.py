from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from services.areas.models import Area
from services.areas.scope import Scope, ScopedModel, area_filter
from services.web.ids import uuid7


class Facility(ScopedModel):
    """A health facility that posyandu refer to: puskesmas or pustu, with the number to call."""

    class Kind(models.TextChoices):
        PUSKESMAS = "puskesmas", "Puskesmas"
        PUSTU = "pustu", "Pustu"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("Jenis", max_length=10, choices=Kind, default=Kind.PUSKESMAS)
    name = models.CharField("Nama", max_length=100)
    phone = models.CharField("Nomor telepon", max_length=20, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="facilities", help_text="kab/kota")

    scope_path = "area"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "name"],
                name="one_facility_per_name",
                violation_error_message="Puskesmas atau pustu dengan nama ini sudah ada di daerah ini.",
            )
        ]

    def __str__(self):
        return self.name if self.name.lower().startswith(self.kind) else f"{self.get_kind_display()} {self.name}"

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        served = Posyandu.objects.within(scope).exclude(facility=None)
        return area_filter("area_id", scope.areas) | Q(pk__in=served.values("facility"))


class Posyandu(ScopedModel):
    """A service post. Its path is its kelurahan's or desa's code, a dot, and a serial that is never used again."""

    class State(models.TextChoices):
        ACTIVE = "aktif", "Aktif"
        INACTIVE = "tidak_aktif", "Tidak aktif"
        MERGED = "digabung", "Digabung"

    class Wave(models.TextChoices):
        PILOT = "percontohan", "Percontohan"
        FIRST = "gelombang_1", "Gelombang 1"
        SECOND = "gelombang_2", "Gelombang 2"
        THIRD = "gelombang_3", "Gelombang 3"
        LATER = "", "Belum ditentukan"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    serial = models.PositiveIntegerField(editable=False)
    path = models.CharField(max_length=24, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="posyandu", verbose_name="Desa/kelurahan")
    name = models.CharField("Nama", max_length=80)
    dusun = models.CharField("Dusun", max_length=60, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    address = models.CharField("Alamat", max_length=200, blank=True)
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="posyandu", verbose_name="Puskesmas"
    )
    registration_number = models.CharField(
        "Nomor registrasi",
        max_length=17,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}\.\d{3}$", "Tulis seperti 33.75.03.1003.001.")],
    )
    live_from = models.DateField("Mulai pakai", null=True, blank=True)
    wave = models.CharField("Gelombang", max_length=12, choices=Wave, blank=True, default=Wave.LATER)
    state = models.CharField("Keadaan", max_length=12, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    scope_path = "self"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "serial"], name="one_serial_per_area"),
            models.CheckConstraint(
                condition=Q(live_from__isnull=True) | Q(live_from__day=1), name="live_from_first_of_month"
            ),
        ]
        indexes = [models.Index(fields=["area", "name"])]

    def __str__(self):
        return f"Posyandu {self.name}"

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(pk__in=scope.posyandu)

    @property
    def district_code(self) -> str:
        return self.area_id[:5]

    def is_live(self, month) -> bool:
        """Whether this post owes anything for this month (flows 1)."""
        return self.state == self.State.ACTIVE and self.live_from is not None and self.live_from <= month


class AreaMembership(ScopedModel):
    """To which desa/kelurahan a posyandu belonged, from when to when, under which path."""

    posyandu = models.ForeignKey(Posyandu, on_delete=models.CASCADE, related_name="memberships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=24)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["posyandu"], condition=Q(to_date__isnull=True), name="one_open_area_per_posyandu"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")), name="area_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["path"])]

    @staticmethod
    def on_day(day) -> Q:
        return Q(from_date__lte=day) & (Q(to_date__isnull=True) | Q(to_date__gt=day))


class Period(ScopedModel):
    """One posyandu's month: whether it is open. Checked under a row lock by every dated write (design 7)."""

    class State(models.TextChoices):
        DRAFT = "draf", "Terbuka"
        SUBMITTED = "diajukan", "Sudah dikirim"
        RETURNED = "dikembalikan", "Dikembalikan"
        VERIFIED = "diverifikasi", "Sudah diperiksa"
        RECAPPED = "direkap", "Sudah direkap kecamatan"
        FINAL = "final", "Selesai"

    OPEN_STATES = frozenset({State.DRAFT, State.RETURNED})

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="periods")
    month = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    exception_until = models.DateTimeField(null=True, blank=True)
    exception_reason = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posyandu", "month"], name="one_period_per_posyandu_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="period_is_first_of_month"),
        ]

    def is_open(self, now) -> bool:
        return self.state in self.OPEN_STATES or (self.exception_until is not None and now < self.exception_until)


class BoardMember(ScopedModel):
    """Somebody of a posyandu's pengurus or its kader by decree, with a term; ended with a reason, never deleted."""

    class Post(models.TextChoices):
        KETUA = "ketua", "Ketua"
        SEKRETARIS = "sekretaris", "Sekretaris"
        BENDAHARA = "bendahara", "Bendahara"
        HEAD_OF_FIELD = "ketua_bidang", "Ketua bidang"
        KADER = "kader", "Kader"

    class Ended(models.TextChoices):
        TERM = "masa_bakti", "Masa bakti selesai"
        RESIGNED = "mundur", "Mengundurkan diri"
        MOVED = "pindah", "Pindah tempat tinggal"
        DIED = "meninggal", "Meninggal"
        UNHEALTHY = "sakit", "Tidak sehat"
        INACTIVE = "tidak_aktif", "3 bulan tidak aktif tanpa kabar"
        DISMISSED = "diberhentikan", "Diberhentikan (perbuatan tercela atau putusan pidana)"
        PARTY = "partai", "Menjadi pengurus partai politik"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="board")
    post = models.CharField("Jabatan", max_length=12, choices=Post)
    field = models.CharField("Bidang", max_length=20, blank=True)
    name = models.CharField("Nama", max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decree_number = models.CharField("Nomor SK", max_length=80, blank=True)
    decree_date = models.DateField("Tanggal SK", null=True, blank=True)
    from_date = models.DateField("Mulai bertugas")
    term_until = models.DateField("Masa bakti sampai", null=True, blank=True)
    trained_on = models.DateField("Dilatih 6 SPM tanggal", null=True, blank=True)
    ended_on = models.DateField("Berhenti", null=True, blank=True)
    ended_reason = models.CharField("Alasan berhenti", max_length=14, choices=Ended, blank=True)
    history = HistoricalRecords()

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="") | Q(ended_on__isnull=False) & ~Q(ended_reason=""),
                name="board_member_ends_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("from_date")),
                name="board_member_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(post="ketua_bidang") | ~Q(field=""), name="head_of_field_has_a_field"),
            models.UniqueConstraint(
                fields=["posyandu", "post", "field"],
                condition=Q(ended_on__isnull=True) & ~Q(post="kader"),
                name="one_holder_of_each_board_post",
                violation_error_message="Jabatan ini masih dipegang orang lain. Catat dulu berhentinya.",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "ended_on"])]

    def __str__(self):
        return self.name


class RegistrationDossier(ScopedModel):
    """A posyandu's request for its registration number: what it holds, and how far it is (domain 1.6)."""

    class State(models.TextChoices):
        DRAFT = "draf", "Draf"
        SUBMITTED = "diajukan", "Diajukan"
        REGISTERED = "terdaftar", "Terdaftar"
        RETURNED = "dikembalikan", "Dikembalikan"

    posyandu = models.OneToOneField(Posyandu, on_delete=models.CASCADE, primary_key=True, related_name="dossier")
    state = models.CharField("Keadaan", max_length=12, choices=State, default=State.DRAFT)
    team_decree = models.CharField("SK Tim Pembina Posyandu desa/kelurahan (nomor)", max_length=80, blank=True)
    board_decree = models.CharField("SK kepengurusan (nomor)", max_length=80, blank=True)
    matrix_made_on = models.DateField("Matriks rekapitulasi posyandu dibuat tanggal", null=True, blank=True)
    changed_on = models.DateField()

    scope_path = "posyandu"


class DossierStep(ScopedModel):
    """One move of a dossier, by whom and with what note."""

    dossier = models.ForeignKey(RegistrationDossier, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=RegistrationDossier.State)
    on = models.DateField()
    note = models.CharField("Catatan", max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    scope_path = "dossier__posyandu"


class CoachingTeam(ScopedModel):
    """The decree of the Tim Pembina of an area, and who chairs it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="coaching_teams")
    decree_number = models.CharField("Nomor SK", max_length=80)
    decree_date = models.DateField("Tanggal SK")
    chair = models.CharField("Ketua Tim Pembina", max_length=80)
    secretary = models.CharField("Sekretaris", max_length=80, blank=True)
    term_until = models.DateField("Berlaku sampai", null=True, blank=True)
    history = HistoricalRecords()

    scope_path = "area"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "decree_number"], name="one_team_per_decree")]
        indexes = [models.Index(fields=["area", "decree_date"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("area_id", scope.areas)


class Correction(ScopedModel):
    """A change asked for in a month that was sent: decided by who holds it, listed in the version that takes it in."""

    class State(models.TextChoices):
        PROPOSED = "usul", "Diusulkan"
        ACCEPTED = "diterima", "Diterima"
        REFUSED = "ditolak", "Ditolak"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(max_length=300)
    figure = models.CharField(max_length=80, blank=True)
    row = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(null=True, blank=True)

    scope_path = "period__posyandu"

    class Meta:
        indexes = [models.Index(fields=["period", "state"])]
