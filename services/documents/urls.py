"""Addresses of the public verification of certificates."""

from django.urls import path

app_name = "documents"

urlpatterns: list[object] = []
