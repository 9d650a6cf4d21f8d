"""Acting officials: who gives a mandate, to whom, for how long; confirmed by a second person, ended early or by the last day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors, queries
from services.accounts import operations as accounts
from services.accounts import policies as people
from services.accounts.models import Absence, Hat, Mandate, Membership, User
from services.accounts.models.mandate import POSTS
from services.audit.actors import SYSTEM, Actor
from services.casework import clocks, policies
from services.casework.operations.papers import taken_papers
from services.casework.operations.values import UnableToHandle
from services.catalogue import deadlines
from services.catalogue.models import Service
from services.documents import operations as documents
from services.foundation import clock
from services.foundation.clock import local_date
from services.foundation.templatetags.bening import day
from services.government import queries as government
from services.government.models import Agency

#: How long somebody may act in a post, by the kind of mandate.
LONGEST: Final = {
    Mandate.Kind.PLH.value: deadlines.need("acting-plh"),
    Mandate.Kind.PLT.value: deadlines.need("acting-plt"),
}
HOLDER_IS_BACK: Final = "Pemegang jabatan telah kembali / The holder is back"


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter by which a mandate is given: its number, its day, its file."""

    number: str
    day: date
    file: UploadedFile[bytes]


def give_mandate(
    *,
    officer: User,
    agency: Agency,
    hat: str,
    kind: str,
    post: str,
    holder: User | None,
    services: list[str],
    first_date: date,
    last_date: date,
    letter: Letter,
    actor: User,
    at: datetime,
) -> Membership:
    """Let an officer act in a post of an office, by a letter; that of a signatory waits for a second person.

    Raises policies.UnableToAct (hat, away, pact), UnableToHandle, accounts.UnableToChangeHats, UnableToFile (the letter).
    """
    by = require_giver(actor, agency, hat, at)
    if officer.pk in {actor.pk, holder and holder.pk}:
        raise _refused("own", "officer", _("Nobody gives a mandate to themselves, or acts for themselves."))
    _require_terms(officer, agency, hat, services, letter, at=at)
    _require_span(kind, first_date, last_date)
    _require_reason(kind, holder, agency, hat, days=(first_date, last_date), at=at)
    title = _("Letter %(number)s") % {"number": letter.number}
    with taken_papers([letter.file], title=title, at=at) as taken, transaction.atomic():
        documents.finish_document(taken[0], at=at)
        terms = accounts.Terms(
            kind=kind,
            post=post.strip(),
            holder=holder,
            letter_number=letter.number.strip(),
            letter_date=letter.day,
            letter=taken[0].pk,
            services=sorted(services),
        )
        return accounts.give_mandate(
            user=officer,
            agency=agency,
            hat=hat,
            valid_from=first_date,
            valid_until=last_date,
            terms=terms,
            giver=actor,
            by=by,
            at=at,
        )


def confirm_mandate(worn: Membership, *, actor: User, at: datetime) -> Membership:
    """Be the second person. Raises policies.UnableToAct (hat, away, pact), accounts.UnableToChangeHats."""
    return accounts.confirm_mandate(worn, confirmed_by=actor, by=_word_of(actor, worn, at), at=at)


def end_mandate(worn: Membership, *, actor: User, reason: str, at: datetime) -> Membership:
    """Take a mandate back, with a reason. Raises policies.UnableToAct (hat, away, pact), accounts.UnableToChangeHats."""
    return accounts.end_mandate(worn, ended_by=actor, by=_word_of(actor, worn, at), reason=reason, at=at)


def end_with_absence(absence: Absence, *, at: datetime) -> None:
    """Whoever is back needs nobody who acts for them: mandates within these days end."""
    for worn in queries.mandates_for(absence.officer, absence.first_date, absence.last_date):
        accounts.end_mandate(worn, ended_by=None, by=SYSTEM, reason=HOLDER_IS_BACK, at=at)


