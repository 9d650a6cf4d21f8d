"""“I was asked to…”: an officer reports from the page of a case, and comes back without a passphrase. Known by a pass alone."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from complaints import proof
from complaints.integrity import operations, passes, queries, summary
from complaints.integrity.forms import AskedForm, FollowForm
from complaints.integrity.passes import Pass
from complaints.integrity.values import Reach
from complaints.integrity.views import dialogue
from services.accounts.http import with_refusal
from services.casework.models import Case
from services.foundation import clock, limits, sealing
from services.foundation.errors import UnableTo

ACTION: Final = "complaints.integrity.asked"
RATE: Final = "20/h/key"
ONCE: Final = "complaints.integrity.asked.once"
TOO_MANY: Final = 429


@login_not_required
@require_POST
def asked(request: HttpRequest) -> HttpResponse:
    """What was asked, from the button on the page of a case. By POST, so that no address names it; without a pass, the way of everybody."""
    shown = passes.read(request.POST.get("pass", ""))
    if shown is None:
        return redirect("complaints:integrity_new")
    if "send" not in request.POST:
        return _page(request, AskedForm())
    form = AskedForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if not limits.is_within(request, action=ACTION, rate=RATE, key=_once(shown, ACTION)):
        form.add_error(None, _("You have sent many reports in a short time. Try again in an hour."))
        return _page(request, form, status=TOO_MANY)
    try:
        case = _sent(shown, form)
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return _page(request, form)
    return dialogue.let_in(case, redirect("complaints:integrity_asked_sent"))


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The reference, and how to come back."""
    case = dialogue.opened(request)
    if case is None:
        return redirect("complaints:integrity_open")
    context = {"case": case, "receiver": summary.name_of(case.agency)}
    return render(request, "complaints/integrity/asked_sent.html", context)


@login_not_required
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Come back by the reference, as the account that sent it. Somebody else's and one that never was are told in the same words."""
    shown = passes.read(request.POST.get("pass", ""))
    if shown is None:
        return redirect("complaints:integrity_open")
    form = FollowForm(request.POST if "open" in request.POST else None)
    if not form.is_valid():
        return _asks_reference(request, form)
    reference = form.cleaned_data["reference"]
    if not proof.may_try(request, reference):
        form.add_error(None, _("You have tried many times. Try again in an hour."))
        return _asks_reference(request, form, status=TOO_MANY)
    case = queries.report_of(shown.account, reference)
    if case is None:
        form.add_error("reference", _("You sent no report of this reference from the desk. Check it."))
        return _asks_reference(request, form)
    return dialogue.let_in(case, redirect("complaints:integrity_dialogue"))


def _sent(shown: Pass, form: AskedForm) -> Case:
    """Send it once, however often the button is pressed."""
    return operations.send_report(
        form.told(shown.reference),
        receiver=form.cleaned_data["receiver"],
        may_be_handed_over=form.cleaned_data["may_be_handed_over"],
        reach=Reach(account=shown.account),
        submission_key=f"integrity-{_once(shown, form.cleaned_data['key'])[:40]}",
        language=get_language() or "id",
        at=clock.now(),
    )


def _once(shown: Pass, key: str) -> str:
    """What stands for this account together with a key: the same again, and nobody's."""
    return sealing.blind_index(f"{shown.account}:{key}", purpose=ONCE).hex()


def _page(request: HttpRequest, form: AskedForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "pass": request.POST["pass"]}
    return render(request, "complaints/integrity/asked.html", context, status=status)


def _asks_reference(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "pass": request.POST["pass"]}
    return render(request, "complaints/integrity/asked_follow.html", context, status=status)
