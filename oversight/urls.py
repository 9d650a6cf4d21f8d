"""The addresses of oversight: for heads and supervisors, for auditors, and for everybody."""

from django.urls import URLPattern

app_name = "oversight"

urlpatterns: list[URLPattern] = []
