"""A service whose file two offices review at the same time, and what their officers say."""

from datetime import datetime
from typing import Any

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from tests.factories import accounts, catalogue
from tests.factories.catalogue import said

CONTENT = {
    "key": "content",
    "title": said("Pemeriksaan isi", "Check of the content"),
    "days": 2,
    "checklist": [{"key": "decent", "label": said("Isi sopan", "The content is decent")}],
    "findings": [{"code": "TOO_LARGE", "label": said("Terlalu besar", "Too large")}],
}
TRAFFIC = {
    "key": "traffic",
    "title": said("Pemeriksaan lalu lintas", "Check of the traffic"),
    "agency": "dishub",
    "days": 3,
    "checklist": [
        {"key": "view", "label": said("Pandangan bebas", "The view is free")},
        {"key": "lights", "label": said("Jauh dari lampu", "Away from the lights")},
    ],
}
STEPS = [{"key": "decision", "title": said("Keputusan", "Decision"), "hat": "APPROVER", "days": 2}]
SHAPE: dict[str, Any] = {"slug": "izin-ditelaah", "reviews": [CONTENT, TRAFFIC], "steps": STEPS}


def reviewed_service() -> ServiceVersion:
    """Five working days: three for the longest of two reviews, two for the decision."""
    accounts.agency("dishub")
    return catalogue.published_version(**SHAPE)


def taken(reviewer: User, review: Review, *, at: datetime | None = None) -> Review:
    """The review on the desk of this officer: the first of their queue."""
    return casework.take_next_review(
        actor=reviewer, agency=review.agency, hat=review.hat, at=at or clock.now()
    )


def finished(reviewer: User, review: Review, *, at: datetime | None = None, **said: Any) -> Review:
    """Taken and done, in favour unless said otherwise."""
    at = at or clock.now()
    held = taken(reviewer, review, at=at)
    answers = {item.key: True for item in held.definition.checklist}
    words = {"answers": answers, "outcome": "FAVOURABLE", **said}
    return casework.finish_review(held, actor=reviewer, at=at, **words)


def of(case: Case, key: str) -> Review:
    """The review of this key, as it stands."""
    return Review.objects.select_related("agency", "case__service_version").get(case=case, key=key)
