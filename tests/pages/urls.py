"""The addresses of the portal and of the demo's gallery."""

from django.urls import path

from portal.pages.gallery import gallery
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("demo/gallery/", gallery)]
