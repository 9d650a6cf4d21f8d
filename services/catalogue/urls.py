"""Addresses below /services/."""

from django.urls import path

from services.catalogue.views import citizen

app_name = "catalogue"

urlpatterns = [
    path("", citizen.services, name="services"),
    path("<slug:slug>/", citizen.service, name="service"),
    path("<slug:slug>/questions/", citizen.questions, name="questions"),
]
