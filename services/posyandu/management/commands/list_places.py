import json
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from services.areas.queries import find_area
from services.posyandu.queries import Place, places

LEVELS = ("provinsi", "kabkota", "kecamatan", "desa", "posyandu")


class Command(BaseCommand):
    help = "Menulis daftar tempat: posyandu beserta wilayah di atasnya, atau semua tempat dari satu tingkat (--level)."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--level", choices=LEVELS, help="semua tempat dari tingkat ini, juga yang tanpa posyandu")
        parser.add_argument("--within", metavar="KODE", help="hanya di dalam wilayah ini (kode lama juga dikenal)")

    def handle(self, *, level, within, **options):
        area = find_area(within) if within else None
        if within and area is None:
            raise CommandError(f"Wilayah {within} tidak dikenal.", returncode=2)
        found = places(level=level, within=area.pk if area else "")
        write = self._write_json if options["format"] == "json" else self._write_text
        write(found)

    def _write_json(self, found: Iterator[Place]) -> None:
        """A JSON list, one place a line, written as it is read, so that a nation needs no memory."""
        self.stdout.write("[", ending="")
        for number, place in enumerate(found):
            text = json.dumps(place.as_dict(), ensure_ascii=False)
            self.stdout.write((",\n" if number else "\n") + text, ending="")
        self.stdout.write("\n]")

    def _write_text(self, found: Iterator[Place]) -> None:
        for place in found:
            since = f" · sejak {place.live_from:%Y-%m}" if place.live_from else ""
            self.stdout.write(f"{place.code}\t{place.level}\t{place.name}\t{place.state}{since}")
