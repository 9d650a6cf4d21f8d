"""All reads of cases: the citizen's, the desk's, the public's, and the timeline drawn from the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from services.accounts.models import Hat, Membership, Person, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import capacity, conflicts, hands, places, policies, told, undoing
from services.casework.models import Case, CaseDocument, Defect, OfficeNote
from services.casework.workflow import Transition
from services.documents.models import Certificate
from services.foundation import clock, conditions
from services.government.models import Agency
from services.integrity.pact import queries as pact

#: Hats that may read a case file of their agency. Auditors read those of every agency; each opening is on record.
READING_HATS = frozenset(
    {Hat.INTAKE, Hat.REVIEWER, Hat.INSPECTOR, Hat.APPROVER, Hat.SUPERVISOR, Hat.EXECUTIVE}
)
#: Of these, before whom applicants are named. A head sees where cases stand, and nowhere whose they are.
NAMING_HATS = READING_HATS - {Hat.EXECUTIVE}
#: What the slots begin with in which papers lie that are not given yet (`ApplicantRequest.held_slot`).
HELD = "held_"


@dataclass(frozen=True, slots=True)
class Role:
    """In which role an officer reads a file: `hat` and `agency` go on record; `hats` are all worn in its agency.

    Under those in `signed` they may act, since the integrity pact is signed for them; under none before the day after
    `away_until`.
    """

    hat: str
    agency: str
    hats: frozenset[str]
    signed: frozenset[str]
    away_until: date | None = None

    @property
    def lacks_pact(self) -> bool:
        """Whether a signature under the integrity pact is missing for a hat worn in the agency of the file."""
        return self.away_until is None and self.hats != self.signed

    @property
    def names_people(self) -> bool:
        """Whether the applicant is named before them."""
        return self.hat == Hat.AUDITOR or bool(self.hats & NAMING_HATS)

    def reads_contents(self, case: Case) -> bool:
        """Whether answers and documents lie before them: before a head only where heads have a say, as on a report."""
        head_acts = case.workflow.acts_in(Hat.EXECUTIVE, case.status)
        return self.names_people or (head_acts and case.signer_hat != Hat.APPROVER)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a timeline: the action, when, by which hat of which agency, and the version of the case after it."""

    action: str
    at: datetime
    hat: str
    agency: str
    details: dict[str, Any]
    version: int = 0


def full() -> QuerySet[Case]:
    """Cases with everything that a row or a page of them names, in one query."""
    return Case.objects.select_related(
        "agency", "district", "applicant__user", "helper", "assignee", "service_version__service"
    )


def standing_of_papers() -> dict[str, Subquery]:
    """When the certificate of a case was taken back or suspended, without a query for each row; None where it was not."""
    papers = Certificate.objects.filter(reference=OuterRef("reference")).order_by("-created_at")
    return {name: Subquery(papers.values(name)[:1]) for name in ("revoked_at", "suspended_at")}


def name_of(user_field: str) -> Subquery:
    """The name of the person behind a user's column, without a query for each row. For officers' eyes only."""
    return Subquery(Person.objects.filter(user=OuterRef(user_field), is_own=True).values("name")[:1])


def case_for(user: User, reference: str) -> Case | None:
    """The case as the citizen's side may see it; None for anybody else."""
    mine = Q(applicant__user=user) | Q(helper=user)
    found = full().annotate(**standing_of_papers()).filter(mine, reference=reference).first()
    return undoing.as_told(found, at=clock.now()) if found else None


def current_documents(case: Case) -> list[CaseDocument]:
    """The documents that stand in the case now, with the pictures of their pages, in the order of the standard."""
    order = {document.key: place for place, document in enumerate(case.service_version.parsed.documents)}
    attached = (
        case.documents.filter(replaced_at=None)
        .exclude(slot__startswith=HELD)
        .select_related("document")
        .prefetch_related("document__previews")
    )
    return sorted(attached, key=lambda row: order.get(row.slot, len(order)))


def attached_ids(case: Case) -> dict[str, str]:
    """Which document stands in which slot now, by its id."""
    standing = case.documents.filter(replaced_at=None).exclude(slot__startswith=HELD)
    attached = standing.values_list("slot", "document_id")
    return {slot: str(document) for slot, document in attached}


def changed_since_last(case: Case) -> list[str]:
    """Keys of answers and documents that differ from what was last sent; none before the first sending."""
    last = case.submissions.order_by("-round").first() if case.rounds else None
    if last is None:
        return []
    documents = attached_ids(case)
    keys = {key for key in {*case.answers, *last.answers} if case.answers.get(key) != last.answers.get(key)}
    keys |= {key for key in {*documents, *last.documents} if documents.get(key) != last.documents.get(key)}
    return sorted(keys)


def attached_document(case: Case, document_id: UUID) -> CaseDocument | None:
    """A document that stands or stood in the case; None for any other."""
    return case.documents.select_related("document").filter(document_id=document_id).first()


def defects_of(case: Case) -> list[Defect]:
    """Every defect found so far, round by round, each with its finder's name. For officers' eyes only."""
    return list(case.defects.annotate(finder=name_of("found_by")).order_by("round", "id"))


def notes_of(case: Case) -> list[OfficeNote]:
    """The notes of the office, the newest first, each with its writer's name. For officers' eyes only."""
    return list(case.notes.annotate(writer=name_of("author")).order_by("-written_at"))


def cases_of(user: User) -> QuerySet[Case]:
    """Cases of the citizen's side, newest first."""
    mine = full().annotate(**standing_of_papers())
    return mine.filter(Q(applicant__user=user) | Q(helper=user)).order_by("-created_at", "-id")


