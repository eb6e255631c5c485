"""The prefilled ticket that a finding offers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.fields import registry
from services.fields.rules import answer_text
from services.fields.spec import Kind, Shape

from .findings import findings_in

# The questions of activities that say where something was found.
WHERE = ("lokasi", "area_patroli")


@dataclass(frozen=True)
class Offer:
    """A ticket that a finding offers: what the button says, and the prefilled address after "?" of `ticket_new`."""

    label: str
    query: str
    field: str = ""
    request_type: str = ""


def place_said(answers: Mapping[str, object]) -> str:
    """Where an activity says that it was, or nothing."""
    return next((str(answers[key]) for key in WHERE if answers.get(key)), "")


def words_found(form: str, answers: Mapping[str, object]) -> str:
    """What an activity or a thing of the place found, and what was written about it, as the text of a ticket.

    Nothing of forms about people and households: their notes are about them, and not for every reader of a ticket.
    """
    spec = registry.form(form)
    if spec.shape not in (Shape.ACTIVITY, Shape.ASSET):
        return ""
    asked = {one.question for one in findings_in(form, answers)}
    told = [
        f"{question.label}: {answer_text(question, answers[question.key])}"
        for question in spec.questions
        if answers.get(question.key) and (question.key in asked or question.kind is Kind.LONG_TEXT)
    ]
    return "\n".join(told) if asked else ""


def offers_in(
    form: str, answers: Mapping[str, object], *, household: object = "", place: str = "", record: object = ""
) -> tuple[Offer, ...]:
    """The tickets that these answers of a form offer, about a household (its id) or a place in words.

    An activity says itself where it was; what it says (`record`, its id) is read by the page, never in an address.
    Two findings that lead to the same ticket offer it once.
    """
    place = place or place_said(answers)
    offers = (
        Offer(
            one.offer,
            urlencode(
                {
                    "bidang": one.field,
                    "jenis": one.request_type,
                    "mau": one.kind,
                    **({"household": str(household)} if household else {}),
                    **({"tempat": place} if place else {}),
                    **({"isian": str(record)} if record else {}),
                }
            ),
            one.field,
            one.request_type,
        )
        for one in findings_in(form, dict(answers))
    )
    return tuple(dict.fromkeys(offers))
