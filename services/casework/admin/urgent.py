"""An urgent class at the desk: an officer proposes it for a case, the supervisor decides."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from services.accounts.http import CitizenRequest
from services.casework import operations, urgent
from services.casework.admin.access import file_of
from services.casework.admin.acts import side_act
from services.casework.forms.desk import DecideUrgencyForm, ProposeUrgencyForm
from services.foundation import clock


def propose_urgency(request: CitizenRequest, reference: str) -> HttpResponse:
    """Propose the case for an urgent class of its standard."""
    case, _role = file_of(request, reference)
    return side_act(
        request,
        reference,
        name="urgent",
        form_class=partial(ProposeUrgencyForm, classes=urgent.classes(case)),
        do=lambda case, values: operations.propose_urgency(
            case, actor=request.user, at=clock.now(), **values
        ),
        done=_("The supervisor decides whether the case goes before others."),
    )


def decide_urgency(request: CitizenRequest, reference: str) -> HttpResponse:
    """A supervisor decides whether the case goes before others."""
    is_granted = "grant" in request.POST
    return side_act(
        request,
        reference,
        name="urgency",
        form_class=DecideUrgencyForm,
        do=lambda case, values: operations.decide_urgency(
            case, actor=request.user, is_granted=is_granted, at=clock.now(), **values
        ),
        done=_("The case goes before others. How many it overtook is counted.")
        if is_granted
        else _("The case keeps its place."),
    )
