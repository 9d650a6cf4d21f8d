"""The forms of the journey: questions of a service, and the few fixed pages around them."""

from services.applications.forms.asked import AppointmentForm, FactForm
from services.applications.forms.fixed import (
    MACHINE,
    PERSON,
    CodeForm,
    DeclarationForm,
    IdentityForm,
    SheetsForm,
    StartForm,
    WordedForm,
)
from services.applications.forms.group import Block, GroupForm

__all__ = [
    "MACHINE",
    "PERSON",
    "AppointmentForm",
    "Block",
    "CodeForm",
    "DeclarationForm",
    "FactForm",
    "GroupForm",
    "IdentityForm",
    "SheetsForm",
    "StartForm",
    "WordedForm",
]
