"""How a page asks one registry form about one subject: used by open days and home visits alike."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import FormSpec, Shape, Step
from services.residents.models import Resident
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Attends, Clashed, Saved, save_record
from ..forms import Sheet
from ..growth import preview
from ..models import Encounter, Measurement
from ..queries import Page, form_page, immunisation_rules
from ..results import by_measure, results_of, words_for
from ..rules import at_birth, measured_columns
from ..thresholds import limits_on


def form_or_404(key: str, shape: Shape, scope: Scope) -> FormSpec:
    """The form of this key and shape, in the fields the reader may fill; sensitive forms have pages of their own."""
    try:
        spec = registry.form(key)
    except KeyError:
        raise Http404 from None
    if spec.shape is not shape or spec.sensitive or (scope.fields is not None and spec.field not in scope.fields):
        raise Http404
    return spec


def sheet_for(
    request, encounter: Encounter, spec: FormSpec, column: str, subject, *, step: Step | None = None, **asking
):
    """The form as it stands now, bound to what was sent if something was."""
    found = form_page(encounter=encounter, spec=spec, subject_column=column, subject=subject, scope=request.scope)
    data = request.POST if request.method == "POST" else None
    about = words_about(found, encounter, subject) if spec.shape is Shape.PERSON else {}
    return Sheet(found, on=encounter.date, step=step, data=data, **about, **asking)


def words_about(found: Page, encounter: Encounter, resident: Resident) -> dict:
    """What the form says and leaves out for this person, and her measures at birth to compare with."""
    words = words_for(
        found.spec.key,
        birth_date=resident.birth_date,
        on=encounter.date,
        answers=found.known,
        rules=immunisation_rules(resident, encounter.posyandu.area_id, encounter.date),
    )
    return {"hints": words.hints, "hidden": words.hidden, "at_birth": at_birth(found.spec, resident)}


def results_now(
    sheet: Sheet, measurement: Measurement | None, encounter: Encounter, *, stages, sex: str, age_months: int
):
    """The results of this card as it stands, put under their questions too."""
    found = results_of(
        measurement,
        stages=stages,
        sex=sex,
        age_months=age_months,
        answers={sheet.page.spec.key: {**sheet.page.answers, **sheet.sent()}},
        limits=limits_on(encounter.posyandu.area_id, encounter.date),
    )
    sheet.form.show_results(by_measure(found))
    return found


def unsaved_results(sheet: Sheet, encounter: Encounter, resident: Resident, *, stages, age_months: int):
    """What the form as typed would come to; nothing is stored. Also put under the questions."""
    measured = preview_measurement(sheet, encounter, resident)
    return results_now(sheet, measured, encounter, stages=stages, sex=resident.sex, age_months=age_months)


def preview_measurement(sheet: Sheet, encounter: Encounter, resident: Resident) -> Measurement:
    """What was measured as it would be stored; nothing is."""
    answers = {**sheet.page.answers, **sheet.sent()}
    return preview(encounter=encounter, resident=resident, columns=measured_columns(sheet.page.spec, answers))


def answer_sheet(
    request,
    encounter: Encounter,
    sheet: Sheet,
    subject,
    template: str,
    context: Callable[[], dict],
    *,
    before: Callable[[], Attends | None] = lambda: None,
    after: Callable[[Saved], Receipt],
):
    """Show the form, or save it once and go where `after` says.

    `before` may refuse, and tells what saving says of the person's presence; `context` is asked only when a page is
    drawn.
    """

    def drawn() -> dict:
        return {**context(), "sheet": sheet, "form": sheet.form}

    if request.method != "POST":
        return page(request, template, drawn())

    def write() -> Receipt:
        attends = before()
        try:
            saved = save_record(
                encounter=encounter,
                form=sheet.page.spec.key,
                subject=subject,
                answers=sheet.form.answers(),
                asked=sheet.form.question_keys,
                base=sheet.opened_with,
                by=request.user,
                attends=attends,
            )
        except Clashed as clashed:
            sheet.show_clash(clashed)
            raise
        for warning in sheet.warnings():
            messages.warning(request, warning)
        return after(saved)

    return respond(request, sheet.form, write, template, drawn)
