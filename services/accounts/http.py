"""Small things that the views share: a request with our user, where to go next, a refusal beside its field."""

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
