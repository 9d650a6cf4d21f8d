"""Everything that can be done to a licence's application: the shared operations, along the transitions of licences."""

from datetime import datetime
from typing import Final

from django.db import transaction

from licensing import workflow
from licensing.models import Licence, LicenceApplication
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
            workflow.LICENCES,
            workflow.START,
            version=version,
            actor=actor,
            applicant=applicant,
            helper_relation=helper_relation,
            at=at,
        )
        LicenceApplication.objects.create(case=case)
    return case


#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final = applications.moves(workflow.LICENCES)

submit_application = BY_TRANSITION["submit"]
resubmit_application = BY_TRANSITION["resubmit"]


def order_certificate(case: Case, *, at: datetime) -> Certificate:
    """Order the paper of a granted licence, and enter who holds it. Doing it twice changes nothing."""
    with transaction.atomic():
        certificate = applications.order_certificate(case, at=at)
        application = LicenceApplication.objects.select_related("business").get(case=case)
        Licence.objects.get_or_create(
            case=case,
            defaults={
                "certificate": certificate,
                "service": case.service_version.service,
                "person": None if application.business else case.applicant,
                "business": application.business,
                "granted_at": case.decided_at or at,
            },
        )
    return certificate
