"""The addresses of licences."""

from django.urls import include, path

from licensing.views import citizen
from services.applications.urls import journey

app_name = "licensing"

urlpatterns = [
    path("apply/", include(journey(citizen.FLOW))),
]
