"""A case file as it lies open before an officer."""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms

from services.accounts.models import User
from services.casework.admin.actions import Action
from services.casework.models import Case
from services.casework.queries import Role
from services.casework.stale import Typed


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it lies open before an officer.

    `chosen` is the action that was tried, `refused` the small forms by name, both as they were filled in. Where an old tab
    tried what cannot be done any longer, `gone` says so, and `typed` is what was written for it.
    """

    case: Case
    role: Role
    reader: User
    at: datetime
    chosen: Action | None = None
    refused: dict[str, forms.Form] = field(default_factory=dict)
    nik: str = ""
    gone: str = ""
    typed: list[Typed] = field(default_factory=list)
