"""By which letter somebody acts in a post that is not theirs, for whom, and for which services."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models.membership import Hat, Membership
from services.accounts.models.user import User

#: The hats of posts: only these are worn by mandate.
POSTS = (Hat.APPROVER, Hat.SUPERVISOR, Hat.EXECUTIVE)


class Mandate(models.Model):
    """What stands behind a hat worn by mandate. Written with it by `operations`, and never changed.

    `post` is what the letter calls it, in Indonesian; `letter` the id of the document. No `services` (by slug) means all.
    """

    class Kind(models.TextChoices):
        """UU 30/2014 article 14: daily, while the holder is away; or until somebody is appointed."""

        PLH = "PLH", _("Plh. (while the holder is away)")
        PLT = "PLT", _("Plt. (while the post is vacant)")

    membership = models.OneToOneField(Membership, models.PROTECT, primary_key=True, related_name="mandate")
    kind = models.CharField(max_length=3, choices=Kind)
    post = models.CharField(max_length=120)
    holder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    letter_number = models.CharField(max_length=60)
    letter_date = models.DateField()
    letter = models.UUIDField()
    services = models.JSONField(default=list, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="somebody_acts_for_a_holder_or_in_a_vacant_post",
                condition=Q(kind="PLH", holder__isnull=False) | Q(kind="PLT", holder__isnull=True),
            ),
            models.CheckConstraint(
                name="a_mandate_names_its_post_and_its_letter", condition=~Q(post="") & ~Q(letter_number="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The post as it is printed: "Plh. Kepala Dinas"."""
        return f"{self.kind.capitalize()}. {self.post}"

    @property
    def in_record(self) -> dict[str, Any]:
        """The mandate as the record names it."""
        return {
            "kind": self.kind,
            "post": self.post,
            "letter_number": self.letter_number,
            "letter_date": self.letter_date.isoformat(),
            "letter": str(self.letter),
            "services": self.services,
        }
