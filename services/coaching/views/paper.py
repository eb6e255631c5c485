"""The material of a meeting as paper, in the look of the monthly report."""

from django.template.loader import render_to_string

from services.areas.queries import letterhead
from services.fields.registry import FIELDS
from services.reports.renderers import html
from services.reports.renderers.parts import recaps
from services.reports.renderers.pictures import pictures
from services.reports.sources import identity
from services.reports.sources.stationery import logo_of, paper_of
from services.web.pdf import render_pdf

from ..queries import STEPS, Material

BEHIND_SHOWN = 15


def meeting_pdf(material: Material) -> bytes:
    """Letterhead, the month with its charts, readiness, obstacles, what is open, and the plan."""
    meeting, report, rows = material.meeting, material.report, material.rollout.rows
    labels = {field.key: field.label for field in FIELDS}
    above = identity.places_above(meeting.area_id)
    summary = html.summary(report) if report else ()
    context = {
        "material": material,
        "meeting": meeting,
        "report": report,
        "letterhead": letterhead(above),
        "logo": logo_of(meeting.area_id),
        "paper": paper_of(meeting.area_id, material.today).lower(),
        "signatures": report.signatures if report else (),
        "summary": [summary[start : start + 4] for start in range(0, len(summary), 4)],
        "standing": html.standing(report) if report else "",
        "pictures": pictures(report) if report else (),
        "recaps": recaps(report) if report else (),
        "disclaimer": html.NOT_THE_ACHIEVEMENT,
        "steps": list(zip(STEPS, material.rollout.step_counts, strict=True)),
        "behind": [row for row in rows if row.missing][:BEHIND_SHOWN],
        "plan": [(item, labels.get(item.field, "Semua bidang")) for item in material.plan],
        "plan_year": str(meeting.date.year + 1),
    }
    return render_pdf(render_to_string("coaching/pdf/meeting.html", context), stylesheet="report.css")
