"""What forms find and whom it leads to: the lists for those who plan. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """An answer that asks for something to be done: where it is found, and the ticket it leads to.

    `forms` all ask the one `question`; of several answers about one subject the newest counts, on whichever it stands.
    """

    key: str
    label: str
    forms: tuple[str, ...]
    question: str
    values: tuple[str | int, ...]
    field: str
    request_type: str
    kind: str
    offer: str

    def says(self, answer: object) -> bool:
        """Whether this answer, or one of several, is what is looked for."""
        return any(each in self.values for each in (answer if isinstance(answer, list) else [answer]))


FINDINGS = (
    Finding(
        "rumah_tidak_layak",
        "Rumah tidak layak huni",
        ("rumah",),
        "kategori_rumah",
        ("rtlh",),
        "perumahan_rakyat",
        "rumah_tidak_layak",
        "permohonan",
        "Usulkan perbaikan rumah",
    ),
    Finding(
        "atap_bocor",
        "Rumah beratap bocor",
        ("rumah",),
        "atap",
        ("bocor",),
        "perumahan_rakyat",
        "rumah_tidak_layak",
        "permohonan",
        "Usulkan perbaikan rumah",
    ),
    Finding(
        "tanpa_jamban",
        "Rumah tanpa jamban sehat",
        ("air_jamban", "rumah"),
        "jamban_sehat",
        ("tidak", "numpang"),
        "pekerjaan_umum",
        "jamban",
        "permohonan",
        "Usulkan jamban",
    ),
    Finding(
        "air_minum_sungai",
        "Keluarga minum air sungai",
        ("air_jamban",),
        "sumber_air_minum",
        ("sungai",),
        "pekerjaan_umum",
        "air_bersih",
        "permohonan",
        "Usulkan air bersih",
    ),
    Finding(
        "akses_air_sungai",
        "Rumah dengan air dari sungai",
        ("kie_lingkungan",),
        "akses_air",
        ("sungai",),
        "pekerjaan_umum",
        "air_bersih",
        "permohonan",
        "Usulkan air bersih",
    ),
    Finding(
        "tinja_ke_sungai",
        "Tinja dibuang ke sungai",
        ("air_jamban",),
        "pembuangan_akhir",
        ("sungai",),
        "pekerjaan_umum",
        "limbah",
        "permohonan",
        "Usulkan tangki septik",
    ),
    Finding(
        "jarak_tinja",
        "Sumber air dekat penampungan tinja",
        ("air_jamban",),
        "jarak_penampungan_tinja",
        ("kurang_10_m",),
        "pekerjaan_umum",
        "limbah",
        "permohonan",
        "Usulkan tangki septik",
    ),
    Finding(
        "sumur_rusak",
        "Sumur rusak atau kering",
        ("sumur",),
        "kondisi_sumur",
        ("rusak_ringan", "rusak_berat", "kering"),
        "pekerjaan_umum",
        "sumur",
        "pengaduan",
        "Laporkan sumur ini",
    ),
    Finding(
        "sumur_berisiko",
        "Sumur dengan risiko sanitasi tinggi",
        ("sumur",),
        "risiko_sanitasi",
        ("tinggi",),
        "pekerjaan_umum",
        "sumur",
        "pengaduan",
        "Laporkan sumur ini",
    ),
    Finding(
        "jaringan_air_rusak",
        "Jaringan air rusak",
        ("jaringan_air",),
        "kerusakan_pipa",
        ("bocor", "mampet", "putus"),
        "pekerjaan_umum",
        "jaringan_air",
        "pengaduan",
        "Laporkan pipa ini",
    ),
    Finding(
        "jalan_rusak",
        "Jalan desa rusak",
        ("jalan_desa",),
        "kondisi_jalan",
        ("rusak_ringan", "rusak_berat"),
        "pekerjaan_umum",
        "jalan_desa",
        "pengaduan",
        "Laporkan jalan ini",
    ),
    Finding(
        "embung_rusak",
        "Embung rusak",
        ("embung",),
        "kondisi_embung",
        ("rusak_ringan", "rusak_berat"),
        "pekerjaan_umum",
        "embung",
        "pengaduan",
        "Laporkan embung ini",
    ),
    Finding(
        "masalah_air_bersih",
        "Masalah air bersih dari kegiatan",
        ("edukasi_air_limbah",),
        "temuan_air_bersih",
        ("keruh", "kurang", "pipa_rusak", "jauh", "lainnya"),
        "pekerjaan_umum",
        "air_bersih",
        "pengaduan",
        "Laporkan air bersih",
    ),
    Finding(
        "masalah_limbah",
        "Masalah limbah dari kegiatan",
        ("edukasi_air_limbah",),
        "temuan_limbah",
        ("got_mampet", "ke_sungai", "tanpa_saluran", "sampah_menumpuk", "lainnya"),
        "pekerjaan_umum",
        "limbah",
        "pengaduan",
        "Laporkan limbah",
    ),
    Finding(
        "anak_tidak_sekolah",
        "Anak tidak sekolah",
        ("anak_tidak_sekolah",),
        "status_sekolah",
        ("putus_sekolah", "belum_pernah", "lulus_tidak_lanjut"),
        "pendidikan",
        "anak_tidak_sekolah",
        "permohonan",
        "Usulkan agar anak kembali sekolah",
    ),
    Finding(
        "anak_tidak_paud",
        "Anak belum PAUD",
        ("anak_usia_dini",),
        "status_paud",
        ("tidak",),
        "pendidikan",
        "paud",
        "permohonan",
        "Usulkan PAUD",
    ),
    Finding(
        "perpustakaan_kurang",
        "Perpustakaan atau pojok baca kurang",
        ("perpustakaan",),
        "kondisi_perpustakaan",
        ("kurang",),
        "pendidikan",
        "perpustakaan",
        "aspirasi",
        "Usulkan perbaikan perpustakaan",
    ),
    Finding(
        "ape_rusak",
        "Alat permainan edukatif rusak",
        ("ape",),
        "kondisi_ape",
        ("rusak_ringan", "rusak_berat"),
        "pendidikan",
        "ape",
        "aspirasi",
        "Usulkan alat permainan",
    ),
    Finding(
        "insiden_kamtibmas",
        "Insiden keamanan lingkungan",
        ("insiden_kamtibmas",),
        "jenis_insiden",
        ("pencurian", "keributan", "kebakaran", "bencana", "binatang", "minuman_keras", "lainnya"),
        "trantibumlinmas",
        "deteksi_dini",
        "pengaduan",
        "Laporkan insiden ini",
    ),
    Finding(
        "temuan_patroli",
        "Temuan patroli",
        ("patroli",),
        "temuan_patroli",
        ("orang_mencurigakan", "pencurian", "keributan", "lampu_mati", "bahaya_bencana", "lainnya"),
        "trantibumlinmas",
        "deteksi_dini",
        "pengaduan",
        "Laporkan temuan ini",
    ),
    Finding(
        "keluarga_miskin",
        "Keluarga miskin layak diusulkan",
        ("fakir_miskin",),
        "rekomendasi_sosial",
        ("layak_diusulkan",),
        "sosial",
        "fakir_miskin",
        "permohonan",
        "Usulkan bantuan sosial",
    ),
    Finding(
        "miskin_perlu_verifikasi",
        "Keluarga miskin perlu diverifikasi",
        ("fakir_miskin",),
        "rekomendasi_sosial",
        ("perlu_verifikasi",),
        "sosial",
        "fakir_miskin",
        "permohonan",
        "Minta keluarga diverifikasi",
    ),
    Finding(
        "keluarga_rentan",
        "Keluarga sangat rentan",
        ("verifikasi_sosek",),
        "skor_kerentanan",
        (4, 5),
        "sosial",
        "bansos",
        "permohonan",
        "Usulkan bantuan sosial",
    ),
    Finding(
        "bantuan_kurang",
        "Bantuan sosial kurang atau rusak",
        ("penyaluran_bansos",),
        "kondisi_barang",
        ("kurang", "rusak"),
        "sosial",
        "bansos",
        "pengaduan",
        "Laporkan bantuan ini",
    ),
)


def finding(key: str) -> Finding | None:
    """The finding of this key, or None."""
    return next((one for one in FINDINGS if one.key == key), None)


def findings_in(form: str, answers: Mapping[str, object]) -> list[Finding]:
    """What these answers of a form find."""
    return [one for one in FINDINGS if form in one.forms and one.says(answers.get(one.question))]
