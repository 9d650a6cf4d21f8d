"""Addresses that exist in the demo alone."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
