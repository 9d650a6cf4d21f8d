"""Whoever looks into the register leaves an event: in which hat, for which agency, with which filters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from services.accounts import actors
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.audit.actors import Subject

REGISTER: Final = Subject("register", "cases")
HELPERS: Final = Subject("register", "helpers")


def record_look(
    subject: Subject,
    *,
    reader: User,
    agency_code: str,
    asked: Mapping[str, Any],
    at: datetime,
    is_export: bool = False,
) -> None:
    """Put on record that an auditor looked at the register, or took it away as a sheet."""
    action = "oversight.register.exported" if is_export else "oversight.register.opened"
    with transaction.atomic():
        audit.record(
            action,
            actor=actors.acting(reader, hat=Hat.AUDITOR, agency_code=agency_code),
            subject=subject,
            at=at,
            details=dict(asked),
        )
