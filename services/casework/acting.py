"""What is told of acting officials: who acts, that it counts or has ended, and who may be the second person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import Hat, Membership, User
from services.accounts.operations.hats import MANDATE_TOPIC
from services.notifications import operations as notifications

#: Promised by the hats whenever one that is worn by mandate waits, counts or has ended.
CHANGED: Final = MANDATE_TOPIC
NOTICES: Final = {
    Membership.State.PROPOSED.value: "casework/mandate_waits",
    Membership.State.ACTIVE.value: "casework/mandate_counts",
    Membership.State.ENDED.value: "casework/mandate_ended",
}


def tell(membership: int, *, state: str, at: datetime) -> None:
    """Tell of a mandate as it stood when this was promised; what has changed since is told by its own promise."""
    worn = Membership.objects.select_related("user", "agency", "mandate").get(pk=membership)
    if worn.state != state:
        return
    waits = state == Membership.State.PROPOSED
    for reader in _second_people(worn, at=at) if waits else [worn.user]:
        notifications.put_on_page(
            reader,
            notice=NOTICES[state],
            context=_facts(worn),
            dedupe_key=f"{NOTICES[state]}:{worn.pk}:{reader.pk}",
            at=at,
        )


def _second_people(worn: Membership, *, at: datetime) -> Iterable[User]:
    """The head and the supervisors of the office who neither gave it nor wear it."""
    found = {
        user.pk: user
        for hat in (Hat.EXECUTIVE, Hat.SUPERVISOR)
        for user in accounts.users_with(hat, worn.agency, at)
    }
    return [user for pk, user in found.items() if pk not in {worn.granted_by_id, worn.user_id}]


def _facts(worn: Membership) -> dict[str, Any]:
    pages = {
        Membership.State.PROPOSED.value: reverse("casework:mandate", args=[worn.pk]),
        Membership.State.ACTIVE.value: reverse("integrity:sign_pact"),
    }
    until = worn.valid_until
    return {
        "post": worn.mandate.title,
        "agency": worn.agency.name,
        "letter_number": worn.mandate.letter_number,
        "first_date": worn.valid_from.isoformat(),
        "last_date": until.isoformat() if until else "",
        "reason": worn.reason,
        "path": pages.get(worn.state, reverse("admin:index")),
    }
