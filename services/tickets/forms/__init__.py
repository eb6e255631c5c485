"""Forms of tickets."""

from .directory import HolidayForm, OfficeForm, RequestTypeEditForm, RequestTypeForm, RouteForm
from .moving import AssignForm, BulkAnswerForm, MoveForm, OpenForm
from .reporting import ConfidentialForm, EditForm, JoinForm, PapersForm, PhotoForm, ReporterForm, TicketForm

__all__ = [
    "AssignForm",
    "BulkAnswerForm",
    "ConfidentialForm",
    "EditForm",
    "HolidayForm",
    "JoinForm",
    "MoveForm",
    "OfficeForm",
    "OpenForm",
    "PapersForm",
    "PhotoForm",
    "ReporterForm",
    "RequestTypeEditForm",
    "RequestTypeForm",
    "RouteForm",
    "TicketForm",
]
