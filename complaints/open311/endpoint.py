"""What holds for every address of GeoReport v2: format, method, limits, jurisdiction, and refusals in the standard's form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from complaints.open311 import formats, refusals
from complaints.open311.formats import Answer
from complaints.open311.refusals import Refusal
from services.foundation import limits
from services.government import queries as government

READS: Final = ("GET", "HEAD")
#: Calls by one address; a mobile network puts many people behind one.
RATE: Final = "120/m/ip"
MINUTE: Final = 60


class Format:
    """`json` or `xml` at the end of an address; any other ending leads nowhere."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


def endpoint(*methods: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponse]]:
    """Make a view of a function that returns an `Answer` or raises a `Refusal`. Open to strangers; no cookie counts here.

    Whoever writes brings a key in the form, so the token against forged forms of other sites has no part in it.
    """

    def decorate(answer: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @login_not_required
        @never_cache
        @wraps(answer)
        def view(request: HttpRequest, *, form: str = "", **parts: Any) -> HttpResponse:
            form = form or ("json" if request.path.endswith(".json") else "xml")
            response = formats.rendered(_answer(request, answer, methods, parts), form)
            response["Access-Control-Allow-Origin"] = "*"
            return response

        return view

    return decorate


def _answer(
    request: HttpRequest, answer: Callable[..., Answer], methods: tuple[str, ...], parts: dict[str, Any]
) -> Answer:
    try:
        if request.method not in methods:
            raise refusals.not_allowed(methods)
        require_within(request, action="open311", rate=RATE)
        return answer(request, **parts)
    except Refusal as refusal:
        return refusal.answer
    except (BadRequest, SuspiciousOperation):
        return Refusal(
            refusals.BAD_REQUEST, _("The form cannot be read. Send it as UTF-8, up to 2 MB.")
        ).answer


def require_within(request: HttpRequest, *, action: str, rate: str, key: str = "") -> None:
    """Count this call; refuse it beyond the rate of a minute."""
    if not limits.is_within(request, action=action, rate=rate, key=key):
        raise refusals.too_many(MINUTE)


def require_own_jurisdiction(fields: QueryDict) -> None:
    """Refuse a call that means another government. Ours may be left out, or named by its code or by its website."""
    given = fields.get("jurisdiction_id", "").strip()
    row = government.government()
    own = row.code if row else ""
    if given and given.lower() not in {own, urlsplit(settings.SITE_URL).hostname}:
        raise refusals.unknown_jurisdiction(given, own)
