"""Who may do what to a case. Asked after the row is locked, so that the answer holds until the commit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final, NoReturn

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import conflicts, hands
from services.casework.models import Case
from services.casework.workflow import APPLICANT, GRANT_FOR_SIGNATURE, HELPER, STAYED, SYSTEM, Transition
from services.documents.models import Certificate
from services.foundation.errors import UnableTo
from services.foundation.templatetags.bening import day
from services.government.models import Agency
from services.integrity import policies as integrity
from services.integrity.models import Rule
from services.integrity.pact import queries as pact
from services.integrity.queries import excluded_from, excluded_users

#: Who may touch a confidential case, in its own agency alone: whoever works on it. No supervisor, no head, no auditor.
RECEIVING_HATS = frozenset({Hat.INTAKE, Hat.REVIEWER})

#: Who confirms the ruling of a court that somebody else has entered: a signatory or the head of the office; and who may enter one.
COURT_HATS = frozenset({Hat.APPROVER, Hat.EXECUTIVE})
RULING_HATS = COURT_HATS | {Hat.SUPERVISOR}

#: The roads of a grant: which of them, the version of the service says.
_GRANTS: Final = frozenset({"grant", GRANT_FOR_SIGNATURE})


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody without a login whose case it is, as a passphrase or a signed link has shown to whoever makes this.

    `reference` names the one case; it is "" for a case that is being born.
    """

    reference: str = ""


class UnableToAct(UnableTo):
    """Somebody may not take a transition. `code` says why: hat, mandate, pact, away, party, four_eyes, assignment."""


class InConflict(UnableToAct):
    """A conflict of interest keeps an officer away; `rule` names which, for the record and not for the officer."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(
            code="conflict",
            message=_("There is a conflict of interest between you and this case. Somebody else handles it."),
        )
        self.rule = rule


#: Which cases are somebody's own matter beside those they filed, by the kind of case.
_own_matters: Final[dict[str, Callable[[User], Exists]]] = {}


def register_own_matters(kind: str, condition: Callable[[User], Exists]) -> None:
    """Make known which cases of a kind are a user's own matter, such as those of their business; done in `apps.py`."""
    _own_matters[kind] = condition


def own_matters(user: User) -> Q:
    """The condition under which a case is this user's own matter, beside those that they filed."""
    return reduce(
        or_, (Q(condition(user), kind=kind) for kind, condition in _own_matters.items()), Q(pk__in=[])
    )


def parties_of(case: Case) -> integrity.Parties:
    """Persons and users whose own matter this case is: the applicant, the applicant's login, the helper, the accused.

    Only a confidential case may be about somebody of the office; for it alone that is asked, by one query.
    """
    persons = frozenset({case.applicant_id} if case.applicant_id else ())
    users = {case.helper_id} if case.helper_id else set()
    if case.applicant and case.applicant.user_id:
        users.add(case.applicant.user_id)
    if case.is_confidential:
        users |= excluded_users(case.reference)
    return integrity.Parties(persons=persons, users=frozenset(users))


def visible(user: User, *, receives: Collection[int]) -> Q:
    """The condition under which a case may be shown to somebody of the office at all: none of a secret that is not theirs.

    `receives` are the agencies (by id) in which they wear one of the RECEIVING_HATS.
    """
    theirs = Q(agency__in=receives) & ~Q(reference__in=excluded_from(user))
    return Q(is_confidential=False) | theirs


def citizen_side(user: User, case: Case) -> str:
    """APPLICANT, HELPER or "": which side of the citizen this user stands on in this case."""
    if case.applicant and case.applicant.user_id == user.pk:
        return APPLICANT
    return HELPER if case.helper_id == user.pk else ""


def is_own_matter(user: User, case: Case) -> bool:
    """Whether this user stands on the citizen's side of the case, or is a party of it."""
    if citizen_side(user, case) or integrity.is_party(user, parties_of(case)):
        return True
    return case.kind in _own_matters and Case.objects.filter(own_matters(user), pk=case.pk).exists()


