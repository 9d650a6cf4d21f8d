"""The pages of allauth that wait for a code, with a word where allauth sends somebody back without one."""

from collections.abc import Callable

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

Page = Callable[[HttpRequest], HttpResponse]


def with_a_word(page: Page) -> Page:
    """Say that a code is over, where the page sends the reader back to a door and allauth says nothing."""

    @login_not_required
    def answer(request: HttpRequest) -> HttpResponse:
        said = len(messages.get_messages(request))
        response = page(request)
        doors = (reverse("account_login"), reverse("account_request_login_code"))
        is_over = response.status_code == 302 and response.headers["Location"] in doors  # noqa: PLR2004
        if is_over and len(messages.get_messages(request)) == said:
            text = _(
                "This code has expired, or it was typed wrongly too often. Begin again; it takes a minute."
            )
            messages.warning(request, text)
        return response

    return answer


verify_phone = with_a_word(allauth.verify_phone)
verify_email = with_a_word(allauth.email_verification_sent)
confirm_login = with_a_word(allauth.confirm_login_code)
confirm_reset = with_a_word(allauth.confirm_password_reset_code)
