"""Outages as administrators at the head of the government declare and confirm them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Outage
from services.foundation import clock
from services.government.models import Agency
from tests.factories import accounts, catalogue

ROOT = "pemkot"
WORDS = {"id": "Pengiriman berkas tidak dapat dilakukan.", "en": "Files cannot be sent."}


def administrator(name: str = "Ani Pusat", hat: Hat = Hat.ADMINISTRATOR) -> User:
    """Somebody at the head of the government."""
    root = Agency.objects.filter(is_root=True).first() or accounts.agency(ROOT, is_root=True)
    catalogue.deadlines()
    return accounts.officer(name, hat, agency_code=root.code)


def declared(by: User, *, begins_at: datetime, at: datetime | None = None, **wanted: Any) -> Outage:
    """Of the whole portal, and it lasts, unless `services` or `ends_at` say otherwise."""
    told = {"words": WORDS, **wanted}
    return casework.declare_outage(actor=by, begins_at=begins_at, at=at or clock.now(), **told)


def confirmed(*, begins_at: datetime, lasts: timedelta, at: datetime | None = None, **wanted: Any) -> Outage:
    """Declared by one, ended and confirmed by another; the dates are still to move.

    What a test did to the office's clocks before is settled here: in one transaction an outage may not move them.
    """
    ends_at = begins_at + lasts
    at = at or ends_at
    one, other = (administrator(name) for name in ("Ani Pusat", "Dedi Pusat"))
    outage = declared(one, begins_at=begins_at, ends_at=ends_at, at=at, **wanted)
    settle()
    return casework.confirm_outage(outage, actor=other, at=at)


def settle() -> None:
    """Let the deferred triggers fire for everything so far, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
