"""Addresses that exist in the demo alone."""

from django.urls import path

from portal.demo import outbox

urlpatterns = [
    path("outbox/", outbox.messages, name="demo_outbox"),
    path("outbox/<uuid:delivery_id>/", outbox.mail, name="demo_mail"),
]
