"""Checks of the people of a case: the applicant, how they are reached, who filed for them."""

import unicodedata
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from services.accounts import operations as accounts
from services.accounts import population
from services.accounts import queries as people
from services.casework.checks.registry import Check, Finding, failed, passed, unknown
from services.casework.models import Case, ConfirmationKind, HelperRelation


def identity_known(case: Case, at: datetime) -> Finding:
    """A NIK is on file (only a well-formed one ever is); whether an officer compared it with the card is said."""
    applicant = case.applicant
    if applicant is None or not applicant.has_nik:
        return failed(_("No NIK is on file for the applicant."))
    if applicant.nik_verified_at:
        return passed(_("A NIK is on file, and an officer has compared it with the identity card."))
    return passed(_("A NIK is on file in the right form. Nobody has compared it with the identity card yet."))


def phone_reachable(case: Case, at: datetime) -> Finding:
    """The applicant confirmed a phone or an e-mail by code: at the login, or to a helper."""
    applicant = case.applicant
    user = applicant.user if applicant else None
    if user and user.phone_verified_at:
        return passed(_("The applicant's phone number is confirmed by a code."))
    if user and people.verified_email_of(user):
        return passed(_("The applicant's e-mail address is confirmed."))
    if applicant and applicant.phone and case.confirmed_by == ConfirmationKind.CODE:
        return passed(_("The applicant's phone number is confirmed by a code."))
    if applicant and applicant.contact_phone:
        return unknown(_("The applicant has a phone number that nobody has confirmed."))
    return unknown(_("No phone number or e-mail address of the applicant is confirmed."))


def registry_name_matches(case: Case, at: datetime) -> Finding:
    """The population registry knows the NIK under the applicant's name. A name that differs is not known, never refused."""
    applicant, registry = case.applicant, population.registry()
    if registry is None:
        return unknown(_("The population registry is not connected, so the name was not compared."))
    if applicant is None or not applicant.has_nik:
        return unknown(_("Without a NIK the name cannot be compared with the population registry."))
    try:
        name = registry.name_of(accounts.unsealed_nik(applicant))
    except population.RegistryUnreachable:
        return unknown(_("The population registry does not answer at the moment."))
    if name is None:
        return unknown(_("The population registry does not know this NIK."))
    if _plain(name) != _plain(applicant.name):
        return unknown(_("The name differs from the one in the population registry. A person compares them."))
    return passed(_("The name is the one in the population registry."))


def helper_confirmed(case: Case, at: datetime) -> Finding:
    """Whoever filed for somebody else is named, and the applicant confirmed it."""
    if case.helper_id is None:
        return passed(_("The applicant filed for themselves."))
    relation = HelperRelation(case.helper_relation).label
    if case.confirmed_at is None:
        return failed(
            _("Filed by a helper: %(relation)s. The applicant has not confirmed what the helper filled in."),
            relation=relation,
        )
    how = ConfirmationKind(case.confirmed_by).label
    return passed(
        _("Filed by a helper: %(relation)s. The applicant confirmed it: %(how)s."), relation=relation, how=how
    )


def _plain(name: str) -> str:
    """A name without accents, capitals, points and doubled spaces."""
    bare = unicodedata.normalize("NFKD", name)
    letters = "".join(
        letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter)
    )
    return " ".join(letters.casefold().split())


CHECKS = (
    Check(
        name="identity_known",
        title=_("The applicant's NIK is known"),
        look=identity_known,
        is_asked_again=True,
    ),
    Check(name="phone_reachable", title=_("The applicant can be reached"), look=phone_reachable),
    Check(
        name="registry_name_matches",
        title=_("The name is that of the population registry"),
        look=registry_name_matches,
        asks_outside=True,
    ),
    Check(
        name="helper_confirmed",
        title=_("The applicant stands behind it"),
        look=helper_confirmed,
        is_asked_again=True,
    ),
)
