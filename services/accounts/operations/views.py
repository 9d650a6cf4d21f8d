"""Views of the queue that a person keeps and forgets. Not events: they say nothing about any case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import SavedView, User
from services.foundation.errors import UnableTo

MOST: Final = 12
LONGEST_NAME: Final = 40


class UnableToKeepView(UnableTo):
    """A view is not kept. `code`: name, many."""


def save_view(user: User, *, name: str, filters: Mapping[str, str], at: datetime) -> SavedView:
    """Keep a choice of filters under a name; a name that is there already means the new choice from now on."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise UnableToKeepView(_("Give the view a name of 40 letters at most."), code="name", field="name")
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        others = SavedView.objects.filter(user=user).exclude(name=plain).count()
        if others >= MOST:
            raise UnableToKeepView(
                _("You keep 12 views already. Forget one first."), code="many", field="name"
            )
        view, _made = SavedView.objects.update_or_create(
            user=user,
            name=plain,
            defaults={"filters": dict(filters)},
            create_defaults={"filters": dict(filters), "created_at": at},
        )
    return view


def forget_view(user: User, *, name: str) -> None:
    """Forget one of a person's own views; nothing happens where they keep none of that name."""
    SavedView.objects.filter(user=user, name=name).delete()
