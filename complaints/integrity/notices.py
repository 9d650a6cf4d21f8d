"""What the reporter is told who left a contact: that there is news. Whoever sees the phone or the mailbox learns no more."""

from datetime import datetime

from django.urls import reverse

from complaints.integrity import queries
from services.casework.models import Case
from services.notifications import operations as notifications


def tell(case: Case, notice: str, *, at: datetime) -> None:
    """Tell the reporter, if they left a contact. The link leads to where anybody follows a case, not to the dialogue."""
    report = case.integrity_report
    address = queries.contact_of(report)
    if address:
        notifications.tell_address(
            address,
            channel=report.contact_channel,
            notice=notice,
            context={"path": reverse("casework:track")},
            language=report.language,
            at=at,
        )
