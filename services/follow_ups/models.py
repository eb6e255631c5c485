from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import Scope, ScopedModel
from services.posyandu.models import Facility, Posyandu
from services.records.models import Encounter
from services.residents.models import Household, Resident
from services.web.ids import uuid7

from .rules import CLOSED_AS, KINDS


class Need(ScopedModel):
    """One reason to visit one person or household. Open until it is dealt with or ends by itself.

    `since` is the day of what opened it (the last absence, the measurement); `planned_on` the day a visit was promised
    for, which then is when it is due.
    """

    class State(models.TextChoices):
        OPEN = "terbuka", "Perlu dikunjungi"
        HANDED = "diserahkan", "Diserahkan ke desa/kelurahan"
        CLOSED = "selesai", "Selesai"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="needs")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    kind = models.CharField("Alasan", max_length=20, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    field = models.CharField("Bidang", max_length=20, blank=True)
    state = models.CharField("Keadaan", max_length=10, choices=State, default=State.OPEN)
    priority = models.PositiveSmallIntegerField()
    words = models.CharField("Alasan dalam kata", max_length=160)
    stage = models.CharField(max_length=10, blank=True)
    since = models.DateField()
    opened_on = models.DateField("Dibuka")
    due_on = models.DateField("Paling lambat")
    planned_on = models.DateField("Dijanjikan", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("Tidak bertemu", default=0)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    rule_version = models.CharField(max_length=12, blank=True)
    closed_on = models.DateField("Selesai", null=True, blank=True)
    closed_as = models.CharField(max_length=20, blank=True, choices=list(CLOSED_AS.items()))

    scope_path = "posyandu"
    is_computed = True  # of what others know: it goes with a person who was never there

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(closed_on__isnull=True, resident__isnull=False),
                name="one_open_need_per_resident_and_kind",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(closed_on__isnull=True, resident__isnull=True),
                name="one_open_need_per_household_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | Q(household__isnull=False), name="need_is_about_somebody"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_as="") & ~Q(state="selesai")
                | Q(closed_on__isnull=False, state="selesai") & ~Q(closed_as=""),
                name="need_closed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["posyandu", "closed_on"]),
            models.Index(fields=["household", "closed_on"]),
            models.Index(fields=["posyandu", "opened_on"]),
        ]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        here = Q(posyandu__in=scope.posyandu)
        return here if scope.fields is None else here & Q(field__in=[*scope.fields, ""])


class NeedEvent(ScopedModel):
    """One step of a need: what happened on which day, and who wrote it (nobody: the rules did)."""

    class What(models.TextChoices):
        OPENED = "dibuka", "Dibuka"
        ASSIGNED = "ditugaskan", "Ditugaskan"
        MET = "bertemu", "Dikunjungi, bertemu"
        NOT_MET = "tidak_bertemu", "Dikunjungi, tidak bertemu"
        REFERRED = "dirujuk", "Dirujuk"
        HANDED = "diserahkan", "Diserahkan ke desa/kelurahan"
        RETURNED = "dikembalikan", "Dikembalikan ke posyandu"
        CLOSED = "ditutup", "Selesai"

    VISITS = (What.MET, What.NOT_MET)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=14, choices=What)
    on = models.DateField()
    days = models.PositiveSmallIntegerField("Hari sejak dibuka", default=0)
    note = models.CharField(max_length=160, blank=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    scope_path = "need__posyandu"

    class Meta:
        indexes = [models.Index(fields=["need", "at"]), models.Index(fields=["on", "what"])]


class Referral(ScopedModel):
    """Somebody was sent to a health facility, or her finding was settled on the spot by the bidan."""

    class State(models.TextChoices):
        MADE = "dibuat", "Dibuat"
        RECEIVED = "diterima", "Diterima di tempat rujukan"
        TREATED = "ditangani", "Sedang ditangani"
        DONE = "selesai", "Selesai"
        NO_SHOW = "tidak_datang", "Tidak datang"
        ON_SPOT = "di_tempat", "Ditangani di tempat"

    class Urgency(models.TextChoices):
        NORMAL = "biasa", "Biasa"
        NOW = "segera", "Segera hari ini"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("Nomor", max_length=12, unique=True, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="referrals")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="referrals")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    place = models.CharField("Tempat lain", max_length=100, blank=True)
    reason = models.CharField("Alasan", max_length=300)
    urgency = models.CharField("Kesegeraan", max_length=8, choices=Urgency, default=Urgency.NORMAL)
    state = models.CharField("Keadaan", max_length=14, choices=State, default=State.MADE)
    made_on = models.DateField("Tanggal")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    feedback = models.CharField("Kabar", max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encounter", "resident"],
                condition=Q(encounter__isnull=False),
                name="one_referral_per_person_and_encounter",
            ),
            models.CheckConstraint(
                condition=Q(state="di_tempat") | Q(facility__isnull=False) | ~Q(place=""),
                name="referral_goes_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "state"]), models.Index(fields=["resident", "state"])]

    def __str__(self):
        return self.code

    @property
    def destination(self) -> str:
        return self.place or (str(self.facility) if self.facility_id else "")


class ReferralEvent(ScopedModel):
    """One state of a referral: when, by whom, and whether it was told by word of mouth."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=14, choices=Referral.State)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    is_verbal = models.BooleanField("Kabar lisan", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    scope_path = "referral__posyandu"
