"""One search for officers: by reference, NIK, phone, name, or words of an answer such as the address."""

import json
from typing import Final

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from services.accounts.operations.nik import index_of
from services.casework import workload
from services.casework.models import Case
from services.casework.workload import Office
from services.foundation import identity, references, sealing
from services.foundation.errors import UnableTo

#: Shorter words than this stand in every second answer.
SHORTEST_WORDS: Final = 4
SALT: Final = "casework.finding"


def found(office: Office, typed: str) -> QuerySet[Case]:
    """What was meant: by reference any case they may read, ended ones too; by anything of a person only open ones.

    A person is looked for only where the officer reads whose the cases are. A NIK is compared by its blind index.
    """
    try:
        return workload.readable(office).filter(reference=references.parse(typed))
    except references.MangledReference:
        cases = workload.with_names(office)
    if nik := _nik(typed):
        return cases.filter(applicant__nik_index=index_of(nik))
    if phone := _phone(typed):
        return cases.filter(Q(applicant__phone=phone) | Q(applicant__user__phone=phone))
    if len(typed) < SHORTEST_WORDS:
        return workload.named(cases, typed)
    return cases.filter(Q(applicant__name__icontains=typed) | Q(_said(typed)))


def sealed(typed: str, *, office: Office) -> str:
    """The words in a form in which they may stand in an address: no log and no history shows a NIK or a number."""
    return sealing.seal(typed, bound_to=_place(office)).hex()


def unsealed(token: str, *, office: Office) -> str:
    """The words of such an address; "" for one that is broken or somebody else's."""
    try:
        return sealing.unseal(bytes.fromhex(token), bound_to=_place(office))
    except (sealing.CannotUnseal, ValueError):
        return ""


def _place(office: Office) -> str:
    return f"{SALT}:{office.user.pseudonym}"


def _nik(typed: str) -> str:
    try:
        return identity.parse_nik(typed).number
    except UnableTo:
        return ""


def _phone(typed: str) -> str:
    try:
        return identity.parse_phone(typed)
    except UnableTo:
        return ""


def _said(words: str) -> Func:
    """Whether any answer contains these words, as they are typed, in small or capital letters."""
    path = f'$.** ? (@.type() == "string" && @ like_regex {json.dumps(words)} flag "iq")'
    return Func(F("answers"), Value(path), function="jsonb_path_exists", output_field=BooleanField())
