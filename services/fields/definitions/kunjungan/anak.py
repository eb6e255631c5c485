"""Babies to 5 months, children 6 to 71 months, and school age to 17 years."""

from __future__ import annotations

from services.fields.definitions.kesehatan import tanda_bahaya
from services.fields.definitions.kesehatan.anak import SERVICES
from services.fields.definitions.kunjungan.bersama import (
    BUKU_KIA_ADA,
    HASIL_BB,
    HASIL_LK,
    HASIL_PB,
    ISI_PIRINGKU,
    MEROKOK,
    SKRINING_JIWA,
    SUHU_TINGGI,
    TGL_TIMBANG,
    danger,
    day,
    section,
    yes_no,
)
from services.fields.spec import IS_NO, IS_YES, NONE_OF_THESE, Audience, Choice, Finding, Kind, Next, Question, When

_ASKED = {question.key: question for question in SERVICES}
IMUNISASI = _ASKED["imunisasi_lengkap_sesuai_umur"]
IMUNISASI_BELUM = _ASKED["imunisasi_belum"]
ASI = _ASKED["asi_eksklusif"]
FIFTEEN = (180, None)

KUNJUNGAN_BAYI = section(
    "kunjungan_bayi",
    "Bayi 0–5 bulan",
    (
        danger(tanda_bahaya.BAYI),
        SUHU_TINGGI,
        TGL_TIMBANG,
        HASIL_BB,
        HASIL_PB,
        HASIL_LK,
        *(day(f"tanggal_kn{number}", f"Tanggal periksa bayi KN{number}") for number in range(4)),
        ASI,
        IMUNISASI,
        IMUNISASI_BELUM,
        BUKU_KIA_ADA,
    ),
    audience=Audience(stages=("bayi",)),
)

KUNJUNGAN_BALITA = section(
    "kunjungan_balita",
    "Balita dan prasekolah 6–71 bulan",
    (
        danger(tanda_bahaya.BALITA),
        TGL_TIMBANG,
        HASIL_BB,
        HASIL_PB,
        HASIL_LK,
        day("tanggal_obat_cacing", "Terakhir minum obat cacing"),
        day("tanggal_vitamin_a", "Terakhir minum vitamin A"),
        Question(
            "mt_pangan_lokal",
            "Makanan tambahan dari tenaga kesehatan",
            Kind.CHOICE,
            choices=(
                Choice("patuh", "Dihabiskan"),
                Choice("tidak", "Tidak dihabiskan"),
                Choice("tidak_dapat", "Tidak mendapat"),
            ),
        ),
        Question(
            "kelompok_makanan",
            "Yang dimakan kemarin",
            Kind.MULTI,
            choices=(
                Choice(NONE_OF_THESE, "Tidak satu pun"),
                Choice("pokok", "Makanan pokok"),
                Choice("hewani", "Lauk hewani"),
                Choice("nabati", "Lauk nabati"),
                Choice("lemak", "Minyak atau santan"),
                Choice("buah_sayur", "Buah dan sayur"),
            ),
        ),
        IMUNISASI,
        IMUNISASI_BELUM,
        BUKU_KIA_ADA,
    ),
    audience=Audience(stages=("balita", "apras")),
)

KUNJUNGAN_REMAJA = section(
    "kunjungan_remaja",
    "Usia sekolah dan remaja",
    (
        TGL_TIMBANG,
        HASIL_BB,
        HASIL_PB,
        MEROKOK,
        yes_no("td_diperiksa_setahun", "Tekanan darah diperiksa setahun terakhir", age_months=FIFTEEN),
        yes_no("gd_diperiksa_setahun", "Gula darah diperiksa setahun terakhir", age_months=FIFTEEN),
        day("tanggal_hb_terakhir", "Terakhir periksa Hb", sex="P"),
        yes_no("ttd_tersedia", "Tablet tambah darah ada", sex="P"),
        yes_no(
            "ttd_diminum_minggu_ini",
            "Tablet tambah darah diminum minggu ini",
            sex="P",
            asked_if=When("ttd_tersedia", IS_YES),
            finding=Finding(IS_NO, "Tablet tambah darah tidak diminum", Next.EDUCATE),
        ),
        SKRINING_JIWA,
        ISI_PIRINGKU,
    ),
    audience=Audience(stages=("usekrem",), unless=("bumil", "nifas")),
)
