"""What templates ask about access."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def access(request: HttpRequest) -> dict[str, Any]:
    """`second_factor_relaxed`: staff may come in without a second factor here, which every page says to them."""
    user = getattr(request, "user", None)
    relaxed = not settings.STAFF_SECOND_FACTOR_REQUIRED and bool(
        user and user.is_authenticated and user.is_staff
    )
    return {"second_factor_relaxed": relaxed}
