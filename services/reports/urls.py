"""Addresses of reports."""

from django.urls import path

from . import views

app_name = "reports"
MONTH = "bulan-ini/<uuid:posyandu>/<str:month>/"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("rekap/<str:place>/<int:year>/", views.recap_detail, name="recap_detail"),
    path("rekap/<str:place>/<int:year>/unduh.<str:file_format>", views.recap_download, name="recap_download"),
    path("kertas/<str:place>/<str:month>/", views.paper_recap_edit, name="paper_recap_edit"),
    path("puskesmas/<uuid:facility_id>/<str:month>/", views.facility_report_detail, name="facility_report_detail"),
    path(
        "puskesmas/<uuid:facility_id>/<str:month>/unduh.<str:file_format>",
        views.facility_report_download,
        name="facility_report_download",
    ),
    path("rekap-masa/<str:place>/<str:span>/", views.period_detail, name="period_detail"),
    path("rekap-masa/<str:place>/<str:span>/unduh.<str:file_format>", views.period_download, name="period_download"),
    path(
        "rekap-masa/puskesmas/<uuid:facility_id>/<str:span>/",
        views.facility_period_detail,
        name="facility_period_detail",
    ),
    path(
        "rekap-masa/puskesmas/<uuid:facility_id>/<str:span>/unduh.<str:file_format>",
        views.facility_period_download,
        name="facility_period_download",
    ),
    path("provinsi/<str:place>/<str:span>/", views.province_detail, name="province_detail"),
    path("provinsi/<str:place>/<str:span>/unduh/", views.province_download, name="province_download"),
    path("bundel/<str:place>/<str:month>/", views.bundle_detail, name="bundle_detail"),
    path("bundel/<str:place>/<str:month>/unduh.<str:file_format>", views.bundle_download, name="bundle_download"),
    path("bulan-ini/", views.month_list, name="month_list"),
    path("bulan-ini/verifikasi/", views.month_verify_list, name="month_verify_list"),
    path(MONTH, views.month_detail, name="month_detail"),
    path(f"{MONTH}uraian/", views.narrative_edit, name="narrative_edit"),
    path(f"{MONTH}kirim/", views.month_submit, name="month_submit"),
    path(f"{MONTH}verifikasi/", views.month_verify, name="month_verify"),
    path(f"{MONTH}kembalikan/", views.month_return, name="month_return"),
    path(f"{MONTH}buka/", views.exception_new, name="exception_new"),
    path(f"{MONTH}usul-koreksi/", views.correction_new, name="correction_new"),
    path(f"{MONTH}terima-koreksi/", views.correction_accept, name="correction_accept"),
    path("tolak-koreksi/<uuid:correction>/", views.correction_refuse, name="correction_refuse"),
    path("logo/<str:code>/", views.logo_edit, name="logo_edit"),
    path("penanda-tangan/", views.signatory_list, name="signatory_list"),
    path("penanda-tangan/<str:code>/baru/", views.signatory_new, name="signatory_new"),
    path("penanda-tangan/<str:code>/berhenti/", views.signatory_end, name="signatory_end"),
    path("pindaian/<uuid:report>/baru/", views.scan_new, name="scan_new"),
    path("pindaian/<uuid:scan>/unduh/", views.scan_download, name="scan_download"),
    path("pindaian/<uuid:scan>/tarik/", views.scan_cancel, name="scan_cancel"),
    path("perlu-koreksi/", views.tray_list, name="tray_list"),
    path("perlu-koreksi/<uuid:kept>/simpan/", views.tray_send, name="tray_send"),
    path("perlu-koreksi/<uuid:kept>/buang/", views.tray_drop, name="tray_drop"),
    path("periksa/", views.hash_check, name="hash_check"),
    path("<str:place>/<str:month>/", views.report_detail, name="report_detail"),
    path("<str:place>/<str:month>/unduh.<str:file_format>", views.report_download, name="report_download"),
    path(
        "<str:place>/<str:month>/versi-<int:version>.<str:file_format>",
        views.version_download,
        name="version_download",
    ),
    path("<str:place>/<str:month>/angka/<str:key>/", views.figure_detail, name="figure_detail"),
]
