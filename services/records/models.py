from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from services.areas.scope import Scope, ScopedModel, ScopedQuerySet
from services.files.models import Attachment
from services.posyandu.models import Posyandu
from services.residents.fields import SealedCharField
from services.residents.models import Household, Resident
from services.web.ids import uuid7


class Encounter(ScopedModel):
    """Where records are made: an open day, a home visit, or another time (weighed at home, PAUD, Puskesmas)."""

    class Kind(models.TextChoices):
        OPEN_DAY = "hari_buka", "Hari buka"
        HOME_VISIT = "kunjungan", "Kunjungan rumah"
        OTHER = "lain", "Di luar hari buka"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="encounters")
    date = models.DateField("Tanggal")
    period = models.DateField(editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(period__day=1), name="encounter_period_first_of_month")]
        indexes = [models.Index(fields=["posyandu", "period", "kind"]), models.Index(fields=["posyandu", "date"])]


class Attendance(ScopedModel):
    """A person at an encounter. Idempotent by encounter and resident: ticking twice is ticking once."""

    class State(models.TextChoices):
        PRESENT = "hadir", "Hadir"
        ABSENT = "tidak_hadir", "Tidak hadir"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="attendances")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=12, choices=State, default=State.PRESENT)
    is_guest = models.BooleanField("Tamu", default=False)
    is_done = models.BooleanField("Selesai dilayani", default=False)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    scope_path = "encounter__posyandu"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "resident"], name="one_attendance_per_encounter")]
        indexes = [models.Index(fields=["resident", "state"])]


class Asset(ScopedModel):
    """A thing of the place: a well, a reading corner, a road. Its condition over time is its records."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="assets")
    form = models.CharField(max_length=60)
    name = models.CharField("Nama", max_length=100)
    dusun = models.CharField("Dusun", max_length=60, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    location_note = models.CharField("Letak", max_length=160, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    from_date = models.DateField("Dicatat sejak")
    retired_on = models.DateField("Tidak dipakai sejak", null=True, blank=True)
    retired_because = models.CharField("Alasan", max_length=160, blank=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=models.F("from_date")),
                name="asset_retired_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="asset_place_is_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "form"])]

    def __str__(self):
        return self.name


class AssetPhoto(ScopedModel):
    """How a thing looked on a day. The picture is reached through its thing alone (files.Attachment.bound)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="photos")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="asset_photo")
    taken_on = models.DateField("Difoto tanggal")

    scope_path = "asset__posyandu"

    class Meta:
        indexes = [models.Index(fields=["asset", "taken_on"])]


class RecordQuerySet(ScopedQuerySet):
    """Records; those with sensitive answers have a way of their own."""

    def within_sensitive(self, scope: Scope):
        """Sensitive records of the posts where the reader may see them, whatever else she may (issue: kesehatan)."""
        here = Q(encounter__posyandu__in=scope.sensitive, is_sensitive=True)
        return self.for_reason("sensitive answers, under their own permission").filter(here)

    def within_own_sensitive(self, scope: Scope):
        """Sensitive records that the person who asks has written herself, at her own posts: for going on writing."""
        here = Q(encounter__posyandu__in=scope.posyandu, is_sensitive=True, author=scope.user_id)
        return self.for_reason("sensitive answers of the one who writes them").filter(here)

    def within_for_rules(self, scope: Scope, forms):
        """Open records and those of some sensitive forms, for rules that say when to visit; nobody reads them here."""
        here = Q(encounter__posyandu__in=scope.posyandu) & (Q(is_sensitive=False) | Q(form__in=forms))
        return self.for_reason("what the rules of home visits look at").filter(here)

    def sensitive_days(self, scope: Scope, resident_id) -> dict:
        """When each sensitive form of a person was last filled at the posts of the scope, never what it says."""
        rows = self.for_reason("the day a sensitive form was filled, not its answers").filter(
            encounter__posyandu__in=scope.posyandu, is_sensitive=True, resident=resident_id
        )
        return dict(rows.values_list("form").annotate(last=Max("encounter__date")))


class Record(ScopedModel):
    """The answers of one form about exactly one subject at one encounter, under the registry version of that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="records")
    # The encounter's date once more: a month of a whole kota is found by it without reading all other months.
    recorded_on = models.DateField(editable=False)
    form = models.CharField(max_length=60)
    field = models.CharField(max_length=20)
    shape = models.CharField(max_length=10)
    registry_version = models.CharField(max_length=16)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="records")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="records")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="records")
    activity = models.CharField("Nama kegiatan", max_length=100, blank=True)
    answers = models.JSONField(default=dict)
    answered = models.JSONField("question key → who and when", default=dict)
    is_sensitive = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()
    objects = models.Manager.from_queryset(RecordQuerySet)()

    scope_path = "encounter__posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(shape="PERSON", resident__isnull=False, household__isnull=True, asset__isnull=True, activity="")
                    | Q(
                        shape="HOUSEHOLD",
                        resident__isnull=True,
                        household__isnull=False,
                        asset__isnull=True,
                        activity="",
                    )
                    | Q(shape="ASSET", resident__isnull=True, household__isnull=True, asset__isnull=False, activity="")
                    | (
                        Q(shape="ACTIVITY", resident__isnull=True, household__isnull=True, asset__isnull=True)
                        & ~Q(activity="")
                    )
                ),
                name="record_has_exactly_one_subject",
            ),
            models.UniqueConstraint(
                fields=["encounter", "form", "resident"], condition=Q(shape="PERSON"), name="one_record_per_person_form"
            ),
            models.UniqueConstraint(
                fields=["encounter", "form", "household"],
                condition=Q(shape="HOUSEHOLD"),
                name="one_record_per_household_form",
            ),
            models.UniqueConstraint(
                fields=["encounter", "form", "asset"], condition=Q(shape="ASSET"), name="one_record_per_asset_form"
            ),
        ]
        indexes = [
            models.Index(fields=["form", "resident"]),
            models.Index(fields=["form", "household"]),
            models.Index(fields=["recorded_on", "form"]),
            # Asked once, so the month's report looks for the last answer in all months before.
            models.Index(
                fields=["resident", "-recorded_on", "-id"],
                condition=Q(form="kartu_balita", answers__has_key="punya_buku_kia"),
                name="record_last_word_on_buku_kia",
            ),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """In the scope's posts and fields. Sensitive records are only reached by `within_sensitive`."""
        here = Q(encounter__posyandu__in=scope.posyandu, is_sensitive=False)
        return here if scope.fields is None else here & Q(field__in=scope.fields)


