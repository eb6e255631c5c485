"""Trantibumlinmas: night patrols and education on order and disasters."""

from __future__ import annotations

from services.fields.definitions.shared import penyuluhan
from services.fields.spec import ANSWERED, HAS, Choice, Count, Finding, FormSpec, Kind, Question, Shape, Sum

PATROLI = FormSpec(
    key="patroli",
    field="trantibumlinmas",
    title="Patroli keamanan",
    printed_name="Laporan Patroli Keamanan Lingkungan",
    shape=Shape.ACTIVITY,
    questions=(
        Question("waktu_mulai", "Mulai pukul", Kind.TIME, example="21.00"),
        Question(
            "area_patroli",
            "Area",
            Kind.TEXT,
            help="Misalnya “RT 01 sampai RT 03”.",
            counts=(Count("patroli", "Patroli keamanan", ANSWERED),),
        ),
        Question(
            "metode_patroli",
            "Cara",
            Kind.CHOICE,
            choices=(
                Choice("jalan_kaki", "Jalan kaki"),
                Choice("kendaraan", "Sepeda atau kendaraan"),
                Choice("poskamling", "Jaga di poskamling"),
            ),
        ),
        Question(
            "jumlah_petugas",
            "Petugas yang ikut",
            Kind.INTEGER,
            unit="orang",
            hard=(1, 500),
            soft=(1, 40),
            sums=(Sum("petugas_patroli", "Petugas patroli"),),
        ),
        Question("tujuan_patroli", "Tujuan", Kind.TEXT),
        Question(
            "temuan_patroli",
            "Temuan",
            Kind.MULTI,
            choices=(
                Choice("tidak_ada", "Tidak ada temuan"),
                Choice("orang_mencurigakan", "Orang mencurigakan"),
                Choice("pencurian", "Pencurian"),
                Choice("keributan", "Keributan"),
                Choice("lampu_mati", "Lampu jalan mati"),
                Choice("bahaya_bencana", "Tanda bahaya banjir, longsor, atau kebakaran"),
                Choice("lainnya", "Lainnya"),
            ),
            counts=(
                Count("patroli_aman", "Patroli tanpa temuan", HAS("tidak_ada")),
                Count(
                    "patroli_ada_temuan",
                    "Patroli dengan temuan",
                    HAS("orang_mencurigakan", "pencurian", "keributan", "lampu_mati", "bahaya_bencana", "lainnya"),
                ),
            ),
            finding=Finding(
                HAS("orang_mencurigakan", "pencurian", "keributan", "lampu_mati", "bahaya_bencana", "lainnya"),
                "Ada temuan saat patroli",
            ),
        ),
        Question(
            "uraian_temuan",
            "Uraian temuan",
            Kind.LONG_TEXT,
            help="Apa, di mana, pukul berapa. Jangan tulis nama orang yang dicurigai.",
        ),
        Question("tindakan_patroli", "Tindakan", Kind.LONG_TEXT),
    ),
)

PENYULUHAN = penyuluhan(
    "trantibumlinmas",
    "Penyuluhan ketertiban dan bencana",
    (
        Choice("siaga_bencana", "Kesiapsiagaan bencana"),
        Choice("kebakaran", "Mencegah kebakaran"),
        Choice("kamtibmas", "Keamanan lingkungan"),
        Choice("narkoba", "Bahaya narkoba"),
        Choice("linmas", "Peran linmas"),
        Choice("pemulihan_trauma", "Pemulihan setelah bencana"),
    ),
)

FORMS = (PATROLI, PENYULUHAN)
