"""The cards of pregnant women and of mothers after birth (nifas, menyusui)."""

from __future__ import annotations

from services.fields.definitions.kesehatan.bersama import BB_KG, EDUKASI, LILA_CM, RUJUK, TBC, TD
from services.fields.definitions.kesehatan.tanda_bahaya import IBU_HAMIL, NIFAS
from services.fields.spec import (
    ANSWERED,
    AT_LEAST,
    IS,
    IS_NO,
    IS_YES,
    Audience,
    Choice,
    Count,
    Finding,
    FormSpec,
    Kind,
    Next,
    Printed,
    Question,
    Shape,
    Step,
    When,
)

DAILY = (Choice("setiap_hari", "Setiap hari"), Choice("tidak_setiap_hari", "Tidak setiap hari"))

BB_SESUAI_KURVA = Question(
    "bb_sesuai_kurva_kia",
    "Berat badan pada kurva Buku KIA",
    Kind.CHOICE,
    choices=(Choice("hijau", "Hijau (sesuai)"), Choice("merah", "Merah (tidak sesuai)")),
    counts=(
        Count("bb_hijau", "Ibu hamil dengan berat badan hijau", IS("hijau")),
        Count("bb_merah", "Ibu hamil dengan berat badan merah", IS("merah")),
    ),
    finding=Finding(IS("merah"), "Berat badan tidak sesuai kurva Buku KIA", Next.REFER),
)
TTD_JUMLAH = Question(
    "ttd_jumlah_diberi_nakes",
    "Tablet tambah darah (TTD) yang diberikan",
    Kind.INTEGER,
    unit="tablet",
    hard=(0, 400),
    soft=(0, 90),
    step=Step.PELAYANAN,
    counts=(Count("bumil_dapat_ttd", "Ibu hamil yang mendapat TTD", AT_LEAST(1)),),
)
TTD_KONSUMSI = Question(
    "ttd_konsumsi",
    "TTD diminum",
    Kind.CHOICE,
    choices=DAILY,
    step=Step.PELAYANAN,
    counts=(
        Count("ttd_tiap_hari", "Ibu hamil minum TTD setiap hari", IS("setiap_hari")),
        Count("ttd_tidak", "Ibu hamil tidak minum TTD setiap hari", IS("tidak_setiap_hari")),
    ),
    finding=Finding(IS("tidak_setiap_hari"), "TTD tidak diminum setiap hari", Next.EDUCATE),
)
MT_KEK = Question(
    "mt_kek_komposisi_porsi",
    "Makanan tambahan untuk ibu KEK",
    Kind.TEXT,
    help="Isi dan porsinya, hanya bila diberikan.",
    step=Step.PELAYANAN,
    counts=(Count("bumil_kek_dapat_pmt", "Ibu hamil KEK yang mendapat PMT", ANSWERED),),
)
MT_KEK_KONSUMSI = Question(
    "mt_kek_konsumsi",
    "Makanan tambahan dimakan",
    Kind.CHOICE,
    choices=DAILY,
    step=Step.PELAYANAN,
    asked_if=When("mt_kek_komposisi_porsi", ANSWERED),
    counts=(
        Count("pmt_tiap_hari", "Ibu hamil makan PMT setiap hari", IS("setiap_hari")),
        Count("pmt_tidak", "Ibu hamil tidak makan PMT setiap hari", IS("tidak_setiap_hari")),
    ),
    finding=Finding(IS("tidak_setiap_hari"), "Makanan tambahan tidak dimakan setiap hari", Next.EDUCATE),
)
KELAS_IBU = Question(
    "kelas_ibu_hamil",
    "Ikut kelas ibu hamil",
    Kind.YES_NO,
    step=Step.PELAYANAN,
    counts=(
        Count("kelas_ya", "Ibu hamil yang ikut kelas", IS_YES),
        Count("kelas_tidak", "Ibu hamil yang belum ikut kelas", IS_NO),
    ),
    finding=Finding(IS_NO, "Belum ikut kelas ibu hamil", Next.EDUCATE),
)

KARTU_BUMIL = FormSpec(
    key="kartu_bumil",
    field="kesehatan",
    title="Ibu hamil",
    printed_name="Kartu Bantu Pemeriksaan Ibu Hamil",
    shape=Shape.PERSON,
    audience=Audience(stages=("bumil",), sex="P"),
    printed=(
        Printed("usia_kehamilan_minggu", "Usia kehamilan (minggu)"),
        Printed("lila_status", "Status LiLA"),
        Printed("td_sesuai_kurva_kia", "Tekanan darah pada kurva Buku KIA"),
    ),
    questions=(
        IBU_HAMIL,
        BB_KG,
        LILA_CM,
        Question(
            "td_sistol_diastol",
            TD.label,
            Kind.BLOOD_PRESSURE,
            unit=TD.unit,
            parts=TD.parts,
            example=TD.example,
            step=TD.step,
            measure=TD.measure,
        ),
        BB_SESUAI_KURVA,
        *TBC,
        TTD_JUMLAH,
        TTD_KONSUMSI,
        MT_KEK,
        MT_KEK_KONSUMSI,
        KELAS_IBU,
        EDUKASI.offering(
            "gizi_seimbang", "kehamilan_sehat", "tanda_bahaya", "ttd", "persalinan", "asi", "kb", "phbs", "tbc"
        ),
        RUJUK,
    ),
)

KARTU_NIFAS_MENYUSUI = FormSpec(
    key="kartu_nifas_menyusui",
    field="kesehatan",
    title="Ibu nifas dan menyusui",
    printed_name="Kartu Bantu Pemeriksaan Ibu Nifas dan Menyusui",
    shape=Shape.PERSON,
    audience=Audience(stages=("nifas",), sex="P", condition="menyusui", unless=("bumil",)),
    questions=(
        NIFAS,
        BB_KG,
        LILA_CM,
        TD,
        *TBC,
        Question(
            "vitamin_a_nifas",
            "Sudah minum vitamin A nifas (2 kapsul merah)",
            Kind.YES_NO,
            step=Step.PELAYANAN,
            counts=(
                Count("vit_a_nifas_ya", "Ibu nifas yang mendapat vitamin A", IS_YES),
                Count("vit_a_nifas_tidak", "Ibu nifas yang belum mendapat vitamin A", IS_NO),
            ),
        ),
        Question(
            "menyusui",
            "Menyusui",
            Kind.YES_NO,
            step=Step.PELAYANAN,
            counts=(Count("menyusui_ya", "Ibu yang menyusui", IS_YES),),
            finding=Finding(IS_NO, "Ibu tidak menyusui", Next.EDUCATE),
        ),
        Question(
            "kb_pasca_persalinan",
            "KB pasca persalinan",
            Kind.YES_NO,
            step=Step.PELAYANAN,
            counts=(
                Count("kb_pasca_ya", "Ibu yang ber-KB pasca persalinan", IS_YES),
                Count("kb_pasca_tidak", "Ibu yang belum ber-KB pasca persalinan", IS_NO),
            ),
        ),
        EDUKASI.offering("gizi_seimbang", "tanda_bahaya", "asi", "kb", "imunisasi", "tumbuh_kembang", "phbs", "tbc"),
        RUJUK,
    ),
)
