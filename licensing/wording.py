"""What is said of a licence: its standing in words and shape, and why it can or cannot be renewed."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from licensing.models import Licence
from licensing.rules import Renewal, Why
from services.documents.models import Certificate
from services.documents.verification import Verdict, standing_of
from services.foundation.templatetags.bening import day


@dataclass(frozen=True, slots=True)
class Standing:
    """What a licence is worth on a day: colour, word, and a sentence."""

    tone: str
    label: str | Promise
    text: str


def of_standing(certificate: Certificate, *, today: date) -> Standing:
    """The standing of a licence, even before beat has marked it expired."""
    if not certificate.is_signed:
        return Standing("working", _("Being made"), _("The certificate is being made and sealed."))
    until = day(certificate.valid_until)
    verdict = standing_of(certificate, today=today)
    if verdict == Verdict.REVOKED:
        text = _("Revoked on %(day)s.") % {"day": day(certificate.revoked_at)}
        return Standing("refused", _("Revoked"), text)
    if verdict == Verdict.EXPIRED:
        return Standing("closed", _("Expired"), _("It was valid until %(day)s.") % {"day": until})
    if verdict == Verdict.SUSPENDED:
        text = _("Suspended since %(day)s.") % {"day": day(certificate.suspended_at)}
        return Standing("waiting", pgettext("certificate", "Suspended"), text)
    if verdict == Verdict.NOT_YET:
        text = _("Valid from %(day)s.") % {"day": day(certificate.valid_from)}
        return Standing("next", _("Valid later"), text)
    text = _("Valid until %(day)s.") % {"day": until} if certificate.valid_until else _("Valid without end.")
    return Standing("done", _("In force"), text)


def of_renewal(licence: Licence, renewal: Renewal) -> str:
    """Why a licence can or cannot be renewed now, and what to do."""
    ended = day(licence.certificate.valid_until)
    opens, closes = day(renewal.opens_on), day(renewal.closes_on)
    return {
        Why.OPEN: _("You can renew it now, until %(day)s. Your answers and documents are carried over.")
        % {"day": closes},
        Why.NOT_YET: _("It can be renewed from %(day)s.") % {"day": opens},
        Why.ENDLESS: _("It has no end, so it need not be renewed."),
        Why.ENDED: _("It ended on %(day)s and can no longer be renewed. Apply anew.") % {"day": ended},
        Why.REVOKED: _(
            "It was revoked and cannot be renewed. You may apply anew when the reason no longer holds."
        ),
        Why.SUSPENDED: _(
            "It is suspended. Put right what the office named; it can be renewed when the suspension is lifted."
        ),
        Why.UNDER_WAY: _("Its renewal is under way already."),
        Why.RENEWED: _("It was renewed already."),
    }[renewal.why]
