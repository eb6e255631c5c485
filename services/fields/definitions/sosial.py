"""Sosial: poor households and their verification, social aid handed out, skills training, and education.

Aid goes to a person: name and NIK of whoever receives it come from the register and are never asked.
"""

from __future__ import annotations

from services.fields.definitions.shared import CATATAN, KENDALA, LOKASI, NARASUMBER, PESERTA, TINDAK_LANJUT, penyuluhan
from services.fields.spec import (
    ANSWERED,
    AT_LEAST,
    HAS,
    IS,
    IS_YES,
    ONE_OF,
    Audience,
    Choice,
    Count,
    Each,
    Finding,
    FormSpec,
    Kind,
    Printed,
    Question,
    Shape,
)

FAKIR_MISKIN = FormSpec(
    key="fakir_miskin",
    field="sosial",
    title="Fakir miskin",
    printed_name="Pendataan Fakir Miskin",
    shape=Shape.HOUSEHOLD,
    printed=(
        Printed("nama_kk", "Nama kepala keluarga"),
        Printed("alamat", "Alamat"),
        Printed("jumlah_anggota", "Jumlah anggota keluarga"),
    ),
    questions=(
        Question(
            "status_rumah",
            "Status rumah",
            Kind.CHOICE,
            choices=(
                Choice("milik_sendiri", "Milik sendiri"),
                Choice("sewa", "Sewa atau kontrak"),
                Choice("numpang", "Menumpang"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(Count("rumah_menumpang", "Keluarga yang menumpang", IS("numpang")),),
        ),
        Question("pekerjaan_kk", "Pekerjaan kepala keluarga", Kind.TEXT),
        Question(
            "penghasilan_bulan",
            "Penghasilan keluarga sebulan",
            Kind.INTEGER,
            unit="rupiah",
            hard=(0, 1_000_000_000),
            soft=(100_000, 10_000_000),
            help="Kira-kira, semua anggota dijumlahkan.",
            example="1.500.000",
        ),
        Question(
            "ada_disabilitas",
            "Ada anggota keluarga dengan disabilitas",
            Kind.YES_NO,
            counts=(Count("keluarga_disabilitas", "Keluarga dengan anggota disabilitas", IS_YES),),
        ),
        Question(
            "status_data_kesejahteraan",
            "Terdaftar di data kesejahteraan (DTSEN)",
            Kind.CHOICE,
            choices=(Choice("terdaftar", "Terdaftar"), Choice("tidak_terdaftar", "Tidak terdaftar")),
            counts=(
                Count("miskin_terdaftar", "Keluarga terdaftar di data kesejahteraan", IS("terdaftar")),
                Count("miskin_belum_terdaftar", "Keluarga belum terdaftar", IS("tidak_terdaftar")),
            ),
        ),
        Question(
            "rekomendasi_sosial",
            "Rekomendasi kader",
            Kind.CHOICE,
            choices=(
                Choice("layak_diusulkan", "Layak diusulkan untuk bantuan"),
                Choice("perlu_verifikasi", "Perlu diverifikasi dulu"),
                Choice("tidak_perlu", "Tidak perlu"),
            ),
            counts=(
                Count("miskin_diusulkan", "Keluarga layak diusulkan untuk bantuan", IS("layak_diusulkan")),
                Count("miskin_perlu_verifikasi", "Keluarga yang perlu diverifikasi", IS("perlu_verifikasi")),
            ),
            finding=Finding(ONE_OF("layak_diusulkan", "perlu_verifikasi"), "Keluarga miskin menunggu tindak lanjut"),
        ),
        Question("keterangan", "Keterangan", Kind.LONG_TEXT, help="Boleh dikosongkan."),
    ),
)

VERIFIKASI_SOSEK = FormSpec(
    key="verifikasi_sosek",
    field="sosial",
    title="Verifikasi sosial ekonomi",
    printed_name="Verifikasi Sosial Ekonomi Keluarga",
    shape=Shape.HOUSEHOLD,
    default_on=False,
    printed=(Printed("nama_kk", "Nama kepala keluarga"), Printed("alamat", "Alamat")),
    questions=(
        Question(
            "kondisi_rumah",
            "Kondisi rumah",
            Kind.CHOICE,
            choices=(Choice("baik", "Baik"), Choice("cukup", "Cukup"), Choice("buruk", "Buruk")),
        ),
        Question(
            "sifat_penghasilan",
            "Penghasilan",
            Kind.CHOICE,
            choices=(
                Choice("tetap", "Tetap"),
                Choice("tidak_tetap", "Tidak tetap"),
                Choice("tidak_ada", "Tidak ada"),
            ),
            counts=(Count("tanpa_penghasilan", "Keluarga tanpa penghasilan", IS("tidak_ada")),),
        ),
        Question(
            "aset",
            "Aset yang dimiliki",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("tanah", "Tanah atau sawah"),
                Choice("motor", "Sepeda motor"),
                Choice("mobil", "Mobil"),
                Choice("ternak", "Ternak"),
                Choice("tabungan", "Tabungan atau emas"),
            ),
        ),
        Question(
            "beban",
            "Tanggungan",
            Kind.INTEGER,
            unit="orang",
            hard=(0, 30),
            soft=(0, 10),
            help="Anggota keluarga yang belum atau tidak bisa bekerja.",
        ),
        Question(
            "risiko_khusus",
            "Risiko khusus",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("lansia_sendiri", "Lansia tinggal sendiri"),
                Choice("disabilitas", "Penyandang disabilitas"),
                Choice("sakit_menahun", "Sakit menahun"),
                Choice("kepala_perempuan", "Perempuan kepala keluarga"),
                Choice("rawan_bencana", "Rumah di tempat rawan bencana"),
            ),
            counts=(
                Count(
                    "keluarga_risiko_khusus",
                    "Keluarga dengan risiko khusus",
                    HAS("lansia_sendiri", "disabilitas", "sakit_menahun", "kepala_perempuan", "rawan_bencana"),
                ),
            ),
        ),
        Question(
            "skor_kerentanan",
            "Skor kerentanan",
            Kind.INTEGER,
            hard=(1, 5),
            help="1 paling kuat, 5 paling rentan.",
            example="3",
            counts=(Count("rentan_tinggi", "Keluarga dengan skor kerentanan 4 atau 5", AT_LEAST(4)),),
            finding=Finding(AT_LEAST(4), "Keluarga sangat rentan"),
        ),
        CATATAN,
    ),
)

