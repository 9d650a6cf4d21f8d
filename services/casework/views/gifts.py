"""The page of the one question after a case. It does not know who answers, and forgets what was answered about which case."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from services.casework import gifts
from services.casework.forms.citizen import GiftForm
from services.casework.models import Case
from services.foundation import clock, limits, references
from services.integrity import queries as integrity
from services.integrity.models import GiftAnswer
from services.integrity.operations import UnableToAnswer

ACTION = "casework.gift"
RATE = "30/m/ip"
TOO_MANY_REQUESTS = 429


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def gift(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Ask, or count the answer; then thank, and after a "yes" offer the report.

    The thanks are the answer to the POST itself: an address to redirect to would have to carry what was answered.
    """
    if not limits.is_within(request, action=ACTION, rate=RATE):
        return _shown(request, None, status=TOO_MANY_REQUESTS, state="too_often")
    case = _case_or_404(reference, token)
    form = GiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data["answer"]
        try:
            gifts.answer(case, answer=given, at=clock.now())
        except UnableToAnswer:
            return _shown(request, case, state="answered")
        return _shown(request, case, state="yes" if given == GiftAnswer.YES else "thanks")
    if integrity.has_answered(case.reference):
        return _shown(request, case, state="answered")
    return _shown(request, case, state="asked", form=form)


def _case_or_404(reference: str, token: str) -> Case:
    case = references.look_up(reference, lambda known: gifts.case_of(known, token))
    if case is None:
        raise Http404
    return case


def _shown(request: HttpRequest, case: Case | None, *, status: int = 200, **context: Any) -> HttpResponse:
    titles = {"asked": _("One question"), "too_often": _("Please wait a minute")}
    context |= {"case": case, "title": titles.get(context["state"], _("Thank you"))}
    return render(request, "casework/gift.html", context, status=status)
