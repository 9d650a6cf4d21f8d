"""Every address of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include("portal.health")),
    path("", include("portal.pages.urls")),
    path("account/", include("allauth.urls")),
    path("notifications/", include("services.notifications.urls")),
    path("verify/", include("services.documents.urls")),
    path("admin/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("portal.demo.urls")))
