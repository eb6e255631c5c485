"""A pregnancy, who was born of it, and the contacts with health workers before and after."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from services.areas.scope import Scope, ScopedModel
from services.clinical.pregnancy import ANTENATAL, NEONATAL, POSTNATAL
from services.posyandu.models import Posyandu
from services.web.ids import uuid7

from .people import Resident


class Pregnancy(ScopedModel):
    """A pregnancy from its registration to its end; its dates make a woman bumil, nifas and menyusui on a day.

    `nursing_until`: the day her last living child of it died; from then on she is not counted as menyusui.
    """

    class Place(models.TextChoices):
        HOSPITAL = "rs", "Rumah sakit"
        PUSKESMAS = "puskesmas", "Puskesmas"
        PUSTU = "pustu", "Pustu/Poskesdes"
        PRACTICE = "praktik", "Praktik bidan/klinik"
        POSYANDU = "posyandu", "Posyandu"
        HOME = "rumah", "Rumah"
        OTHER = "lain", "Lainnya"

    class Officer(models.TextChoices):
        MIDWIFE = "bidan", "Bidan"
        DOCTOR = "dokter", "Dokter"
        NURSE = "perawat", "Perawat"
        TRADITIONAL = "dukun", "Dukun bayi"
        OTHER = "lain", "Lainnya"

    class Way(models.TextChoices):
        NORMAL = "normal", "Lahir normal"
        SURGERY = "sesar", "Operasi sesar"
        ASSISTED = "bantuan", "Dibantu alat (vakum, forsep)"

    class Outcome(models.TextChoices):
        BIRTH = "lahir", "Melahirkan"
        STILLBIRTH = "lahir_mati", "Lahir mati"
        LOSS = "keguguran", "Keguguran"
        OTHER = "lain", "Berakhir"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="pregnancies")
    registered_on = models.DateField("Dicatat pada")
    lmp_on = models.DateField("Hari pertama haid terakhir", null=True, blank=True)
    is_estimate = models.BooleanField("Perkiraan", default=False)
    ended_on = models.DateField("Berakhir pada", null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    number = models.PositiveSmallIntegerField("Hamil anak ke", null=True, blank=True)
    birth_place = models.CharField("Tempat bersalin", max_length=10, choices=Place, blank=True)
    birth_helper = models.CharField("Penolong", max_length=10, choices=Officer, blank=True)
    birth_way = models.CharField("Cara bersalin", max_length=10, choices=Way, blank=True)
    nursing_until = models.DateField(null=True, blank=True)

    scope_path = "resident__residencies__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident"], condition=Q(ended_on__isnull=True), name="one_open_pregnancy"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("registered_on")),
                name="pregnancy_dates_in_order",
            ),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(resident__in=Resident.objects.within(scope))


class Birth(ScopedModel):
    """One baby of a pregnancy, counted at the post where the mother lived. Twins are two rows; a baby who lives or
    lived is a resident too."""

    class Condition(models.TextChoices):
        ALIVE = "hidup", "Lahir hidup"
        STILLBORN = "lahir_mati", "Lahir mati"
        DIED = "meninggal", "Lahir hidup, lalu meninggal"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.CASCADE, related_name="births")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="births")
    order = models.PositiveSmallIntegerField("Bayi ke", default=1)
    born_on = models.DateField("Lahir pada")
    condition = models.CharField("Keadaan", max_length=10, choices=Condition)
    sex = models.CharField("Jenis kelamin", max_length=1, choices=Resident.Sex, blank=True)
    weight_g = models.PositiveIntegerField("Berat lahir", null=True, blank=True)
    length_mm = models.PositiveIntegerField("Panjang lahir", null=True, blank=True)
    child = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="births")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pregnancy", "order"], name="one_birth_per_order"),
            models.CheckConstraint(
                condition=Q(condition="lahir_mati", child__isnull=True)
                | (~Q(condition="lahir_mati") & Q(child__isnull=False)),
                name="who_lived_is_a_resident",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "born_on"])]
        ordering = ["order"]


class PregnancyContact(ScopedModel):
    """A contact with a health worker, as the Buku KIA says: K1–K6 before, KF1–KF4 after birth, KN1–KN3 of each baby."""

    KINDS = tuple((kind, kind) for kind in (*ANTENATAL, *POSTNATAL, *NEONATAL))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=3, choices=KINDS)
    birth = models.ForeignKey(Birth, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts")
    on = models.DateField("Tanggal")
    place = models.CharField("Tempat", max_length=10, choices=Pregnancy.Place, blank=True)
    officer = models.CharField("Petugas", max_length=10, choices=Pregnancy.Officer, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    scope_path = "pregnancy__resident__residencies__posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pregnancy", "kind"], condition=Q(birth__isnull=True), name="one_contact_per_kind"
            ),
            models.UniqueConstraint(
                fields=["birth", "kind"], condition=Q(birth__isnull=False), name="one_contact_per_kind_and_baby"
            ),
            models.CheckConstraint(
                condition=Q(kind__startswith="KN", birth__isnull=False)
                | (~Q(kind__startswith="KN") & Q(birth__isnull=True)),
                name="neonatal_contact_has_baby",
            ),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(pregnancy__resident__in=Resident.objects.within(scope))
