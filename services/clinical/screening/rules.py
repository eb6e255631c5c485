"""Every threshold of the cards in one place, with source and certainty (A computed, B read, C one source, K custom).

A district or a new circular replaces values by `dataclasses.replace(DEFAULT_SCREENING, …)`, never by another function.
"""

from __future__ import annotations

from dataclasses import dataclass

CARD = "Kartu Bantu Pemeriksaan, Panduan Pengelolaan Posyandu Bidang Kesehatan 2023"


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """Defaults of the Kemenkes cards; units as named."""

    # Tekanan darah mmHg. Tinggi: kartu bantu + PNPK hipertensi [B].
    systolic_high: int = 140
    diastolic_high: int = 90
    # Krisis: PNPK hipertensi 2021 [C].
    systolic_crisis: int = 180
    diastolic_crisis: int = 120
    # Rendah: the card names no cut-off; clinical custom [K].
    systolic_low: int = 90
    diastolic_low: int = 60
    # Ibu hamil, tanda bahaya: PNPK preeklamsia [C]. Merah uses the "high" values: Buku KIA [B].
    systolic_pregnancy_danger: int = 160
    diastolic_pregnancy_danger: int = 110

    # Gula darah sewaktu mg/dL. Tinggi: kartu bantu, PERKENI [B]; rendah PERKENI [B]; waspada 140-199 [C].
    glucose_high: float = 200
    glucose_low: float = 70
    glucose_watch: float = 140
    glucose_watch_shown: bool = True

    # IMT dewasa kg/m2, one decimal: Pedoman Gizi Seimbang Kemenkes, rekap ILP [B].
    bmi_very_thin_below: float = 17.0
    bmi_thin_below: float = 18.5
    bmi_normal_to: float = 25.0
    bmi_fat_to: float = 27.0

    # Lingkar perut cm, central obesity above: rekap ILP [B].
    waist_male_above: float = 90
    waist_female_above: float = 80

    # LiLA cm. KEK: kartu bantu bumil, Buku KIA [B]. Lansia: SKILAS [B].
    muac_pregnant_below: float = 23.5
    muac_elderly_below: float = 21.0

    # Hb g/dL, anaemia below: WHO, Permenkes 88/2014 [B/C].
    hb_pregnant: float = 11.0
    hb_second_trimester: float = 10.5
    hb_pregnant_severe: float = 7.0
    hb_female: float = 12.0
    hb_male: float = 13.0
    hb_12_to_14: float = 12.0
    hb_5_to_11: float = 11.5
    hb_6_to_59_months: float = 11.0
    # WHO 2024 lowers 6-23 months to 10.5; off until the district adopts it [C].
    hb_6_to_23_months: float = 11.0

    # TBC, four questions: kartu bantu refers at two [B]; one or close contact is confirmed, KMK 2015/2023 [B].
    tbc_refer_from: int = 2

    # PUMA: KMK 2015/2023 Formulir 4 and the card's boxes say >= 6, the card's head > 6 [C].
    puma_refer_from: int = 6
    puma_from_years: int = 40
    # Pack-years 0/0/1/2: international PUMA [C].
    puma_pack_years_one_point: float = 20
    puma_pack_years_two_points_above: float = 30

    # SRQ-20: rekap ILP [B]; item 17 is the thought of ending one's life and is always urgent.
    srq_refer_from: int = 6
    srq_urgent_items: frozenset[int] = frozenset({17})

    # HEEADSSS: kartu bantu, any problem refers [B]; item 8 (self-harm) urgent as SRQ item 17 is [C].
    heeadsss_refer_from: int = 1
    heeadsss_urgent_items: frozenset[int] = frozenset({8})

    # AKS/Barthel, lowest total of each class: kartu bantu lansia [B].
    aks_independent_from: int = 20
    aks_mild_from: int = 12
    aks_moderate_from: int = 9
    aks_severe_from: int = 5

    # KPSP, number of yes of ten: SDIDTK [B]; asked by health workers and PAUD, not by kader.
    kpsp_fit_from: int = 9
    kpsp_doubtful_from: int = 7


DEFAULT_SCREENING = ScreeningRules()
