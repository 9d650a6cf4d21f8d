"""Addresses of the public verification of certificates."""

from django.urls import path

from services.documents import views

app_name = "documents"

urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.verification, name="verification"),
]
