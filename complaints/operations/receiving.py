"""Receiving a report: the case is born with it, whether or not anybody says who they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from complaints import clocks, passphrases, queries, workflow
from complaints.models import ApiKey, Complaint, Visibility
from complaints.operations.values import LONGEST_WORDS, MOST_PHOTOS, Report, Taken, UnableToReport
from services.accounts import queries as accounts
from services.accounts.models import Person, User
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import transitions
from services.casework.models import Case
from services.casework.policies import Bearer
from services.casework.workflow import APPLICANT
from services.documents.models import Document
from services.foundation import sealing
from services.government.models import Agency
from services.notifications.models import Channel


def receive_report(
    report: Report,
    *,
    actor: User | None,
    photos: Sequence[Document] = (),
    submission_key: str,
    passphrase: str,
    language: str,
    program: ApiKey | None = None,
    taken: Taken | None = None,
    at: datetime,
) -> Case:
    """Receive a report. The same `submission_key` sent again (a double click, a retry) returns the case there is.

    An anonymous report has no applicant, whoever is signed in; neither has one without an account. Both are opened again
    with the passphrase alone, of which only a hash is kept. `program` sent it for somebody. `taken` says which
    officer took it down for somebody: it is tied to no account, not the officer's either, and the case says at whose counter.
    Raises UnableToReport; policies.UnableToAct (hat, pact, away) for an officer who does not serve at a counter.
    """
    _require_whole(report, photos)
    served_at = _require_taker(report, taken, at)
    reporter = None if taken else actor

    def receive() -> Case:
        case = _open_case(report, reporter, submission_key=submission_key, at=at)
        further = {"program": program, **_taken_in(taken, served_at)}
        _describe(case, report, reporter, passphrase=passphrase, language=language, further=further)
        if taken and served_at:
            casework.record_service(case, agency=served_at, actor=taken.officer, how=taken.how, at=at)
        casework.enclose_documents(case, prefix="photo", documents=photos, at=at)
        return case

    return casework.receive_once(submission_key, receive)


def visibility_of(report: Report) -> str:
    """Who will read it: as the reporter chose, unless the category is always confidential."""
    return Visibility.CONFIDENTIAL if report.category.is_confidential else report.visibility


def _open_case(report: Report, actor: User | None, *, submission_key: str, at: datetime) -> Case:
    visibility = visibility_of(report)
    applicant = _applicant(report, actor, visibility)
    due_at = shared_clocks.given_until(clocks.VERIFICATION, at)
    return transitions.open_case(
        workflow.RECEIVE,
        actor=actor if applicant else Bearer(),
        at=at,
        hat=APPLICANT,
        kind=workflow.KIND,
        letter=workflow.COMPLAINTS.letter,
        fields={
            "service_version": queries.version_in_force(),
            "agency": queries.complaints_office().agency,
            "district": report.district,
            "applicant": applicant,
            "topic": report.category.name,
            "is_confidential": visibility == Visibility.CONFIDENTIAL,
            "submission_key": submission_key,
            "due_at": due_at,
            "place_at": due_at,
        },
    )


def _describe(
    case: Case,
    report: Report,
    actor: User | None,
    *,
    passphrase: str,
    language: str,
    further: Mapping[str, Any],
) -> None:
    """The report's own row; without an applicant, with the hash of its passphrase and the sealed contact."""
    visibility, is_named = visibility_of(report), case.applicant_id is not None
    complaint = Complaint(
        case=case,
        category=report.category,
        visibility=visibility,
        shows_name=report.shows_name and is_named and visibility == Visibility.PUBLIC,
        words=report.words.strip(),
        place=report.place.strip(),
        latitude=report.latitude,
        longitude=report.longitude,
        is_outside=report.is_outside,
        language=language,
        **further,
        passphrase_hash="" if is_named else make_password(passphrases.plain(passphrase)),
    )
    if not is_named:
        _seal_contact(complaint, *_contact(report, actor))
    complaint.save(force_insert=True)


def _require_taker(report: Report, taken: Taken | None, at: datetime) -> Agency | None:
    """At whose counter it is taken down; None where the reporter sends it. What is told in confidence has a door of its own."""
    if taken is None:
        return None
    if report.category.is_confidential:
        raise UnableToReport(
            code="door",
            message=_("This is not taken down by an officer. Hand over the way to report it in confidence."),
            field="category",
        )
    return casework.require_counter(taken.officer, at, service_of=queries.complaints_office().agency)


def _taken_in(taken: Taken | None, agency: Agency | None) -> dict[str, Any]:
    return {"taken_how": taken.how, "taken_by": taken.officer, "taken_at": agency} if taken else {}


def _applicant(report: Report, actor: User | None, visibility: str) -> Person | None:
    if actor is None or not report.with_account or visibility == Visibility.ANONYMOUS:
        return None
    return actor.persons.filter(is_own=True).first()


def _contact(report: Report, actor: User | None) -> tuple[str, str]:
    """Where notices go without an account: as given, or where the account of an anonymous reporter is reached."""
    if actor is None or not report.with_account:
        return report.contact_channel, report.contact_address
    if actor.phone and actor.phone_verified_at:
        return Channel.SMS, actor.phone
    address = accounts.verified_email_of(actor)
    return (Channel.EMAIL, address) if address else ("", "")


def _seal_contact(complaint: Complaint, channel: str, address: str) -> None:
    if channel and address:
        complaint.contact_channel = channel
        complaint.contact_sealed = sealing.seal(address, bound_to=complaint.seal_binding)


def _require_whole(report: Report, photos: Sequence[Document]) -> None:
    if not report.category.is_listed:
        raise UnableToReport(
            code="category",
            message=_("This subject is not offered any more. Choose the one that fits best."),
            field="category",
        )
    if not report.words.strip():
        raise UnableToReport(code="words", message=_("Say in a few words what is wrong."), field="words")
    if len(report.words) > LONGEST_WORDS:
        raise UnableToReport(
            code="words",
            message=_("This is too long: at most %(limit)d characters.") % {"limit": LONGEST_WORDS},
            field="words",
        )
    if report.visibility not in Visibility.values:
        raise UnableToReport(code="visibility", message=_("Choose who may read it."), field="visibility")
    if len(photos) > MOST_PHOTOS:
        raise UnableToReport(
            code="photos", message=_("At most %(limit)d photos.") % {"limit": MOST_PHOTOS}, field="photos"
        )
