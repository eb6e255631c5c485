"""The forms about residents: they read what was typed; what may be stands in rules and actions."""

from .births import BirthCancelForm, BirthForm, ContactForm
from .facts import ConditionEndForm, ConditionForm, ConsentForm, NikForm, PregnancyEndForm, PregnancyForm
from .households import HouseholdForm
from .moving import ConfirmForm, DeathForm, MergeForm, MoveForm, ReturnForm
from .people import NewResidentForm, ResidentForm

__all__ = [
    "BirthCancelForm",
    "BirthForm",
    "ConditionEndForm",
    "ConditionForm",
    "ConfirmForm",
    "ConsentForm",
    "ContactForm",
    "DeathForm",
    "HouseholdForm",
    "MergeForm",
    "MoveForm",
    "NewResidentForm",
    "NikForm",
    "PregnancyEndForm",
    "PregnancyForm",
    "ResidentForm",
    "ReturnForm",
]
