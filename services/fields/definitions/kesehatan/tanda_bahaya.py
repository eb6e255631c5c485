"""Danger signs, asked before everything else: whoever has one is helped first, and nothing more is asked of her."""

from __future__ import annotations

from services.fields.spec import HAS, NONE_OF_THESE, AgeRange, Choice, Finding, Kind, Next, Question, Step


def _danger(key: str, *signs: tuple[str, str], age_months: AgeRange | None = None) -> Question:
    choices = (Choice(NONE_OF_THESE, "Tidak ada"), *(Choice(value, label) for value, label in signs))
    return Question(
        key,
        "Tanda bahaya",
        Kind.MULTI,
        help="Lihat ini dulu. Bila ada, telepon dulu.",
        choices=choices,
        age_months=age_months,
        step=Step.PENDAFTARAN,
        group="tanda_bahaya",
        finding=Finding(HAS(*(value for value, _ in signs)), "Ada tanda bahaya", Next.URGENT),
    )


IBU_HAMIL = _danger(
    "tanda_bahaya_ibu_hamil",
    ("demam", "Demam lebih dari 2 hari"),
    ("pusing", "Pusing, sakit kepala berat, pandangan kabur, atau bengkak"),
    ("cemas", "Sulit tidur atau cemas berlebih"),
    ("diare", "Diare berulang"),
    ("risiko_tbc", "Berisiko TBC"),
    ("janin_tidak_bergerak", "Janin tidak bergerak"),
    ("jantung_berdebar", "Jantung berdebar atau nyeri dada"),
    ("keluar_cairan", "Keluar cairan dari jalan lahir"),
    ("sakit_kencing", "Sakit saat kencing"),
    ("nyeri_perut", "Nyeri perut hebat"),
)
NIFAS = _danger(
    "tanda_bahaya_nifas",
    ("demam", "Demam"),
    ("sedih", "Sedih atau tertekan"),
    ("gangguan_bak", "Sulit buang air kecil"),
    ("sesak", "Sesak napas"),
    ("sakit_kepala", "Sakit kepala"),
    ("perdarahan", "Perdarahan"),
    ("kelamin_bengkak", "Kelamin bengkak atau luka"),
    ("keluar_cairan", "Keluar cairan dari jalan lahir"),
    ("nyeri_ulu_hati", "Nyeri ulu hati"),
    ("pandangan_kabur", "Pandangan kabur"),
    ("payudara_bengkak", "Payudara bengkak dan merah"),
    ("darah_berbau", "Darah nifas berbau"),
    ("keputihan", "Keputihan berlebih"),
    ("jantung_berdebar", "Jantung berdebar"),
)
BAYI = _danger(
    "tanda_bahaya_bayi",
    ("napas", "Napas cepat, sesak, atau berhenti-berhenti"),
    ("aktivitas", "Lemas, tidak aktif"),
    ("warna_kulit", "Kulit kuning, biru, atau pucat"),
    ("hisapan", "Hisapan lemah atau tidak mau menyusu"),
    ("kejang", "Kejang"),
    ("suhu", "Badan panas atau dingin"),
    ("bab", "Diare, atau belum buang air besar"),
    ("kencing", "Kencing sedikit atau pekat"),
    ("tali_pusat", "Tali pusat merah, bau, atau bernanah"),
    ("mata", "Mata bernanah"),
    ("kulit", "Kulit berbintil nanah"),
    age_months=(0, 5),
)
BALITA = _danger(
    "tanda_bahaya_balita",
    ("napas", "Napas cepat atau sesak"),
    ("batuk", "Batuk grok-grok"),
    ("diare", "Diare"),
    ("kencing", "Kencing sedikit atau pekat"),
    ("warna_kulit", "Kulit kuning, biru, atau pucat"),
    ("aktivitas", "Lemas, tidak aktif"),
    ("hisapan", "Tidak mau minum atau menyusu"),
    ("makan", "Tidak mau makan"),
    age_months=(6, None),
)
