"""Every page's address, in Indonesian; each app keeps its own list."""

from django.urls import include, path

from services.web import views as web

urlpatterns = [
    path("healthz", web.healthz, name="healthz"),
    path("", include("services.dashboard.urls")),
    path("", include("services.web.urls")),
    path("", include("services.accounts.urls")),
    path("hari-buka/", include("services.open_days.urls")),
    path("kunjungan/", include("services.home_visits.urls")),
    path("tindak-lanjut/", include("services.follow_ups.urls")),
    path("warga/", include("services.residents.urls")),
    path("buku/", include("services.profiles.urls")),
    path("catatan/", include("services.records.urls")),
    path("posyandu/", include("services.posyandu.urls")),
    path("wilayah/", include("services.areas.urls")),
    path("laporan/", include("services.reports.urls")),
    path("pembinaan/", include("services.coaching.urls")),
    path("", include("services.tickets.urls")),
    path("berkas/", include("services.files.urls")),
]
handler403 = "services.web.views.refused"
handler404 = "services.web.views.missing"
handler500 = "services.web.views.broken"
