"""The paper must look the same on every machine: its fonts are checked when the server starts."""

import shutil
import subprocess

from django.core.checks import Error, register

FONTS = ("Liberation Sans", "Liberation Serif")
PACKAGES = "fonts-liberation2 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
HOW = f"Jalankan: apt-get install --no-install-recommends {PACKAGES}"


def installed_fonts() -> set[str]:
    """Names of the font families that this machine has."""
    command = shutil.which("fc-list")
    if command is None:
        return set()
    listed = subprocess.run([command, ":", "family"], capture_output=True, text=True, check=False)  # noqa: S603
    return {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}


@register("reports")
def check_fonts(app_configs=None, **options):
    """The fonts of the PDF are installed."""
    missing = [name for name in FONTS if name not in installed_fonts()]
    if not missing:
        return []
    return [Error(f"Huruf untuk PDF belum terpasang: {', '.join(missing)}.", hint=HOW, id="reports.E001")]
