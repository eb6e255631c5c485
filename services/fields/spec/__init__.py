"""The words in which a form is written down: questions, choices, predicates, what counts. No Django, no clock.

Answers are stored as JSON and only when given (an absent key is "belum didata"):

=================  ==============================================
kind               stored value
=================  ==============================================
yes_no             "ya" or "tidak"
choice             the value of the choice
multi              list of values, in the order of the choices
decimal, integer   number
text, long_text    text, never empty
date, time         "2026-11-10", "19:30"
blood_pressure     {"sistol": 120, "diastol": 80} in mmHg
participants       {"l": 4, "p": 12} persons
=================  ==============================================
"""

from services.fields.spec.forms import STAGES, Audience, Each, FormSpec, Printed, Shape, within
from services.fields.spec.predicates import (
    ANSWERED,
    AT_LEAST,
    BELOW,
    HAS,
    IS,
    IS_NO,
    IS_YES,
    NO,
    ONE_OF,
    YES,
    Answered,
    AtLeast,
    Below,
    Has,
    Number,
    OneOf,
    Predicate,
)
from services.fields.spec.questions import (
    GROUPS,
    NONE_OF_THESE,
    YES_NO_CHOICES,
    AgeRange,
    Bounds,
    Change,
    Choice,
    Count,
    Cycle,
    Finding,
    Group,
    Kind,
    Next,
    Part,
    Question,
    Step,
    Sum,
    When,
)

__all__ = [
    "ANSWERED",
    "AT_LEAST",
    "BELOW",
    "GROUPS",
    "HAS",
    "IS",
    "IS_NO",
    "IS_YES",
    "NO",
    "NONE_OF_THESE",
    "ONE_OF",
    "STAGES",
    "YES",
    "YES_NO_CHOICES",
    "AgeRange",
    "Answered",
    "AtLeast",
    "Audience",
    "Below",
    "Bounds",
    "Change",
    "Choice",
    "Count",
    "Cycle",
    "Each",
    "Finding",
    "FormSpec",
    "Group",
    "Has",
    "Kind",
    "Next",
    "Number",
    "OneOf",
    "Part",
    "Predicate",
    "Printed",
    "Question",
    "Shape",
    "Step",
    "Sum",
    "When",
    "within",
]
