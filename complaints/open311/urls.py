"""The addresses of GeoReport v2, each in JSON and in XML."""

from django.urls import path, register_converter

from complaints.open311 import views
from complaints.open311.endpoint import Format

app_name = "open311"

register_converter(Format, "format")

urlpatterns = [
    path("", views.root, name="root"),
    path("discovery.<format:form>", views.discovery, name="discovery"),
    path("services.<format:form>", views.services, name="services"),
    path("services/<str:code>.<format:form>", views.service, name="service"),
    path("requests.<format:form>", views.requests, name="requests"),
    path("requests/<str:reference>.<format:form>", views.one_request, name="request"),
    path("<path:rest>", views.nowhere, name="nowhere"),
]
