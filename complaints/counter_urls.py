"""The addresses of the counter at which reports are taken down."""

from django.urls import path

from complaints.views import counter
from services.applications.views.counter import PERMISSION
from services.foundation.admin import desk_page

app_name = "report_counter"

urlpatterns = [
    path("", desk_page(PERMISSION, counter.begin), name="begin"),
    path("stop/", desk_page(PERMISSION, counter.stop), name="stop"),
    path("confidential/", desk_page(PERMISSION, counter.confidential), name="confidential"),
]
