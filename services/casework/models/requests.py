"""What the office asks of the applicant while a file is in review: one row for one thing, with its own date, state and answer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.models.case import Case
from services.casework.models.reviews import Review


class ApplicantRequest(models.Model):
    """One thing that the office asks of the applicant, for one review or (without one) for the whole file.

    `key` names what it concerns: the paper of the standard or the question of the form; "" where the standard lists no
    such thing. What is beyond the standard says why (`reason`), which the applicant reads. What is asked a second time
    is PROPOSED until a supervisor (`released_by`) lets it go out or not. The answer is the `document` that was given,
    `value` for the answer of the form, with what stood there before in `was`, the time of an appointment in `agreed_at`,
    or words.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        DOCUMENT = "DOCUMENT", _("Another document")
        CLEARER = "CLEARER", _("A clearer document")
        CORRECTION = "CORRECTION", _("Correction of an answer")
        FACT = "FACT", _("An extra fact")
        APPOINTMENT = "APPOINTMENT", _("An appointment")

    class State(models.TextChoices):
        """Where the request stands."""

        PROPOSED = "PROPOSED", pgettext_lazy("request", "Waiting for a supervisor")
        DECLINED = "DECLINED", pgettext_lazy("request", "Not released")
        OPEN = "OPEN", _("Waiting for the applicant")
        ANSWERED = "ANSWERED", _("Answered")
        WITHDRAWN = "WITHDRAWN", _("No longer needed")
        LAPSED = "LAPSED", pgettext_lazy("request", "Not answered in time")

    #: What is answered with a paper.
    PAPERS: ClassVar[tuple[str, ...]] = (Kind.DOCUMENT, Kind.CLEARER)
    #: The states of a request that the applicant has never seen.
    UNSENT: ClassVar[tuple[str, ...]] = (State.PROPOSED, State.DECLINED)

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="requests")
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    is_beyond = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(blank=True, db_default="")
    times = ArrayField(models.DateTimeField(), default=list, blank=True, db_default=[])
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    was = models.JSONField(null=True, blank=True)
    value = models.JSONField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    released_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="request_beyond_the_standard_says_why",
                condition=Q(is_beyond=False) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="request_is_answered_at_a_moment",
                condition=Q(state="ANSWERED", answered_at__isnull=False)
                | (~Q(state="ANSWERED") & Q(answered_at__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("case", name="request_open", condition=Q(state="OPEN")),
            models.Index("case", "asked_at", name="request_proposed", condition=Q(state="PROPOSED")),
            models.Index("asked_by", "asked_at", name="request_beyond", condition=Q(is_beyond=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.key}"

    @property
    def is_paper(self) -> bool:
        """Whether it is answered with a document."""
        return self.kind in self.PAPERS

    @property
    def is_open(self) -> bool:
        """Whether it waits for the applicant."""
        return self.state == self.State.OPEN

    @property
    def held_slot(self) -> str:
        """Where the paper is put together, out of the file, until it is given."""
        return f"held_{self.pk}"

    @property
    def given_slot(self) -> str:
        """Where the paper goes when it is given: its place in the standard, or one of its own."""
        return self.key or f"request_{self.pk}"
