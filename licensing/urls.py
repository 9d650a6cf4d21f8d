"""The addresses of licences and of the businesses that hold them."""

from django.urls import include, path

from licensing.views import businesses, citizen, licences
from services.applications.urls import journey

app_name = "licensing"

_FLOW = {"flow": citizen.FLOW}
_BUSINESS = "businesses/<uuid:business_id>/"

urlpatterns = [
    path("", licences.licences, name="licences"),
    path("businesses/", businesses.businesses, name="businesses"),
    path("businesses/new/", businesses.new, name="enter_business"),
    path("businesses/join/", businesses.join, name="join"),
    path(_BUSINESS, businesses.page, name="business_page"),
    path(f"{_BUSINESS}change/", businesses.change, name="change_business"),
    path(f"{_BUSINESS}people/", businesses.people, name="people"),
    path(f"{_BUSINESS}people/<int:number>/end/", businesses.end, name="end_member"),
    path(f"{_BUSINESS}invitations/<uuid:invitation_id>/withdraw/", businesses.withdraw, name="withdraw"),
    path("apply/<slug:slug>/<str:reference>/business/", citizen.business, _FLOW, name="business"),
    path("apply/<slug:slug>/<str:reference>/business/new/", citizen.new_business, _FLOW, name="new_business"),
    path("apply/", include(journey(citizen.FLOW))),
    # Short, since an SMS carries it.
    path("<str:reference>/", licences.licence, name="licence"),
    path("<str:reference>/renew/", licences.renew, name="renew"),
]
