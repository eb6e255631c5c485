from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.models import Area
from services.areas.scope import Scope, ScopedModel, area_filter
from services.posyandu.models import Facility, Period, Posyandu
from services.web.ids import uuid7


class FrozenRows(ScopedModel):
    """The ids of the rows behind each figure of a posyandu-month, compressed; opened under the names permission only.

    An attempt and the version made of it share one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()

    scope_path = "posyandu"


class MonthlyReport(ScopedModel):
    """A frozen month of a place: the whole document as canonical JSON with its SHA-256 (design 8).

    An attempt has no version; version 1 is made at "final", each accepted correction makes the next. `place` is the
    path of its day; `is_latest` is the one that the levels above add up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.CharField(max_length=24)
    level = models.CharField(max_length=10)
    month = models.DateField()
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    rows = models.ForeignKey(FrozenRows, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_latest = models.BooleanField(default=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)

    scope_path = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "version"], condition=Q(version__isnull=False), name="one_report_per_version"
            ),
            models.UniqueConstraint(
                fields=["place", "month"], condition=Q(is_latest=True), name="one_latest_report_per_month"
            ),
        ]
        indexes = [models.Index(fields=["month", "place"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return (
            area_filter("place", scope.areas)
            | Q(place__in=Posyandu.objects.within(scope).values("path"))
            | Q(posyandu__in=scope.posyandu)
        )


class FrozenFigure(ScopedModel):
    """One figure of a frozen month, so that a year of a city is one query."""

    # No index of its own: the constraint below begins with it.
    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="figures", db_index=False)
    place = models.CharField(max_length=24)
    month = models.DateField()
    key = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    state = models.CharField(max_length=14)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    scope_path = "place"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_row_per_figure")]
        indexes = [models.Index(fields=["month", "key", "place"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(report__in=MonthlyReport.objects.within(scope))


class PaperRecap(ScopedModel):
    """The recaps of a post that is still on paper, typed by the desa or kelurahan and shown apart (flows 25).

    `values` holds form → column → number; a column that the paper left empty is absent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="paper_recaps")
    month = models.DateField()
    values = models.JSONField(default=dict)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posyandu", "month"], name="one_paper_recap_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="paper_recap_is_first_of_month"),
        ]
        indexes = [models.Index(fields=["month"])]


class KeptFile(ScopedModel):
    """A frozen report as it was rendered once, byte for byte; printing again hands out the same."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=4)
    filename = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    kept_at = models.DateTimeField(default=timezone.now)

    scope_path = "report"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="one_kept_file_per_format")]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(report__in=MonthlyReport.objects.within(scope))


class MonthNarrative(ScopedModel):
    """What the ketua writes beside the figures of a month; part of the frozen document."""

    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="narrative")
    obstacles = models.JSONField("Hambatan", default=list)
    obstacle_note = models.TextField("Penjelasan hambatan", max_length=1000, blank=True)
    plan = models.TextField("Rencana tindak lanjut", max_length=1000, blank=True)
    proposals = models.TextField("Usulan", max_length=1000, blank=True)
    equipment = models.TextField("Keadaan alat dan logistik", max_length=1000, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    scope_path = "period__posyandu"


class MonthMove(ScopedModel):
    """One step of a month: who took it, when, from which state to which, and why. Never changed afterwards.

    Without `by` the month passed on by itself on its day. A step that leaves the state as it is opened the month for
    a while (`open_until`). `figure` is the key of a figure the note points at, `row` is "kind:id".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=Period.State)
    to_state = models.CharField(max_length=12, choices=Period.State)
    level = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)
    figure = models.CharField(max_length=80, blank=True)
    row = models.CharField(max_length=60, blank=True)
    is_unverified = models.BooleanField(default=False)
    open_until = models.DateTimeField(null=True, blank=True)
    report = models.ForeignKey(MonthlyReport, on_delete=models.PROTECT, null=True, related_name="moves")

    scope_path = "period__posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_state=Period.State.RETURNED) | ~Q(note=""), name="returned_with_a_note"
            ),
            models.CheckConstraint(condition=Q(by__isnull=False) | Q(is_unverified=True), name="move_has_an_author"),
        ]
        indexes = [models.Index(fields=["period", "at"])]


class Signatory(ScopedModel):
    """Who heads an area or a health facility from when to when, as its reports are signed (flows 26).

    The ketua of a posyandu stands in its pengurus, the ketua Tim Pembina in the team's decree.
    """

    class Acting(models.TextChoices):
        PLT = "Plt.", "Pelaksana tugas (Plt.)"
        PLH = "Plh.", "Pelaksana harian (Plh.)"
        PJ = "Pj.", "Penjabat (Pj.)"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="signatories")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="signatories")
    title = models.CharField("Jabatan", max_length=80)
    acting = models.CharField("Tetap atau pengganti", max_length=4, choices=Acting, blank=True)
    name = models.CharField("Nama dengan gelar", max_length=80)
    nip = models.CharField(
        "NIP", max_length=18, blank=True, validators=[RegexValidator(r"^\d{18}$", "NIP terdiri dari 18 angka.")]
    )
    from_date = models.DateField("Mulai menjabat")
    to_date = models.DateField("Menjabat sampai dengan", null=True, blank=True)

    scope_path = "area"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, facility__isnull=True) | Q(area__isnull=True, facility__isnull=False),
                name="signatory_of_one_place",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")),
                name="signatory_dates_in_order",
                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(to_date__isnull=True, area__isnull=False), name="one_open_signatory"
            ),
            models.UniqueConstraint(
                fields=["facility"],
                condition=Q(to_date__isnull=True, facility__isnull=False),
                name="one_open_facility_signatory",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("area_id", scope.areas) | Q(facility__in=Facility.objects.within(scope))

    @staticmethod
    def on_day(day) -> Q:
        return Q(from_date__lte=day) & (Q(to_date__isnull=True) | Q(to_date__gte=day))

    @property
    def of_same_place(self):
        """All who signed or will sign for this one's place."""
        return (self.area or self.facility).signatories.all()

    @property
    def office(self) -> str:
        """Plt. Lurah."""
        return f"{self.acting} {self.title}".strip()


class SignedScan(ScopedModel):
    """A scan of the signed paper of a frozen report; taken back with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(MonthlyReport, on_delete=models.PROTECT, related_name="scans")
    attachment = models.OneToOneField("files.Attachment", on_delete=models.PROTECT, related_name="+")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    scope_path = "report__posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="scan_withdrawn_with_reason",
            )
        ]


class Bundle(ScopedModel):
    """The kept reports of a place-month put together in one file, made again only when one of them has changed.

    `contents` is a hash over what is in it and what is missing; `inside` and `missing` count posts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.CharField(max_length=24)
    level = models.CharField(max_length=10)
    month = models.DateField()
    format = models.CharField(max_length=4)
    contents = models.CharField(max_length=64)
    inside = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    filename = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    scope_path = "place"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month", "format"], name="one_bundle_per_format")]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("place", scope.areas)


class DistrictLogo(models.Model):
    """The picture in the letterhead of a kabupaten or kota, as a small PNG; each report keeps the one of its day."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="logo")
    content = models.BinaryField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    scope_public = "The emblem of a kabupaten or kota is public."
