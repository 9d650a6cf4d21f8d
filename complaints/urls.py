"""The addresses of reports about the city."""

from django.urls import URLPattern

app_name = "complaints"

urlpatterns: list[URLPattern] = []