class Participant(ScopedModel):
    """Who came to an activity by name: a resident, whose name, sex and phone stand in the register, or somebody from
    elsewhere, whose own are sealed here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="participants")
    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    name = SealedCharField("Nama", max_length=80, blank=True, default="")
    sex = models.CharField("Jenis kelamin", max_length=1, choices=Resident.Sex, blank=True)
    phone = SealedCharField("Nomor HP", max_length=16, blank=True, default="")
    groups = models.JSONField("Jawaban tiap peserta", default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    scope_path = "record__encounter__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "resident"], name="one_participant_per_activity"),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, sex="", name="", phone="")
                | Q(resident__isnull=True, sex__in=("L", "P")),
                name="participant_is_resident_or_typed",
            ),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """Of the records in the scope's posts and fields."""
        return Q(record__in=Record.objects.within(scope))

    @property
    def encounter(self) -> Encounter:
        """The day it belongs to: a merge of residents asks whether its month is open."""
        return self.record.encounter


class Measurement(ScopedModel):
    """What rules compute on over time, typed; with the growth result and the standard it was computed by."""

    class Position(models.TextChoices):
        LYING = "L", "Telentang"
        STANDING = "H", "Berdiri"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="measurements")
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="measurements")
    measured_on = models.DateField()
    period = models.DateField(editable=False)
    weight_g = models.PositiveIntegerField("Berat", null=True, blank=True)
    length_mm = models.PositiveIntegerField("Panjang/tinggi", null=True, blank=True)
    position = models.CharField(max_length=1, choices=Position, blank=True)
    oedema = models.BooleanField(default=False)
    head_mm = models.PositiveIntegerField("Lingkar kepala", null=True, blank=True)
    muac_mm = models.PositiveIntegerField("LiLA", null=True, blank=True)
    waist_mm = models.PositiveIntegerField("Lingkar perut", null=True, blank=True)
    systolic = models.PositiveSmallIntegerField(null=True, blank=True)
    diastolic = models.PositiveSmallIntegerField(null=True, blank=True)
    glucose_mg_dl = models.PositiveSmallIntegerField(null=True, blank=True)
    hb_mg_dl = models.PositiveIntegerField(null=True, blank=True)
    z_wfa = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    z_lhfa = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    z_wflh = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    z_bfa = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    z_hcfa = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    flags = models.JSONField(default=list, blank=True)
    standard = models.CharField(max_length=30, blank=True)
    earlier_weight_g = models.PositiveIntegerField("Berat sebelumnya (Buku KIA)", null=True, blank=True)
    earlier_weighed_on = models.DateField("Tanggal berat sebelumnya", null=True, blank=True)
    # What counts: the health worker's word where there is one, else what the KMS rule computed. Both are kept.
    weight_status = models.CharField("N/T/O/B", max_length=1, blank=True)
    status_computed = models.CharField("N/T/O/B menurut KBM", max_length=1, blank=True)
    status_override = models.CharField("N/T ditetapkan tenaga kesehatan", max_length=1, blank=True)
    override_note = models.CharField("Alasan", max_length=200, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    overridden_at = models.DateTimeField(null=True, blank=True)
    no_gain_months = models.PositiveSmallIntegerField("T berturut-turut", default=0)

    scope_path = "encounter__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter", "resident"], name="one_measurement_per_encounter"),
            models.CheckConstraint(
                condition=Q(weight_g__isnull=True) | Q(weight_g__range=(300, 300_000)), name="weight_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(earlier_weight_g__isnull=True) | Q(earlier_weight_g__range=(300, 300_000)),
                name="earlier_weight_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(status_override="", overridden_by__isnull=True)
                | (Q(status_override__in=("N", "T"), overridden_by__isnull=False) & ~Q(override_note="")),
                name="override_with_reason_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(length_mm__isnull=True) | Q(length_mm__range=(200, 2_500)), name="length_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(systolic__isnull=True) | Q(systolic__range=(40, 300)), name="systolic_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(diastolic__isnull=True) | Q(diastolic__range=(20, 200)), name="diastolic_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(glucose_mg_dl__isnull=True) | Q(glucose_mg_dl__range=(10, 1000)), name="glucose_in_bounds"
            ),
        ]
        indexes = [models.Index(fields=["resident", "measured_on"]), models.Index(fields=["period"])]
