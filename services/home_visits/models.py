from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from services.areas.scope import ScopedModel
from services.posyandu.models import Posyandu
from services.records.models import Encounter
from services.residents.models import Household, Resident
from services.web.ids import uuid7


class HomeVisit(ScopedModel):
    """A visit to a house: why, who went, whether people were met, what was taught, and what comes next."""

    class Reason(models.TextChoices):
        ABSENT = "ABSEN_BERULANG", "Berkali-kali tidak hadir"
        STUNTING = "STUNTING", "Anak pendek"
        WASTED = "GIZI_BURUK", "Gizi buruk"
        NO_GAIN = "DUA_T", "Berat tidak naik 2 bulan"
        OUT_OF_LINE = "BGM", "Berat di luar garis merah atau oranye"
        PREGNANT = "BUMIL_RISTI", "Ibu hamil berisiko"
        NEWBORN = "NIFAS_BBL", "Ibu nifas atau bayi baru lahir"
        IMMUNISATION = "IMUN_DO", "Imunisasi terlambat"
        TBC = "TBC", "Gejala atau pengobatan TBC"
        CHRONIC = "PTM", "Darah tinggi/kencing manis tidak kontrol"
        MIND = "ODGJ", "Gangguan jiwa tidak kontrol"
        ELDERLY = "LANSIA", "Lansia perlu bantuan"
        REFERRAL = "RUJUKAN_TAK_DATANG", "Dirujuk, belum ada kabar"
        SOCIAL = "SOSEK", "Memeriksa keadaan keluarga"
        ROUTINE = "RUTIN", "Kunjungan rutin"

    class Outcome(models.TextChoices):
        MET = "bertemu", "Bertemu"
        NOT_MET = "tidak_bertemu", "Tidak bertemu"
        REFUSED = "menolak", "Menolak"
        MOVED = "pindah", "Sudah pindah"
        DIED = "meninggal", "Meninggal"
        NOT_FOUND = "alamat_tidak_ditemukan", "Alamat tidak ditemukan"

    class Next(models.TextChoices):
        EDUCATION = "edukasi", "Cukup penyuluhan"
        INVITE = "undang", "Diundang ke hari buka"
        REFER = "rujuk", "Perlu dirujuk ke Pustu/Puskesmas"
        TELL_MIDWIFE = "lapor_bidan", "Dilaporkan ke bidan"
        REPORT_FIELD = "lapor_bidang", "Dilaporkan ke desa/kelurahan"
        VISIT_AGAIN = "kunjungan_ulang", "Dikunjungi lagi"
        DONE = "selesai", "Selesai"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encounter = models.OneToOneField(Encounter, on_delete=models.CASCADE, related_name="home_visit")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="home_visits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    date = models.DateField("Tanggal")
    reason = models.CharField("Alasan kunjungan", max_length=20, choices=Reason)
    outcome = models.CharField("Hasil", max_length=24, choices=Outcome)
    danger_signs = models.JSONField(default=list)
    reported_to = models.CharField("Dilaporkan ke", max_length=10, blank=True)
    reported_on = models.DateField("Dilaporkan pada", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = models.JSONField("Jawaban per alasan", default=dict)
    with_health_worker = models.BooleanField("Bersama bidan/perawat", default=False)
    education = models.JSONField("Penyuluhan", default=list)
    next_step = models.CharField("Langkah berikutnya", max_length=16, choices=Next, blank=True)
    next_date = models.DateField("Tanggal berikutnya", null=True, blank=True)
    note = models.CharField("Catatan", max_length=300, blank=True)
    visited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    companions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    scope_path = "posyandu"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_date__isnull=True) | Q(next_date__gte=models.F("date")), name="next_visit_not_before"
            ),
            models.CheckConstraint(
                condition=Q(reported_to="", reported_on__isnull=True) | Q(reported_on__gte=models.F("date")),
                name="danger_reported_when_seen",
            ),
        ]
        indexes = [models.Index(fields=["posyandu", "date"]), models.Index(fields=["household", "date"])]
