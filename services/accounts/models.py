from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.models import Area, Office
from services.areas.scope import Scope, ScopedModel, ScopedQuerySet, area_filter
from services.posyandu.models import Facility, Posyandu
from services.web.ids import uuid7


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):
    """People who log in. Django's own look-ups (by login, by session) are made in nobody's name."""

    def get_by_natural_key(self, username):
        return self.unscoped(reason="login").get(username=username)

    def create_user(self, username, password=None, **fields):
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """An operator's account. It opens no page by itself: what a person may do comes from assignments."""
        return self.create_user(username, password, **fields)


class User(AbstractBaseUser, ScopedModel):
    """A person who logs in, by username or phone number."""

    username = models.CharField("Nama pengguna", max_length=40, unique=True)
    phone = models.CharField("Nomor HP", max_length=16, null=True, blank=True, unique=True)
    name = models.CharField("Nama", max_length=80)
    pin = models.CharField(max_length=128, blank=True, editable=False)
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    scope_path = "assignments__posyandu"

    objects = UserManager()

    def __str__(self):
        return self.name

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        mine = Assignment.objects.within(scope)
        return Q(pk=scope.user_id) | Q(pk__in=mine.values("user_id"))

    def set_pin(self, pin: str) -> None:
        self.pin = make_password(pin)

    def check_pin(self, pin: str) -> bool:
        return bool(self.pin) and check_password(pin, self.pin)


class Role(models.TextChoices):
    """What somebody is. Which permissions a role has stands in rules.ROLE_PERMISSIONS."""

    KADER = "kader", "Kader"
    KETUA = "ketua", "Ketua posyandu"
    SEKRETARIS = "sekretaris", "Sekretaris posyandu"
    BIDAN = "bidan", "Bidan"
    PUSKESMAS = "puskesmas", "Puskesmas"
    LURAH = "lurah", "Lurah/Kepala Desa"
    KELURAHAN = "kelurahan", "Tim Pembina desa/kelurahan"
    KECAMATAN = "kecamatan", "Tim Pembina kecamatan"
    KOTA = "kota", "Tim Pembina kab/kota"
    OPD = "opd", "OPD"
    ADMIN = "admin", "Admin kab/kota"
    AUDITOR = "auditor", "Auditor"


class Assignment(ScopedModel):
    """A person's dated role at a posyandu, in an area, at a facility (posts of several kelurahan) or at an office."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField("Peran", max_length=12, choices=Role)
    post_title = models.CharField("Jabatan", max_length=80, blank=True)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    field = models.CharField("Bidang", max_length=20, blank=True)
    from_date = models.DateField("Sejak")
    to_date = models.DateField("Berhenti", null=True, blank=True, help_text="hari pertama tanpa tugas ini")

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(posyandu__isnull=False, area__isnull=True, facility__isnull=True, office__isnull=True)
                    | Q(posyandu__isnull=True, area__isnull=False, facility__isnull=True, office__isnull=True)
                    | Q(posyandu__isnull=True, area__isnull=True, facility__isnull=False, office__isnull=True)
                    | Q(posyandu__isnull=True, area__isnull=True, facility__isnull=True, office__isnull=False)
                ),
                name="assignment_has_one_place",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")),
                name="assignment_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["user", "from_date"])]

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return (
            Q(posyandu__in=scope.posyandu)
            | area_filter("area_id", scope.areas)
            | area_filter("facility__area_id", scope.areas)
            | area_filter("office__area_id", scope.areas)
            | Q(office__in=scope.offices)
        )

    @staticmethod
    def on_day(day) -> Q:
        return Q(from_date__lte=day) & (Q(to_date__isnull=True) | Q(to_date__gt=day))

    def holds_on(self, day) -> bool:
        return self.from_date <= day and (self.to_date is None or self.to_date > day)

    @property
    def place(self):
        """The posyandu, area, facility or office of this role."""
        return self.posyandu or self.area or self.facility or self.office

    @property
    def place_path(self) -> str:
        """The path or code under which what happens to this role is remembered."""
        return self.posyandu.path if self.posyandu_id else self.area_id or (self.facility or self.office).area_id


class TrustedPhone(ScopedModel):
    """A phone the ketua trusts for one posyandu: on it, today's kader are names with a PIN."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posyandu = models.ForeignKey(Posyandu, on_delete=models.CASCADE, related_name="trusted_phones")
    label = models.CharField("Nama HP", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    trusted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    scope_path = "posyandu"
