"""Write new forms, questions and figures into the key ledger; refuse what the ledger forbids."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from services.fields import checks


class Command(BaseCommand):
    help = "Mencatat kunci formulir, pertanyaan, dan hitungan yang baru ke fixtures/fields/ledger.json."
    requires_system_checks = ()

    def handle(self, *args, **options):
        ledger, now = checks.read_ledger(), checks.described_keys()
        problems = checks.ledger_problems(ledger, now)
        if problems:
            raise CommandError("Tidak ditulis:\n" + "\n".join(f"- {problem}" for problem in problems))
        new = checks.unrecorded(ledger, now)
        if new:
            merged = checks.merged_ledger(ledger, now, timezone.localdate().isoformat())
            checks.LEDGER.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(merged, ensure_ascii=False, indent=1, sort_keys=True)
            checks.LEDGER.write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{len(new)} kunci dicatat." if new else "Buku kunci sudah lengkap.")
