"""An integrity report beside its case: everything that was told stands sealed, to be opened by who may read the file."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from services.casework.models import Case


class IntegrityReport(models.Model):
    """What was told (`queries.told_of` opens it), how its reporter is reached, and who may receive it.

    No column says who or what it is about, and none who sent it: whoever reads the tables alone learns that there is one.
    `reporter_mark` is a keyed hash of an account and this report where an officer sent it from the desk, and drawn at
    random for everybody else: without the key one looks like the other.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="integrity_report")
    told_sealed = models.BinaryField()
    commission_alone = models.BooleanField()
    may_be_handed_over = models.BooleanField(default=False)
    contact_channel = models.CharField(max_length=10, blank=True)
    contact_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=2)
    passphrase_hash = models.CharField(max_length=200, blank=True)
    reporter_mark = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="sealed_contact_of_integrity_has_its_channel",
                condition=Q(contact_channel="", contact_sealed__isnull=True)
                | (~Q(contact_channel="") & Q(contact_sealed__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)

    @property
    def told_binding(self) -> str:
        """What the sealed report is bound to, so that it cannot be moved to another row."""
        return f"complaints.integrity:{self.case_id}:told"

    @property
    def contact_binding(self) -> str:
        """What the sealed contact is bound to."""
        return f"complaints.integrity:{self.case_id}:contact"
