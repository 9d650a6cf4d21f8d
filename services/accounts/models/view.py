"""Views of the desk's queue that a person keeps: filters under a name of their own. Never words that were searched."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.accounts.models.user import User


class SavedView(models.Model):
    """One kept choice of filters: `filters` are the values of the queue's address by name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    filters = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "name"], name="a_person_names_a_view_once"),
        ]

    def __str__(self) -> str:
        return self.name
