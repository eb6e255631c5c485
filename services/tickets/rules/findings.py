"""What forms find and whom it leads to: lists for those who plan, and the prefilled ticket. Pure."""

from dataclasses import dataclass


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


def findings_in(form: str, answers: dict) -> list[Finding]:
    """What these answers of a form find."""
    return [one for one in FINDINGS if one.form == form and answers.get(one.question) in one.values]
