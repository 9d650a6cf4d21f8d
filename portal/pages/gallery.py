"""Every component on one page, for those who build pages; served by the demo and by tests only."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from services.foundation import clock
from services.foundation.forms import (
    CodeField,
    DateField,
    MoneyField,
    NikField,
    Option,
    PhoneField,
    PhotosField,
    ReferenceField,
    YesNoField,
)

TONES = ("draft", "waiting", "working", "attention", "done", "refused", "closed")


class EveryFieldForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", max_length=120, help_text="As it stands on the identity card")
    email = forms.EmailField(label="E-mail", required=False)
    phone = PhoneField(label="Phone")
    nik = NikField(label="NIK", help_text="16 digits")
    code = CodeField(label="Code")
    reference = ReferenceField(label="Reference", required=False)
    fee = MoneyField(label="Value of the contract")
    born = DateField(label="Date of birth", help_text="For example 31 3 1990", autocomplete="bday")
    light = YesNoField(label="Is the billboard lit?")
    place = forms.ChoiceField(
        label="Where does it stand?",
        choices=[("own", Option("On my own land", "You need the deed")), ("city", "On land of the city")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="On which days?",
        choices=[("sat", "Saturday"), ("sun", "Sunday")],
        widget=forms.CheckboxSelectMultiple,
    )
    district = forms.ChoiceField(label="District", choices=[("", ""), ("1", "Genteng"), ("2", "Gubeng")])
    story = forms.CharField(
        label="What will it show?", max_length=200, widget=forms.Textarea(attrs={"rows": 4})
    )
    secret = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    photos = PhotosField(label="Photos of the identity card", help_text="JPG, PNG or PDF, up to 15 MB each")
    truth = forms.BooleanField(label="What I have written is true")


class PlaceForm(forms.Form):
    """The two numbers of a point on the map."""

    latitude = forms.CharField(label="Latitude", max_length=10, required=False)
    longitude = forms.CharField(label="Longitude", max_length=10, required=False)


def _samples() -> dict[str, Any]:
    now = clock.now()
    return {
        "tones": [(tone, tone.capitalize()) for tone in TONES],
        "rows": [
            {"key": "Name", "value": "Siti Rahayu", "href": "#"},
            {"key": "NIK", "value": "3578••••••••••00"},
            {"key": "Address", "value": "Jalan Pemuda 1\nGenteng", "href": "#"},
        ],
        "tasks": [
            {"title": "About you", "href": "#", "tone": "done", "status": "Done"},
            {
                "title": "The billboard",
                "href": "#",
                "hint": "Three questions",
                "tone": "waiting",
                "status": "Begun",
            },
            {"title": "Check and send", "tone": "closed", "status": "Not yet"},
        ],
        "stations": [
            {
                "title": "Sent",
                "state": "done",
                "at": now - timedelta(days=3),
                "office": "Dinas Penanaman Modal",
            },
            {"title": "File complete", "state": "done", "at": now - timedelta(days=2)},
            {"title": "In review", "state": "now", "text": "Reviewer at Dinas Perhubungan", "at": now},
            {"title": "Decision", "state": "next"},
        ],
        "place": {"latitude": -7.26, "longitude": 112.74, "zoom": 12, "outline": None},
        "centres": [{"name": "Genteng", "latitude": -7.2602, "longitude": 112.7459}],
        "due": now + timedelta(days=5),
        "states": ("valid", "expired", "suspended", "revoked", "altered", "unknown"),
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; a POST shows the form with its errors, and htmx gets the end of the long work."""
    if "HX-Request" in request.headers:
        return render(
            request, "components/progress.html", {"state": "done", "text": "Your certificate is signed."}
        )
    form = EveryFieldForm(request.POST, request.FILES) if request.method == "POST" else EveryFieldForm()
    return render(request, "pages/gallery.html", {"form": form, "point": PlaceForm(), **_samples()})
