"""How often one address may ask a public page, counted in the shared cache behind the trusted proxies."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_within(request: HttpRequest, *, action: str, rate: str, key: str = "") -> bool:
    """Count this request, and say whether it still lies within `rate`, such as "30/m/ip" (allauth's notation).

    GET requests count too. The address is the one that `ALLAUTH_TRUSTED_PROXY_COUNT` makes trustworthy; a rate that ends
    in "/key" counts by `key` instead.
    """
    usage = ratelimit.consume(
        request, app="bening", action=action, config={action: rate}, key=key, limit_get=True
    )
    return usage is not None
