"""Reads of integrity reports: who may receive one, what was told, whom it may be about. No list of them exists here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from complaints import proof
from complaints.integrity import workflow
from complaints.integrity.matters import COMMISSION_ALONE
from complaints.integrity.values import Told
from complaints.models import IntegrityReport
from services.accounts.models import Membership, Person, User
from services.casework import policies
from services.casework import queries as casework
from services.casework.models import Case, Message
from services.casework.operations.dialogue import slot_of
from services.catalogue import queries as catalogue
from services.catalogue.models import Service, ServiceVersion
from services.documents import codes
from services.documents.models import Certificate
from services.foundation import references, sealing
from services.government import queries as government
from services.government.models import Agency

RECEIVERS: Final = (Agency.Role.INSPECTORATE, Agency.Role.COMMISSION)
WORD: Final = re.compile(r"\w+")
MARK: Final = "complaints.integrity.reporter"
#: A name of one word is looked for only where somebody was asked to write names.
SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the dialogue."""

    is_office: bool
    words: str
    at: datetime
    files: int


def version_in_force() -> ServiceVersion:
    """The version of the service under which reports are received: of all reports, the one that a receiver offers.

    Raises Service.DoesNotExist for a pack without one.
    """
    services = catalogue.published_services().filter(kind=Service.Kind.COMPLAINT)
    offered = services.filter(agency__role__in=RECEIVERS).first()
    if offered is None:
        raise Service.DoesNotExist("no receiver offers a service of the kind COMPLAINT")
    return catalogue.current_version(offered)


def receivers() -> dict[str, Agency]:
    """The agencies that receive reports, by their role: the inspectorate and the commission, the first of each by code."""
    found: dict[str, Agency] = {}
    for agency in government.agencies().filter(role__in=RECEIVERS).order_by("code"):
        found.setdefault(agency.role, agency)
    return found


def other_receiver(agency: Agency) -> Agency | None:
    """The receiver that this one is not."""
    return next((other for role, other in receivers().items() if role != agency.role), None)


def goes_to_commission_alone(told: Told, *, at: datetime) -> bool:
    """Whether it is against the head of government or the inspectorate: as was said, or as office, reference or name show.

    Where keeping away whoever is named leaves nobody at the inspectorate to read it, it goes to the commission too.
    """
    if told.concerned in COMMISSION_ALONE:
        return True
    about = [unit for unit in (_agency(told.office), unit_of(told.reference)) if unit is not None]
    if any(unit.is_root or unit.role == Agency.Role.INSPECTORATE for unit in about):
        return True
    staff = _staff(at=at, role=Agency.Role.INSPECTORATE)
    if any(_is_named_in_full(person.name, told) for person in staff):
        return True
    readers = _staff(at=at, role=Agency.Role.INSPECTORATE, hats=policies.RECEIVING_HATS)
    return bool(readers) and all(_is_named(person.name, told) for person in readers)


def unit_of(reference: str) -> Agency | None:
    """The agency behind the reference of a case or the code of a certificate; None for a mangled or an unknown one.

    Never shown to anybody. A confidential case is as unknown as one that never was.
    """
    case = Case.objects.select_related("agency").filter(
        reference=_case_behind(reference), is_confidential=False
    )
    found = case.first()
    return found.agency if found else None


def read_reference(typed: str) -> str:
    """The reference of a case or the code of a certificate as it is written; raises references.MangledReference."""
    try:
        return references.parse(typed)
    except references.MangledReference:
        try:
            return codes.parse(typed)
        except codes.MangledCode:
            raise references.MangledReference from None


def accused_among(told: Told, *, at: datetime) -> list[User]:
    """Staff of the receivers whose name stands in what was told: they must not get it. Better one too many than one too few."""
    return [person.user for person in _staff(at=at) if person.user and _is_named(person.name, told)]


def told_of(report: IntegrityReport) -> Told:
    """What was told, opened. Whoever calls has asked whether the reader may see the case."""
    return Told.read(sealing.unseal(report.told_sealed, bound_to=report.told_binding))


