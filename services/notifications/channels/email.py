"""E-mail through Django's mail backend: Anymail in production, text and HTML in one message."""

from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from services.notifications.channels.port import Content, PermanentRefusal

PERMANENT_REPLY = 500


class EmailPort:
    """Send a mail. Its Message-ID is made of the key, so that a mail repeated after a crash is known as the same one."""

    def send(self, *, address: str, content: Content, key: str) -> str:
        """Hand the mail to the backend; refused recipients are permanent, everything else is tried again."""
        message = EmailMultiAlternatives(
            subject=content.subject,
            body=content.text,
            to=[address],
            headers={"Message-ID": f"<{key}@{_own_domain()}>", "Auto-Submitted": "auto-generated"},
        )
        if content.html:
            message.attach_alternative(content.html, "text/html")
        try:
            message.send()
        except AnymailRecipientsRefused as problem:
            raise PermanentRefusal("the mail provider refused the address") from problem
        except SMTPRecipientsRefused as problem:
            if all(code >= PERMANENT_REPLY for code, _reply in problem.recipients.values()):
                raise PermanentRefusal("the mail server refused the address") from problem
            raise
        return _number(message)


def _own_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"


def _number(message: EmailMultiAlternatives) -> str:
    """Return Anymail's number for the message; Django's own backends give none."""
    status = getattr(message, "anymail_status", None)
    return str(status.message_id or "")[:200] if status else ""
