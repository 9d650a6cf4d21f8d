"""The addresses of notices, under /notifications/."""

from django.urls import path

from services.notifications.views import citizen

app_name = "notifications"

urlpatterns = [
    path("", citizen.notices, name="notices"),
    path("channels/", citizen.channels, name="channels"),
    path("read/", citizen.read_all, name="read_all"),
    path("<int:notice_id>/", citizen.notice, name="notice"),
]
