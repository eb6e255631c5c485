"""Why somebody is visited, when, and in which words. Pure."""

from .deciding import BY_HAND, RULE_VERSION, Change, Known, Opening, Plan, decide, handled_until, judgements
from .facts import HouseFacts, Judgement, PersonFacts, PostFacts, Seen, Told
from .kinds import BY_PEOPLE, CLOSED_AS, HIDDEN_WORDS, KINDS, Kind
from .lines import DueHousehold, Task, grouped, left_in_words, reasons_in_words
from .presence import LAPSES, missed_in_a_row, routine_month
from .referring import ANSWERS, OPEN_STATES, may_become, median_of, slip_code

__all__ = [
    "ANSWERS",
    "BY_HAND",
    "BY_PEOPLE",
    "CLOSED_AS",
    "HIDDEN_WORDS",
    "KINDS",
    "LAPSES",
    "OPEN_STATES",
    "RULE_VERSION",
    "Change",
    "DueHousehold",
    "HouseFacts",
    "Judgement",
    "Kind",
    "Known",
    "Opening",
    "PersonFacts",
    "Plan",
    "PostFacts",
    "Seen",
    "Task",
    "Told",
    "decide",
    "grouped",
    "handled_until",
    "judgements",
    "left_in_words",
    "may_become",
    "median_of",
    "missed_in_a_row",
    "reasons_in_words",
    "routine_month",
    "slip_code",
]
