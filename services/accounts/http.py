"""Small things that the views share: a request with our user, where to go next, a refusal beside its field."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from services.accounts.models import User
from services.foundation.errors import UnableTo


class CitizenRequest(HttpRequest):
    """A request of somebody signed in, which LoginRequiredMiddleware has made sure of."""

    user: User


def following(request: HttpRequest, *, default: str) -> str:
    """The page somebody was going to, from `next`, if it is ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else default


def with_refusal(form: forms.Form, refusal: UnableTo) -> None:
    """Put what an operation refused beside the field that it concerns."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(refusal.message, code=refusal.code))


def password_sent(request: CitizenRequest, form: forms.Form) -> bool:
    """Whether a form that asks for the password again was sent, and not so often that somebody seems to guess it."""
    if request.method != "POST":
        return False
    if ratelimit.consume(request, action="reauthenticate", user=request.user):
        return True
    form.add_error("password", get_adapter().validation_error("too_many_login_attempts"))
    return False