def require_giver(actor: User, agency: Agency, hat: str, at: datetime) -> Actor:
    """The actor as head or supervisor of the office, or as head of the government; only a head gives that of a head.

    By a post of their own, never by a mandate. Raises UnableToAct (hat, away, pact).
    """
    posts = [(office, Hat.EXECUTIVE) for office in (agency, *government.agencies().filter(is_root=True))]
    posts += [(agency, Hat.SUPERVISOR)] if hat != Hat.EXECUTIVE else []
    for office, post in posts:
        if queries.holds_post(actor, agency=office, hat=post, at=at):
            policies.require_post(actor, office, post, at)
            return actors.acting(actor, hat=post, agency_code=office.code)
    raise policies.UnableToAct(
        code="hat",
        message=_("The head or a supervisor of the office gives a mandate; that of a head, a head."),
    )


def offices_of(user: User, *, at: datetime) -> list[Agency]:
    """The offices whose mandates this user gives: those that they head or supervise; the head of the government's are all."""
    heads = queries.agencies_of(user, hat=Hat.EXECUTIVE, at=at)
    if heads.filter(is_root=True).exists():
        return list(government.agencies().order_by("pk"))
    led = heads | queries.agencies_of(user, hat=Hat.SUPERVISOR, at=at)
    return list(led.distinct().order_by("pk"))


def _word_of(actor: User, worn: Membership, at: datetime) -> Actor:
    """Who confirms or ends: whoever might have given it, and an administrator of the office; never the one who acts."""
    if actor.pk == worn.user_id:
        raise policies.UnableToAct(code="own", message=_("Nobody changes their own hats."))
    try:
        return require_giver(actor, worn.agency, worn.hat, at)
    except policies.UnableToAct:
        over = people.administers(actor, worn.agency, at=at)
        if not over:
            raise
        return actors.acting(actor, hat=Hat.ADMINISTRATOR, agency_code=over)


def _require_terms(
    officer: User, agency: Agency, hat: str, services: list[str], letter: Letter, *, at: datetime
) -> None:
    if hat not in POSTS:
        raise _refused("hat", "hat", _("Choose the post."))
    if not queries.memberships_of(officer, at=at).filter(agency=agency).exists():
        raise _refused("officer", "officer", _("Choose somebody who works in this office."))
    known = Service.objects.filter(agency=agency, slug__in=services).count()
    if services and (hat != Hat.APPROVER or known != len(services)):
        raise _refused(
            "services", "services", _("Only a signatory's mandate is limited, to services of the office.")
        )
    if letter.day > local_date(at):
        raise _refused("letter", "letter_date", _("The letter is of today or earlier."))


def _require_span(kind: str, first: date, last: date) -> None:
    """Not longer than the law allows on that day."""
    if kind not in LONGEST:
        raise _refused("kind", "kind", _("Choose the kind of the mandate."))
    latest = local_date(clocks.given_until(LONGEST[kind], clock.start_of(first)))
    if last > latest:
        words = _("The last day is %(day)s at most.") % {"day": day(latest)}
        raise _refused("long", "last_date", words)


def _require_reason(
    kind: str, holder: User | None, agency: Agency, hat: str, *, days: tuple[date, date], at: datetime
) -> None:
    """A holder who is away on all of these days, or a post of a head that nobody holds."""
    if kind == Mandate.Kind.PLT:
        if holder is not None:
            raise _refused(
                "holder", "holder", _("A vacant post has no holder. For somebody who is away, choose Plh.")
            )
        if hat == Hat.EXECUTIVE and queries.holders_of(agency, hat, at=at).exists():
            raise _refused("vacant", "kind", _("The office has a head. For a head who is away, choose Plh."))
        return
    if holder is None or not queries.holds_post(holder, agency=agency, hat=hat, at=at):
        raise _refused("holder", "holder", _("Choose who holds the post."))
    if not queries.is_away_throughout(holder, *days):
        words = _("The holder is not declared away on all of these days. Declare it first.")
        raise _refused("here", "holder", words)


def _refused(code: str, field: str, words: Any) -> UnableToHandle:
    return UnableToHandle(code=code, message=words, field=field)
