"""Addresses of the pages about oneself; allauth's own come beside them, under the same root."""

from django.urls import path

from services.accounts.views import doors, own

app_name = "accounts"
urlpatterns = [
    path("", own.account_root, name="root"),
    path("profile/", own.own_profile, name="profile"),
    path("details/", own.details, name="details"),
    path("language/", own.language, name="language"),
    path("claim/", own.claim, name="claim"),
    path("start-again/", doors.start_again, name="start_again"),
]
