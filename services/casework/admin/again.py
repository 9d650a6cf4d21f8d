"""Machine decisions to look at again: the list for whoever may look, and what they found."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.casework import clocks, looking_again, operations
from services.casework.forms.desk import words_field
from services.casework.models import SecondLook
from services.foundation import clock, references
from services.foundation.errors import UnableTo

LIST: Final = "admin:casework_case_again"
#: More than these wait nowhere for long; the oldest come first.
SHOWN: Final = 100


class LookForm(forms.Form):
    """What the person found."""

    result = forms.ChoiceField(
        label=gettext_lazy("Was it right to grant this?"),
        choices=SecondLook.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it was right.")},
    )
    words = words_field(gettext_lazy("What you found, in words"), required=False)


@require_safe
def queue(request: CitizenRequest) -> HttpResponse:
    """The decisions that wait for a second look, the oldest first."""
    if not looking_again.is_for(request.user):
        raise Http404
    now, times = clock.now(), clocks.LookClocks()
    waiting = looking_again.awaited(request.user, at=now)[:SHOWN]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Machine decisions to look at again"),
        "is_fullwidth": "1",
        "looks": [_row(look, times, at=now) for look in waiting],
    }
    return TemplateResponse(request, "casework/desk/again.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest, reference: str) -> HttpResponse:
    """One decision of the machine, and the form for what was found."""
    now = clock.now()
    awaited = looking_again.awaited(request.user, at=now)
    look: SecondLook | None = references.look_up(
        reference, lambda written: awaited.filter(case__reference=written).first()
    )
    if look is None:
        raise Http404
    case = look.case
    form = LookForm(request.POST if request.method == "POST" else None, prefix="look")
    if request.method == "POST" and form.is_valid():
        try:
            operations.look_again(look, actor=request.user, at=now, **form.cleaned_data)
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, _("It is on record. Thank you for looking."))
            return redirect(LIST)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Look at %(reference)s again") % {"reference": case.reference},
        "case": case,
        "look": look,
        "answer_by": looking_again.answer_by(look),
        "is_asked_for": look.origin == SecondLook.Origin.ASKED,
        "form": form,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/look_again.html", context)


def _row(look: SecondLook, times: clocks.LookClocks, *, at: datetime) -> dict[str, Any]:
    """A look as a row: by when somebody has looked, and whether whoever asked for it waits for an answer."""
    due_at = times.due_at(look)
    asked = look.origin == SecondLook.Origin.ASKED
    return {"look": look, "case": look.case, "answer_by": due_at, "is_asked_for": asked, "late": at > due_at}
