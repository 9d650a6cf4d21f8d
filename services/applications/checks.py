"""Checks of what the applicant declared. A question whose key begins with `declares_` asks for a declaration."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from services.casework.checks import Check, Finding, failed, passed
from services.casework.models import Case
from services.catalogue import rules
from services.catalogue.definition import QuestionKind

PREFIX: Final = "declares_"


def declaration_made(case: Case, at: datetime) -> Finding:
    """Nothing can be sent without the declaration that all is true; each further one of the form was answered with yes."""
    for asked in rules.asked_groups(case.service_version.parsed, case.answers):
        for item in asked.items:
            for question in item.questions:
                is_declaration = question.kind is QuestionKind.YES_NO and question.key.startswith(PREFIX)
                if is_declaration and item.answers[question.key] != "yes":
                    return failed(_("This was not declared: %(question)s"), question=question.label)
    return passed(_("The applicant declared that everything is true."))


CHECKS = (
    Check(name="declaration_made", title=_("The applicant declared that all is true"), look=declaration_made),
)
