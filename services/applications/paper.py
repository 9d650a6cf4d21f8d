"""What stands on the paper of a granted application: from when until when it is good, and its text, from the pack and the answers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from services.accounts.models import Hat, User
from services.casework import capacity, letters
from services.casework import operations as casework
from services.casework.models import Case, Objection
from services.catalogue import answers as catalogue_answers
from services.catalogue.definition import Text as DefinedText
from services.catalogue.definition import Validity
from services.documents.content import CertificateContent, Field, Signatory, Text
from services.documents.models import Certificate
from services.foundation import texts
from services.foundation.clock import local_date

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def span(
    validity: Validity, *, answers: dict[str, Any], decided_at: datetime, not_before: date | None = None
) -> tuple[date, date | None]:
    """First and last day of validity. A start named in an answer counts only if it lies after the decision.

    Of two ends, one counted and one named, the earlier holds. What follows on another paper begins `not_before` a day.
    """
    first = max(local_date(decided_at), not_before or date.min)
    if validity.from_answer and answers.get(validity.from_answer):
        first = max(first, date.fromisoformat(str(answers[validity.from_answer])))
    ends = [first + timedelta(days=validity.days)] if validity.days else []
    if validity.until_answer and answers.get(validity.until_answer):
        ends.append(max(first, date.fromisoformat(str(answers[validity.until_answer]))))
    return first, min(ends, default=None)


def rest_of(old: Certificate, *, on: date) -> tuple[date, date | None]:
    """First and last day of what takes the place of another certificate on a day: the last one stays."""
    first = max(on, old.valid_from)
    return (min(first, old.valid_until), old.valid_until) if old.valid_until else (first, None)


def content(
    case: Case,
    *,
    at: datetime,
    further: Sequence[Field] = (),
    after: Objection | None = None,
    signer: User | None = None,
) -> CertificateContent:
    """The text of the certificate in both languages. Named answers stand in the texts as {key}; `further` fields come first.

    `after` an objection it is signed by whoever answered that, and lacks the conditions taken away. Before it is signed,
    `signer` is who would sign it, and `at` the day.
    """
    wording = case.service_version.parsed.paper
    said = {language: _said(case, language) for language in LANGUAGES}
    labels = {language: {key: label for key, (label, _) in pairs.items()} for language, pairs in said.items()}
    values = {language: {key: text for key, (_, text) in pairs.items()} for language, pairs in said.items()}
    printed = [key for key in wording.fields if values["id"].get(key)]
    return CertificateContent(
        body=_by_law(_filled(wording.body, values), case)
        if case.is_granted_by_law
        else _filled(wording.body, values),
        conditions=_conditions(case, [_filled(row, values) for row in wording.conditions], after=after),
        fields=[
            *further,
            *(
                Field(
                    label=Text(id=labels["id"][key], en=labels["en"][key]),
                    value=Text(id=values["id"][key], en=values["en"][key]),
                )
                for key in printed
            ),
        ],
        legal_basis=list(wording.legal_basis),
        signatory=_signatory(case, signer or case.signed_by, after=after, at=at),
        checks=[Text(**check) for check in machine.checks]
        if (machine := letters.machine_decision(case))
        else [],
        by_law=case.is_granted_by_law,
        decided_on=local_date((after and after.answered_at) or case.decided_at or at),
    )


def _said(case: Case, language: str) -> dict[str, tuple[str, str]]:
    """Label and text of every answer, by question key."""
    groups = catalogue_answers.rendered(case.service_version.parsed, case.answers, language)
    return {item.key: (item.label, item.text) for group in groups for item in group.items}


def _filled(text: DefinedText, values: dict[str, dict[str, str]]) -> Text:
    return Text(id=text.id.format_map(_Blank(values["id"])), en=text.en.format_map(_Blank(values["en"])))


def title(case: Case) -> dict[str, str]:
    """What the paper is called: one that the law gave, and nobody signed, bears a name of its own."""
    named = case.service_version.parsed.paper.title.model_dump()
    if not case.is_granted_by_law:
        return named
    kind = texts.in_every_language(letters.KIND_BY_LAW)
    return {language: f"{words} ({kind[language]})" for language, words in named.items()}


def _by_law(body: Text, case: Case) -> Text:
    """The body after the sentence that says how it came about."""
    said = letters.how_the_law_granted(case)
    return Text(id=f"{said['id']} {body.id}", en=f"{said['en']} {body.en}")


def _conditions(case: Case, conditions: list[Text], *, after: Objection | None) -> list[Text]:
    """The conditions of the standard, without those that superiors took away."""
    gone = [Text(**row) for row in casework.removed_conditions(case)] if after else []
    return [condition for condition in conditions if condition not in gone]


def _signatory(case: Case, signer: User | None, *, after: Objection | None, at: datetime) -> Signatory:
    """Who signed, or decided last: public with the decision, never before. Where the system decided, by what."""
    if after is not None:
        return _named(case, after.answered_by, after.answered_at)
    machine = letters.machine_decision(case)
    if machine:
        return Signatory(role=Text(**machine.basis))
    if case.is_granted_by_law:
        return Signatory(role=Text(**texts.in_every_language(letters.BY_LAW)))
    if signer is None:
        return _named(case, case.decided_by, case.decided_at)
    signed, agency = _named(case, signer, case.decided_at or at), case.agency.name
    ordinary = _named(case, signer, None).role
    head = Text(id=f"Kepala {agency['id']}", en=f"Head of {agency['en']}")
    role = head if case.signer_hat == Hat.EXECUTIVE and signed.role == ordinary else signed.role
    return Signatory(name=signed.name, role=role, in_person=True)


def _named(case: Case, decider: User | None, moment: datetime | None) -> Signatory:
    name = decider.person.name if decider else ""
    if decider and moment and (mandate := capacity.of(decider, case, moment=moment)):
        return Signatory(name=name, role=Text(**capacity.printed(mandate)))
    agency = case.agency.name
    return Signatory(
        name=name,
        role=Text(id=f"Pejabat penandatangan, {agency['id']}", en=f"Signatory, {agency['en']}"),
    )


class _Blank(dict[str, str]):
    """An answer that was not asked prints as a dash."""

    def __missing__(self, key: str) -> str:
        return "-"
