"""The addresses of permits."""

from django.urls import include, path

from permits.views import citizen
from services.applications.urls import journey

app_name = "permits"

urlpatterns = [
    path("apply/", include(journey(citizen.FLOW))),
]
