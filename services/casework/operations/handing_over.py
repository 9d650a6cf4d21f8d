"""A supervisor's hand: files of the office go from one desk to another, or back into the queue, with a reason."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts import actors
from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.casework import conflicts, hands, holdings, policies, transitions
from services.casework.models import Case, Holding, Left, Review
from services.casework.operations.values import UnableToHandle
from services.foundation.templatetags.bening import day
from services.government.models import Agency
from services.integrity.pact import queries as pact
from services.outbox import operations as outbox

HANDED_OVER: Final = "casework.handed_over"


class Why(models.TextChoices):
    """Why a supervisor moves files."""

    LOAD = "LOAD", gettext_lazy("To share out the work")
    ABSENCE = "ABSENCE", gettext_lazy("The officer is away")
    LATE = "LATE", gettext_lazy("The file is late, or soon will be")
    CONFLICT = "CONFLICT", gettext_lazy("The officer should not handle it")
    OTHER = "OTHER", gettext_lazy("Another reason")


def hand_over(
    references: Collection[str],
    *,
    actor: User,
    agency: Agency,
    to: User | None,
    reason_code: str,
    words: str = "",
    at: datetime,
) -> int:
    """Give files that lie on desks of an agency to another officer of it, or (`to` None) back to the queue; returns how many.

    All or none. Each must be one that the officer could take: hat, pact, no party, four eyes. A confidential one is not
    the supervisor's to see. Raises UnableToHandle (reason, words, away, files, gone, own, hat, four_eyes), policies.UnableToAct.
    """
    _require_reason(reason_code, words)
    if not references:
        raise UnableToHandle(code="files", message=_("Choose at least one file."), field="chosen")
    with transaction.atomic():
        policies.require_post(actor, agency, Hat.SUPERVISOR, at)
        _require_present(to, at)
        cases = _locked(references, agency)
        if len(cases) != len(set(references)):
            raise UnableToHandle(
                code="gone",
                message=_("One of these files is on no desk of this office any longer. Choose again."),
                field="chosen",
            )
        hats = _hats_of_holders(cases)
        moving = [case for case in cases if to is None or case.assignee_id != to.pk]
        for case in moving:
            transitions.require_settled(case, at)
            _require_fit(case, hats[case.pk], actor=actor, to=to, at=at)
        had = [(case.assignee_id, case.reference) for case in moving]
        key = f"{moving[0].reference}:{moving[0].row_version}" if moving else ""
        _tell(had, actor=actor, to=to, reason_code=reason_code, key=key, at=at)
        for case in moving:
            _move(
                case,
                hats[case.pk],
                actor=actor,
                to=to,
                why={"reason_code": reason_code, "reason": words},
                at=at,
            )
    return len(moving)


def hand_over_reviews(
    names: Collection[str],
    *,
    actor: User,
    agency: Agency,
    to: User | None,
    reason_code: str,
    words: str = "",
    at: datetime,
) -> int:
    """The same for reviews of this agency, each named by reference and key ("P-7K3F9-QXM2E/traffic"); returns how many.

    Raises UnableToHandle (reason, words, away, gone, own, hat), policies.UnableToAct.
    """
    _require_reason(reason_code, words)
    with transaction.atomic():
        policies.require_post(actor, agency, Hat.SUPERVISOR, at)
        _require_present(to, at)
        found = _locked_reviews(names, agency)
        moving = [review for review in found if to is None or review.assignee_id != to.pk]
        for review in moving:
            _require_fit_review(review, actor=actor, to=to, at=at)
        had = [(review.assignee_id, review.case.reference) for review in moving]
        key = f"review:{moving[0].pk}:{at.isoformat()}" if moving else ""
        _tell(had, actor=actor, to=to, reason_code=reason_code, key=key, at=at)
        why = {"reason_code": reason_code, "reason": words}
        for review in moving:
            _move_review(review, actor=actor, to=to, why=why, at=at)
    return len(moving)


def _require_reason(reason_code: str, words: str) -> None:
    if reason_code not in Why.values:
        raise UnableToHandle(code="reason", message=_("Choose the reason."), field="reason_code")
    if reason_code == Why.OTHER and not words.strip():
        raise UnableToHandle(code="words", message=_("Say which reason it is."), field="words")


def _require_present(to: User | None, at: datetime) -> None:
    if to is None:
        return
    holdings.lock_desk(to)
    absence = accounts.absence_of(to, at=at)
    if absence:
        words = _("This officer is away until %(day)s.") % {"day": day(absence.last_date)}
        raise UnableToHandle(code="away", message=words, field="to")


def _locked(references: Collection[str], agency: Agency) -> list[Case]:
    """The files, locked in one order for everybody, so that two supervisors wait and never hang."""
    return list(
        Case.objects.select_for_update(of=("self",))
        .select_related("agency", "applicant__user", "assignee", "service_version__service", "district")
        .filter(reference__in=references, agency=agency, closed_at=None, is_confidential=False)
        .filter(submitted_at__isnull=False, assignee__isnull=False)
        .order_by("pk")
    )


def _hats_of_holders(cases: Sequence[Case]) -> dict[int, str]:
    """The hat under which each file is worked on: what it waits for, or under which it was taken while the applicant is asked."""
    held = Holding.objects.filter(case__in=cases, review=None, left_at=None)
    taken = dict(held.values_list("case_id", "hat"))
    return {case.pk: case.current.queue_hat or taken.get(case.pk, "") for case in cases}


def _require_fit(case: Case, hat: str, *, actor: User, to: User | None, at: datetime) -> None:
    if policies.is_own_matter(actor, case):
        raise UnableToHandle(
            code="own",
            message=_("%(reference)s is a matter of your own.") % {"reference": case.reference},
            field="chosen",
        )
    if to is None:
        return
    if hat not in policies.hats_for(to, case, at) or conflicts.rule_of(to, case, at=at):
        raise UnableToHandle(
            code="hat",
            message=_(
                "%(reference)s cannot go to this officer: the hat is missing, or they have a part in it."
            )
            % {"reference": case.reference},
            field="to",
        )
    if hat == Hat.APPROVER and not Case.objects.filter(hands.may_decide(to), pk=case.pk).exists():
        raise UnableToHandle(
            code="four_eyes",
            message=_("%(reference)s cannot go to this officer: they had a hand in what is decided now.")
            % {"reference": case.reference},
            field="to",
        )


def _move(case: Case, hat: str, *, actor: User, to: User | None, why: dict[str, str], at: datetime) -> None:
    before, case.assignee = case.assignee, to
    transitions.touch(case, fields=("assignee",))
    if to is None:
        holdings.end(case, how=Left.HANDED_OVER, at=at)
    else:
        holdings.begin(case, officer=to, hat=hat, at=at, left=Left.HANDED_OVER)
    details = {
        **{name: value for name, value in why.items() if value},
        "from": str(before.pseudonym) if before else "",
        "to": str(to.pseudonym) if to else "",
    }
    transitions.record(
        case, "casework.case.reassigned", actor=actor, hat=Hat.SUPERVISOR, at=at, details=details
    )


def _tell(
    files: Sequence[tuple[int | None, str]],
    *,
    actor: User,
    to: User | None,
    reason_code: str,
    key: str,
    at: datetime,
) -> None:
    """One message for all of it: whoever had files (holder and reference of each) and whoever gets them read one notice, not thirty."""
    if not files:
        return
    had: dict[str, list[str]] = {}
    for holder, reference in files:
        had.setdefault(str(holder), []).append(reference)
    payload = {
        "had": had,
        "gets": {str(to.pk): [reference for _holder, reference in files]} if to else {},
        "by": actor.pk,
        "reason_code": reason_code,
    }
    outbox.publish(HANDED_OVER, payload, dedupe_key=f"{HANDED_OVER}:{key}", at=at)


def _locked_reviews(names: Collection[str], agency: Agency) -> list[Review]:
    """The cases locked, then the reviews, in one order for everybody. Raises UnableToHandle (gone)."""
    wanted = {tuple(name.partition("/")[::2]) for name in names}
    on_desks = Review.objects.filter(agency=agency, assignee__isnull=False, state__in=Review.UNFINISHED)
    named = on_desks.filter(case__reference__in={reference for reference, _key in wanted})
    list(Case.objects.filter(pk__in=named.values("case")).select_for_update().order_by("pk"))
    rows = named.select_for_update(of=("self",)).select_related("agency", "assignee", "case__service_version")
    found = [row for row in rows.order_by("pk") if (row.case.reference, row.key) in wanted]
    if len(found) != len(wanted):
        words = _("One of these files is on no desk of this office any longer. Choose again.")
        raise UnableToHandle(code="gone", message=words, field="chosen")
    return found


def _require_fit_review(review: Review, *, actor: User, to: User | None, at: datetime) -> None:
    named = {"reference": review.case.reference}
    if policies.is_own_matter(actor, review.case):
        words = _("%(reference)s is a matter of your own.") % named
        raise UnableToHandle(code="own", message=words, field="chosen")
    if to is None:
        return
    wears = review.hat in pact.signed_hats(to, agency=review.agency, at=at)
    if not wears or policies.is_own_matter(to, review.case) or conflicts.rule_of(to, review.case, at=at):
        words = _("%(reference)s cannot go to this officer: the hat is missing, or they have a part in it.")
        raise UnableToHandle(code="hat", message=words % named, field="to")


def _move_review(review: Review, *, actor: User, to: User | None, why: dict[str, str], at: datetime) -> None:
    before = review.assignee
    holdings.lay_back(review, how=Left.HANDED_OVER, at=at)
    if to is not None:
        review.assignee = to
        review.save(update_fields=["assignee"])
        holdings.begin_review(review, officer=to, at=at)
    details = {
        **{name: value for name, value in why.items() if value},
        "from": str(before.pseudonym) if before else "",
        "to": str(to.pseudonym) if to else "",
    }
    audit.record(
        "casework.review.reassigned",
        actor=actors.acting(actor, hat=Hat.SUPERVISOR, agency_code=review.agency.code),
        subject=transitions.subject_of(review.case),
        at=at,
        details={**transitions.named(review), **details},
        case_version=review.case.row_version,
    )
