"""Questions that several sections of the home visit ask."""

from __future__ import annotations

from services.fields.spec import (
    IS_NO,
    IS_YES,
    Choice,
    Finding,
    FormSpec,
    Kind,
    Next,
    Question,
    Shape,
    Step,
    When,
)

AT = "kunjungan"


def section(key: str, title: str, questions: tuple[Question, ...], **more: object) -> FormSpec:
    """One section of the checklist."""
    return FormSpec(
        key=key,
        field="kesehatan",
        title=title,
        printed_name=f"Formulir Kunjungan Rumah: {title}",
        shape=more.pop("shape", Shape.PERSON),  # type: ignore[arg-type]
        questions=questions,
        where=AT,
        **more,  # type: ignore[arg-type]
    )


def yes_no(key: str, label: str, **more: object) -> Question:
    return Question(key, label, Kind.YES_NO, **more)  # type: ignore[arg-type]


def day(key: str, label: str, **more: object) -> Question:
    return Question(key, label, Kind.DATE, **more)  # type: ignore[arg-type]


def danger(signs: Question) -> Question:
    """The danger signs of a group as the card asks them, for any age the visit's section is for."""
    return signs.but(group="", age_months=None, step=Step.PENCATATAN)


SUHU_TINGGI = yes_no("suhu_37_5_atau_lebih", "Suhu 37,5 °C atau lebih", finding=Finding(IS_YES, "Demam", Next.CONFIRM))
BUKU_KIA_ADA = yes_no("buku_kia_ada", "Buku KIA ada di rumah")
ISI_PIRINGKU = yes_no(
    "isi_piringku", "Makan sesuai Isi Piringku", finding=Finding(IS_NO, "Belum makan sesuai Isi Piringku", Next.EDUCATE)
)
SKRINING_JIWA = day("tanggal_skrining_jiwa", "Tanggal skrining jiwa terakhir")
OBAT_ADA = yes_no("obat_ada", "Ada obat", finding=Finding(IS_NO, "Obat habis", Next.CONFIRM))
OBAT_DIMINUM = yes_no(
    "obat_diminum_24_jam",
    "Obat diminum 24 jam terakhir",
    asked_if=When("obat_ada", IS_YES),
    finding=Finding(IS_NO, "Obat tidak diminum", Next.EDUCATE),
)
TREND = (Choice("naik", "Naik"), Choice("tetap", "Tetap"), Choice("turun", "Turun"))
HASIL_BB = Question("hasil_bb", "Berat dibanding sebelumnya", Kind.CHOICE, choices=TREND)
HASIL_PB = Question("hasil_pb_tb", "Panjang atau tinggi dibanding sebelumnya", Kind.CHOICE, choices=TREND)
HASIL_LK = Question("hasil_lk", "Lingkar kepala dibanding sebelumnya", Kind.CHOICE, choices=TREND)
TGL_TIMBANG = day("tanggal_timbang_terakhir", "Terakhir ditimbang")
MEROKOK = Question(
    "merokok",
    "Merokok",
    Kind.CHOICE,
    choices=(Choice("aktif", "Ya"), Choice("pasif", "Tidak, tetapi ada perokok di rumah"), Choice("tidak", "Tidak")),
)
