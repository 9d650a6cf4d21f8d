"""Addresses of the portal's own pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from portal.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("look/<slug:name>.svg", views.look, name="look"),
    path("language/", login_not_required(set_language), name="set_language"),
]