def desk_case(user: User, reference: str, *, at: datetime) -> tuple[Case, Role] | None:
    """The case as an officer may see it, with the role they read it in: sent, theirs to read, not their own matter.

    A confidential one that is not theirs is not found at all: the same two queries as for a case that never was, so that
    the time of the answer tells nothing either.
    """
    memberships = list(pact.memberships_of(user, at=at))
    receives = {member.agency_id for member in memberships if member.hat in policies.RECEIVING_HATS}
    names = {"holder": name_of("assignee"), "recommender": name_of("recommended_by")}
    sent = (
        full()
        .annotate(**standing_of_papers(), **told.annotations(), **names)
        .filter(submitted_at__isnull=False)
    )
    others = sent.exclude(policies.own_matters(user)).annotate(
        is_in_conflict=ExpressionWrapper(conflicts.any_of(user, at=at), output_field=BooleanField()),
        **hands.read_for(user),
    )
    case = others.filter(policies.visible(user, receives=receives), reference=reference).first()
    role = _reading_role(user, case, memberships) if case else None
    return (case, role) if case and role else None


def _reading_role(user: User, case: Case, memberships: list[Membership]) -> Role | None:
    """How this officer may read the file: by a hat in its agency, or as an auditor of any. None for a party of it."""
    if policies.citizen_side(user, case):
        return None
    here = capacity.counting(memberships, case)
    hats = frozenset(member.hat for member in here)
    away: date | None = next((member.away_until for member in memberships), None)  # type: ignore[attr-defined]
    signed = frozenset(member.hat for member in here if member.has_signed and not away)  # type: ignore[attr-defined]
    reading = hats & (policies.RECEIVING_HATS if case.is_confidential else READING_HATS)
    if reading:
        worn = reading if case.is_confidential else hats
        foremost = _foremost(reading, case)
        return Role(foremost, case.agency.code, hats=worn, signed=worn & signed, away_until=away)
    if case.is_confidential:
        return None
    auditing = next((member.agency.code for member in memberships if member.hat == Hat.AUDITOR), "")
    return Role(Hat.AUDITOR, auditing, hats=hats, signed=signed, away_until=away) if auditing else None


def waiting_for(*, agency: Agency, hat: str, user: User, at: datetime) -> QuerySet[Case]:
    """The fair queue of a hat: unassigned, not the user's own matter, whoever was promised first comes first."""
    return (
        _actionable(agency=agency, hat=hat, user=user, at=at)
        .filter(assignee=None)
        .order_by("place_at", "submitted_at", "id")
    )


def ahead_of(case: Case, *, hat: str, user: User, at: datetime) -> QuerySet[Case]:
    """Unassigned cases of the same service and step that come before this one in the queue."""
    return waiting_for(agency=case.agency, hat=hat, user=user, at=at).filter(
        status=case.status, service_version__service=case.service_version.service, place_at__lt=case.place_at
    )


def allowed_transitions(
    case: Case, user: User, *, at: datetime, hats: frozenset[str] | None = None
) -> list[Transition]:
    """What this user may do now: the same table that enforces it draws the buttons. One query, none with `hats`.

    Nothing while the last step may still be taken back.
    """
    if undoing.is_open(case, at=at):
        return []
    if hats is None:
        hats = policies.hats_for(user, case, at)
    return [
        transition
        for transition in case.workflow.leaving(case.status)
        if policies.can_act(user, case, transition, at, hats=hats)
    ]


def tracking(reference: str) -> Case | None:
    """A sent case for the public tracking page: stations, dates and the office, no person; a confidential one is not there."""
    found = (
        Case.objects.filter(reference=reference, submitted_at__isnull=False, is_confidential=False)
        .select_related("agency", "service_version__service")
        .annotate(**standing_of_papers())
        .defer("answers")
        .first()
    )
    return undoing.as_told(found, at=clock.now()) if found else None


def timeline(case: Case) -> list[Step]:
    """Every event of the case, oldest first."""
    return [
        Step(
            action=event.action,
            at=event.at,
            hat=event.actor.hat,
            agency=event.actor.agency,
            details=event.details,
            version=event.case_version or 0,
        )
        for event in _events(case)
    ]


def openings(steps: Iterable[Step]) -> list[Step]:
    """The steps in which an officer opened the file."""
    return [step for step in steps if step.action == "casework.file.opened"]


def _foremost(hats: frozenset[str], case: Case) -> str:
    """The hat that the case waits for, if it is worn; else the first by name."""
    return case.waits_for if case.waits_for in hats else min(hats)


def waits_for(hat: str) -> Q:
    """The condition under which a case waits for this hat."""
    condition = places.stands_in(lambda flow: flow.queue_statuses(hat))
    return condition & hands.is_reviewed() if hat == Hat.REVIEWER else condition


def kept_from(user: User, *, at: datetime) -> Q:
    """The condition under which a case is nothing for this officer: they brought it, it is their own matter, or a rule of conflict."""
    own = Q(helper=user) | Q(applicant__user=user) | policies.own_matters(user)
    return own | conflicts.any_of(user, at=at)


def _actionable(*, agency: Agency, hat: str, user: User, at: datetime) -> QuerySet[Case]:
    visible = policies.visible(user, receives={agency.pk} if hat in policies.RECEIVING_HATS else set())
    queryset = Case.objects.filter(
        waits_for(hat), visible, agency=agency, closed_at=None, submitted_at__isnull=False
    ).filter(undoing.settled(at), conditions.unless(kept_from(user, at=at)))
    if hat == Hat.APPROVER:
        reached = capacity.reached(user, agency=agency, hat=hat, at=at)
        queryset = queryset.filter(hands.may_decide(user), reached)
    return queryset.select_related("agency", "service_version__service")


def _events(case: Case) -> list[audit.RecordedEvent]:
    return audit.events_of(Subject("case", case.reference), since=case.created_at)
