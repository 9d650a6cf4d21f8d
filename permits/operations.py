"""Everything that can be done to a permit application: the shared operations, along the transitions of permits."""

from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from permits import workflow
from permits.models import PermitApplication
from services.accounts.models import Person, User
from services.applications import operations as applications
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.documents.models import Certificate


def start_application(
    *, version: ServiceVersion, actor: User, applicant: Person | None, helper_relation: str = "", at: datetime
) -> Case:
    """Open a draft for oneself, or (with a relation) for somebody else."""
    with transaction.atomic():
        case = casework.start_case(
            workflow.PERMITS,
            workflow.START,
            version=version,
            actor=actor,
            applicant=applicant,
            helper_relation=helper_relation,
            at=at,
        )
        PermitApplication.objects.create(case=case)
    return case


#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final = applications.moves(workflow.PERMITS)

submit_application = BY_TRANSITION["submit"]
return_application = BY_TRANSITION["return"]
resubmit_application = BY_TRANSITION["resubmit"]
accept_application = BY_TRANSITION["accept"]
ask_applicant = BY_TRANSITION["ask"]
answer_request = BY_TRANSITION["answer"]
release_request = BY_TRANSITION["ask_again"]
withdraw_request = BY_TRANSITION["unask"]
recommend_application = BY_TRANSITION["recommend"]
grant_application = BY_TRANSITION["grant"]
refuse_application = BY_TRANSITION["refuse"]
withdraw_application = BY_TRANSITION["withdraw"]
issue_certificate = partial(casework.close_case, transition=workflow.ISSUE)
lapse_applications = partial(casework.lapse_silent_cases, transition=workflow.LAPSE, kind=workflow.KIND)


def order_certificate(case: Case, *, at: datetime) -> Certificate:
    """Order the paper of a granted permit. Ordering twice gives the same certificate."""
    with transaction.atomic():
        certificate = applications.order_certificate(case, at=at)
        PermitApplication.objects.filter(case=case).update(certificate=certificate)
    return certificate
