"""Pregnant women, and mothers after birth."""

from __future__ import annotations

from services.fields.definitions.kesehatan import tanda_bahaya
from services.fields.definitions.kesehatan.ibu import KELAS_IBU
from services.fields.definitions.kunjungan.bersama import (
    BUKU_KIA_ADA,
    ISI_PIRINGKU,
    SKRINING_JIWA,
    SUHU_TINGGI,
    danger,
    day,
    section,
    yes_no,
)
from services.fields.spec import (
    AT_LEAST,
    IS,
    IS_NO,
    IS_YES,
    Audience,
    Choice,
    Finding,
    Kind,
    Next,
    Question,
    When,
)

KUNJUNGAN_IBU_HAMIL = section(
    "kunjungan_ibu_hamil",
    "Ibu hamil",
    (
        danger(tanda_bahaya.IBU_HAMIL),
        SUHU_TINGGI,
        Question("kehamilan_ke", "Kehamilan ke", Kind.INTEGER, hard=(1, 20), soft=(1, 10)),
        Question(
            "jarak_kehamilan_tahun",
            "Jarak dari kehamilan sebelumnya",
            Kind.INTEGER,
            unit="tahun",
            hard=(0, 30),
            soft=(1, 20),
            asked_if=When("kehamilan_ke", AT_LEAST(2)),
        ),
        *(day(f"tanggal_k{number}", f"Tanggal periksa K{number}") for number in range(1, 7)),
        KELAS_IBU,
        SKRINING_JIWA,
        ISI_PIRINGKU,
        BUKU_KIA_ADA,
        yes_no("pmt_kek_diterima", "Mendapat makanan tambahan karena KEK"),
        yes_no("ttd_tersedia", "Tablet tambah darah ada"),
        yes_no(
            "ttd_diminum_24_jam",
            "Tablet tambah darah diminum 24 jam terakhir",
            asked_if=When("ttd_tersedia", IS_YES),
            finding=Finding(IS_NO, "Tablet tambah darah tidak diminum", Next.EDUCATE),
        ),
    ),
    audience=Audience(stages=("bumil",), sex="P"),
)

KUNJUNGAN_NIFAS = section(
    "kunjungan_nifas",
    "Bersalin dan nifas",
    (
        danger(tanda_bahaya.NIFAS),
        SUHU_TINGGI,
        day("tanggal_persalinan", "Tanggal bersalin"),
        Question("usia_kehamilan_lahir", "Usia kehamilan saat bersalin", Kind.INTEGER, unit="minggu", hard=(20, 45)),
        Question(
            "penolong_persalinan",
            "Penolong",
            Kind.CHOICE,
            choices=(
                Choice("bidan", "Bidan"),
                Choice("dokter", "Dokter"),
                Choice("spog", "Dokter kandungan"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        Question(
            "tempat_persalinan",
            "Tempat bersalin",
            Kind.CHOICE,
            choices=(
                Choice("pustu", "Pustu"),
                Choice("puskesmas", "Puskesmas"),
                Choice("rs", "Rumah sakit"),
                Choice("klinik", "Klinik"),
                Choice("pmb", "Praktik bidan"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        Question(
            "keadaan_ibu",
            "Keadaan ibu",
            Kind.CHOICE,
            choices=(Choice("sehat", "Sehat"), Choice("sakit", "Sakit")),
            finding=Finding(IS("sakit"), "Ibu nifas sakit", Next.REFER),
        ),
        *(day(f"tanggal_kf{number}", f"Tanggal periksa nifas KF{number}") for number in range(1, 5)),
        day("tanggal_vitamin_a_nifas", "Tanggal minum vitamin A"),
        yes_no("imd", "Bayi langsung menyusu setelah lahir (IMD)"),
        SKRINING_JIWA,
        ISI_PIRINGKU,
        BUKU_KIA_ADA,
    ),
    audience=Audience(stages=("nifas",), sex="P"),
)
