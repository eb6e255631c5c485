"""Forms of tickets."""

from .moving import AssignForm, BulkAnswerForm, MoveForm, OpenForm
from .reporting import ConfidentialForm, EditForm, JoinForm, PapersForm, PhotoForm, TicketForm

__all__ = [
    "AssignForm",
    "BulkAnswerForm",
    "ConfidentialForm",
    "EditForm",
    "JoinForm",
    "MoveForm",
    "OpenForm",
    "PapersForm",
    "PhotoForm",
    "TicketForm",
]