def hats_for(user: User | Bearer, case: Case, at: datetime) -> frozenset[str]:
    """Every hat under which this user may act on this case: the citizen's side, or the hats in the case's agency.

    Of these only what this year's signature under the integrity pact covers, and none while they are away. Whoever is a party of the case wears no hat
    of the office towards it; towards a confidential one, only those who receive it wear any.
    """
    return _hats(user, case, at, of=pact.signed_hats)


def worn_for(user: User | Bearer, case: Case, at: datetime) -> frozenset[str]:
    """`hats_for` without asking whether the integrity pact was signed and they are here: for reading, never for acting."""
    return _hats(user, case, at, of=accounts.hats_of)


def require_pact(user: User | Bearer, case: Case, wanted: Collection[str], at: datetime) -> None:
    """Once no hat was found: UnableToAct (away, pact) where only an absence or a missing signature withholds a wanted one."""
    if worn_for(user, case, at) & frozenset(wanted):
        refuse_who_wears_it(user, at)


def require_post(user: User, agency: Agency, hat: str, at: datetime) -> None:
    """Raise UnableToAct (hat, away, pact) unless this user may act under this hat of this agency: worn, signed for, not away."""
    if hat in pact.signed_hats(user, agency=agency, at=at):
        return
    if hat in accounts.hats_of(user, agency=agency, at=at):
        refuse_who_wears_it(user, at)
    raise UnableToAct(code="hat", message=_("This queue is not yours."))


def refuse_who_wears_it(user: User | Bearer, at: datetime) -> NoReturn:
    """Say what keeps somebody from acting who wears the hat: they are away, or have not signed for it."""
    absence = accounts.absence_of(user, at=at) if isinstance(user, User) else None
    if absence:
        raise UnableToAct(code="away", message=is_away(absence.last_date))
    raise UnableToAct(code="pact", message=pact_is_missing())


def is_away(until: date) -> str:
    """What is said to whoever is away, and looks in."""
    return _("You are declared away until %(day)s. Say that you are back before you do anything here.") % {
        "day": day(until)
    }


def pact_is_missing() -> str:
    """What is said to whoever may look and not act."""
    return _(
        "You have not signed this year's integrity pact for this hat. Until you sign it you can look, and do nothing."
    )


def letter_falls_short() -> str:
    """What is said to an acting official of a service that the letter does not name."""
    return _("The letter by which you act does not reach this service. Whoever holds the post does this.")


def _hats(
    user: User | Bearer, case: Case, at: datetime, *, of: Callable[..., frozenset[str]]
) -> frozenset[str]:
    if isinstance(user, Bearer):
        return frozenset({APPLICANT} if user.reference == case.reference else ())
    if is_own_matter(user, case):
        return frozenset({citizen_side(user, case)} - {""})
    hats = of(user, agency=case.agency, service=case.service_version.service.slug, at=at)
    return hats & RECEIVING_HATS if case.is_confidential else hats


def require_no_conflict(user: User, case: Case, at: datetime) -> None:
    """Raise InConflict where a conflict of interest keeps this officer away from the case. Asked after the row is locked."""
    rule = conflicts.rule_of(user, case, at=at)
    if rule is not None:
        raise InConflict(rule)


def _require_clear_hands(user: User, case: Case, hat: str, at: datetime) -> None:
    """The citizen's side acts in its own matter; an officer never does."""
    if hat not in {APPLICANT, HELPER}:
        require_no_conflict(user, case, at)


def _require_turn(user: User, case: Case, transition: Transition) -> None:
    """The file lies on this user's desk where that is needed, and whoever recommended, reviewed, inspected or asked does not decide."""
    if transition.needs_assignment and case.assignee_id != user.pk:
        raise UnableToAct(code="assignment", message=_("Take the case first: it is not on your desk."))
    if transition.name in _GRANTS and (transition.name == GRANT_FOR_SIGNATURE) != _is_signed(case):
        words = _("Of this service the paper is signed by a person, or by none: grant it on its own road.")
        raise UnableToAct(code="signature", message=words)
    if transition.signs and hands.has_worked_on(user, case):
        raise UnableToAct(code="four_eyes", message=_("Whoever worked on the case does not sign its paper."))
    if transition.decides and case.recommended_by_id == user.pk:
        raise UnableToAct(code="four_eyes", message=_("Whoever recommends does not decide."))
    if transition.decides and hands.has_prepared(user, case):
        words = _("Whoever reviewed, inspected or asked the applicant does not decide.")
        raise UnableToAct(code="four_eyes", message=words)
    if (transition.decides or transition.signs) and hands.decided_before(user, case):
        words = _("A court annulled your decision on this case. Somebody else decides anew.")
        raise UnableToAct(code="four_eyes", message=words)
    if transition.reviews_decision and not transition.undoes and hands.has_a_hand_in(user, case):
        words = _("Whoever worked on the case or decided it does not answer the objection.")
        raise UnableToAct(code="four_eyes", message=words)


def _is_signed(case: Case) -> bool:
    """Whether the paper of this case is signed by a person."""
    return case.service_version.parsed.signature is not None


def hat_for(
    user: User | Bearer | None,
    case: Case,
    transition: Transition,
    at: datetime,
    *,
    hats: frozenset[str] | None = None,
) -> str:
    """The hat under which this user takes this transition; SYSTEM where there is no user.

    `hats` spares a page that draws several buttons from asking for the same hats again; without it they are asked
    afresh. Raises UnableToAct when no hat allows it, when the file is on somebody else's desk, or when the same person
    would act twice where two are needed.
    """
    if user is None:
        if SYSTEM in transition.hats:
            return SYSTEM
        raise UnableToAct(code="hat", message=_("The system may not do this."))
    wanted = transition.hats & {case.signer_hat} if transition.signs else transition.hats
    worn = sorted((hats_for(user, case, at) if hats is None else hats) & wanted)
    if not worn:
        if hats is None:
            require_pact(user, case, wanted, at)
            slug = case.service_version.service.slug
            if isinstance(user, User) and accounts.lacks_scope(
                user, case.agency, wanted, service=slug, at=at
            ):
                raise UnableToAct(code="mandate", message=letter_falls_short())
        raise UnableToAct(code="hat", message=_("You may not do this with this case."))
    if isinstance(user, Bearer):
        return worn[0]
    if hats is None:
        _require_clear_hands(user, case, worn[0], at)
    _require_turn(user, case, transition)
    return worn[0]


def decision_is_new(case: Case) -> bool:
    """Whether nothing has happened to the case since it was decided: the answer to an objection is not objected to again."""
    return case.decided_at is not None and case.status_at == case.decided_at


def can_act(
    user: User | Bearer | None,
    case: Case,
    transition: Transition,
    at: datetime,
    *,
    hats: frozenset[str] | None = None,
) -> bool:
    """Whether `hat_for` would find a hat."""
    try:
        hat_for(user, case, transition, at, hats=hats)
    except UnableToAct:
        return False
    return True


def may_revoke(hats: frozenset[str]) -> bool:
    """Whether whoever wears these hats towards a case may suspend its certificate or take it back: who may grant it."""
    return Hat.APPROVER in hats


def ways_to_change(case: Case, certificate: Certificate | None) -> tuple[str, ...]:
    """What may be done to the standing of a certificate: revoke, suspend, reinstate. The case is ended, its paper sealed.

    Nothing while a court's stay lasts: that is for the court.
    """
    if not case.closed_at or case.status == STAYED or certificate is None or not certificate.is_signed:
        return ()
    return {
        Certificate.Standing.ACTIVE: ("suspend", "revoke"),
        Certificate.Standing.SUSPENDED: ("reinstate", "revoke"),
    }.get(Certificate.Standing(certificate.standing), ())
