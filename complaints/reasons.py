"""Why a report is put aside."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArchiveReason(models.TextChoices):
    """Why intake archives a report. `NO_DATA` is the system's, when the reporter added nothing in time."""

    NOT_A_REPORT = "NOT_A_REPORT", _("It says nothing that an office could act on")
    INSULT = "INSULT", _("Insults or threats, and nothing else")
    PRIVATE = "PRIVATE", _("A quarrel between private persons")
    IN_COURT = "IN_COURT", _("The matter is before a court")
    SPAM = "SPAM", _("Advertising, or the same text many times")
    NO_DATA = "NO_DATA", _("What was missing did not come in time")
