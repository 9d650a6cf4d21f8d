"""What people type about what they report in confidence."""

from complaints.integrity.forms.asked import AskedForm, FollowForm
from complaints.integrity.forms.dialogue import MessageForm
from complaints.integrity.forms.pages import EMAIL, FORMS, NOBODY, PHONE, ContactForm, EvidenceForm
from complaints.integrity.forms.shared import StepForm

__all__ = [
    "EMAIL",
    "FORMS",
    "NOBODY",
    "PHONE",
    "AskedForm",
    "ContactForm",
    "EvidenceForm",
    "FollowForm",
    "MessageForm",
    "StepForm",
]
