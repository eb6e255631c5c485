"""What a district may decide: each setting has a type, a default with its source, and dated rows that change it."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from services.web.rules import number_text

from ..models import DistrictSetting
from .kinds import SETTINGS, Setting, Subject, day_ranges, offer, one_of, whole_number

TIME_ZONE = Setting(
    "zona_waktu",
    "Zona waktu",
    "Asia/Jakarta",
    "WIB untuk lima daerah pertama (domain 9.20)",
    one_of("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")),
)
ABSENCE_PRIORITY = Setting(
    "absen_berulang_prioritas",
    "Tidak hadir berturut-turut (balita, ibu hamil)",
    2,
    "domain 3.6",
    whole_number(1, 12),
    page="follow_ups:trigger_edit",
)
ABSENCE_OTHERS = Setting(
    "absen_berulang_lain",
    "Tidak hadir berturut-turut (lainnya)",
    3,
    "domain 3.6",
    whole_number(1, 12),
    page="follow_ups:trigger_edit",
)
ADULT_FROM_YEARS = Setting("dewasa_mulai_umur", "Umur mulai dewasa (tahun)", 18, "domain 3.4", whole_number(17, 20))
ELDERLY_FROM_YEARS = Setting("lansia_mulai_umur", "Umur mulai lansia (tahun)", 60, "domain 3.2", whole_number(50, 70))
EXPECTED_WINDOW_MONTHS = Setting(
    "diharapkan_bulan_terakhir", "Diharapkan bila datang dalam … bulan terakhir", 12, "flows 5", whole_number(0, 24)
)
BREASTFEEDING_MONTHS = Setting(
    "menyusui_sampai_bulan", "Ibu menyusui sampai umur anak (bulan)", 12, "perkiraan; domain 3.2", whole_number(6, 36)
)
POSTNATAL_CONTACTS = Setting(
    "kunjungan_nifas_hari",
    "Kunjungan nifas KF1–KF4 (hari sesudah melahirkan)",
    "0-2, 3-7, 8-28, 29-42",
    "domain 3.2: KMK 2015/2023",
    day_ranges(4),
)
NEONATAL_CONTACTS = Setting(
    "kunjungan_neonatus_hari",
    "Kunjungan bayi baru lahir KN1–KN3 (hari sesudah lahir)",
    "0-2, 3-7, 8-28",
    "Buku KIA; dikonfirmasi Puskesmas",
    day_ranges(3),
)
HEXAVALENT = Setting(
    "heksavalen",
    "Bayi yang genap 2 bulan sejak tanggal ini mendapat vaksin heksavalen",
    False,
    "Kemenkes, 22 Desember 2025: bertahap",
    bool,
)
JE_ENDEMIC = Setting("imunisasi_je", "Daerah endemis Japanese encephalitis (JE)", False, "Buku KIA", bool)
FIELD_BOUND_KADER = Setting("kader_satu_bidang", "Satu kader satu bidang", False, "domain 1.5", bool)
DUE_SUBMIT = Setting("batas_kirim", "Posyandu mengirim paling lambat tanggal", 5, "domain 1.8", whole_number(1, 28))
DUE_VERIFY = Setting(
    "batas_verifikasi", "Kelurahan/desa memeriksa paling lambat tanggal", 8, "domain 1.8", whole_number(1, 28)
)
DUE_RECAP = Setting("batas_rekap", "Kecamatan merekap paling lambat tanggal", 10, "domain 1.8", whole_number(1, 28))
DUE_FINAL = Setting(
    "batas_final", "Kabupaten/kota menutup bulan paling lambat tanggal", 15, "domain 1.8", whole_number(1, 28)
)
LEVELS_TAKING_PART = Setting(
    "tingkat_laporan",
    "Laporan bulan diperiksa oleh",
    "desa,kecamatan",
    "domain 5.1; flows 23",
    one_of("desa,kecamatan", "desa", "kecamatan", ""),
    (
        ("desa,kecamatan", "Desa/kelurahan, kecamatan, lalu kabupaten/kota"),
        ("desa", "Desa/kelurahan, lalu kabupaten/kota"),
        ("kecamatan", "Kecamatan, lalu kabupaten/kota"),
        ("", "Kabupaten/kota saja"),
    ),
)
TICKET_CLOCK_START = Setting(
    "laporan_warga_mulai",
    "Waktu penanganan laporan warga dihitung sejak",
    "diajukan_desa",
    "flows 18; domain 4.2 menyebut keduanya",
    one_of("diajukan_desa", "didata"),
    (("diajukan_desa", "Diajukan ke desa/kelurahan"), ("didata", "Dicatat kader")),
)
TICKET_VILLAGE_DAYS = Setting(
    "laporan_warga_hari_desa", "Bagian desa/kelurahan (hari kerja)", 2, "flows 18", whole_number(1, 30)
)
TICKET_OFFICE_DAYS = Setting("laporan_warga_hari_opd", "Bagian OPD (hari kerja)", 3, "flows 18", whole_number(1, 60))
TICKET_IDLE_DAYS = Setting(
    "laporan_warga_diam", "Laporan merah bila diam lebih dari (hari kerja)", 3, "domain 4.2", whole_number(1, 30)
)
TICKET_DIRECT_OFFICE = Setting(
    "laporan_warga_langsung_opd",
    "Kader boleh meneruskan langsung ke OPD",
    False,
    "flows 18; Kota Tegal membolehkan",
    bool,
)
WORKING_DAYS_A_WEEK = Setting("hari_kerja_seminggu", "Hari kerja seminggu", 5, "domain 4.6", whole_number(5, 6))
HEAD_CONSENT = Setting(
    "terbatas_izin_kepala", "Laporan terbatas diteruskan lewat lurah/kepala desa", True, "domain 4.5; flows 20", bool
)
EMERGENCY_NUMBERS = Setting(
    "nomor_darurat_laporan",
    "Nomor darurat pada laporan warga terbatas",
    "112 (darurat), 110 (polisi), 119 (kesehatan), 129 (SAPA: perempuan dan anak)",
    "flows 20; dikonfirmasi daerah",
    str,
)

# Home visits (domain 3.6): is the trigger used, and within how many days after it is the visit due?
_TRIGGERS = (
    ("ABSEN_BERULANG", "Berkali-kali tidak hadir", 14),
    ("STUNTING", "Anak pendek", 7),
    ("GIZI_BURUK", "Gizi buruk", 7),
    ("DUA_T", "Berat tidak naik berturut-turut", 14),
    ("BGM", "Berat di bawah garis merah atau di atas garis oranye", 14),
    ("BUMIL_RISTI", "Ibu hamil berisiko", 7),
    ("NIFAS_BBL", "Ibu nifas dan bayi baru lahir kecil", 7),
    ("IMUN_DO", "Imunisasi belum lengkap", 14),
    ("TBC", "Gejala atau pengobatan TBC", 7),
    ("PTM", "Darah tinggi/kencing manis tidak kontrol", 30),
    ("ODGJ", "Gangguan jiwa tidak kontrol", 30),
    ("LANSIA", "Lansia perlu bantuan", 30),
    ("RUJUKAN_TAK_DATANG", "Dirujuk, belum ada kabar", 7),
    ("SOSEK", "Memeriksa keadaan keluarga", 5),
    ("RUTIN", "Kunjungan rutin tahunan", 30),
)
_TRIGGER_PAGE = "follow_ups:trigger_edit"
VISIT_DAYS = {
    code: Setting(
        f"kunjungan_{code.lower()}_hari",
        f"{label}: dikunjungi dalam … hari",
        *(days, "domain 3.6", whole_number(1, 365)),
        page=_TRIGGER_PAGE,
    )
    for code, label, days in _TRIGGERS
}
VISIT_USED = {
    code: Setting(
        f"kunjungan_{code.lower()}_dipakai", f"{label}: menjadi kunjungan", True, "domain 3.6", bool, page=_TRIGGER_PAGE
    )
    for code, label, _ in _TRIGGERS
}


def _limit(key: str, label: str, default: int, low: int, high: int, source: str) -> Setting:
    return Setting(key, label, default, source, whole_number(low, high), page=_TRIGGER_PAGE)


NO_GAIN_MONTHS = _limit("tidak_naik_bulan", "Berat tidak naik … bulan berturut-turut", 2, 1, 6, "health 2.2")
TBC_SYMPTOMS = _limit("tbc_gejala", "Gejala TBC paling sedikit", 1, 1, 4, "domain 3.4: KMK 2015/2023 Tabel 10")
# Not beyond what the rules look back on (follow_ups.queries.facts.EVIDENCE_DAYS): an older check would not be seen.
CONTROL_DAYS = _limit("ptm_tanpa_kontrol_hari", "Tidak kontrol atau berobat … hari", 60, 1, 90, "usul; domain 3.6")
MIND_CONTROL_DAYS = _limit("odgj_tanpa_kontrol_hari", "Gangguan jiwa tidak kontrol … hari", 60, 1, 90, "usul")
ELDER_ALONE_ABSENCES = _limit("lansia_sendiri_absen", "Lansia tinggal sendiri tidak hadir … kali", 2, 1, 12, "usul")
REFERRAL_DAYS = _limit("rujukan_tanpa_kabar_hari", "Rujukan belum ada kabar … hari", 14, 1, 180, "domain 3.6")
ROUTINE_MONTHS = _limit("kunjungan_rutin_bulan", "Kunjungan rutin tiap … bulan", 12, 3, 36, "domain 3.6; health 5")
YOUNG_MOTHER_YEARS = _limit("ibu_hamil_muda", "Ibu hamil berisiko bila umur di bawah", 20, 15, 25, "domain 3.6")
OLD_MOTHER_YEARS = _limit("ibu_hamil_tua", "Ibu hamil berisiko bila umur di atas", 35, 30, 45, "domain 3.6")
NEXT_VISIT_DAYS = Setting(
    "kunjungan_ulang_hari", "Keadaan menahun dikunjungi lagi sesudah … hari", 30, "flows 13", whole_number(1, 180)
)
MEDICINE_VISIT_DAYS = Setting(
    "kunjungan_obat_hari", "Obat habis/tidak diminum: dikunjungi lagi sesudah … hari", 7, "usul", whole_number(1, 60)
)
FAILED_ATTEMPTS = Setting(
    "kunjungan_gagal_kali", "Diserahkan ke desa sesudah … kali tidak bertemu", 3, "domain 3.6", whole_number(1, 12)
)
EMERGENCY_NUMBER = Setting("nomor_darurat", "Nomor gawat darurat", "119", "PSC 119; dikonfirmasi daerah (flows 20)")

NEED_SETTINGS = (
    ABSENCE_PRIORITY,
    ABSENCE_OTHERS,
    NO_GAIN_MONTHS,
    TBC_SYMPTOMS,
    CONTROL_DAYS,
    MIND_CONTROL_DAYS,
    ELDER_ALONE_ABSENCES,
    REFERRAL_DAYS,
    ROUTINE_MONTHS,
    YOUNG_MOTHER_YEARS,
    OLD_MOTHER_YEARS,
    *VISIT_USED.values(),
    *VISIT_DAYS.values(),
)

offer(Subject.REPORTS, DUE_SUBMIT, DUE_VERIFY, DUE_RECAP, DUE_FINAL, LEVELS_TAKING_PART)
offer(Subject.DAYS, EXPECTED_WINDOW_MONTHS, FIELD_BOUND_KADER)
offer(
    Subject.PEOPLE,
    ADULT_FROM_YEARS,
    ELDERLY_FROM_YEARS,
    BREASTFEEDING_MONTHS,
    POSTNATAL_CONTACTS,
    NEONATAL_CONTACTS,
    HEXAVALENT,
    JE_ENDEMIC,
)
offer(Subject.VISITS, *(setting for setting in NEED_SETTINGS if setting not in VISIT_DAYS.values()))
offer(Subject.VISIT_DAYS, *VISIT_DAYS.values(), NEXT_VISIT_DAYS, MEDICINE_VISIT_DAYS, FAILED_ATTEMPTS)
offer(
    Subject.TICKETS,
    TICKET_CLOCK_START,
    TICKET_VILLAGE_DAYS,
    TICKET_OFFICE_DAYS,
    TICKET_IDLE_DAYS,
    TICKET_DIRECT_OFFICE,
    WORKING_DAYS_A_WEEK,
    HEAD_CONSENT,
    EMERGENCY_NUMBERS,
)
offer(Subject.PLACE, TIME_ZONE, EMERGENCY_NUMBER)


def value_text(setting: Setting, value: Any) -> str:
    """A value as people read it: "WIB", "Ya", "5", "12 dari 31"."""
    if isinstance(setting.default, tuple):
        return f"{len(setting.check(value))} dari {len(setting.choices)}"
    if isinstance(setting.default, bool):
        return "Ya" if value else "Tidak"
    if isinstance(setting.default, float):
        return number_text(value)
    return dict(setting.choices).get(value, str(value))


def value_of(setting: Setting, area_code: str, on: date) -> Any:
    """The district's value on this day (`area_code` may be of any place below it), else the default."""
    return values_of((setting,), area_code, on)[setting.key]


def values_of(settings: tuple[Setting, ...], area_code: str, on: date) -> dict[str, Any]:
    """Several settings of one district: key → value. One query, and one a district in a whole request."""
    found = {setting.key: setting.default for setting in settings}
    for key, value, valid_from in _rows_of(area_code[:5]):
        if key in found and valid_from <= on:
            found[key] = SETTINGS[key].check(value)
    return found


_remembered: ContextVar[dict[str, list] | None] = ContextVar("settings_of_this_request", default=None)


@contextmanager
def remembered():
    """Ask each district's settings once while this lasts (a request). What is set meanwhile is asked again."""
    if _remembered.get() is not None:  # inside a request, which remembers longer
        yield
        return
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """A setting was changed: ask again."""
    if (kept := _remembered.get()) is not None:
        kept.clear()


def _rows_of(district: str) -> list[tuple[str, Any, date]]:
    kept = _remembered.get()
    if kept is not None and district in kept:
        return kept[district]
    rows = DistrictSetting.objects.unscoped(reason="settings of a district hold for everybody in it")
    found = list(rows.filter(area_id=district).order_by("valid_from").values_list("key", "value", "valid_from"))
    if kept is not None:
        kept[district] = found
    return found
