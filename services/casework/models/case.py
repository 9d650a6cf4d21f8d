"""The case that every public service shares."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.workflow import TO_SIGN, Status, Workflow, of_kind
from services.foundation import texts

#: The condition of the indexes over what was sent and is not ended.
BACKLOG = Q(closed_at__isnull=True, submitted_at__isnull=False)


class HelperRelation(models.TextChoices):
    """Who filled in the application for the applicant (brokers hide here, so it is always recorded)."""

    FAMILY = "FAMILY", _("Family or friend")
    VILLAGE_STAFF = "VILLAGE_STAFF", _("Kelurahan or kecamatan staff")
    PROXY = "PROXY", _("Proxy or agent")
    COUNTER = "COUNTER", _("Officer at the counter")


class ConfirmationKind(models.TextChoices):
    """How the applicant confirmed what a helper filled in."""

    CODE = "CODE", _("Code on the applicant's own phone")
    SLIP = "SLIP", _("Signed slip")


class Outcome(models.TextChoices):
    """How a case ended."""

    GRANTED = "GRANTED", _("Granted")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    LAPSED = "LAPSED", _("Lapsed")
    SOLVED = "SOLVED", _("Solved")
    NOT_POSSIBLE = "NOT_POSSIBLE", _("Not possible")
    NOT_OURS = "NOT_OURS", _("Not our authority")
    DUPLICATE = "DUPLICATE", _("Reported before")
    ARCHIVED = "ARCHIVED", _("Archived")
    CLOSED = "CLOSED", _("Closed after silence")
    SUBSTANTIATED = "SUBSTANTIATED", _("Found true")
    UNSUBSTANTIATED = "UNSUBSTANTIATED", _("Not proved")


class Recommendation(models.TextChoices):
    """What the reviewer recommends to the one who decides."""

    GRANT = "GRANT", pgettext_lazy("recommendation", "Grant")
    REFUSE = "REFUSE", pgettext_lazy("recommendation", "Refuse")


class Case(models.Model):
    """One matter that a citizen brought and the office handles. Written only by `transitions` and `operations`."""

    reference = models.CharField(max_length=13, unique=True)
    kind = models.CharField(max_length=20)
    service_version = models.ForeignKey("catalogue.ServiceVersion", models.PROTECT, related_name="+")
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    district = models.ForeignKey(
        "government.District", models.PROTECT, null=True, blank=True, related_name="+"
    )

    applicant = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="cases"
    )
    helper = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="helped_cases"
    )
    helper_relation = models.CharField(max_length=20, choices=HelperRelation, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=10, choices=ConfirmationKind, blank=True)

    #: Since when the citizen's side wants a person to decide what the machine might: whatever the checks say, it does not.
    person_asked_at = models.DateTimeField(null=True, blank=True)

    #: What it is about, where the name of the service does not say it: {"id": …, "en": …}.
    topic = models.JSONField(default=dict, blank=True)
    #: Nobody outside those who receive it may see, count or infer it (see `policies.RECEIVING_HATS`).
    is_confidential = models.BooleanField(default=False)

    status = models.CharField(max_length=30)
    status_at = models.DateTimeField()
    stage = models.CharField(max_length=60, blank=True)
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    recommended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recommendation = models.CharField(max_length=10, choices=Recommendation, blank=True)
    recommendation_reason = models.TextField(blank=True)
    recommendation_code = models.CharField(max_length=60, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    #: The hat under which the paper of a grant is signed by hand ("" where it is sealed), and who signed.
    signer_hat = models.CharField(max_length=20, blank=True, default="", db_default="")
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    answers = models.JSONField(default=dict)

    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    complete_at = models.DateTimeField(null=True, blank=True)
    recommended_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    #: When a court's ruling opened it for a new decision: from then the time of the decision runs again.
    reopened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    place_at = models.DateTimeField(null=True, blank=True)
    applicant_due_at = models.DateTimeField(null=True, blank=True)

    rounds = models.PositiveSmallIntegerField(default=0)
    late_defects = models.PositiveSmallIntegerField(default=0)
    late_defects_allowed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    overtook = models.PositiveSmallIntegerField(default=0)
    #: The urgent class of its standard that a supervisor has granted it; "" for none.
    urgent_code = models.CharField(max_length=60, blank=True, default="", db_default="")
    #: How often it went back into the queue because whoever had it did not touch it for a working day.
    left_untouched = models.PositiveSmallIntegerField(default=0, db_default=0)
    submission_key = models.CharField(max_length=60, null=True, blank=True, unique=True)
    row_version = models.PositiveIntegerField(default=1)
    #: Until when the last step may be taken back, and what that takes (see `undoing`); both or neither.
    undo_until = models.DateTimeField(null=True, blank=True)
    undo = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="case_whoever_recommends_does_not_decide",
                condition=Q(recommended_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(recommended_by=F("decided_by")),
                violation_error_message=_("Whoever recommends does not decide."),
            ),
            models.CheckConstraint(
                name="case_helper_does_not_handle_it",
                condition=Q(helper__isnull=True)
                | (
                    (Q(assignee__isnull=True) | ~Q(assignee=F("helper")))
                    & (Q(recommended_by__isnull=True) | ~Q(recommended_by=F("helper")))
                    & (Q(decided_by__isnull=True) | ~Q(decided_by=F("helper")))
                ),
                violation_error_message=_("Nobody handles a case that they helped to file."),
            ),
            models.CheckConstraint(
                name="case_whoever_recommends_does_not_sign",
                condition=Q(signed_by__isnull=True)
                | (
                    (Q(recommended_by__isnull=True) | ~Q(recommended_by=F("signed_by")))
                    & (Q(helper__isnull=True) | ~Q(helper=F("signed_by")))
                ),
                violation_error_message=_("Whoever worked on the case does not sign its paper."),
            ),
            models.CheckConstraint(
                name="case_signature_has_its_hat",
                condition=(Q(signed_by__isnull=True) & ~Q(status="TO_SIGN"))
                | Q(signer_hat__in=["APPROVER", "EXECUTIVE"]),
            ),
            models.CheckConstraint(
                name="case_to_be_signed_is_granted_with_its_signature",
                condition=~Q(status__in=["GRANTED", "ISSUED"])
                | Q(signer_hat="")
                | Q(signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="case_complete_only_after_submitted",
                condition=Q(complete_at__isnull=True) | Q(complete_at__gte=F("submitted_at")),
            ),
            models.CheckConstraint(
                name="case_decided_only_after_complete",
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("complete_at")),
            ),
            models.CheckConstraint(
                name="case_decision_has_a_decider",
                condition=Q(decided_at__isnull=True) | Q(outcome__in=[Outcome.GRANTED, Outcome.REFUSED]),
            ),
            models.CheckConstraint(
                name="case_the_machine_never_refuses",
                condition=~Q(outcome=Outcome.REFUSED) | Q(decided_by__isnull=False),
                violation_error_message=_("A refusal has a signatory."),
            ),
            models.CheckConstraint(
                name="case_the_machine_leaves_to_a_person_whoever_asked_for_one",
                condition=Q(person_asked_at__isnull=True)
                | Q(decided_at__isnull=True)
                | Q(decided_by__isnull=False)
                | Q(decided_at__gt=F("complete_at")),
            ),
            models.CheckConstraint(
                name="case_refusal_names_its_reason",
                condition=~Q(outcome=Outcome.REFUSED) | ~Q(reason_code=""),
            ),
            models.CheckConstraint(
                name="case_that_can_be_undone_says_how",
                condition=Q(undo__isnull=True, undo_until__isnull=True)
                | Q(undo__isnull=False, undo_until__isnull=False),
            ),
            models.CheckConstraint(
                name="case_closed_only_after_created",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("created_at")),
            ),
            models.CheckConstraint(
                name="case_has_an_applicant_once_sent",
                condition=Q(submitted_at__isnull=True)
                | Q(applicant__isnull=False)
                | ~Q(kind__in=["PERMIT", "LICENCE"]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "agency",
                "status",
                "place_at",
                "submitted_at",
                "id",
                name="case_queue",
                condition=BACKLOG,
            ),
            models.Index("agency", "place_at", "submitted_at", "id", name="case_backlog", condition=BACKLOG),
            models.Index("agency", "due_at", name="case_due", condition=BACKLOG),
            models.Index("agency", name="case_reopened", condition=Q(reopened_at__isnull=False)),
            models.Index(
                "agency", "signer_hat", "status_at", name="case_to_sign", condition=Q(status="TO_SIGN")
            ),
            models.Index("assignee", "place_at", name="case_mine", condition=Q(closed_at__isnull=True)),
            models.Index("applicant", F("created_at").desc(), name="case_by_applicant"),
            models.Index(
                "helper", F("created_at").desc(), name="case_by_helper", condition=Q(helper__isnull=False)
            ),
            models.Index(
                "status",
                "applicant_due_at",
                name="case_waiting_applicant",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                "kind",
                F("submitted_at").desc(),
                F("id").desc(),
                name="case_by_sending",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                F("submitted_at").desc(),
                F("id").desc(),
                name="case_of_any_kind_by_sending",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(F("id"), name="case_confidential", condition=Q(is_confidential=True)),
            models.Index(
                "service_version",
                name="case_asks_for_a_person",
                condition=Q(person_asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """What it is about, in the reader's language: the topic, or else the name of the service."""
        return texts.local(self.topic) or texts.local(self.service_version.service.name)

    @property
    def workflow(self) -> Workflow:
        """The workflow of this kind of case."""
        return of_kind(self.kind)

    @property
    def is_granted_by_law(self) -> bool:
        """Whether the law granted it, nobody having decided in time; the machine decides in the moment in which it finds a file complete."""
        if self.decided_at is None or self.complete_at is None or self.decided_by_id is not None:
            return False
        return self.decided_at > self.complete_at

    @property
    def current(self) -> Status:
        """The status with its labels."""
        return self.workflow.status(self.status)

    @property
    def waits_for(self) -> str:
        """The hat that has to act on it now, be it to work on it or to sign its paper; "" where none has."""
        return self.signer_hat if self.status == TO_SIGN else self.current.queue_hat
