"""Sensitive forms: results of SRQ-20 and HEEADSSS, mental illness in the family's care, and violence.

Results only: the paper carries the questions. They are records of their own, in no list and no plain export
(issue 3.10). HIV is never recorded.
"""

from __future__ import annotations

from services.fields.spec import (
    ANSWERED,
    AT_LEAST,
    BELOW,
    HAS,
    IS_NO,
    IS_YES,
    NONE_OF_THESE,
    Audience,
    Choice,
    Count,
    Cycle,
    Finding,
    FormSpec,
    Kind,
    Next,
    Question,
    Shape,
    Step,
)

ADULT = (216, None)
GROWN_STAGES = ("dewasa", "lansia", "bumil", "nifas")

SRQ20 = FormSpec(
    key="srq20",
    field="kesehatan",
    title="Kesehatan jiwa (SRQ-20)",
    printed_name="Kuesioner SRQ-20",
    shape=Shape.PERSON,
    sensitive=True,
    audience=Audience(stages=GROWN_STAGES),
    questions=(
        Question(
            "srq20_skor",
            "Jumlah jawaban “ya”",
            Kind.INTEGER,
            help="Hitung dari lembar 20 pertanyaan. Lembarnya tidak disalin ke sini.",
            hard=(0, 20),
            example="3",
            cycle=Cycle.YEARLY,
            age_months=ADULT,
            counts=(
                Count("jiwa_lt6", "SRQ-20 kurang dari 6", BELOW(6)),
                Count("jiwa_ge6", "SRQ-20 6 atau lebih", AT_LEAST(6)),
            ),
        ),
        Question(
            "srq20_no17",
            "Nomor 17 dijawab “ya” (pikiran mengakhiri hidup)",
            Kind.YES_NO,
            help="Bila ya, jangan tinggalkan sendiri. Hubungi bidan atau 119 sekarang.",
            cycle=Cycle.YEARLY,
            age_months=ADULT,
            counts=(Count("jiwa_q17_ya", "SRQ-20 nomor 17 dijawab ya", IS_YES),),
        ),
    ),
)

HEEADSSS = FormSpec(
    key="heeadsss",
    field="kesehatan",
    title="Remaja (HEEADSSS)",
    printed_name="Kuesioner HEEADSSS",
    shape=Shape.PERSON,
    sensitive=True,
    audience=Audience(stages=("usekrem",)),
    questions=(
        Question(
            "heeadsss_1_8",
            "Bidang yang bermasalah",
            Kind.MULTI,
            help="Tanyakan berdua saja. Hanya hasil dari lembarnya.",
            choices=(
                Choice(NONE_OF_THESE, "Tidak ada"),
                Choice("rumah", "1 Rumah"),
                Choice("sekolah", "2 Sekolah atau pekerjaan"),
                Choice("makan", "3 Pola makan, bentuk tubuh"),
                Choice("kegiatan", "4 Pergaulan, bolos"),
                Choice("napza", "5 Rokok, alkohol, narkoba"),
                Choice("seksual", "6 Kesehatan seksual"),
                Choice("keamanan", "7 Merasa tidak aman"),
                Choice("bunuh_diri", "8 Ingin menyakiti diri"),
            ),
            cycle=Cycle.YEARLY,
            counts=(
                Count(
                    "heeadsss",
                    "Remaja dengan masalah HEEADSSS",
                    HAS("rumah", "sekolah", "makan", "kegiatan", "napza", "seksual", "keamanan", "bunuh_diri"),
                ),
                Count("heeadsss_ditanya", "Remaja yang ditanya HEEADSSS", ANSWERED),
            ),
        ),
    ),
)

ODGJ = FormSpec(
    key="odgj",
    field="kesehatan",
    title="Pendampingan ODGJ",
    printed_name="Catatan Pendampingan Orang dengan Gangguan Jiwa",
    shape=Shape.PERSON,
    sensitive=True,
    watches="odgj",
    day_tells=True,
    audience=Audience(stages=(*GROWN_STAGES, "usekrem")),
    questions=(
        Question(
            "odgj_berobat",
            "Berobat teratur",
            Kind.YES_NO,
            help="Untuk yang sudah dinyatakan tenaga kesehatan.",
            counts=(Count("odgj_didampingi", "ODGJ yang didampingi", ANSWERED),),
            finding=Finding(IS_NO, "Tidak berobat teratur", Next.REFER),
        ),
        Question(
            "odgj_obat_diminum",
            "Obat diminum 24 jam terakhir",
            Kind.YES_NO,
            finding=Finding(IS_NO, "Obat tidak diminum", Next.CONFIRM),
        ),
        Question(
            "odgj_pasung",
            "Dipasung atau dikurung",
            Kind.YES_NO,
            counts=(Count("odgj_pasung", "ODGJ dipasung", IS_YES),),
            finding=Finding(IS_YES, "Dipasung atau dikurung", Next.REFER),
        ),
        Question(
            "odgj_membahayakan",
            "Membahayakan diri atau orang lain sekarang",
            Kind.YES_NO,
            finding=Finding(IS_YES, "Membahayakan diri atau orang lain", Next.URGENT),
        ),
    ),
)

_VIOLENCE = ("fisik", "psikis", "seksual", "penelantaran")
KEKERASAN = FormSpec(
    key="kekerasan",
    field="kesehatan",
    title="Kekerasan",
    printed_name="Catatan Dugaan Kekerasan",
    shape=Shape.PERSON,
    sensitive=True,
    day_tells=True,
    audience=Audience(stages=("bayi", "balita", "apras", "usekrem", *GROWN_STAGES)),
    questions=(
        Question(
            "kekerasan_bentuk",
            "Yang diceritakan atau terlihat",
            Kind.MULTI,
            help="Bicarakan berdua saja. Jangan menyelidiki; cukup dengarkan.",
            choices=(
                Choice(NONE_OF_THESE, "Tidak ada"),
                Choice("fisik", "Badan disakiti"),
                Choice("psikis", "Diancam atau direndahkan"),
                Choice("seksual", "Kekerasan seksual"),
                Choice("penelantaran", "Ditelantarkan"),
            ),
            counts=(Count("kekerasan", "Orang dengan dugaan kekerasan", HAS(*_VIOLENCE)),),
            finding=Finding(HAS(*_VIOLENCE), "Dugaan kekerasan", Next.REFER),
        ),
        Question(
            "kekerasan_bahaya_sekarang",
            "Terancam bahaya sekarang",
            Kind.YES_NO,
            finding=Finding(IS_YES, "Terancam bahaya sekarang", Next.URGENT),
        ),
        Question(
            "kekerasan_bersedia_dibantu",
            "Bersedia dibantu",
            Kind.YES_NO,
            help="Untuk anak, melapor adalah kewajiban.",
            step=Step.PENYULUHAN,
        ),
    ),
)

SENSITIVE = (SRQ20, HEEADSSS, ODGJ, KEKERASAN)
