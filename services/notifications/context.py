"""What every page may ask: how many notices wait unread. The query runs only where a template prints it."""

from functools import cache

from django.http import HttpRequest

from services.accounts.models import User
from services.notifications import queries


def unread(request: HttpRequest) -> dict[str, object]:
    """Give templates `unread_notices`, a number; nothing for whoever is not signed in."""

    @cache
    def unread_notices() -> int:
        return queries.unread_count(request.user) if isinstance(request.user, User) else 0

    return {"unread_notices": unread_notices}
