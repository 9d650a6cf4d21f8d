"""How often one address may ask: a window of time counted on the shared cache."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`. Generous, since a mobile network puts thousands of people behind one address."""

    name: str
    times: int
    seconds: int

    def is_reached(self, request: HttpRequest) -> bool:
        """Count this request and say whether it is one too many."""
        key = f"documents.limit:{self.name}:{get_adapter().get_client_ip(request)}"
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) > self.times
        except ValueError:  # the window ended between the two commands
            return False


CODES = Limit("codes", times=120, seconds=60)
FILES = Limit("files", times=20, seconds=60)
