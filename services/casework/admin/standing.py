"""The ways in which an approver changes what a certificate is worth: each with its form, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.casework import operations, policies
from services.casework.admin.opened import Opened
from services.casework.forms.desk import ReinstateForm, RevokeForm, SuspendForm
from services.documents.models import Certificate


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its operation, its form, the words that open it, its button, and what is said afterwards."""

    operation: Callable[..., Certificate]
    form: type[forms.Form]
    summary: Promise
    button: Promise
    done: Promise


WAYS: Final = {
    "suspend": Way(
        operation=operations.suspend_certificate,
        form=SuspendForm,
        summary=_("Suspend the certificate"),
        button=_("Suspend it"),
        done=_("The certificate is suspended. The applicant is told why, and how to object."),
    ),
    "reinstate": Way(
        operation=operations.reinstate_certificate,
        form=ReinstateForm,
        summary=_("Lift the suspension"),
        button=_("Make it valid again"),
        done=_("The suspension is lifted. The applicant is told."),
    ),
    "revoke": Way(
        operation=operations.revoke_certificate,
        form=RevokeForm,
        summary=_("Revoke the certificate"),
        button=_("Revoke it for good"),
        done=_("The certificate is revoked. The applicant is told why, and how to object."),
    ),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A way with its form, ready to be drawn."""

    name: str
    way: Way
    form: forms.Form
    address: str


def drawn(opened: Opened, certificate: Certificate | None) -> list[Drawn]:
    """The ways that are open now, for whom their operations would let through."""
    if not policies.may_revoke(opened.role.signed):
        return []
    return [
        Drawn(
            name=name,
            way=WAYS[name],
            form=opened.refused.get(name) or WAYS[name].form(prefix=name),
            address=reverse(f"admin:casework_case_{name}", args=[opened.case.reference]),
        )
        for name in policies.ways_to_change(opened.case, certificate)
    ]
