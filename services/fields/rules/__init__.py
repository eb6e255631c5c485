"""What follows from a form and its answers. Pure: no database, no request, no clock."""

from services.fields.rules.asking import due_questions, questions_of_step, still_true, without_hidden
from services.fields.rules.checking import Previous, same_as_before, soft_warning, validate_answers
from services.fields.rules.parsing import Refused, parse_answer, parse_number
from services.fields.rules.reading import (
    RaisedFinding,
    answer_text,
    condition_text,
    findings,
    measurements,
    previous_text,
)

__all__ = [
    "Previous",
    "RaisedFinding",
    "Refused",
    "answer_text",
    "condition_text",
    "due_questions",
    "findings",
    "measurements",
    "parse_answer",
    "parse_number",
    "previous_text",
    "questions_of_step",
    "same_as_before",
    "soft_warning",
    "still_true",
    "validate_answers",
    "without_hidden",
]
