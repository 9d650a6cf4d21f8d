"""Why a call is refused, and the standard's body for it: a list of codes, each with a description a person can read."""

from typing import Final

from django.utils.translation import gettext as _

from complaints.open311.formats import Answer

BAD_REQUEST: Final = 400
#: The standard asks for 403, not 401, where the key is missing or wrong.
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
NOT_ALLOWED: Final = 405
TOO_MANY: Final = 429


class Refusal(Exception):
    """A call that cannot be answered; each description says in the reader's language what to mend."""

    def __init__(self, status: int, *descriptions: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(*descriptions)
        self.http_status = status
        self.descriptions = descriptions
        self.headers = headers or {}

    @property
    def answer(self) -> Answer:
        """The body that the standard describes for errors."""
        errors = [{"code": self.http_status, "description": description} for description in self.descriptions]
        return Answer("errors", errors, status=self.http_status, headers=self.headers)


def nothing_here() -> Refusal:
    """There is no such address."""
    return Refusal(
        NOT_FOUND,
        _("There is nothing at this address. See discovery.json, and end the address in .json or .xml."),
    )


def not_allowed(methods: tuple[str, ...]) -> Refusal:
    """The address is right, the method is not."""
    allowed = ", ".join(methods)
    return Refusal(NOT_ALLOWED, _("Use %(methods)s here.") % {"methods": allowed}, headers={"Allow": allowed})


def unknown_jurisdiction(given: str, own: str) -> Refusal:
    """We serve one government, and this is another."""
    message = _("jurisdiction_id: “%(given)s” is not served here. Leave it out, or send %(own)s.")
    return Refusal(NOT_FOUND, message % {"given": given, "own": own})


def unknown_service(given: str) -> Refusal:
    """No category has this code."""
    message = _("service_code: there is no “%(given)s”. The codes that can be used are in services.json.")
    return Refusal(NOT_FOUND, message % {"given": given})


def unknown_request(given: str) -> Refusal:
    """No public report has this number."""
    message = _("service_request_id: there is no public report “%(given)s”.")
    return Refusal(NOT_FOUND, message % {"given": given[:40]})


def too_many(seconds: int) -> Refusal:
    """More calls than one address or key may make."""
    message = _("Too many calls in a short time. Try again in %(seconds)s seconds.")
    return Refusal(TOO_MANY, message % {"seconds": seconds}, headers={"Retry-After": str(seconds)})
