"""Pages of no domain: long work's progress."""

from django.urls import path

from . import views

app_name = "web"
urlpatterns = [path("pekerjaan/<uuid:job_id>/", views.job_detail, name="job_detail")]
