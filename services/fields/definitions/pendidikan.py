"""Pendidikan: anak usia dini (Formulir Identifikasi L1) and education of parents."""

from __future__ import annotations

from services.fields.definitions.shared import penyuluhan
from services.fields.spec import (
    IS_NO,
    IS_YES,
    Audience,
    Choice,
    Count,
    Cycle,
    Finding,
    FormSpec,
    Kind,
    Printed,
    Question,
    Shape,
    When,
)

STATUS_PAUD = Question(
    "status_paud",
    "Ikut PAUD, TK, atau kelompok bermain",
    Kind.YES_NO,
    cycle=Cycle.YEARLY,
    counts=(
        Count("paud_ya", "Anak usia dini yang ikut PAUD", IS_YES),
        Count("paud_tidak", "Anak usia dini yang belum ikut PAUD", IS_NO),
    ),
    finding=Finding(IS_NO, "Anak belum ikut PAUD"),
    age_months=(24, 83),
)

ANAK_USIA_DINI = FormSpec(
    key="anak_usia_dini",
    field="pendidikan",
    title="Anak usia dini",
    printed_name="Pendataan Anak Usia Dini (0–6 tahun)",
    shape=Shape.PERSON,
    audience=Audience(stages=("bayi", "balita", "apras"), age_months=(0, 83)),
    printed=(
        Printed("umur", "Umur"),
        Printed("nama_orang_tua", "Nama orang tua"),
        Printed("alamat", "Alamat"),
    ),
    questions=(
        STATUS_PAUD,
        Question(
            "nama_paud",
            "Nama PAUD",
            Kind.TEXT,
            cycle=Cycle.YEARLY,
            age_months=(24, 83),
            asked_if=When("status_paud", IS_YES),
        ),
        Question(
            "catatan_perkembangan",
            "Catatan perkembangan",
            Kind.LONG_TEXT,
            help="Misalnya bicara, bermain dengan teman, mengenal warna. Boleh dikosongkan.",
        ),
    ),
)

PENYULUHAN = penyuluhan(
    "pendidikan",
    "Penyuluhan pendidikan",
    (
        Choice("pengasuhan_anak", "Pengasuhan anak"),
        Choice("manfaat_paud", "Manfaat PAUD"),
        Choice("membaca_bersama", "Membaca bersama anak"),
        Choice("literasi_digital", "Literasi digital orang tua"),
        Choice("ape", "Alat permainan edukatif"),
        Choice("anak_putus_sekolah", "Kembali ke sekolah"),
    ),
)

FORMS = (ANAK_USIA_DINI, PENYULUHAN)
