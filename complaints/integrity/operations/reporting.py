"""What the reporter does: send, write; and how the examination goes on when they are silent."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from complaints import passphrases
from complaints.integrity import queries, workflow
from complaints.integrity.values import LONGEST_WORDS, MOST_FILES, Reach, Told, UnableToReceive
from complaints.models import IntegrityReport
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import outages, transitions
from services.casework.models import Case
from services.casework.policies import Bearer
from services.casework.transitions import LockedCase
from services.casework.workflow import APPLICANT, Transition
from services.documents.models import Document
from services.foundation import sealing
from services.government.models import Agency

MARK_BYTES: Final = 32
#: In slots of this name stands what was sent with the report.
EVIDENCE: Final = "evidence"


def send_report(
    told: Told,
    *,
    receiver: str,
    may_be_handed_over: bool,
    reach: Reach,
    evidence: Sequence[Document] = (),
    submission_key: str,
    language: str,
    at: datetime,
) -> Case:
    """Receive an integrity report; the same `submission_key` sent again (a double click, a retry) returns the case there is.

    It goes to the receiver of this role (Agency.Role), or to the commission alone where it is against the head of government
    or the inspectorate. Whoever is named in it and works at a receiver is kept away from it from the first moment. It has
    no applicant, whoever is signed in. What somebody of the inspectorate reports goes to the commission, and nobody reads
    their own. Raises UnableToReceive.
    """
    _require_whole(told, evidence)
    own = queries.receivers_of(reach.account, at=at) if reach.account else {}

    def receive() -> Case:
        is_alone = Agency.Role.INSPECTORATE in own or queries.goes_to_commission_alone(told, at=at)
        agency = _receiver(Agency.Role.COMMISSION if is_alone else receiver)
        case = _open_case(agency, submission_key=submission_key, at=at)
        report = IntegrityReport(
            case=case,
            commission_alone=is_alone,
            may_be_handed_over=may_be_handed_over and not is_alone,
            language=language,
        )
        _keep(report, told, reach)
        casework.enclose_documents(case, prefix=EVIDENCE, documents=evidence, at=at)
        for user in {*queries.accused_among(told, at=at), *own.values()}:
            casework.exclude_officer(case, user=user, actor=None, at=at)
        return Case.objects.get(pk=case.pk)

    return casework.receive_once(submission_key, receive)


def write_to_receiver(case: Case, *, words: str, evidence: Sequence[Document] = (), at: datetime) -> Case:
    """The reporter writes. Where the receiver waits for an answer, this is it, and the examination goes on."""
    reporter = Bearer(case.reference)
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.status == workflow.NEEDS_DATA.code:
            locked = LockedCase(_go_on(locked, workflow.ANSWER, actor=reporter, at=at))
        casework.write_message(locked, actor=reporter, words=words, documents=evidence, at=at)
    return Case.objects.get(pk=case.pk)


def go_on_without_answers(*, at: datetime, batch: int = 200) -> int:
    """Let the examination go on where the reporter was silent past the date; returns how many. Silence ends no report."""
    silent = Case.objects.filter(
        ~outages.waiting(),
        kind=workflow.KIND,
        status=workflow.NEEDS_DATA.code,
        applicant_due_at__lt=at,
        closed_at=None,
    ).order_by("applicant_due_at")[:batch]
    gone_on = 0
    for case in silent:
        with transaction.atomic():
            locked = transitions.lock(case)
            if locked.status == workflow.NEEDS_DATA.code and (locked.applicant_due_at or at) < at:
                _go_on(locked, workflow.GO_ON, actor=None, at=at)
                gone_on += 1
    return gone_on


def _open_case(agency: Agency, *, submission_key: str, at: datetime) -> Case:
    version = queries.version_in_force()
    due_at = shared_clocks.due_after(at, version.parsed.intake_time)
    return transitions.open_case(
        workflow.SEND,
        actor=Bearer(),
        at=at,
        hat=APPLICANT,
        kind=workflow.KIND,
        letter=workflow.INTEGRITY.letter,
        fields={
            "service_version": version,
            "agency": agency,
            "is_confidential": True,
            "submission_key": submission_key,
            "due_at": due_at,
            "place_at": due_at,
        },
    )


def _keep(report: IntegrityReport, told: Told, reach: Reach) -> None:
    """The report's own row, everything in it sealed; of the passphrase only a slow hash, of an account only a mark."""
    reference = report.case.reference
    report.reporter_mark = (
        queries.mark_of(reach.account, reference) if reach.account else os.urandom(MARK_BYTES)
    )
    report.told_sealed = sealing.seal(told.written(), bound_to=report.told_binding)
    if reach.passphrase:
        report.passphrase_hash = make_password(passphrases.plain(reach.passphrase))
    if reach.channel and reach.address:
        report.contact_channel = reach.channel
        report.contact_sealed = sealing.seal(reach.address, bound_to=report.contact_binding)
    report.save(force_insert=True)


def _receiver(role: str) -> Agency:
    agency = queries.receivers().get(role)
    if agency is None:
        raise UnableToReceive(
            code="receiver", message=_("Choose who shall receive your report."), field="receiver"
        )
    return agency


def _go_on(locked: LockedCase, road: Transition, *, actor: Bearer | None, at: datetime) -> Case:
    changes = {"due_at": shared_clocks.go_on(locked, at=at), "applicant_due_at": None}
    return transitions.move(locked, road, actor=actor, at=at, changes=changes)


def _require_whole(told: Told, evidence: Sequence[Document]) -> None:
    if not told.is_whole:
        raise UnableToReceive(code="matter", message=_("Choose what it is about."), field="matter")
    if not told.what.strip():
        raise UnableToReceive(code="words", message=_("Say what happened."), field="what")
    if len(told.what) > LONGEST_WORDS:
        raise UnableToReceive(
            code="words",
            message=_("This is too long: at most %(limit)d characters.") % {"limit": LONGEST_WORDS},
            field="what",
        )
    if len(evidence) > MOST_FILES:
        raise UnableToReceive(
            code="files", message=_("At most %(limit)d files.") % {"limit": MOST_FILES}, field="files"
        )
