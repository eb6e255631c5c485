from django.db import models
from django.db.models import Q
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
