"""Reads of records: a form as it stands, a household, things of the place, names for papers."""

from .assets import AssetList, AssetRow, Look, asset_history, assets_page
from .papers import Filled, Subject, filled_in, names_for_paper, records_on, subjects_in_order
from .reading import (
    HouseholdForm,
    Page,
    activities_of,
    answers_of_year,
    elsewhere_on,
    form_page,
    form_title,
    forms_filled,
    household_forms,
    immunisation_rules,
    latest_measurements,
    measurement_at,
    own_entries,
    sensitive_of,
)

__all__ = [
    "AssetList",
    "AssetRow",
    "Filled",
    "HouseholdForm",
    "Look",
    "Page",
    "Subject",
    "activities_of",
    "answers_of_year",
    "asset_history",
    "assets_page",
    "elsewhere_on",
    "filled_in",
    "form_page",
    "form_title",
    "forms_filled",
    "household_forms",
    "immunisation_rules",
    "latest_measurements",
    "measurement_at",
    "names_for_paper",
    "own_entries",
    "records_on",
    "sensitive_of",
    "subjects_in_order",
]
