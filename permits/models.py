"""What a permit has beside its case."""

from django.db import models


class PermitApplication(models.Model):
    """The permit's own row, one to one with the case; the state of the paper itself is the certificate's."""

    case = models.OneToOneField("casework.Case", models.PROTECT, primary_key=True, related_name="permit")
    certificate = models.OneToOneField(
        "documents.Certificate", models.PROTECT, null=True, blank=True, related_name="permit"
    )

    def __str__(self) -> str:
        return str(self.case_id)
