from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from services.web.ids import uuid7

from .scope import Scope, ScopedModel, area_filter


class Area(models.Model):
    """A place of the Kemendagri list, by its code: province, kabupaten/kota, kecamatan, desa/kelurahan."""

    class Level(models.TextChoices):
        PROVINCE = "provinsi", "Provinsi"
        DISTRICT = "kabkota", "Kabupaten/Kota"
        SUBDISTRICT = "kecamatan", "Kecamatan"
        VILLAGE = "desa", "Desa/Kelurahan"

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", "Provinsi"
        KABUPATEN = "kabupaten", "Kabupaten"
        KOTA = "kota", "Kota"
        KECAMATAN = "kecamatan", "Kecamatan"
        KELURAHAN = "kelurahan", "Kelurahan"
        DESA = "desa", "Desa"
        DESA_ADAT = "desa_adat", "Desa adat"

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    postcode = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)

    scope_public = "The Kemendagri list of places is public."

    class Meta:
        indexes = [models.Index(fields=["level", "name"])]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """'Kelurahan Kandang Panjang', 'Kota Pekalongan', 'Kecamatan Subah'."""
        prefix = (
            ""
            if self.kind == self.Kind.PROVINCE or self.name.startswith(self.get_kind_display())
            else self.get_kind_display()
        )
        return f"{prefix} {self.name}".strip()

    @property
    def district_code(self) -> str:
        return self.code[:5]


class Office(models.Model):
    """An office (OPD) of a kabupaten/kota that answers requests of some service fields."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="offices", help_text="kab/kota")
    name = models.CharField("Nama", max_length=100)
    fields = models.JSONField("Bidang", default=list)
    protects = models.BooleanField("Menangani perlindungan perempuan dan anak", default=False)
    email = models.EmailField("Surel", blank=True)
    phone = models.CharField("Nomor telepon", max_length=20, blank=True)
    is_active = models.BooleanField("Dipakai", default=True)

    scope_public = "Which offices a kabupaten/kota has is public."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_office_per_name")]

    def __str__(self):
        return self.name


class Holiday(models.Model):
    """A day that offices rest, or (`is_working`) work although the national list says otherwise, with its source.

    Without an area it holds for the country. National days come from fixtures/holidays; rows here add or override.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, blank=True, related_name="holidays")
    date = models.DateField("Tanggal")
    name = models.CharField("Nama", max_length=100)
    is_working = models.BooleanField("Tetap masuk kerja", default=False)
    source = models.CharField("Dasar", max_length=200)

    scope_public = "The calendar of working days is public."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "date"], name="one_holiday_per_area_and_day"),
            models.UniqueConstraint(
                fields=["date"], condition=Q(area__isnull=True), name="one_national_holiday_per_day"
            ),
        ]


class CodeChange(models.Model):
    """A place got a new code (split, merged, renamed district): old papers are still found by the old one."""

    old_code = models.CharField(max_length=13)
    new_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="old_codes")
    changed_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    scope_public = "Code changes of public places."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old_code", "new_area"], name="one_change_per_code_pair")]


class DistrictSetting(ScopedModel):
    """A district's own value of a setting, from a day on. Without a row the default of areas.settings holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="settings")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    scope_path = "area"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "key", "valid_from"], name="one_value_per_key_and_day")]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return area_filter("area_id", scope.areas)


class Boundary(models.Model):
    """The outline of a place for the map, simplified: rings of [longitude, latitude]. A district's admin imports it."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="boundary")
    rings = models.JSONField()
    source = models.CharField("Sumber", max_length=200)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)

    scope_public = "The outlines of public places are public."
