"""A court's ruling on a decided case: one person enters it with the paper, a second one confirms it, and then the case moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import clocks, policies, transitions
from services.casework.models import Case, Ruling
from services.casework.operations.dialogue import enclose_documents
from services.casework.operations.papers import taken_papers
from services.casework.operations.values import UnableToHandle
from services.casework.transitions import LockedCase
from services.casework.workflow import Transition
from services.documents import operations as documents
from services.documents import queries as papers
from services.documents.models import Certificate
from services.foundation.clock import local_date

ENTERED: Final = "casework.ruling.entered"
SENT_BACK: Final = "casework.ruling.sent_back"
Kind = Ruling.Kind

#: The roads that each kind of ruling may open: the first that leads on from where the case stands.
_ROADS: Final = {
    Kind.STAY: ("stay",),
    Kind.STAY_ENDED: ("end_stay",),
    Kind.ANNULMENT: ("annul_grant", "annul_refusal"),
}
#: What the road makes of the certificate.
_ON_PAPER: Final[dict[str, Callable[..., Certificate]]] = {
    "stay": documents.stay_certificate,
    "end_stay": documents.end_stay,
    "annul_grant": documents.annul_certificate,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What stands on the ruling: what the court ruled, which court, under which number, on which day."""

    kind: str
    court: str
    number: str
    ruled_on: date


def enter_ruling(
    case: Case, *, actor: User, ruled: Ruled, uploads: Sequence[UploadedFile[bytes]], at: datetime
) -> Ruling:
    """Enter a ruling with its paper; nothing becomes of it before a second person has confirmed it.

    Raises UnableToHandle (ruling, words, date, files, entered), UnableToFile (the paper cannot be used) and policies.UnableToAct.
    """
    if not ruled.court.strip() or not ruled.number.strip():
        raise UnableToHandle(code="words", message=_("Name the court and the number."), field="court")
    if not uploads:
        raise UnableToHandle(code="files", message=_("Add the ruling itself."), field="upload")
    title = f"{ruled.court}, {ruled.number}"
    with taken_papers(uploads[:1], title=title, at=at) as taken, transaction.atomic():
        locked = transitions.lock(case)
        hat = _entering_hat(locked, actor, at)
        road_of(locked, ruled.kind, at=at)
        _require_date(locked, ruled.ruled_on, at=at)
        _require_new(locked, ruled)
        documents.finish_document(taken[0], at=at)
        ruling = Ruling.objects.create(
            case=locked,
            kind=ruled.kind,
            court=ruled.court.strip(),
            number=ruled.number.strip(),
            ruled_on=ruled.ruled_on,
            document=taken[0],
            decision_by=locked.decided_by,
            decision_at=locked.decided_at or at,
            entered_by=actor,
            entered_at=at,
        )
        transitions.record(locked, ENTERED, actor=actor, hat=hat, at=at, details=named(ruling))
        told = {"reference": locked.reference, "ruling": ruling.pk}
        transitions.promise(locked, ENTERED, told, key=str(ruling.pk), at=at)
    return ruling


def confirm_ruling(ruling: Ruling, *, actor: User, at: datetime) -> Case:
    """Confirm what another person entered: the case takes the road that the ruling opens, and its certificate follows.

    Raises UnableToHandle (checked, ruling), UnableToMove and policies.UnableToAct (four_eyes for whoever entered it).
    """
    with transaction.atomic():
        locked, row = _open_ruling(ruling, actor=actor)
        road = road_of(locked, row.kind, at=at)
        moved = transitions.move(
            locked, road, actor=actor, at=at, changes=_changes(locked, road, at=at), details=named(row)
        )
        _check(row, Ruling.State.CONFIRMED, actor=actor, at=at)
        enclose_documents(moved, prefix=f"ruling_{row.pk}", documents=[row.document], at=at)
        if road.name in _ON_PAPER:
            hat = min(policies.hats_for(actor, moved, at) & road.hats)
            _carry_over(moved, row, _ON_PAPER[road.name], actor=actor, hat=hat, at=at)
    return moved


def send_ruling_back(ruling: Ruling, *, actor: User, words: str, at: datetime) -> Ruling:
    """Say what is wrong with what another person entered; it can then be entered anew.

    Raises UnableToHandle (words, checked) and policies.UnableToAct.
    """
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Write what is wrong."), field="words")
    with transaction.atomic():
        locked, row = _open_ruling(ruling, actor=actor)
        hats = policies.hats_for(actor, locked, at) & policies.COURT_HATS
        if not hats:
            policies.require_pact(actor, locked, policies.COURT_HATS, at)
            raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
        _check(row, Ruling.State.SENT_BACK, actor=actor, at=at, words=words.strip())
        transitions.record(locked, SENT_BACK, actor=actor, hat=min(hats), at=at, details=named(row))
    return row


