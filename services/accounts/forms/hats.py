"""What an administrator fills in to give or end a hat."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from services.accounts import queries
from services.accounts.forms.contacts import Contact, read_contact
from services.accounts.models import Hat, User
from services.foundation import clock
from services.government.models import Agency


def date_widget() -> UnfoldAdminDateWidget:
    """The browser's own calendar, which needs no JavaScript."""
    return UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d")


class GiveHatForm(forms.Form):
    """Whom, where, which hat, from when until when. The person is found by a confirmed phone number or e-mail address."""

    contact = forms.CharField(
        label=_("Phone number or e-mail"),
        help_text=_("As the person confirmed it. They sign up like everybody else first."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), widget=UnfoldAdminSelectWidget
    )
    hat = forms.ChoiceField(label=_("Hat"), choices=Hat.choices, widget=UnfoldAdminSelectWidget)
    valid_from = forms.DateField(label=_("First day"), initial=clock.today, widget=date_widget())
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty if the hat has no end."),
        widget=date_widget(),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For instance the number of the appointment letter."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = queries.agencies_administered_by(administrator, at=clock.now())
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean_contact(self) -> User:
        """The person behind the number or address. Administrators may know that there is none."""
        contact: Contact = read_contact(self.cleaned_data["contact"])
        user = queries.holder_of(phone=contact.phone, email=contact.email)
        if user is None:
            raise ValidationError(_("Nobody has confirmed this number or address yet."), code="unknown")
        return user


class EndHatForm(forms.Form):
    """Why a hat ends."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )
