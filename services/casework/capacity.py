"""In which capacity an officer decides: in a post of their own, or in one that they hold by mandate, as the letter says."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from babel.dates import format_date
from django.db.models import Q
from django.utils.translation import gettext_lazy

from services.accounts import queries as accounts
from services.accounts.models import Hat, Mandate, Membership, User
from services.accounts.models.mandate import POSTS
from services.casework.models import Case, Objection
from services.catalogue.definition import Text
from services.catalogue.models import Service
from services.foundation import texts
from services.government.models import Agency
from services.integrity.pact import queries as pact

#: How a post held by mandate is printed, with the letter.
_BY_MANDATE: Final = gettext_lazy("%(post)s, by letter %(number)s of %(day)s")
#: The hats under which a case is decided, the one that is taken first before the other (see `policies.hat_for`).
_DECIDING: Final = (Hat.APPROVER, Hat.EXECUTIVE)


def of_decision(case: Case) -> Mandate | None:
    """The mandate under which a case was decided; None where it was decided in a post of their own, or by nobody. One query."""
    if case.decided_by is None or case.decided_at is None:
        return None
    return of(case.decided_by, case, moment=case.decided_at)


def of_answer(objection: Objection | None) -> Mandate | None:
    """The mandate under which an objection was answered; None where it was in a post of their own, or is not answered. One query."""
    if objection is None or objection.answered_by is None or objection.answered_at is None:
        return None
    return of(objection.answered_by, objection.case, moment=objection.answered_at)


def of(user: User, case: Case, *, moment: datetime) -> Mandate | None:
    """The mandate under which this user decided this case at that moment, if it was under one. One query."""
    worn = accounts.worn_then(user, agency=case.agency, moment=moment).filter(
        accounts.covering(case.service_version.service.slug), pact.signed(at=moment), hat__in=_DECIDING
    )
    first = worn.order_by("hat").first()
    return first.mandate if first and first.origin == first.Origin.MANDATE else None


def printed(mandate: Mandate | None) -> dict[str, str]:
    """What stands under a decision: "Plh. Kepala Dinas, by letter 800/12 of 3 March 2026", in both languages; empty for none."""
    if mandate is None:
        return {}
    day = Text(**{code: format_date(mandate.letter_date, "d MMMM y", locale=code) for code in ("id", "en")})
    return texts.in_every_language(_BY_MANDATE, post=mandate.title, number=mandate.letter_number, day=day)


def counting(memberships: Iterable[Membership], case: Case) -> list[Membership]:
    """Of what somebody wears: what counts for this case, in its agency and for its service."""
    service = case.service_version.service.slug
    return [worn for worn in memberships if worn.agency_id == case.agency_id and worn.covers(service)]


def within(services: Sequence[str]) -> Q:
    """The condition on cases that a mandate for these services reaches them; one that names none reaches all."""
    return Q(service_version__service__slug__in=services) if services else Q()


def reached(user: User, *, agency: Agency, hat: str, at: datetime) -> Q:
    """The condition on cases that this user's hat reaches them, by whatever a mandate says. One query."""
    return within(accounts.scope_of(user, agency=agency, hat=hat, at=at))


def reaches(worn: Membership) -> list[str]:
    """The services to which a mandate limits a hat, as they are called; none where it counts for all, and then no query."""
    if not worn.scope:
        return []
    names = dict(Service.objects.filter(slug__in=worn.scope).values_list("slug", "name"))
    return [texts.local(names.get(slug)) or slug for slug in worn.scope]


def in_record(actor: Any, case: Case, hat: str, *, at: datetime) -> dict[str, Any]:
    """What the event of a step says of the mandate under which it is taken; nothing where there is none."""
    if not isinstance(actor, User) or hat not in POSTS:
        return {}
    worn = accounts.memberships_of(actor, at=at).filter(agency=case.agency, hat=hat).first()
    by_mandate = worn is not None and worn.origin == worn.Origin.MANDATE
    return {"mandate": worn.mandate.in_record} if worn and by_mandate else {}
