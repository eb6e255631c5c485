"""Things of the place that water and roads need: wells, pipes, ponds, village roads."""

from __future__ import annotations

from services.fields.definitions.shared import BAIK_ATAU_RUSAK, REKOMENDASI, RENDAH_SEDANG_TINGGI
from services.fields.spec import HAS, IS, ONE_OF, Choice, Count, Finding, FormSpec, Kind, Question, Shape, Sum

SUMUR = FormSpec(
    key="sumur",
    field="pekerjaan_umum",
    title="Sumur",
    printed_name="Identifikasi Sumur Air Tanah",
    shape=Shape.ASSET,
    questions=(
        Question("pemilik", "Pemilik", Kind.TEXT, help="Misalnya “umum RT 02” atau nama pemilik."),
        Question(
            "kondisi_sumur",
            "Kondisi",
            Kind.CHOICE,
            choices=(
                Choice("baik", "Baik"),
                Choice("rusak_ringan", "Rusak ringan"),
                Choice("rusak_berat", "Rusak berat"),
                Choice("kering", "Kering"),
            ),
            counts=(
                Count("sumur_baik", "Sumur dalam kondisi baik", IS("baik")),
                Count("sumur_rusak", "Sumur rusak atau kering", ONE_OF("rusak_ringan", "rusak_berat", "kering")),
            ),
            finding=Finding(ONE_OF("rusak_berat", "kering"), "Sumur rusak berat atau kering"),
        ),
        Question(
            "risiko_sanitasi",
            "Risiko sanitasi",
            Kind.CHOICE,
            help="Tinggi bila dekat jamban, kandang, atau genangan, atau tidak berdinding.",
            choices=(Choice("rendah", "Rendah"), Choice("sedang", "Sedang"), Choice("tinggi", "Tinggi")),
            counts=(Count("sumur_risiko_tinggi", "Sumur dengan risiko sanitasi tinggi", IS("tinggi")),),
            finding=Finding(IS("tinggi"), "Risiko sanitasi sumur tinggi"),
        ),
        Question(
            "kk_pemakai_sumur",
            "Keluarga yang memakai",
            Kind.INTEGER,
            unit="KK",
            hard=(0, 2000),
            soft=(1, 100),
        ),
        Question("tindakan_rehabilitasi", "Tindakan yang diperlukan", Kind.LONG_TEXT),
    ),
)

EMBUNG = FormSpec(
    key="embung",
    field="pekerjaan_umum",
    title="Embung",
    printed_name="Identifikasi Embung",
    shape=Shape.ASSET,
    default_on=False,
    questions=(
        Question(
            "kondisi_embung",
            "Kondisi fisik embung",
            Kind.CHOICE,
            choices=BAIK_ATAU_RUSAK,
            counts=(
                Count("embung_baik", "Embung dalam kondisi baik", IS("baik")),
                Count("embung_rusak", "Embung rusak", ONE_OF("rusak_ringan", "rusak_berat")),
            ),
            finding=Finding(IS("rusak_berat"), "Embung rusak berat"),
        ),
        Question("kapasitas_m3", "Daya tampung", Kind.INTEGER, unit="m³", hard=(0, 10_000_000), soft=(50, 500_000)),
        Question(
            "permasalahan_embung",
            "Permasalahan embung",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("kering", "Kering"),
                Choice("dangkal", "Dangkal atau berlumpur"),
                Choice("bocor", "Tanggul bocor"),
                Choice("kotor", "Kotor atau bersampah"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(
                Count("embung_bermasalah", "Embung kering, dangkal, atau bocor", HAS("kering", "dangkal", "bocor")),
            ),
        ),
        Question("tindakan_embung", "Tindakan yang diperlukan untuk embung", Kind.LONG_TEXT),
    ),
)

JARINGAN_AIR = FormSpec(
    key="jaringan_air",
    field="pekerjaan_umum",
    title="Jaringan air",
    printed_name="Identifikasi Jaringan Air Bersih",
    shape=Shape.ASSET,
    default_on=False,
    questions=(
        Question("jalur_pipa", "Jalur pipa", Kind.TEXT, help="Misalnya “dari tandon RW 02 sampai RT 05”."),
        Question("panjang_pipa_m", "Panjang pipa", Kind.INTEGER, unit="m", hard=(0, 100_000), soft=(10, 10_000)),
        Question(
            "kk_terlayani",
            "Keluarga yang terlayani",
            Kind.INTEGER,
            unit="KK",
            hard=(0, 10_000),
            soft=(1, 1000),
            sums=(Sum("kk_terlayani_air", "Keluarga yang terlayani jaringan air"),),
        ),
        Question(
            "kerusakan_pipa",
            "Kerusakan pipa",
            Kind.CHOICE,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("bocor", "Bocor"),
                Choice("mampet", "Mampet"),
                Choice("putus", "Putus"),
            ),
            counts=(
                Count("pipa_baik", "Jaringan air tanpa kerusakan", IS("tidak_ada")),
                Count("pipa_rusak", "Jaringan air rusak", ONE_OF("bocor", "mampet", "putus")),
            ),
            finding=Finding(ONE_OF("bocor", "mampet", "putus"), "Jaringan air rusak"),
        ),
        Question("penyebab_kerusakan", "Penyebab kerusakan", Kind.TEXT),
        REKOMENDASI,
    ),
)

JALAN_DESA = FormSpec(
    key="jalan_desa",
    field="pekerjaan_umum",
    title="Jalan desa",
    printed_name="Identifikasi Jalan Desa",
    shape=Shape.ASSET,
    default_on=False,
    questions=(
        Question("ruas_jalan", "Ruas jalan", Kind.TEXT, help="Dari mana sampai mana."),
        Question("panjang_jalan_m", "Panjang jalan", Kind.INTEGER, unit="m", hard=(0, 100_000), soft=(10, 10_000)),
        Question(
            "kondisi_jalan",
            "Kondisi jalan",
            Kind.CHOICE,
            choices=BAIK_ATAU_RUSAK,
            counts=(
                Count("jalan_baik", "Jalan dalam kondisi baik", IS("baik")),
                Count("jalan_rusak", "Jalan rusak", ONE_OF("rusak_ringan", "rusak_berat")),
            ),
            finding=Finding(IS("rusak_berat"), "Jalan rusak berat"),
        ),
        Question("dampak_jalan", "Dampak bagi warga", Kind.LONG_TEXT, help="Misalnya ambulans tidak bisa lewat."),
        Question("usulan_jalan", "Usulan perbaikan", Kind.LONG_TEXT),
        Question(
            "prioritas",
            "Prioritas",
            Kind.CHOICE,
            choices=RENDAH_SEDANG_TINGGI,
            counts=(Count("prioritas_tinggi", "Prioritas tinggi", IS("tinggi")),),
        ),
    ),
)
