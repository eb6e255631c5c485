"""Print every form as data: the contract for exports, other systems and reviewers."""

import json

from django.core.management.base import BaseCommand

from services.fields import registry
from services.fields.spec import FormSpec


class Command(BaseCommand):
    help = "Menampilkan semua formulir enam bidang: --format json untuk program, text untuk dibaca."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *args, **options):
        if options["format"] == "json":
            contract = {"version": registry.version(), "forms": registry.described()}
            self.stdout.write(json.dumps(contract, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n\n".join(_as_text(spec) for spec in registry.FORMS))


def _as_text(spec: FormSpec) -> str:
    lines = [f"{spec.title} ({spec.key}) · {registry.field(spec.field).label} · {spec.shape.value}"]
    for question in spec.questions:
        unit = f", {question.unit}" if question.unit else ""
        lines.append(f"  {question.key}: {question.label} [{question.kind.value}{unit}]")
        lines.extend(f"    {count.key}: {count.sentence(question)}" for count in (*question.counts, *question.sums))
    return "\n".join(lines)
