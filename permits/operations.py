"""Everything that can be done to a permit application: the shared operations, along the transitions of permits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from permits import workflow
from permits.models import PermitApplication
from services.accounts.models import Person, User
from services.applications import operations as applications
from services.casework import operations as casework
from services.casework.models import Case, Outcome
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


submit_application = partial(casework.send_case, transition=workflow.SUBMIT)
return_application = partial(casework.return_case, transition=workflow.RETURN)
resubmit_application = partial(casework.send_case_again, transition=workflow.RESUBMIT)
accept_application = partial(casework.accept_case, transition=workflow.ACCEPT)
ask_applicant = partial(casework.ask_applicant, transition=workflow.ASK)
answer_request = partial(casework.answer_request, transition=workflow.ANSWER)
recommend_application = partial(casework.recommend_case, transition=workflow.RECOMMEND)
grant_application = partial(casework.decide_case, transition=workflow.GRANT, outcome=Outcome.GRANTED)
refuse_application = partial(casework.decide_case, transition=workflow.REFUSE, outcome=Outcome.REFUSED)
withdraw_application = partial(casework.withdraw_case, transition=workflow.WITHDRAW)
issue_certificate = partial(casework.close_case, transition=workflow.ISSUE)
lapse_applications = partial(casework.lapse_silent_cases, transition=workflow.LAPSE, kind=workflow.KIND)


def order_certificate(case: Case, *, at: datetime) -> Certificate:
    """Order the paper of a granted permit. Ordering twice gives the same certificate."""
    with transaction.atomic():
        certificate = applications.order_certificate(case, at=at)
        PermitApplication.objects.filter(case=case).update(certificate=certificate)
    return certificate


#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final[Mapping[str, Callable[..., Case]]] = {
    "submit": submit_application,
    "resubmit": resubmit_application,
    "return": return_application,
    "accept": accept_application,
    "ask": ask_applicant,
    "answer": answer_request,
    "recommend": recommend_application,
    "grant": grant_application,
    "refuse": refuse_application,
    "withdraw": withdraw_application,
}
