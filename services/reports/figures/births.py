"""Births and deaths of a month: live, small and stillborn children, and mothers and infants who died."""

from services.reports.figures.definitions import Definition, count, percent
from services.reports.figures.model import Row, Table

CHILDREN, PEOPLE = "anak", "orang"
# Where people are registered, no birth is zero births; where nobody is, nothing is known.
REGISTERED = "kependudukan.warga.jumlah"
ALIVE, WEIGHED, SMALL = "kelahiran.bayi.lahir_hidup", "kelahiran.bayi.ditimbang", "kelahiran.bayi.bblr"
NEONATAL, INFANTS = "kematian.bayi.neonatal", "kematian.bayi.bayi"
# key → name in BirthFigures
COUNTED = {
    ALIVE: "live",
    WEIGHED: "weighed",
    SMALL: "low_weight",
    "kelahiran.bayi.lahir_mati": "stillborn",
    "kelahiran.ibu.keguguran": "losses",
    "kematian.ibu.ibu": "maternal_deaths",
    INFANTS: "infant_deaths",
    NEONATAL: "neonatal_deaths",
}

DEFINITIONS: tuple[Definition, ...] = (
    count(ALIVE, "Lahir hidup", CHILDREN, "Anak yang lahir hidup bulan ini dan tinggal di sini.", needs=REGISTERED),
    count(
        WEIGHED,
        "Berat lahir diketahui",
        CHILDREN,
        "Dari anak yang lahir hidup bulan ini, yang berat lahirnya tercatat.",
        needs=REGISTERED,
        out_of=ALIVE,
    ),
    count(
        SMALL,
        "Berat lahir rendah (BBLR)",
        CHILDREN,
        "Dari anak yang berat lahirnya tercatat, yang lahir dengan berat di bawah 2.500 gram.",
        needs=WEIGHED,
        out_of=WEIGHED,
    ),
    percent(
        "kelahiran.bayi.persen_bblr",
        "Persen BBLR",
        SMALL,
        WEIGHED,
        "Berat lahir di bawah 2.500 gram, dari anak yang berat lahirnya tercatat.",
    ),
    count("kelahiran.bayi.lahir_mati", "Lahir mati", CHILDREN, "Bayi yang lahir mati bulan ini.", needs=REGISTERED),
    count(
        "kelahiran.ibu.keguguran",
        "Keguguran",
        PEOPLE,
        "Kehamilan yang berakhir dengan keguguran bulan ini.",
        needs=REGISTERED,
    ),
    count(
        "kematian.ibu.ibu",
        "Kematian ibu",
        PEOPLE,
        "Ibu yang meninggal bulan ini saat hamil, bersalin, atau sampai 42 hari sesudahnya.",
        needs=REGISTERED,
    ),
    count(
        INFANTS,
        "Kematian bayi",
        CHILDREN,
        "Anak yang meninggal bulan ini sebelum berumur 12 bulan.",
        needs=REGISTERED,
    ),
    count(
        NEONATAL,
        "Kematian bayi baru lahir",
        CHILDREN,
        "Dari kematian bayi, yang meninggal sampai umur 28 hari.",
        needs=REGISTERED,
        out_of=INFANTS,
    ),
)
TABLES = (
    Table(
        "kelahiran_kematian",
        "Kelahiran, kematian ibu, dan kematian bayi",
        ("Jumlah",),
        tuple(Row(each.label, (each.key,)) for each in DEFINITIONS),
    ),
)
