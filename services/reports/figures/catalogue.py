"""All figures of a month and the order in which page, paper and workbook show them."""

from __future__ import annotations

from services.fields.registry import FIELDS, forms_for
from services.reports.figures import births, forms, health, recapped, tickets, visits
from services.reports.figures.definitions import Definition, count, stock
from services.reports.figures.model import Row, Section, Table

PEOPLE, TIMES = "orang", "kali"

POPULATION = (
    stock(
        "kependudukan.warga.jumlah",
        "Jumlah jiwa",
        PEOPLE,
        "Warga yang tinggal di wilayah posyandu pada hari terakhir bulan ini.",
    ),
    stock("kependudukan.warga.laki_laki", "Laki-laki", PEOPLE, "Warga laki-laki pada hari terakhir bulan ini."),
    stock("kependudukan.warga.perempuan", "Perempuan", PEOPLE, "Warga perempuan pada hari terakhir bulan ini."),
    stock(
        "kependudukan.keluarga.jumlah",
        "Jumlah kepala keluarga (KK)",
        "KK",
        "Keluarga dengan paling sedikit satu warga pada hari terakhir bulan ini.",
    ),
    count("kependudukan.warga.lahir", "Lahir", PEOPLE, "Warga yang tercatat lahir bulan ini."),
    count("kependudukan.warga.meninggal", "Meninggal", PEOPLE, "Warga yang meninggal bulan ini."),
    count(
        "kependudukan.warga.pindah_masuk",
        "Pindah masuk",
        PEOPLE,
        "Warga yang mulai tinggal di sini bulan ini karena pindah, "
        "juga dari posyandu lain di kelurahan/desa yang sama.",
    ),
    count(
        "kependudukan.warga.pindah_keluar",
        "Pindah keluar",
        PEOPLE,
        "Warga yang berhenti tinggal di sini bulan ini karena pindah, "
        "juga ke posyandu lain di kelurahan/desa yang sama.",
    ),
)

OPEN_DAYS = (
    count(health.HELD, "Hari buka terlaksana", TIMES, "Hari buka yang berlangsung atau selesai bulan ini."),
    count(health.CANCELLED, "Hari buka batal", TIMES, "Hari buka yang dibatalkan bulan ini."),
    count(
        "hari_buka.semua.kedatangan",
        "Kedatangan tercatat",
        TIMES,
        "Semua kedatangan pada hari buka bulan ini: warga, tamu, dan yang kemudian pindah. "
        "Orang yang datang dua kali dihitung dua kali.",
        needs=health.HELD,
        unless=health.CANCELLED,
    ),
    count(
        "hari_buka.kader.hadir",
        "Kader yang bertugas",
        PEOPLE,
        "Kader berbeda yang hadir pada hari buka bulan ini.",
        needs=health.HELD,
        unless=health.CANCELLED,
    ),
    count(
        "hari_buka.petugas.hadir",
        "Kehadiran petugas lain",
        TIMES,
        "Kehadiran bidan, OPD, PAUD, PKK, PLKB, dan perangkat desa/kelurahan pada hari buka.",
        needs=health.HELD,
        unless=health.CANCELLED,
    ),
    count(
        "hari_buka.pmt.porsi",
        "Porsi PMT",
        "porsi",
        "Jumlah porsi makanan tambahan yang dibagikan pada hari buka.",
        needs="hari_buka.pmt.hari",
    ),
)

INSTITUTION = (
    stock(
        "kelembagaan.posyandu.jumlah",
        "Posyandu yang sudah mulai pakai",
        "posyandu",
        "Posyandu aktif yang sudah mulai memakai aplikasi, atau yang punya isian bulan ini.",
    ),
    stock(
        "kelembagaan.posyandu.melapor",
        "Posyandu dengan isian bulan ini",
        "posyandu",
        "Posyandu yang mengisi hari buka, kunjungan rumah, atau formulir bulan ini.",
        out_of="kelembagaan.posyandu.jumlah",
    ),
    stock(
        "kelembagaan.posyandu.terkirim",
        "Posyandu yang sudah mengirim laporan",
        "posyandu",
        "Posyandu yang laporan bulan ini sudah dikirim.",
        out_of="kelembagaan.posyandu.jumlah",
    ),
    stock(
        "kelembagaan.kader.jumlah",
        "Kader",
        PEOPLE,
        "Kader dan pengurus posyandu yang bertugas pada hari terakhir bulan ini.",
    ),
)

WRITTEN = tuple(forms.written(each.key, each.label) for each in FIELDS)

DEFINITIONS: tuple[Definition, ...] = (
    *INSTITUTION,
    *POPULATION,
    *births.DEFINITIONS,
    *OPEN_DAYS,
    *health.DEFINITIONS,
    *recapped.DEFINITIONS,
    *WRITTEN,
    *forms.DEFINITIONS,
    *visits.DEFINITIONS,
    *tickets.DEFINITIONS,
)
BY_KEY = {definition.key: definition for definition in DEFINITIONS}


def _list(key: str, title: str, definitions: tuple[Definition, ...], note: str = "") -> Table:
    return Table(key, title, ("Jumlah",), tuple(Row(each.label, (each.key,)) for each in definitions), note)


def _field_section(key: str, label: str) -> Section:
    first = (*health.TABLES, *recapped.TABLES) if key == "kesehatan" else ()
    own = _list("isian", "Isian bulan ini", tuple(each for each in WRITTEN if each.key.startswith(f"{key}.")))
    return Section(key, f"Bidang {label}", (*first, own, *(forms.table_of(spec) for spec in forms_for(field=key))), key)


SECTIONS: tuple[Section, ...] = (
    Section("kelembagaan", "Kelembagaan", (_list("kelembagaan", "Posyandu dan kader", INSTITUTION),)),
    Section("kependudukan", "Kependudukan", (_list("warga", "Warga dan keluarga", POPULATION),)),
    Section("kelahiran_kematian", "Kelahiran dan kematian", births.TABLES),
    Section("hari_buka", "Hari buka", (_list("pelaksanaan", "Pelaksanaan", OPEN_DAYS),)),
    *(_field_section(each.key, each.label) for each in sorted(FIELDS, key=lambda each: each.key != "kesehatan")),
    Section(
        "kunjungan_rumah",
        "Kunjungan rumah",
        visits.TABLES,
    ),
    Section("laporan_warga", "Laporan warga", tickets.TABLES),
)
