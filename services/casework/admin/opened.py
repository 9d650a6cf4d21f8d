"""A case file as it lies open before an officer."""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms

from services.accounts.models import User
from services.casework.admin.actions import Action
from services.casework.models import Case
from services.casework.queries import Role


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it lies open before an officer.

    `chosen` is the action that was tried, `refused` the small forms by name, both as they were filled in.
    """

    case: Case
    role: Role
    reader: User
    at: datetime
    chosen: Action | None = None
    refused: dict[str, forms.Form] = field(default_factory=dict)
    nik: str = ""
