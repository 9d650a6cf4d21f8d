"""Every address of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.pages.gallery import gallery
from services.accounts.views import doors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.health")),
    path("", include("portal.pages.urls")),
    path("account/", include("services.accounts.urls")),
    path("services/", include("services.catalogue.urls")),
    path("account/", include("allauth.urls")),
    path("admin/login/", doors.admin_door),
    path("admin/password_change/", doors.admin_password),
    path("notifications/", include("services.notifications.urls")),
    path("verify/", include("services.documents.urls")),
    path("pact/", include("services.integrity.urls")),
    path("permits/", include("permits.urls")),
    path("licensing/", include("licensing.urls")),
    path("complaints/", include("complaints.urls")),
    path("open311/v2/", include("complaints.open311.urls")),
    path("", include("oversight.urls")),
    path("", include("services.casework.urls")),
    path("admin/counter/report/", include("complaints.counter_urls")),
    path("", include("services.applications.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "portal.pages.errors.bad_request"
handler403 = "portal.pages.errors.permission_denied"
handler404 = "portal.pages.errors.page_not_found"
handler500 = "portal.pages.errors.server_error"

DEMO_PATTERNS: list[URLPattern | URLResolver] = [
    path("demo/", include("portal.demo.urls")),
    path("demo/gallery/", gallery, name="demo_gallery"),
]
if settings.DEMO:
    urlpatterns += DEMO_PATTERNS
