"""What `/verify/` says: a title, a sentence, and the shape and colour that go with them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from services.documents.models import Certificate
from services.documents.verification import Verdict, Verification, Why
from services.foundation.templatetags.bening import day


@dataclass(frozen=True)
class Saying:
    """`state` is one of the component's: valid, expired, suspended, revoked, altered, unknown."""

    state: str
    title: str
    text: str


def say(answer: Verification, *, code: str) -> Saying:
    """The answer in the reader's language; `code` is what was asked for, "" for a file."""
    certificate = answer.certificate
    if certificate and certificate.ruling and answer.verdict in {Verdict.REVOKED, Verdict.SUSPENDED}:
        return _by_a_court(answer.verdict, certificate)
    if certificate and certificate.replaced_by and answer.verdict == Verdict.REVOKED:
        text = _("We issued this document. Another one has taken its place: number %(number)s.")
        return Saying(
            "revoked", _("Genuine, but replaced"), text % {"number": certificate.replaced_by.number}
        )
    if certificate:
        return _of_ours(answer, certificate)
    if answer.verdict == Verdict.ALTERED:
        return Saying("altered", _("Altered: do not rely on this file"), _altered(answer.why))
    if answer.by_file:
        return Saying("unknown", _("Not a document of ours"), _not_ours(answer.why))
    text = _("We have issued no document with the code %(code)s.") % {"code": code}
    return Saying("unknown", _("No document has this code"), text)


def _of_ours(answer: Verification, certificate: Certificate) -> Saying:
    if answer.verdict == Verdict.NOT_YET:
        text = _dated(_("We issued this document. It is valid from %(day)s."), certificate.valid_from)
        return Saying("expired", _("Genuine, not valid yet"), text)
    if answer.verdict == Verdict.EXPIRED:
        text = _dated(_("We issued this document. It was valid until %(day)s."), certificate.valid_until)
        return Saying("expired", _("Genuine, but expired"), text)
    if answer.verdict == Verdict.REVOKED:
        text = _("We issued this document and took it back on %(day)s. Nobody may rely on it since then.")
        return Saying("revoked", _("Revoked: no longer valid"), _dated(text, certificate.revoked_at))
    if answer.verdict == Verdict.SUSPENDED:
        text = _(
            "We issued this document and suspended it on %(day)s. Nobody may rely on it until the suspension is lifted."
        )
        return Saying("suspended", _("Genuine, but suspended"), _dated(text, certificate.suspended_at))
    if certificate.content.get("by_law"):
        text = _(
            "We issued this document by operation of law: no official decided in time, and none has signed. It is valid today."
        )
        return Saying("valid", _("Genuine and valid, by operation of law"), text)
    text = _("We issued a document with this code, and it is valid today.")
    if answer.by_file:
        text = _("Every byte of this file is as we signed it, and the document is valid today.")
    return Saying("valid", _("Genuine and valid"), text)


def _by_a_court(verdict: Verdict, certificate: Certificate) -> Saying:
    said = {**certificate.ruling, "day": day(date.fromisoformat(certificate.ruling["date"]))}
    if verdict == Verdict.REVOKED:
        text = _(
            "We issued this document. %(court)s annulled it by ruling %(number)s of %(day)s. Nobody may rely on it any longer."
        )
        return Saying("revoked", _("Annulled by a court: no longer valid"), text % said)
    text = _(
        "We issued this document. %(court)s stayed it by ruling %(number)s of %(day)s. Nobody may rely on it until the stay ends."
    )
    return Saying("suspended", _("Genuine, but stayed by a court"), text % said)


def _altered(why: Why) -> str:
    if why == Why.UNREADABLE:
        return _("This file cannot be read to its end. It is damaged, cut off or changed.")
    if why == Why.CHANGED:
        return _("It bears our seal, but what stands in it is not what we signed.")
    return _("It bears our seal, but something was added after we signed it.")


def _not_ours(why: Why) -> str:
    if why == Why.FOREIGN:
        return _("Somebody else has signed this file. It does not bear our seal.")
    if why == Why.UNSIGNED:
        return _(
            "This file does not bear our seal. A printout or a scan never does, even of a genuine paper."
        )
    return _("Our register does not hold this file.")


def _dated(text: str, moment: date | datetime | None) -> str:
    return text % {"day": day(moment)}
