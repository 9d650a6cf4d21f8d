"""The page on which somebody of the office reads the integrity pact and signs it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest, following, password_sent, with_refusal
from services.foundation import clock
from services.integrity.models import PactVersion
from services.integrity.pact import operations, queries
from services.integrity.pact.forms import SignForm
from services.integrity.pact.queries import Standing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: CitizenRequest) -> HttpResponse:
    """Show the text to whoever wears a hat, and take their signature. For others there is no such page."""
    now = clock.now()
    standing, text = queries.standing_of(request.user, at=now), queries.current_version()
    if not standing.hats:
        raise Http404
    form = SignForm(
        request.POST or None, user=request.user, initial={"version": text.number if text else None}
    )
    if password_sent(request, form) and form.is_valid():
        try:
            operations.sign_pact(user=request.user, version=form.cleaned_data["version"], at=now)
        except operations.UnableToSign as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, _("You have signed the integrity pact. Thank you."))
            return redirect(following(request, default="admin:index"))
    return render(request, "integrity/pact.html", _context(request, form, standing, text))


def _context(
    request: CitizenRequest, form: SignForm, standing: Standing, text: PactVersion | None
) -> dict[str, Any]:
    return {
        "form": form,
        "text": text,
        "standing": standing,
        "next": following(request, default=""),
    }
