"""The forms of the journey: questions of a service, and the few fixed pages around them."""

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
    "Block",
    "CodeForm",
    "DeclarationForm",
    "GroupForm",
    "IdentityForm",
    "SheetsForm",
    "StartForm",
    "WordedForm",
]
