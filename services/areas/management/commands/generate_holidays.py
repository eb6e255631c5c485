"""Make the kept lists of national holidays again, from the package `holidays`; to be read beside the joint decree."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from holidays import __version__, country_holidays

from services.areas.resources import HolidayRow, write_holidays

ESTIMATED = "(perkiraan)"
# Category of the package → what the joint decree (SKB Tiga Menteri) calls it.
KINDS = (("public", "libur nasional"), ("government", "cuti bersama"))


class Command(BaseCommand):
    help = "Write fixtures/holidays/YEAR.csv for the years named (2025 2026 2027 unless told)."

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="*", type=int, default=[2025, 2026, 2027])
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "fixtures" / "holidays")

    def handle(self, *args, **options):
        options["folder"].mkdir(parents=True, exist_ok=True)
        for year in options["years"]:
            rows = rows_of(year)
            path = options["folder"] / f"{year}.csv"
            write_holidays(path, rows)
            guessed = sum(row.estimated for row in rows)
            self.stdout.write(f"{path.name}: {len(rows)} hari, {guessed} masih perkiraan.")


def rows_of(year: int) -> list[HolidayRow]:
    """A year's national holidays and cuti bersama; a day in both lists is a national holiday."""
    found: dict = {}
    source = f"PyPI holidays {__version__} (SKB Tiga Menteri)"
    for category, kind in KINDS:
        for day, name in country_holidays("ID", years=year, categories=(category,), language="id").items():
            found.setdefault(day, HolidayRow(day, name.replace(ESTIMATED, "").strip(), kind, ESTIMATED in name, source))
    return [found[day] for day in sorted(found)]
