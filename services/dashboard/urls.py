"""The first page of each role, and the dashboards of places."""

from django.urls import path

from . import views

app_name = "dashboard"
urlpatterns = [
    path("", views.home, name="home"),
    path("wilayah-kerja/berjalan/", views.running_list, name="running_list"),
    path("wilayah-kerja/kesiapan/", views.rollout_list, name="rollout_list"),
    path("wilayah-kerja/sasaran/", views.target_list, name="target_list"),
    path("wilayah-kerja/sasaran/<str:code>/<int:year>/", views.target_edit, name="target_edit"),
    path("wilayah-kerja/<str:code>/", views.place_detail, name="place_detail"),
]
