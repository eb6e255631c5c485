"""How a page asks one registry form about one subject: used by open days and home visits alike."""

from collections.abc import Callable

from django.http import Http404

from services.areas.scope import Scope
from services.fields import registry
from services.fields.spec import FormSpec, Shape, Step
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import Attends, Clashed, Saved, save_record
from ..forms import Sheet
from ..models import Encounter
from ..queries import form_page


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
    return Sheet(found, on=encounter.date, step=step, data=data, **asking)


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
        return after(saved)

    return respond(request, sheet.form, write, template, drawn)
