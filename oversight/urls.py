"""The addresses of oversight: for heads and supervisors, for auditors, and for everybody."""

from django.urls import path

from oversight.views import dashboard, outages, pact, public, register

app_name = "oversight"

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/cases/", dashboard.cases, name="cases"),
    path("dashboard/<slug:key>.csv", dashboard.table, name="table"),
    path("transparency/", public.transparency, name="transparency"),
    path("transparency/register/", public.register, name="papers"),
    path("transparency/pact/", pact.register, name="pact"),
    path("transparency/outages/", outages.listed, name="outages"),
    path("transparency/<slug:key>.csv", public.table, name="public_table"),
    path("oversight/register/", register.cases, name="register"),
    path("oversight/register/cases.csv", register.sheet, name="register_sheet"),
    path("oversight/register/helpers/", register.helpers, name="helpers"),
    path("oversight/register/helpers.csv", register.helpers_sheet, name="helpers_sheet"),
]
