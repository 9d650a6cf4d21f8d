"""Who had a hand in a case: what they worked on and what they decided, as conditions and as answers.

Whoever decided may sign what they decided; whoever worked towards the decision neither decides nor signs.
"""

from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from services.accounts.models import Hat, User
from services.casework.models import ApplicantRequest, Case, Defect, Noted, Objection, Review, Ruling
from services.casework.workflow import OBJECTED
from services.foundation import conditions

#: Who looks at a decision of the machine again: whoever checks substance, or decides, in the office of the case.
LOOKING_HATS: Final = frozenset({Hat.REVIEWER, Hat.APPROVER})


def has_a_hand_in(user: User, case: Case) -> bool:
    """Whether this user checked, reviewed, recommended, decided or signed the case, and so does not look at its decision again."""
    return Case.objects.filter(hand_in(user), pk=case.pk).exists()


def hand_in(user: User) -> Q:
    """The condition under which this user had a hand in a case: up to its signature, or in what is objected to now."""
    objected = Objection.objects.filter(case=OuterRef("pk"), decision_by=user, answered_at=None)
    decided = Q(decided_by=user) | Q(signed_by=user)
    return worked_on(user) | decided | annulled(user) | Q(Exists(objected))


def has_worked_on(user: User, case: Case) -> bool:
    """Whether this user worked towards the decision of the case, and so does not sign it."""
    return Case.objects.filter(worked_on(user), pk=case.pk).exists()


def worked_on(user: User) -> Q:
    """The condition under which this user checked, asked, reviewed or recommended: all that comes before a decision."""
    found = Defect.objects.filter(case=OuterRef("pk"), found_by=user)
    named = Q(recommended_by=user) | Q(late_defects_allowed_by=user)
    return named | Exists(found) | prepared_by(user)


def prepared_by(user: User) -> Q:
    """The condition under which this user did a review of a case, noted anything at an inspection, or asked the applicant.

    Whoever let a second request out asked it too.
    """
    noted = Noted.objects.filter(review__case=OuterRef("pk"), noted_by=user)
    asker = Q(asked_by=user) | Q(released_by=user)
    asked = ApplicantRequest.objects.filter(asker, case=OuterRef("pk"))
    reviewed = Review.objects.filter(case=OuterRef("pk"), reviewer=user)
    return Q(Exists(reviewed)) | Q(Exists(noted)) | Q(Exists(asked))


def is_reviewed() -> Q:
    """The condition under which no review of a case is still to be done: only then does the file itself wait for anybody."""
    unfinished = Review.objects.filter(
        case=OuterRef("pk"), state__in=(Review.State.OPEN, Review.State.WAITING)
    )
    return Q(~conditions.ExistsForEach(unfinished))


def read_for(user: User) -> dict[str, Any]:
    """Columns with which a case that is read for this user says whether they prepared it: no page asks again for a button."""
    prepared = ExpressionWrapper(prepared_by(user), output_field=BooleanField())
    return {"read_for": Value(user.pk), "is_prepared": prepared}


def has_prepared(user: User, case: Case) -> bool:
    """Whether this user reviewed, inspected or asked about the case. No query where it was read for them (`read_for`)."""
    if getattr(case, "read_for", None) == user.pk:
        return bool(getattr(case, "is_prepared", False))
    return Case.objects.filter(prepared_by(user), pk=case.pk).exists()


def decided_before(user: User, case: Case) -> bool:
    """Whether a court has annulled what this user decided here, or answered about it; no query where none has reopened it."""
    return case.reopened_at is not None and Case.objects.filter(annulled(user), pk=case.pk).exists()


def annulled(user: User) -> Q:
    """The condition under which a court has annulled a decision of this user, or one that they confirmed."""
    decided = Ruling.objects.filter(
        case=OuterRef("pk"), kind=Ruling.Kind.ANNULMENT, state=Ruling.State.CONFIRMED, decision_by=user
    )
    answered = Objection.objects.filter(
        case=OuterRef("pk"), answered_by=user, answered_at__lt=OuterRef("reopened_at")
    )
    return Q(reopened_at__isnull=False) & (Q(Exists(decided)) | Q(Exists(answered)))


def kept_from_deciding(user: User) -> Q:
    """The cases that this user does not decide: what they recommended, prepared or decided before a court annulled it; and what is objected to and they had a hand in."""
    theirs = Q(recommended_by=user) | prepared_by(user) | annulled(user)
    return theirs | (Q(status__in=OBJECTED) & hand_in(user))


def may_decide(user: User) -> Q:
    """The cases that this user may decide."""
    return Q(conditions.unless(kept_from_deciding(user)))
