"""Writes of the month: moves, freezing, narrative, exceptions and corrections."""

from .corrections import accept_corrections, open_exception, refuse_correction
from .freezing import above_name, freeze_report, freeze_version, hash_of, keep_file
from .logo import keep_logo
from .moving import MonthMoved, forward_months, move_month, pass_on_months, submit_month
from .narrative import NarrativeChanged, save_narrative, sign_of
from .paper import NoLongerOnPaper, save_paper_recap
from .scans import add_scan, withdraw_scan
from .signatories import add_signatory, end_signatory
from .tray import drop_kept_form

__all__ = [
    "MonthMoved",
    "NarrativeChanged",
    "NoLongerOnPaper",
    "above_name",
    "accept_corrections",
    "add_scan",
    "add_signatory",
    "drop_kept_form",
    "end_signatory",
    "forward_months",
    "freeze_report",
    "freeze_version",
    "hash_of",
    "keep_file",
    "keep_logo",
    "move_month",
    "open_exception",
    "pass_on_months",
    "refuse_correction",
    "save_narrative",
    "save_paper_recap",
    "sign_of",
    "submit_month",
    "withdraw_scan",
]
