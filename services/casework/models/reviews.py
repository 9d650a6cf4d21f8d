"""The reviews of a complete file: one branch for each that its service declares, all open at the same time."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.models.case import Case
from services.catalogue.definition import ReviewDefinition
from services.foundation import texts


class Review(models.Model):
    """One branch of the review of a case: what one office looks at, by a clock of its own.

    `place_at` is the date first promised, and its place in the queue whatever stops the clock; while it waits for the
    applicant, `paused_at` says since when, and `days_added` counts the working days by which it was moved (those of waiting,
    those of a visit put off by wish). `answers` holds True or False by checklist item, None for what does not apply; `found` the codes of findings.
    """

    class Kind(models.TextChoices):
        """Where it is done."""

        REVIEW = "REVIEW", _("Review of the file")
        INSPECTION = "INSPECTION", _("Inspection at the place")

    class State(models.TextChoices):
        """Where the branch stands."""

        OPEN = "OPEN", pgettext_lazy("review", "Being reviewed")
        WAITING = "WAITING", pgettext_lazy("review", "Waiting for the applicant")
        DONE = "DONE", pgettext_lazy("review", "Done")
        CANCELLED = "CANCELLED", pgettext_lazy("review", "No longer needed")

    class Outcome(models.TextChoices):
        """What whoever reviewed says to the one who recommends."""

        FAVOURABLE = "FAVOURABLE", pgettext_lazy("review", "In favour")
        CONDITIONAL = "CONDITIONAL", pgettext_lazy("review", "In favour, under conditions")
        UNFAVOURABLE = "UNFAVOURABLE", pgettext_lazy("review", "Against")

    #: The states of a branch that is neither done nor dropped.
    UNFINISHED: ClassVar[tuple[str, ...]] = (State.OPEN, State.WAITING)

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REVIEW)
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    hat = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    place_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    days_added = models.PositiveSmallIntegerField(default=0, db_default=0)
    answers = models.JSONField(default=dict, blank=True)
    found = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    findings = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "key"], name="one_branch_a_review_of_a_case"),
            models.CheckConstraint(
                name="review_is_done_whole",
                condition=(
                    Q(state="DONE", done_at__isnull=False, reviewer__isnull=False, assignee__isnull=True)
                    & ~Q(outcome="")
                )
                | (~Q(state="DONE") & Q(reviewer__isnull=True, outcome="")),
            ),
            models.CheckConstraint(
                name="review_waits_since_a_moment",
                condition=Q(state="WAITING", paused_at__isnull=False)
                | (~Q(state="WAITING") & Q(paused_at__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "agency",
                "hat",
                "place_at",
                "opened_at",
                "id",
                name="review_queue",
                condition=Q(state__in=["OPEN", "WAITING"]),
            ),
            models.Index(
                "assignee", "place_at", name="review_mine", condition=Q(state__in=["OPEN", "WAITING"])
            ),
            models.Index("reviewer", "case", name="review_by_reviewer", condition=Q(reviewer__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.key} {self.state}"

    @property
    def definition(self) -> ReviewDefinition:
        """What the version of the service declares of it."""
        return self.case.service_version.parsed.review(self.key)

    @property
    def title(self) -> str:
        """What is looked at, in the reader's language."""
        return texts.local(self.definition.title)

    @property
    def is_inspection(self) -> bool:
        """Whether it is done at the place itself, by appointment and with minutes."""
        return self.kind == self.Kind.INSPECTION

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state in self.UNFINISHED

    @property
    def said(self) -> list[dict[str, object]]:
        """Every item of the checklist with what was answered, in the order of the standard."""
        return [
            {"label": texts.local(item.label), "yes": self.answers.get(item.key)}
            for item in self.definition.checklist
        ]

    @property
    def found_words(self) -> list[str]:
        """What was found, in the reader's language."""
        return [texts.local(row.label) for row in self.definition.findings if row.code in self.found]