PENYALURAN_BANSOS = FormSpec(
    key="penyaluran_bansos",
    field="sosial",
    title="Penyaluran bantuan sosial",
    printed_name="Penyaluran Bantuan Sosial",
    shape=Shape.PERSON,
    default_on=False,
    audience=Audience(stages=("dewasa", "lansia", "bumil", "nifas")),
    printed=(Printed("penerima", "Penerima"), Printed("nik", "NIK")),
    questions=(
        Question("nama_penyaluran", "Nama kegiatan penyaluran", Kind.TEXT),
        Question(
            "jenis_bantuan",
            "Jenis bantuan",
            Kind.CHOICE,
            choices=(
                Choice("sembako", "Sembako"),
                Choice("uang", "Uang"),
                Choice("makanan", "Makanan siap saji"),
                Choice("pakaian", "Pakaian atau selimut"),
                Choice("alat_bantu", "Alat bantu"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(Count("penerima_bantuan", "Orang yang menerima bantuan", ANSWERED),),
        ),
        Question("jumlah_bantuan", "Jumlah bantuan", Kind.TEXT, help="Misalnya “beras 10 kg” atau “Rp 300.000”."),
        Question(
            "metode_penyaluran",
            "Cara penyaluran",
            Kind.CHOICE,
            choices=(
                Choice("langsung", "Langsung"),
                Choice("diwakili", "Diwakili"),
                Choice("titipan", "Titipan"),
                Choice("pindah_alamat", "Pindah alamat"),
            ),
            counts=(
                Count(
                    "bantuan_tidak_langsung",
                    "Bantuan yang tidak diterima langsung",
                    ONE_OF("diwakili", "titipan", "pindah_alamat"),
                ),
            ),
        ),
        Question(
            "kondisi_barang",
            "Kondisi barang",
            Kind.CHOICE,
            choices=(Choice("baik", "Baik"), Choice("kurang", "Kurang"), Choice("rusak", "Rusak")),
            counts=(Count("bantuan_rusak", "Bantuan yang kurang atau rusak", ONE_OF("kurang", "rusak")),),
            finding=Finding(ONE_OF("kurang", "rusak"), "Bantuan diterima kurang atau rusak"),
        ),
        Question("keterangan", "Keterangan", Kind.LONG_TEXT, help="Boleh dikosongkan."),
    ),
)

KIE_GENDER = FormSpec(
    key="kie_gender",
    field="sosial",
    title="KIE gender dan inklusi",
    printed_name="KIE Kesetaraan Gender dan Inklusi Sosial",
    shape=Shape.ACTIVITY,
    default_on=False,
    names_participants=Each("kelompok_rentan", "Kelompok rentan"),
    questions=(
        LOKASI,
        PESERTA.but(help="Nama peserta ditulis sesudah ini disimpan; jumlahnya lalu mengikuti daftar nama."),
        Question(
            "kelompok_rentan",
            "Kelompok rentan yang hadir",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada"),
                Choice("disabilitas", "Penyandang disabilitas"),
                Choice("lansia", "Lansia", stages=("lansia",)),
                Choice("kepala_perempuan", "Perempuan kepala keluarga"),
                Choice("anak", "Anak", stages=("bayi", "balita", "apras", "usekrem")),
                Choice("miskin", "Keluarga miskin"),
            ),
            counts=(
                Count(
                    "kie_kelompok_rentan",
                    "KIE yang dihadiri kelompok rentan",
                    HAS("disabilitas", "lansia", "kepala_perempuan", "anak", "miskin"),
                ),
            ),
        ),
        NARASUMBER,
        TINDAK_LANJUT,
    ),
)

UP2K = FormSpec(
    key="up2k",
    field="sosial",
    title="Pelatihan keterampilan keluarga (UP2K)",
    printed_name="Catatan Kegiatan UP2K",
    shape=Shape.ACTIVITY,
    default_on=False,
    questions=(
        Question(
            "jenis_keterampilan",
            "Jenis keterampilan",
            Kind.CHOICE,
            choices=(
                Choice("makanan", "Mengolah makanan"),
                Choice("jahit", "Menjahit atau membatik"),
                Choice("kerajinan", "Kerajinan tangan"),
                Choice("tani_ternak", "Bertani atau beternak"),
                Choice("usaha", "Mengelola usaha dan menjual"),
                Choice("lainnya", "Lainnya"),
            ),
        ),
        LOKASI,
        NARASUMBER,
        PESERTA,
        KENDALA,
    ),
)

PENYULUHAN = penyuluhan(
    "sosial",
    "Penyuluhan sosial",
    (
        Choice("kesetaraan_gender", "Kesetaraan gender"),
        Choice("disabilitas", "Hak penyandang disabilitas"),
        Choice("inklusi", "Inklusi sosial"),
        Choice("bantuan_sosial", "Bantuan sosial dan cara mendaftar"),
        Choice("pencegahan_kekerasan", "Mencegah kekerasan dalam keluarga"),
    ),
)

FORMS = (KIE_GENDER, FAKIR_MISKIN, VERIFIKASI_SOSEK, PENYALURAN_BANSOS, UP2K, PENYULUHAN)
