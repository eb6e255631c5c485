"""The triggers of domain 3.6: what they are called, how urgent they are, and who may read them. Pure."""

from dataclasses import dataclass

HIGH, MIDDLE, LOW = 0, 1, 2
HIDDEN_WORDS = "Kunjungan kesehatan"


@dataclass(frozen=True)
class Kind:
    """One kind of need. `priority` 0 comes first. A chronic one stays open and only moves to its next visit; one that
    is treated comes sooner while medicine is missing or not taken."""

    code: str
    label: str
    priority: int
    field: str = "kesehatan"
    is_chronic: bool = False
    is_sensitive: bool = False
    is_treated: bool = False


_ALL = (
    Kind("ABSEN_BERULANG", "Berkali-kali tidak hadir", MIDDLE),
    Kind("STUNTING", "Anak pendek", HIGH, is_chronic=True),
    Kind("GIZI_BURUK", "Gizi buruk", HIGH, is_chronic=True),
    Kind("DUA_T", "Berat tidak naik", HIGH),
    Kind("BGM", "Berat di luar garis merah atau oranye", HIGH),
    Kind("BUMIL_RISTI", "Ibu hamil berisiko", HIGH, is_chronic=True),
    Kind("NIFAS_BBL", "Ibu nifas atau bayi baru lahir", HIGH, is_chronic=True),
    Kind("IMUN_DO", "Imunisasi belum lengkap", MIDDLE),
    Kind("TBC", "Gejala atau pengobatan TBC", HIGH, is_sensitive=True, is_treated=True),
    Kind("PTM", "Darah tinggi/kencing manis tidak kontrol", MIDDLE, is_treated=True),
    Kind("ODGJ", "Gangguan jiwa tidak kontrol", MIDDLE, is_chronic=True, is_sensitive=True, is_treated=True),
    Kind("LANSIA", "Lansia perlu bantuan", MIDDLE, is_chronic=True),
    Kind("RUJUKAN_TAK_DATANG", "Dirujuk, belum ada kabar", HIGH),
    Kind("SOSEK", "Memeriksa keadaan keluarga", MIDDLE, field="sosial"),
    Kind("RUTIN", "Kunjungan rutin", LOW, field=""),
)
KINDS = {kind.code: kind for kind in _ALL}

# Why a need ended. Those closed by people are remembered: what happened before that day opens no second need.
CLOSED_AS = {
    "dikunjungi": "Sudah dikunjungi",
    "hadir": "Sudah hadir di hari buka",
    "kehadiran_dikoreksi": "Kehadiran dikoreksi",
    "berat_naik": "Berat sudah naik",
    "pertumbuhan_baik": "Ukuran terakhir sudah baik",
    "imunisasi_lengkap": "Imunisasi sudah lengkap",
    "sudah_kontrol": "Sudah kontrol",
    "tidak_bergejala": "Ditanya lagi: tidak bergejala",
    "mandiri": "Sudah mandiri",
    "selesai_hamil": "Kehamilan sudah berakhir",
    "nifas_selesai": "Masa nifas selesai",
    "rujukan_dijawab": "Rujukan sudah ada kabarnya",
    "bukan_sasaran": "Bukan sasaran lagi",
    "pindah": "Sudah pindah",
    "meninggal": "Meninggal",
    "digabung": "Catatan digabung",
    "aturan_berubah": "Aturan daerah berubah",
    "ditangani_desa": "Ditangani desa/kelurahan",
    "tiket_selesai": "Laporan selesai diperiksa",
}
BY_PEOPLE = ("dikunjungi", "ditangani_desa", "tiket_selesai")