def contact_of(report: IntegrityReport) -> str:
    """The address to which news of it goes; "" where none was left."""
    if report.contact_sealed is None:
        return ""
    return sealing.unseal(report.contact_sealed, bound_to=report.contact_binding)


def report_behind(reference: str, passphrase: str) -> Case | None:
    """The case of an integrity report for whoever brings its passphrase; None for a wrong one as for a wrong reference.

    Both take the same time.
    """
    found = casework.full().select_related("integrity_report")
    case = found.filter(reference=reference, kind=workflow.KIND).first()
    return case if proof.opens(passphrase, case.integrity_report if case else None) else None


def mark_of(account: str, reference: str) -> bytes:
    """The mark of a report that this account (by its pseudonym) sent: nobody goes back from it, to the account or another report."""
    return sealing.blind_index(f"{account}:{reference}", purpose=MARK)


def report_of(account: str, reference: str) -> Case | None:
    """The case of an integrity report for the account that sent it; None for anybody else's as for one that never was."""
    found = casework.full().filter(reference=reference, kind=workflow.KIND)
    return found.filter(integrity_report__reporter_mark=mark_of(account, reference)).first()


def receivers_of(account: str, *, at: datetime) -> dict[str, User]:
    """At which receivers (by their role) the owner of this account works, with their login: they read none of their own."""
    worn = Membership.objects.in_force(at=at).filter(agency__role__in=RECEIVERS, user__pseudonym=account)
    return {row.agency.role: row.user for row in worn.select_related("agency", "user")}


def dialogue_of(case: Case) -> list[Turn]:
    """Everything that was written, the oldest first, with how many files came with it."""
    slots = list(case.documents.values_list("slot", flat=True))
    return [
        Turn(
            is_office=message.side == Message.Side.OFFICE,
            words=message.words,
            at=message.written_at,
            files=sum(slot.startswith(f"{slot_of(message)}_") for slot in slots),
        )
        for message in case.messages.order_by("written_at", "pk")
    ]


def colleagues(case: Case, *, at: datetime) -> list[tuple[str, str]]:
    """Those who receive reports at the agency that has this case: (pseudonym, name), for the form that keeps one away."""
    wearers = Membership.objects.in_force(at=at).filter(agency=case.agency, hat__in=policies.RECEIVING_HATS)
    people = Person.objects.filter(user__in=wearers.values("user"), is_own=True).select_related("user")
    return [(str(person.user.pseudonym), person.name) for person in people.order_by("name") if person.user]


def users_by_pseudonym(pseudonyms: Iterable[str]) -> list[User]:
    """The users behind these pseudonyms."""
    return list(User.objects.filter(pseudonym__in=list(pseudonyms)).order_by("pk"))


def _case_behind(reference: str) -> str:
    if not reference:
        return ""
    paper = Certificate.objects.filter(Q(code=reference) | Q(reference=reference)).first()
    return paper.reference if paper else reference


def _agency(code: str) -> Agency | None:
    return Agency.objects.filter(code=code).first() if code else None


def _staff(*, at: datetime, role: str = "", hats: Iterable[str] = ()) -> list[Person]:
    """Those who work at the receivers, or at one of them, or wear one of these hats there."""
    worn = Membership.objects.in_force(at=at).filter(agency__role__in=[role] if role else RECEIVERS)
    worn = worn.filter(hat__in=hats) if hats else worn
    people = Person.objects.filter(user__in=worn.values("user"), is_own=True)
    return list(people.select_related("user").order_by("pk"))


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


def _is_named_in_full(name: str, told: Told) -> bool:
    """Whether all of a name stands in the words; one of a single word only where names were asked for."""
    words = _words(name)
    said = _words(told.who) | _words(told.what) if len(words) >= SEVERAL else _words(told.who)
    return bool(words) and words <= said


def _is_named(name: str, told: Told) -> bool:
    """Whether all of a name stands in the words, or any part of it where names were asked for."""
    return _is_named_in_full(name, told) or bool(_words(name) & _words(told.who))