def named(ruling: Ruling) -> dict[str, Any]:
    """A ruling as the record names it."""
    return {
        "ruling": ruling.kind,
        "court": ruling.court,
        "number": ruling.number,
        "date": ruling.ruled_on.isoformat(),
    }


def road_of(case: Case, kind: str, *, at: datetime) -> Transition:
    """The road that a ruling of this kind opens from where the case stands. Raises UnableToHandle (ruling) where there is none."""
    found = (case.workflow.ruled(name, case.status) for name in _ROADS[Kind(kind)])
    road = next(filter(None, found), None)
    if road is None:
        words = _("A court cannot rule that of this case as it stands: it is “%(status)s”.")
        raise UnableToHandle(code="ruling", message=words % {"status": case.current.label}, field="kind")
    if road.name == "stay" and not _is_in_force(case, at=at):
        words = _("The certificate of this case is not in force: there is nothing to stay.")
        raise UnableToHandle(code="ruling", message=words, field="kind")
    return road


def _is_in_force(case: Case, *, at: datetime) -> bool:
    certificate = papers.certificate_of(case.reference)
    if certificate is None or certificate.standing not in Certificate.IN_FORCE:
        return False
    return certificate.valid_until is None or certificate.valid_until >= local_date(at)


def _entering_hat(case: LockedCase, actor: User, at: datetime) -> str:
    hats = policies.hats_for(actor, case, at) & policies.RULING_HATS
    if not hats:
        policies.require_pact(actor, case, policies.RULING_HATS, at)
        raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
    policies.require_no_conflict(actor, case, at)
    transitions.require_settled(case, at)
    return min(hats)


def _require_date(case: Case, ruled_on: date, *, at: datetime) -> None:
    if ruled_on > local_date(at):
        raise UnableToHandle(code="date", message=_("The date lies ahead."), field="ruled_on")
    if case.decided_at is None or ruled_on < local_date(case.decided_at):
        words = _("The date lies before the decision that the ruling is about.")
        raise UnableToHandle(code="date", message=words, field="ruled_on")


def _require_new(case: Case, ruled: Ruled) -> None:
    known = case.rulings.exclude(state=Ruling.State.SENT_BACK)
    if known.filter(kind=ruled.kind, number=ruled.number.strip()).exists():
        raise UnableToHandle(code="entered", message=_("This ruling was entered already."), field="number")
    if known.filter(state=Ruling.State.ENTERED).exists():
        words = _("Another ruling on this case still waits for a second person.")
        raise UnableToHandle(code="entered", message=words, field="reference")


def _open_ruling(ruling: Ruling, *, actor: User) -> tuple[LockedCase, Ruling]:
    locked = transitions.lock(ruling.case)
    row = Ruling.objects.select_for_update(of=("self",)).select_related("document").get(pk=ruling.pk)
    if not row.is_open:
        raise UnableToHandle(code="checked", message=_("Somebody has looked at this ruling already."))
    if row.entered_by_id == actor.pk:
        words = _("A second person confirms what you entered.")
        raise policies.UnableToAct(code="four_eyes", message=words)
    return locked, row


def _check(row: Ruling, state: str, *, actor: User, at: datetime, words: str = "") -> None:
    row.state, row.checked_by, row.checked_at, row.words = state, actor, at, words
    row.save(update_fields=["state", "checked_by", "checked_at", "words"])


def _changes(case: LockedCase, road: Transition, *, at: datetime) -> dict[str, Any]:
    """What the road changes beside the status: a refusal that is annulled is no decision any longer, and the clock runs anew."""
    if case.workflow.status(road.target).final:
        return {}
    case.reopened_at = at
    due_at = clocks.office_due_at(case, at=at)
    return {
        **dict.fromkeys(("closed_at", "decided_by", "decided_at", "assignee")),
        **dict.fromkeys(("outcome", "reason_code", "reason"), ""),
        "due_at": due_at,
        "place_at": due_at,
    }


def _carry_over(
    case: Case, row: Ruling, change: Callable[..., Certificate], *, actor: User, hat: str, at: datetime
) -> None:
    certificate = papers.certificate_of(case.reference)
    if certificate is not None:
        said = documents.Ruling(court=row.court, number=row.number, date=row.ruled_on.isoformat())
        change(certificate, actor=transitions.acting(actor, hat, case), ruling=said, at=at)
