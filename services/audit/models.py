"""Events, their erasable payloads, and the rows that wait for the transparency log.

The tables are made in SQL (migration 0001). `audit_event` and `audit_payload` are partitioned by month, so their primary key
is (id, at) there; Django knows the id alone, which is random and therefore unique.
"""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """A PostgreSQL transaction id (xid8), read as an int; filled by the database alone."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return PostgreSQL's name of the type."""
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        """Read what the driver hands over as text."""
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        """Write an int as text, since PostgreSQL casts no number to xid8."""
        return str(value) if isinstance(value, int) else value


class CurrentTransactionId(models.Func):
    """The id of the transaction that runs; the same under savepoints, unlike xmin."""

    function = "pg_current_xact_id"
    output_field = TransactionIdField()


class Event(models.Model):
    """One thing that was done. Never changed, never deleted; what it says stands in its payload."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("time"))
    action = models.CharField(_("action"), max_length=100)
    actor_kind = models.CharField(_("kind of actor"), max_length=20)
    actor = models.UUIDField(_("actor"), null=True)
    hat = models.CharField(_("role"), max_length=20, blank=True)
    agency = models.CharField(_("agency"), max_length=60, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=40)
    subject_key = models.CharField(_("subject"), max_length=100)
    case_version = models.PositiveIntegerField(_("version of the case"), null=True)
    xact = TransactionIdField(db_default=CurrentTransactionId(), editable=False)
    commitment = models.BinaryField(max_length=32)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    class Meta:
        db_table = "audit_event"
        default_permissions = ("view",)
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_key}"


class Payload(models.Model):
    """What an event says, canonically, with its salt; erasing it leaves the event and every proof valid."""

    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="payload"
    )
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=32)
    payload = models.TextField()

    class Meta:
        db_table = "audit_payload"
        default_permissions = ()

    def __str__(self) -> str:
        return f"payload of {self.event_id}"


class Pending(models.Model):
    """An event that the log does not hold yet. Written by a trigger on the event, taken by the sequencer alone."""

    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="pending"
    )
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_pending"
        default_permissions = ()

    def __str__(self) -> str:
        return f"pending {self.event_id}"
