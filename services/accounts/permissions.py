"""Which hat may open which list of the admin. Django asks for permissions; nothing else grants them.

"view" opens a list or a page and no more: whatever changes something is an operation, and its policy asks for the hat in the
agency concerned. A hat gives its permissions in every agency it is worn in; what a list shows is narrowed by its own queryset.
"""

from collections.abc import Mapping

from services.accounts.models import Hat

CASE_WORK = frozenset(
    {
        "casework.view_case",
        "documents.view_document",
        "integrity.view_interest",
        "licensing.view_licence",
        "permits.view_permitapplication",
    }
)
OVERSIGHT = frozenset(
    {
        "audit.view_event",
        "casework.view_case",
        "documents.view_certificate",
        "integrity.view_interest",
        "licensing.view_licence",
    }
)

PERMISSIONS: Mapping[str, frozenset[str]] = {
    Hat.INTAKE: CASE_WORK | {"casework.use_counter"},
    Hat.REVIEWER: CASE_WORK,
    Hat.INSPECTOR: CASE_WORK,
    Hat.APPROVER: CASE_WORK | {"documents.view_certificate"},
    Hat.SUPERVISOR: CASE_WORK
    | {
        "casework.view_outage",
        "casework.view_team",
        "documents.view_certificate",
        "notifications.view_delivery",
        "notifications.view_notice",
        "oversight.view_dashboard",
        "complaints.view_unanswered",
        "accounts.view_mandate",
    },
    Hat.EXECUTIVE: frozenset(
        {
            "accounts.view_mandate",
            "casework.view_case",
            "documents.view_certificate",
            "catalogue.view_service",
            "complaints.view_unanswered",
            "integrity.view_interest",
            "oversight.view_dashboard",
        }
    ),
    Hat.AUDITOR: OVERSIGHT
    | {
        "accounts.view_mandate",
        "accounts.view_membership",
        "casework.view_outage",
        "catalogue.view_service",
        "catalogue.view_serviceversion",
        "complaints.view_apikey",
        "complaints.view_category",
        "government.view_agency",
        "government.view_holidayoverride",
        "outbox.view_message",
        "oversight.view_register",
    },
    Hat.ADMINISTRATOR: frozenset(
        {
            "accounts.view_mandate",
            "accounts.view_membership",
            "casework.view_outage",
            "catalogue.view_service",
            "catalogue.view_serviceversion",
            "complaints.view_apikey",
            "complaints.view_category",
            "government.view_agency",
            "government.view_district",
            "government.view_government",
            "government.view_holidayoverride",
            "integrity.view_interest",
            "integrity.view_refusal",
            "notifications.view_delivery",
            "notifications.view_notice",
            "outbox.retry_message",
            "outbox.view_message",
        }
    ),
}


def of_hats(hats: frozenset[str]) -> frozenset[str]:
    """Every permission that these hats give together."""
    return frozenset().union(*(PERMISSIONS[hat] for hat in hats))
