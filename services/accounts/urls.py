"""Addresses of the pages about oneself; allauth's own come beside them, under the same root."""

from django.urls import path

from services.accounts.views import codes, doors, own

app_name = "accounts"
urlpatterns = [
    path("", own.account_root, name="root"),
    path("profile/", own.own_profile, name="profile"),
    path("details/", own.details, name="details"),
    path("language/", own.language, name="language"),
    path("claim/", own.claim, name="claim"),
    path("phone/verify/", codes.verify_phone),
    path("confirm-email/", codes.verify_email),
    path("login/code/confirm/", codes.confirm_login),
    path("password/reset/confirm/", codes.confirm_reset),
    path("start-again/", doors.start_again, name="start_again"),
]
