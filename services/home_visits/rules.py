"""What a kader looks for and teaches at a house. Pure."""

EMERGENCY_NUMBER = "119"

# General danger signs of the home-visit checklists (KMK 2015/2023); those of one group stand in its forms.
DANGER_SIGNS = {
    "demam_tinggi": "Demam tinggi atau lebih dari 2 hari",
    "kejang": "Kejang",
    "sesak": "Sesak napas",
    "tidak_sadar": "Lemas sekali atau tidak sadar",
    "tidak_bisa_minum": "Tidak bisa minum atau menyusu",
    "muntah_diare": "Muntah atau diare terus-menerus",
    "perdarahan": "Perdarahan",
    "nyeri_hebat": "Nyeri hebat di dada, kepala, atau perut",
}

EDUCATION = {
    "gizi": "Gizi dan makanan",
    "asi_mpasi": "ASI dan MP-ASI",
    "imunisasi": "Imunisasi",
    "ttd": "Tablet tambah darah",
    "obat": "Minum obat teratur",
    "phbs": "Hidup bersih dan sehat",
    "posyandu": "Datang ke hari buka",
    "rumah": "Rumah dan jamban sehat",
}
