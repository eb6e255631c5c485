"""What forms find and whom it leads to: lists for those who plan, and the prefilled ticket. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Finding:
    """An answer that asks for something to be done: where it is found, and the ticket it leads to."""

    key: str
    label: str
    form: str
    question: str
    values: tuple[str, ...]
    field: str
    request_type: str
    kind: str
    offer: str


FINDINGS = (
    Finding(
        "rumah_tidak_layak",
        "Rumah tidak layak huni",
        "rumah",
        "kategori_rumah",
        ("rtlh",),
        "perumahan_rakyat",
        "rumah_tidak_layak",
        "permohonan",
        "Usulkan perbaikan rumah",
    ),
    Finding(
        "tanpa_jamban",
        "Rumah tanpa jamban sehat",
        "air_jamban",
        "jamban_sehat",
        ("tidak", "numpang"),
        "pekerjaan_umum",
        "jamban",
        "permohonan",
        "Usulkan jamban",
    ),
    Finding(
        "sumur_rusak",
        "Sumur rusak atau kering",
        "sumur",
        "kondisi_sumur",
        ("rusak_ringan", "rusak_berat", "kering"),
        "pekerjaan_umum",
        "sumur",
        "pengaduan",
        "Laporkan sumur ini",
    ),
    Finding(
        "jaringan_air_rusak",
        "Jaringan air rusak",
        "jaringan_air",
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
        "jalan_desa",
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
        "embung",
        "kondisi_embung",
        ("rusak_ringan", "rusak_berat"),
        "pekerjaan_umum",
        "embung",
        "pengaduan",
        "Laporkan embung ini",
    ),
    Finding(
        "anak_tidak_sekolah",
        "Anak tidak sekolah",
        "anak_tidak_sekolah",
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
        "anak_usia_dini",
        "status_paud",
        ("tidak",),
        "pendidikan",
        "paud",
        "permohonan",
        "Usulkan PAUD",
    ),
    Finding(
        "keluarga_miskin",
        "Keluarga miskin layak diusulkan",
        "fakir_miskin",
        "rekomendasi_sosial",
        ("layak_diusulkan",),
        "sosial",
        "fakir_miskin",
        "permohonan",
        "Usulkan bantuan sosial",
    ),
)


def finding(key: str) -> Finding | None:
    """The finding of this key, or None."""
    return next((one for one in FINDINGS if one.key == key), None)


def findings_in(form: str, answers: Mapping[str, object]) -> list[Finding]:
    """What these answers of a form find."""
    return [one for one in FINDINGS if one.form == form and answers.get(one.question) in one.values]


@dataclass(frozen=True)
class Offer:
    """A ticket that a finding offers: what the button says, and the prefilled address after "?" of `ticket_new`."""

    label: str
    query: str


def offers_in(
    form: str, answers: Mapping[str, object], *, household: object = "", place: str = ""
) -> tuple[Offer, ...]:
    """The tickets that these answers of a form offer, about a household (its id) or a place in words."""
    return tuple(
        Offer(
            one.offer,
            urlencode(
                {
                    "bidang": one.field,
                    "jenis": one.request_type,
                    "mau": one.kind,
                    **({"household": str(household)} if household else {}),
                    **({"tempat": place} if place else {}),
                }
            ),
        )
        for one in findings_in(form, dict(answers))
    )
