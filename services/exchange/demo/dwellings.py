"""What a kader writes down about a house, its water and its people's means."""

from __future__ import annotations

from collections.abc import Iterator

from .chance import Chance
from .world import House

OCCUPATIONS = ("Buruh batik", "Nelayan", "Pedagang pasar", "Buruh bangunan", "Penjahit", "Tidak bekerja")


def household_answers(chance: Chance, house: House) -> Iterator[tuple[str, dict[str, object]]]:
    """Form key and answers, in the order in which a visit goes through them."""
    yield "air_jamban", _water(chance, house)
    yield "rumah", _dwelling(chance, house)
    if house.is_poor:
        yield "fakir_miskin", _means(chance, house)


def _water(chance: Chance, house: House) -> dict[str, object]:
    source = chance.choices(("leding", "sumur_bor", "sumur_gali", "kemasan", "air_hujan"), weights=(46, 22, 8, 22, 2))[
        0
    ]
    answers: dict[str, object] = {"sumber_air_minum": source, "jamban_sehat": house.latrine}
    if source in ("sumur_bor", "sumur_gali"):
        answers["jarak_penampungan_tinja"] = "10_m_atau_lebih" if chance.likely(0.75) else "kurang_10_m"
    if house.latrine == "ada":
        answers["jenis_kloset"] = "leher_angsa" if chance.likely(0.9) else "plengsengan"
    answers["pembuangan_akhir"] = (
        "sungai"
        if house.latrine == "tidak"
        else chance.choice(("tangki_septik", "tangki_septik", "tangki_septik", "ipal"))
    )
    answers["pengelolaan_sampah"] = chance.choices(
        ("diangkut", "dipilah", "ditimbun", "dibakar"), weights=(60, 15, 10, 15)
    )[0]
    return answers


def _dwelling(chance: Chance, house: House) -> dict[str, object]:
    weak = house.leaks or house.is_poor
    answers: dict[str, object] = {
        "atap": "bocor" if house.leaks else chance.choice(("genteng", "genteng", "genteng", "seng")),
        "dinding": chance.choice(("papan", "semi_permanen")) if weak else "tembok",
        "lantai": ("tanah" if house.leaks else "plester") if weak else chance.choice(("keramik", "keramik", "plester")),
        "ventilasi": "kurang" if weak else "cukup",
        "pencahayaan": "kurang" if house.leaks or chance.likely(0.08) else "cukup",
        "jamban_sehat": house.latrine,
        "kategori_rumah": "rtlh" if house.leaks else "layak_huni",
    }
    if house.leaks:
        answers["catatan"] = "Atap bocor bila hujan, penghuni mengungsi ke ruang depan."
    return answers


def _means(chance: Chance, house: House) -> dict[str, object]:
    return {
        "status_rumah": chance.choice(("milik_sendiri", "sewa", "numpang")),
        "pekerjaan_kk": chance.choice(OCCUPATIONS),
        "penghasilan_bulan": chance.randint(4, 16) * 100_000,
        "ada_disabilitas": "ya" if chance.likely(0.12) else "tidak",
        "status_data_kesejahteraan": chance.choice(("terdaftar", "terdaftar", "tidak_terdaftar")),
        "rekomendasi_sosial": "layak_diusulkan" if house.leaks else chance.choice(("perlu_verifikasi", "tidak_perlu")),
    }
