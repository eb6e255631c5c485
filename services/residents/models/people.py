from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from services.areas.scope import Scope, ScopedModel
from services.posyandu.models import Posyandu
from services.web.ids import uuid7

from ..fields import BlindIndexField, SealedCharField
from ..rules import SENSITIVE_CONDITIONS


def masked(number: str) -> str:
    """A NIK or no_kk as pages show it: 3375********0001."""
    return f"{number[:4]}********{number[-4:]}" if number else ""


class Household(ScopedModel):
    """A family at one address in the area of a posyandu."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="households")
    head_name = models.CharField("Nama kepala keluarga", max_length=80)
    no_kk = SealedCharField("Nomor KK", max_length=16, blank=True, default="")
    no_kk_hash = BlindIndexField(of="no_kk", db_index=True)
    kk_claim = models.CharField(max_length=64, null=True, blank=True, editable=False)
    no_kk_to_match = models.BooleanField("Nomor KK perlu dicocokkan", default=False)
    address = models.CharField("Alamat", max_length=160, blank=True)
    dusun = models.CharField("Dusun", max_length=60, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    phone = models.CharField("Nomor HP", max_length=16, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords(excluded_fields=["no_kk", "no_kk_hash", "kk_claim"])

    scope_path = "posyandu"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kk_claim"], name="one_household_per_no_kk_and_district")]
        indexes = [models.Index(fields=["posyandu", "rw", "rt", "head_name"])]

    def __str__(self):
        return f"Keluarga {self.head_name}"

    @property
    def masked_no_kk(self) -> str:
        return masked(self.no_kk)


class Resident(ScopedModel):
    """A person. Where she lives, and so whose rows she is among, stands in her dated residencies."""

    class Sex(models.TextChoices):
        MALE = "L", "Laki-laki"
        FEMALE = "P", "Perempuan"

    class BirthPrecision(models.TextChoices):
        DAY = "tanggal", "Tanggal pasti"
        YEAR = "tahun", "Hanya tahun"
        AGE = "perkiraan", "Perkiraan umur"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("Nama", max_length=80)
    name_key = models.CharField(max_length=80, editable=False)
    sex = models.CharField("Jenis kelamin", max_length=1, choices=Sex)
    birth_date = models.DateField("Tanggal lahir")
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision, default=BirthPrecision.DAY)
    nik = SealedCharField("NIK", max_length=16, blank=True, default="")
    nik_hash = BlindIndexField(of="nik", db_index=True)
    nik_to_match = models.BooleanField("NIK perlu dicocokkan", default=False)
    mother_name = models.CharField("Nama ibu", max_length=80, blank=True)
    mother = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    phone = models.CharField("Nomor HP", max_length=16, blank=True)
    may_message = models.BooleanField("Boleh dihubungi lewat WhatsApp", default=False)
    died_on = models.DateField("Meninggal pada", null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="aliases")
    birth_weight_g = models.PositiveIntegerField("Berat lahir", null=True, blank=True)
    birth_length_mm = models.PositiveIntegerField("Panjang lahir", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords(excluded_fields=["nik", "nik_hash"])

    scope_path = "residencies__posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("birth_date")), name="died_after_birth"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["name_key"]), models.Index(fields=["birth_date"])]

    def __str__(self):
        return self.name

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """People who live or lived at a posyandu of the scope. Guests are reached by `served_by` (queries)."""
        return Q(pk__in=Residency.objects.within(scope).filter(kind=Residency.Kind.RESIDENT).values("resident_id"))

    @property
    def masked_nik(self) -> str:
        return masked(self.nik)


class Residency(ScopedModel):
    """From when to when a person lived in a household of a posyandu, and why that began and ended.

    `to_date` is the first day she no longer lived there. A guest's residency lasts one day and is no living here.
    """

    class Kind(models.TextChoices):
        RESIDENT = "warga", "Warga"
        GUEST = "tamu", "Tamu"

    class Began(models.TextChoices):
        BIRTH = "lahir", "Lahir"
        MOVED_IN = "pindah_masuk", "Pindah masuk"
        REGISTERED = "terdata", "Didata pertama kali"
        HOUSEHOLD = "pindah_kk", "Pindah keluarga di posyandu yang sama"
        GUEST = "tamu", "Tamu"

    class Ended(models.TextChoices):
        MOVED_OUT = "pindah_keluar", "Pindah"
        HOUSEHOLD = "pindah_kk", "Pindah keluarga di posyandu yang sama"
        DIED = "meninggal", "Meninggal"
        MERGED = "gabung", "Digabung"
        GUEST = "tamu", "Tamu"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="residencies")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="residencies"
    )
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="residencies")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.RESIDENT)
    relation = models.CharField("Hubungan dengan kepala keluarga", max_length=20, blank=True)
    from_date = models.DateField("Sejak")
    to_date = models.DateField("Sampai", null=True, blank=True)
    began = models.CharField(max_length=14, choices=Began, default=Began.REGISTERED)
    ended = models.CharField(max_length=14, choices=Ended, blank=True)
    destination = models.CharField("Pindah ke", max_length=120, blank=True)
    end_reason = models.CharField("Alasan", max_length=120, blank=True)
    nik_claim = models.CharField(max_length=64, null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nik_claim"],
                condition=Q(to_date__isnull=True, kind="warga"),
                name="one_open_residency_per_nik_and_district",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(to_date__isnull=True, kind="warga"),
                name="one_open_residency_per_resident",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="residency_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True, ended="") | Q(to_date__isnull=False) & ~Q(ended=""),
                name="residency_end_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "kind", "from_date", "to_date"])]

    @staticmethod
    def on_day(day: date) -> Q:
        """Residencies that hold on a day."""
        return Q(from_date__lte=day) & (Q(to_date__isnull=True) | Q(to_date__gt=day))


class WatchedCondition(ScopedModel):
    """A condition under watch (hypertension, diabetes, …): whoever has one is expected at the open day (flows 5)."""

    class Kind(models.TextChoices):
        HYPERTENSION = "hipertensi", "Darah tinggi"
        DIABETES = "diabetes", "Kencing manis"
        MIND = "odgj", "Gangguan jiwa"
        OTHER = "lain", "Lainnya"

        @classmethod
        def offered(cls) -> list[tuple[str, str]]:
            """What a kader may put under watch by name; a sensitive one is watched from its own form on."""
            return [choice for choice in cls.choices if choice[0] not in SENSITIVE_CONDITIONS]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField("Keadaan", max_length=12, choices=Kind)
    from_date = models.DateField("Sejak")
    to_date = models.DateField("Sampai", null=True, blank=True)

    scope_path = "resident__residencies__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind"], condition=Q(to_date__isnull=True), name="one_open_condition"
            ),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        """Of people in sight; a sensitive one only where the reader may see sensitive answers (design 4)."""
        trusted = Resident.objects.within(Scope(scope.user_id, posyandu=scope.sensitive))
        open_one = ~Q(kind__in=SENSITIVE_CONDITIONS)
        return Q(resident__in=Resident.objects.within(scope)) & (open_one | Q(resident__in=trusted))


class Consent(ScopedModel):
    """The privacy notice was given, and who agreed for whom, how and when (UU 27/2022)."""

    class Relation(models.TextChoices):
        SELF = "sendiri", "Sendiri"
        MOTHER = "ibu", "Ibu"
        FATHER = "ayah", "Ayah"
        GUARDIAN = "wali", "Wali"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="consents")
    relation = models.CharField("Yang memberi izin", max_length=8, choices=Relation)
    method = models.CharField(max_length=8, default="lisan")
    given_on = models.DateField("Tanggal")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    scope_path = "resident__residencies__posyandu"

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(resident__in=Resident.objects.within(scope))


class Merge(ScopedModel):
    """Two entries were one person: what was moved, so that it can be undone. The old id stays as an alias."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    scope_path = "kept__residencies__posyandu"

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(kept__in=Resident.objects.within(scope))
