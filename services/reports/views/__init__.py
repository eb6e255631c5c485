from .bundles import bundle_detail, bundle_download
from .checking import hash_check
from .corrections import correction_accept, correction_new, correction_refuse, exception_new
from .figures import figure_detail
from .logo import logo_edit
from .months import month_detail, month_list, narrative_edit
from .moves import month_return, month_submit, month_verify, month_verify_list
from .periods import facility_period_detail, facility_period_download, period_detail, period_download
from .province import province_detail, province_download
from .reports import (
    facility_report_detail,
    facility_report_download,
    paper_recap_edit,
    recap_detail,
    recap_download,
    report_detail,
    report_download,
    report_list,
    version_download,
)
from .scans import scan_cancel, scan_download, scan_new
from .signatories import signatory_end, signatory_list, signatory_new
from .tray import tray_drop, tray_list, tray_send

__all__ = [
    "bundle_detail",
    "bundle_download",
    "correction_accept",
    "correction_new",
    "correction_refuse",
    "exception_new",
    "facility_period_detail",
    "facility_period_download",
    "facility_report_detail",
    "facility_report_download",
    "figure_detail",
    "hash_check",
    "logo_edit",
    "month_detail",
    "month_list",
    "month_return",
    "month_submit",
    "month_verify",
    "month_verify_list",
    "narrative_edit",
    "paper_recap_edit",
    "period_detail",
    "period_download",
    "province_detail",
    "province_download",
    "recap_detail",
    "recap_download",
    "report_detail",
    "report_download",
    "report_list",
    "scan_cancel",
    "scan_download",
    "scan_new",
    "signatory_end",
    "signatory_list",
    "signatory_new",
    "tray_drop",
    "tray_list",
    "tray_send",
    "version_download",
]
